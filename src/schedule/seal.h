/*
 * seal.h
 *	  Writing the row of a schedule: setting and clearing its date and seal.
 */
#ifndef MISSION_RATES_SEAL_H
#define MISSION_RATES_SEAL_H

#include "postgres.h"

extern bool seal_is_unlocked(const char *schedule);
extern void check_schedule_row(const char *schedule, uint64 rows);
extern void write_seal(const char *command, const char *schedule,
					   int narguments, Oid *types, Datum *arguments);

#endif							/* MISSION_RATES_SEAL_H */
