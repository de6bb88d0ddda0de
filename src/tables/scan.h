/*
 * scan.h
 *	  Rows of the rate tables that a snapshot sees, and what their values mean.
 */
#ifndef MISSION_RATES_SCAN_H
#define MISSION_RATES_SCAN_H

#include "postgres.h"

#include "access/genam.h"
#include "access/stratnum.h"
#include "nodes/pg_list.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/relcache.h"
#include "utils/snapshot.h"

#include "compat.h"
#include "tables/descriptor.h"

/* The values are in the order of the descriptor. */
typedef struct RateRow
{
	RateTable	table;
	Datum	   *values;
	bool	   *isnull;
} RateRow;

extern rate_t rate_from_numeric(Datum value, int scale);
extern rate_t row_rate(const RateRow *row, AttrNumber column);
extern bool has_words(const text *value, const char *words);

static inline bool
row_is_null(const RateRow *row, AttrNumber column)
{
	return row->isnull[column - 1];
}

static inline Datum
row_value(const RateRow *row, AttrNumber column)
{
	return row->values[column - 1];
}

static inline char *
row_string(const RateRow *row, AttrNumber column)
{
	return TextDatumGetCString(row_value(row, column));
}

static inline bool
row_has_words(const RateRow *row, AttrNumber column, const char *words)
{
	return !row_is_null(row, column) &&
		has_words(DatumGetTextPP(row_value(row, column)), words);
}

/* The day that an adopted schedule starts on */
static inline DateADT
row_start(const RateRow *row)
{
	return DatumGetDateADT(row_value(row, SCHEDULE_EFFECTIVE_FROM));
}

/* A scan of the rows of one schedule in a table */
typedef struct ScheduleScan
{
	Relation	table;
	SysScanDesc scan;
	text	   *schedule;
} ScheduleScan;

/* The rows of a schedule, its own included: RateRow *, by table */
typedef struct ScheduleRows
{
	List	   *rows[NUM_RATE_TABLES];
} ScheduleRows;

extern void begin_schedule_scan(ScheduleScan *scan, RateTable table,
								text *schedule, Snapshot snapshot);
extern HeapTuple next_of_schedule(ScheduleScan *scan);
extern void end_schedule_scan(ScheduleScan *scan);

extern RateRow *copy_row(RateTable number, Relation table, HeapTuple row);
extern RateRow *read_named_schedule(text *schedule, Snapshot snapshot);
extern RateRow *read_nearest_schedule(DateADT date, StrategyNumber side,
									  Snapshot snapshot);
extern void read_rate_rows(RateRow *schedule, Snapshot snapshot,
						   ScheduleRows *rows);
extern int64 count_rate_rows(text *schedule, Snapshot snapshot);
extern List *schedule_names(RateTable table, Snapshot snapshot);
extern int	compare_strings(const ListCell *a, const ListCell *b);

/* A number, and a date, as messages print them */
static inline char *
numeric_text(Datum value)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, value));
}

static inline char *
date_text(DateADT date)
{
	return DatumGetCString(DirectFunctionCall1(date_out,
											   DateADTGetDatum(date)));
}

#endif							/* MISSION_RATES_SCAN_H */
