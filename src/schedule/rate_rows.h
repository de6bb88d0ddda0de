/*
 * rate_rows.h
 *	  The rate rows of a schedule: counting, copying and deleting all of them.
 */
#ifndef MISSION_RATES_RATE_ROWS_H
#define MISSION_RATES_RATE_ROWS_H

#include "postgres.h"

/* SPI must be connected. */
extern int	count_rows_of(const char *schedule);
extern void copy_schedule(const char *schedule, const char *base);
extern uint64 delete_rate_rows(const char *schedule);

#endif							/* MISSION_RATES_RATE_ROWS_H */
