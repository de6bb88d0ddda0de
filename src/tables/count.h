/*
 * count.h
 *	  How many rate rows a schedule has.
 */
#ifndef MISSION_RATES_COUNT_H
#define MISSION_RATES_COUNT_H

#include "postgres.h"

#include "utils/snapshot.h"

/*
 * The rate rows of a schedule that the snapshot sees in the tables.  The
 * seal, the guard and the rate book all mean this number.
 */
extern int64 count_rate_rows(text *schedule, Snapshot snapshot);

#endif							/* MISSION_RATES_COUNT_H */
