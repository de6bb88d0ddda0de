/*
 * guard.h
 *	  The guard on adopted schedules: their rows are history.
 */
#ifndef MISSION_RATES_GUARD_H
#define MISSION_RATES_GUARD_H

#include "postgres.h"

#include "commands/trigger.h"

extern void guard_rate_row(const TriggerData *trigger);
extern void guard_schedule_row(const TriggerData *trigger);
extern void guard_truncation(const TriggerData *trigger);

/*
 * Whose effective_from and sealed_rows may be set at the moment; NULL: no
 * schedule's.  Whoever sets it takes it back on every way out.
 */
extern const char *guard_unlock(const char *schedule);

#endif							/* MISSION_RATES_GUARD_H */
