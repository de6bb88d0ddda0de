/*
 * inches.h
 *	  Sizes in inches as cities write them.
 */
#ifndef MISSION_RATES_INCHES_H
#define MISSION_RATES_INCHES_H

#include <stdbool.h>
#include <stddef.h>

/* Room for the longest label that inches_label() writes. */
#define INCHES_LABEL_SIZE	40

extern bool inches_label(const char *text, size_t length,
						 char label[INCHES_LABEL_SIZE]);

#endif							/* MISSION_RATES_INCHES_H */
