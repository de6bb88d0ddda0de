/*
 * compat.h
 *	  What differs between the server versions that the extension supports.
 *
 * The only place where the version number is looked at.
 */
#ifndef MISSION_RATES_COMPAT_H
#define MISSION_RATES_COMPAT_H

#include "postgres.h"

#include "fmgr.h"

#if PG_VERSION_NUM < 150000
#error "mission_rates needs PostgreSQL 15 or later"
#endif

/*
 * From 16 on postgres.h leaves the layout of text values to a header of its
 * own.
 */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* From 18 on the magic block holds the module's name and version. */
#if PG_VERSION_NUM >= 180000
#define MISSION_RATES_MAGIC \
	PG_MODULE_MAGIC_EXT(.name = "mission_rates", .version = "1.0")
#else
#define MISSION_RATES_MAGIC PG_MODULE_MAGIC
#endif

/* From 18 on pg_noreturn comes before the declaration. */
#ifndef pg_noreturn
#define pg_noreturn __attribute__((noreturn))
#endif

/*
 * From 18 on RETURNING may ask for a row as it was or as it will be, which there
 * need not be.
 */
#if PG_VERSION_NUM >= 180000
#define is_current_row(row)	((row)->varreturningtype == VAR_RETURNING_DEFAULT)
#define expand_columns(from, number, names, columns) \
	expandRTE(from, number, 0, VAR_RETURNING_DEFAULT, -1, false, names, columns)
#else
#define is_current_row(row)	true
#define expand_columns(from, number, names, columns) \
	expandRTE(from, number, 0, -1, false, names, columns)
#endif

#endif							/* MISSION_RATES_COMPAT_H */
