/*
 * load.h
 *	  Compiling the rows of a schedule: what its parts share.
 */
#ifndef MISSION_RATES_LOAD_H
#define MISSION_RATES_LOAD_H

#include "postgres.h"

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
	char	  **class_names;	/* class_rule.label, by class */
} RateLoad;

/*
 * Reads a row of a rate table, in which what is NOT NULL is not NULL: to where
 * it belongs, or into an element of an array.
 */
typedef void (*RowReader) (RateLoad *load, const RateRow *row, void *element);

/* Orders elements of an array, as qsort wants it told. */
typedef int (*Order) (const void *a, const void *b);

#define COMPARE(a, b)	(((a) > (b)) - ((a) < (b)))

/* load.c */
extern RateSchedule *read_header(const RateRow *row, MemoryContext context);
extern void load_rates(const RateBook *book, const ScheduleRows *rows,
					   RateSchedule *schedule, MemoryContext context);
extern void read_table(RateLoad *load, RateTable table, RowReader reader);
extern void *read_array(RateLoad *load, RateTable table, RowReader reader,
						Size size, Order order, MemoryContext context);
extern int	row_position(const RateLoad *load, const RateRow *row,
						 AttrNumber column);
extern const RateText *row_text(const RateLoad *load, const RateRow *row,
								AttrNumber column);
extern void read_fee_words(const RateLoad *load, const RateRow *row, Fee *fee,
						   AttrNumber code, AttrNumber unit, AttrNumber label,
						   AttrNumber section);
extern const Contradiction *add_contradiction(RateLoad *load,
											  const char *rate_table, int class,
											  const char *code,
											  const char *problem);
extern const RateText *keep_words(MemoryContext context, const char *words);

/* The parts: rates of monthly charges, service charges, other charges */
extern void load_monthly_rates(RateLoad *load);
extern void load_service_charges(RateLoad *load);
extern void load_onetime_rates(RateLoad *load);

/* load_labels.c: enum types and the words of lines */
extern RateBook *load_book(MemoryContext context);

/* orphans.c: rate rows of schedules that do not exist */
extern const char *find_orphan(Snapshot snapshot);

/* fingerprint.c */
extern bool gives_fingerprint(const ScheduleRows *rows,
							  const char *fingerprint);

/* Zeroed memory that lives as long as what is loaded */
static inline void *
book_alloc(MemoryContext context, Size size)
{
	return MemoryContextAllocZero(context, Max(size, 1));
}

/* A description, made once: a bill only points to it. */
#define describe(load, ...) \
	keep_words((load)->context, psprintf(__VA_ARGS__))

/* How many rows the schedule has in a table */
static inline int
count_rows(const RateLoad *load, RateTable table)
{
	return list_length(load->rows->rows[table]);
}

/* A label of an enum type, as bills show it */
static inline const char *
label_word(const RateLoad *load, RateType type, int position)
{
	return load->book->labels[type].words[position];
}

#endif							/* MISSION_RATES_LOAD_H */
