/*
 * load.h
 *	  Compiling the rate tables into a book: what its parts share.
 */
#ifndef MISSION_RATES_LOAD_H
#define MISSION_RATES_LOAD_H

#include "postgres.h"

#include "nodes/pg_list.h"
#include "utils/snapshot.h"

#include "tables/catalog.h"
#include "rating/rates.h"

/* The labels of an enum type, by position */
typedef struct RateLabels
{
	int			nlabels;
	uint32	   *ids;
	char	  **words;
} RateLabels;

/*
 * A book and what it needs for the schedules that are loaded into it later.
 */
typedef struct CompiledBook
{
	RateBook	rates;
	RateLabels	labels[NUM_RATE_TYPES];
} CompiledBook;

/*
 * A load in progress, of a book or of one schedule of it.  The load and its
 * temporary data live in a scratch context.
 */
typedef struct RateLoad
{
	const RateCatalog *catalog;
	Snapshot	snapshot;
	MemoryContext context;		/* of what is loaded */
	CompiledBook *compiled;
	RateBook   *book;			/* compiled->rates */
	List	   *schedules;		/* RateSchedule *, until they are sorted */
	RateSchedule *schedule;		/* the one that is loaded */
	char	  **class_words;	/* class_rule.label, by class */
	List	   *blocks;			/* of rows that become arrays */
	List	   *fees;
	List	   *deposits;
	List	   *permits;
	List	   *services;
} RateLoad;

/*
 * Reads one row of a rate table.  The values are valid only during the call;
 * those of NOT NULL columns are never NULL.
 */
typedef void (*RowReader) (RateLoad *load, const Datum *values,
						   const bool *isnull);

/* load.c */
extern CompiledBook *load_rate_book(const RateCatalog *catalog,
									Snapshot snapshot,
									MemoryContext context, bool listed);
extern void load_rate_schedule(const RateCatalog *catalog, Snapshot snapshot,
							   MemoryContext context, CompiledBook *compiled,
							   RateSchedule *schedule);

/* load_rows.c: rows and their values */
extern void read_schedules(RateLoad *load, RowReader reader, int ncolumns);
extern int64 read_rate_rows(RateLoad *load, RateTable table,
							RowReader reader);
extern void *book_alloc(RateLoad *load, Size size);
extern rate_t rate_from_numeric(Datum value);
extern rate_t signed_rate_from_numeric(Datum value);
extern rate_t rate_or_none(Datum value, bool isnull);
extern int	label_position(const RateLoad *load, RateType type, Datum value);

/* load_labels.c: enum types */
extern void load_labels(RateLoad *load);

/* load_schedules.c: the table schedule, and what the book holds of each */
extern void load_schedules(RateLoad *load);
extern void load_terms(RateLoad *load);
extern void make_room(RateLoad *load);

/*
 * load_monthly.c and load_onetime.c: the tables of monthly and of other
 * charges
 */
extern void load_monthly_rates(RateLoad *load);
extern void load_onetime_rates(RateLoad *load);

/* load_services.c: the table service_charge */
extern void load_service_charges(RateLoad *load);

#endif							/* MISSION_RATES_LOAD_H */
