/*
 * row.h
 *	  A row of a rate table, and what its values mean.
 */
#ifndef MISSION_RATES_ROW_H
#define MISSION_RATES_ROW_H

#include "postgres.h"

#include "utils/builtins.h"
#include "utils/date.h"

#include "compat.h"
#include "rating/rates.h"
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

#endif							/* MISSION_RATES_ROW_H */
