/*
 * lock.h
 *	  The row of a schedule, and who may change the schedule at a time.
 */
#ifndef MISSION_RATES_LOCK_H
#define MISSION_RATES_LOCK_H

#include "postgres.h"

#include "utils/date.h"
#include "utils/snapshot.h"

/* A row of the table schedule, as far as it matters to changing schedules */
typedef struct ScheduleRow
{
	bool		known;
	bool		adopted;
	DateADT		effective_from; /* of an adopted one, as what follows */
	int			sealed_rows;
	char	   *fingerprint;
} ScheduleRow;

extern ScheduleRow read_schedule(const char *schedule, Snapshot snapshot);
extern ScheduleRow share_schedule(const char *schedule);
extern char *latest_fingerprint(const char *schedule,
								const DateADT *effective_from);
extern void check_latest(const char *schedule);
extern void hold_rate_tables(void);

/* SPI must be connected. */
extern ScheduleRow lock_schedule(const char *schedule);
extern void lock_adoptions(void);

#endif							/* MISSION_RATES_LOCK_H */
