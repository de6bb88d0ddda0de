/*
 * orphans.h
 *	  Rate rows of schedules that do not exist.
 */
#ifndef MISSION_RATES_ORPHANS_H
#define MISSION_RATES_ORPHANS_H

#include "postgres.h"

#include "utils/snapshot.h"

extern const char *find_orphan(Snapshot snapshot);

#endif							/* MISSION_RATES_ORPHANS_H */
