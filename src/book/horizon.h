/*
 * horizon.h
 *	  Which snapshots are newer than the last change that did not replace the
 *	  token.
 */
#ifndef MISSION_RATES_HORIZON_H
#define MISSION_RATES_HORIZON_H

#include "postgres.h"

#include "utils/snapshot.h"

extern void horizon_set(void);
extern void horizon_transaction_event(void);
extern bool horizon_is_behind(const SnapshotData *snapshot);

#endif							/* MISSION_RATES_HORIZON_H */
