/*
 * log.h
 *	  The log of what was done to schedules.
 */
#ifndef MISSION_RATES_LOG_H
#define MISSION_RATES_LOG_H

#include "postgres.h"

#include "lib/stringinfo.h"

#include "schedule/query.h"

/*
 * Record in the log what was done to a schedule.  Adoption and withdrawal tell
 * what the adopted schedule is, others pass NULL.  SPI must be connected.
 */
extern void log_event(const char *event, const char *schedule,
					  const ScheduleRow *adopted, StringInfo detail);

/* Writing the detail, a JSON object; log_event ends it. */
extern void detail_begin(StringInfo detail);
extern void detail_text(StringInfo detail, const char *key, const char *value);
extern void detail_number(StringInfo detail, const char *key, int64 value);
extern void detail_json(StringInfo detail, const char *key, const char *value);

#endif							/* MISSION_RATES_LOG_H */
