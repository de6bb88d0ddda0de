/*
 * load.h
 *	  Compiling the rows of a schedule: what its parts share.
 */
#ifndef MISSION_RATES_LOAD_H
#define MISSION_RATES_LOAD_H

#include "postgres.h"

#include "nodes/pg_list.h"

#include "rating/rates.h"
#include "tables/scan.h"

/*
 * A load in progress.  It and its temporary data live in the current memory
 * context.
 */
typedef struct RateLoad
{
	MemoryContext context;		/* of what is loaded */
	const RateBook *book;
	const ScheduleRows *rows;
	RateSchedule *schedule;
	ClassRates *classes;		/* of the schedule */
	MinimumCharge *minimums;
	TapRate    *taps;
	char	  **class_words;	/* class_rule.label, by class */
	List	   *blocks;			/* of rows that become arrays */
	List	   *fees;
	List	   *deposits;
	List	   *permits;
	List	   *services;
} RateLoad;

/*
 * Reads one row of a rate table; the values of NOT NULL columns are never
 * NULL.
 */
typedef void (*RowReader) (RateLoad *load, const Datum *values,
						   const bool *isnull);

/* load.c */
extern void read_header(const RateRow *row, RateSchedule *schedule);
extern void load_rates(const RateBook *book, const ScheduleRows *rows,
					   RateSchedule *schedule, MemoryContext context);
extern void load_table(RateLoad *load, RateTable table, RowReader reader);
extern int	label_position(const RateLoad *load, RateType type, Datum value);
extern const Contradiction *add_contradiction(RateLoad *load,
											  const char *rate_table, int class,
											  const char *code,
											  const char *problem);

/* load_labels.c: enum types and the words of lines */
extern RateBook *load_book(MemoryContext context);

/*
 * load_monthly.c and load_onetime.c: the tables of monthly and of other
 * charges
 */
extern void load_monthly_rates(RateLoad *load);
extern void load_onetime_rates(RateLoad *load);

/* load_services.c: the table service_charge */
extern void load_service_charges(RateLoad *load);

/* Zeroed memory that lives as long as what is loaded */
static inline void *
book_alloc(MemoryContext context, Size size)
{
	return MemoryContextAllocZero(context, Max(size, 1));
}

#endif							/* MISSION_RATES_LOAD_H */
