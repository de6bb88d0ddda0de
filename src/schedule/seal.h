/*
 * seal.h
 *	  Setting and clearing the date and the seal of a schedule.
 */
#ifndef MISSION_RATES_SEAL_H
#define MISSION_RATES_SEAL_H

#include "postgres.h"

extern bool seal_is_unlocked(const char *schedule);
extern void write_seal(const char *command, const char *schedule,
					   int narguments, Oid *types, Datum *arguments);

#endif							/* MISSION_RATES_SEAL_H */
