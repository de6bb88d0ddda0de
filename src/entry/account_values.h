/*
 * account_values.h
 *	  Values of columns of every type that is read, as numbers, flags and
 *	  texts.
 */
#ifndef MISSION_RATES_ACCOUNT_VALUES_H
#define MISSION_RATES_ACCOUNT_VALUES_H

#include "postgres.h"

#include "compat.h"
#include "entry/account_row.h"
#include "entry/number.h"
#include "rating/decimal.h"

/* A text without the white space around it. */
typedef struct Span
{
	const char *start;
	size_t		length;
} Span;

/* What was found in a column. */
typedef enum ValueState
{
	VALUE_NULL,					/* NULL or blank */
	VALUE_READ,
	VALUE_UNREADABLE			/* written like nothing that it should be */
} ValueState;

extern char *column_text(ColumnKind kind, Datum value);
extern ValueState number_value(ColumnKind kind, Datum value, Number *number);
extern ValueState flag_value(ColumnKind kind, Datum value, bool *flag);

/* Is it a whole number of a type that 64 bits hold?  Then it is *number. */
static inline bool
integer_value(ColumnKind kind, Datum value, int64 *number)
{
	switch (kind)
	{
		case COLUMN_INT2:
			*number = DatumGetInt16(value);
			return true;
		case COLUMN_INT4:
			*number = DatumGetInt32(value);
			return true;
		case COLUMN_INT8:
			*number = DatumGetInt64(value);
			return true;
		default:
			return false;
	}
}

/* The same, or a numeric that is easily seen to be a whole number. */
static inline bool
whole_value(ColumnKind kind, Datum value, int64 *number)
{
	if (kind == COLUMN_NUMERIC)
		return whole_numeric(value, number);
	return integer_value(kind, value, number);
}

/* The text of a text, varchar or char(n), without the white space around it. */
static inline Span
text_span(Datum value)
{
	text	   *content = DatumGetTextPP(value);
	Span		span = {VARDATA_ANY(content), VARSIZE_ANY_EXHDR(content)};

	trim(&span.start, &span.length);
	return span;
}

#endif							/* MISSION_RATES_ACCOUNT_VALUES_H */
