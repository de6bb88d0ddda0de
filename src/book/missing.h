/*
 * missing.h
 *	  Schedules that are missing: rate rows name them, the table schedule has
 *	  no row of that name.
 *
 * A restore brings rate rows before their schedule.  Until the schedule is
 * there, its date is unknown, and nothing may be billed by date.  The token's
 * triggers keep a list of the missing schedules in the table
 * _missing_schedule, so that a load of the book needs no search.
 */
#ifndef MISSION_RATES_MISSING_H
#define MISSION_RATES_MISSING_H

#include "postgres.h"

#include "commands/trigger.h"
#include "utils/snapshot.h"

#include "tables/catalog.h"
#include "rating/rates.h"

/* For the book */
extern char *listed_missing(Oid missing_table, Snapshot snapshot);
extern char *search_missing(const RateCatalog *catalog, const RateBook *book,
							Snapshot snapshot);

/* For the token's triggers, whose token is new and so locked */
extern void missing_after_row(const TriggerData *trigger, Oid schema);
extern void missing_after_truncation(Oid schema);
extern void missing_list_all(Oid schema);
extern void missing_transaction_event(void);

#endif							/* MISSION_RATES_MISSING_H */
