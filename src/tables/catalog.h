/*
 * catalog.h
 *	  The rate tables of the database: found, verified, opened.
 */
#ifndef MISSION_RATES_CATALOG_H
#define MISSION_RATES_CATALOG_H

#include "postgres.h"

#include "nodes/pg_list.h"
#include "utils/relcache.h"

#include "tables/descriptor.h"

extern Oid	rate_schema(void);
extern Oid	rate_type_oid(RateType type);
extern List *enum_rows(Oid type);
extern void verify_rate_tables(void);
extern Relation open_rate_table(RateTable table);
extern bool rates_are_locked(void);
extern bool rates_may_be_changing(void);

#endif							/* MISSION_RATES_CATALOG_H */
