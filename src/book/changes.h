/*
 * changes.h
 *	  Changing rates: drafts, their adoption and withdrawal.
 */
#ifndef MISSION_RATES_CHANGES_H
#define MISSION_RATES_CHANGES_H

#include "postgres.h"

#include "utils/date.h"

#include "compat.h"

extern void create_draft(const char *schedule, const char *based_on);
extern void adopt_draft(const char *schedule, DateADT effective_from,
						DateADT adopted_on, bool accept_warnings);
extern void withdraw_adopted(const char *schedule);
extern void remove_draft(const char *schedule);
extern bool schedule_is_known(const char *schedule);
pg_noreturn extern void refuse_unknown_schedule(const char *schedule);

#endif							/* MISSION_RATES_CHANGES_H */
