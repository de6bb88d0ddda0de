/*
 * log.h
 *	  The log of what was done to schedules.
 */
#ifndef MISSION_RATES_LOG_H
#define MISSION_RATES_LOG_H

#include "postgres.h"

#include "schedule/lock.h"

/*
 * Record in the log what was done to a schedule.  Adoption and withdrawal tell
 * what the adopted schedule is, others pass NULL.  The detail is a query that
 * gives one jsonb, with its arguments.  SPI must be connected.
 */
extern void log_event(const char *event, const char *schedule,
					  const ScheduleRow *adopted, const char *detail,
					  int narguments, Oid *types, Datum *arguments);

#endif							/* MISSION_RATES_LOG_H */
