/*
 * meter_size.h
 *	  Sizes in inches as cities write them.
 */
#ifndef MISSION_RATES_METER_SIZE_H
#define MISSION_RATES_METER_SIZE_H

#include <stdbool.h>

/* Room for the longest label that meter_size_label() writes. */
#define METER_SIZE_LABEL_ROOM	40

extern bool meter_size_label(const char *text,
							 char label[METER_SIZE_LABEL_ROOM]);

#endif							/* MISSION_RATES_METER_SIZE_H */
