/*
 * catalog.h
 *	  Where the rate tables of the database are, and whether a book of them
 *	  may be kept.
 */
#ifndef MISSION_RATES_CATALOG_H
#define MISSION_RATES_CATALOG_H

#include "postgres.h"

#include "tables/descriptor.h"
#include "compat.h"

typedef struct RateCatalog
{
	Oid			schema;			/* InvalidOid: not looked up */
	Oid			extension;
	Oid			tables[NUM_RATE_TABLES];
	Oid			types[NUM_RATE_TYPES];
	Oid			token_table;
	Oid			missing_table;
	int64		stamp;			/* of the token's triggers, see trigger_stamp() */
	bool		armed;			/* every change of a rate replaces the token */
	uint64		messages;		/* the count when it was looked up */
} RateCatalog;

extern void catalog_init(void);
extern uint64 catalog_messages(void);
extern const RateCatalog *rate_catalog(void);
extern const RateCatalog *lock_rate_tables(void);
extern int64 trigger_stamp(Oid schema);
extern bool catalog_writing(const RateCatalog *catalog);
pg_noreturn extern void refuse_dropped(void);

#endif							/* MISSION_RATES_CATALOG_H */
