/*
 * values.h
 *	  Values of arguments and of columns, of every type that is read, as
 *	  numbers, flags, dates and texts.
 */
#ifndef MISSION_RATES_VALUES_H
#define MISSION_RATES_VALUES_H

#include "postgres.h"

#include "utils/date.h"

#include "compat.h"
#include "entry/number.h"

/* How a value is read. */
typedef enum ValueKind
{
	KIND_ABSENT,				/* no value; the default holds */
	KIND_LABEL,					/* the extension's own enum type */
	KIND_TEXT,
	KIND_BOOLEAN,
	KIND_INT2,
	KIND_INT4,
	KIND_INT8,
	KIND_NUMERIC,
	KIND_FLOAT4,
	KIND_FLOAT8,
	KIND_DATE,
	KIND_TIMESTAMP,
	KIND_JSONB,
	KIND_TEXT_ARRAY,
	KIND_AMBIGUOUS,				/* several values */
	KIND_UNREADABLE				/* of another type */
} ValueKind;

/* What was found. */
typedef enum ValueState
{
	VALUE_NULL,					/* NULL or blank */
	VALUE_READ,
	VALUE_UNREADABLE			/* cannot be read as what is asked for */
} ValueState;

extern char *value_text(ValueKind kind, Datum value);
extern ValueState number_value(ValueKind kind, Datum value, Number *number);
extern ValueState flag_value(ValueKind kind, Datum value, bool *flag);
extern ValueState date_value(ValueKind kind, Datum value, DateADT *date);

/* Part of a text */
typedef struct Span
{
	const char *start;
	size_t		length;
} Span;

/*
 * plain_text.c: characters that word processors put in place of plain ones, and
 * the white space around, are taken out.
 */
extern bool make_plain(Span *span);

/* Is it white space?  The same in every locale. */
static inline bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A text without the white space around it */
static inline Span
trimmed(Span span)
{
	while (span.length > 0 && is_space(span.start[0]))
	{
		span.start++;
		span.length--;
	}
	while (span.length > 0 && is_space(span.start[span.length - 1]))
		span.length--;
	return span;
}

/* Is it a whole number of a type that 64 bits hold?  Then it is *number. */
static inline bool
integer_value(ValueKind kind, Datum value, int64 *number)
{
	switch (kind)
	{
		case KIND_INT2:
			*number = DatumGetInt16(value);
			return true;
		case KIND_INT4:
			*number = DatumGetInt32(value);
			return true;
		case KIND_INT8:
			*number = DatumGetInt64(value);
			return true;
		default:
			return false;
	}
}

/* The same, or a numeric that is easily seen to be a whole number. */
static inline bool
whole_value(ValueKind kind, Datum value, int64 *number)
{
	if (kind == KIND_NUMERIC)
		return whole_numeric(value, number);
	return integer_value(kind, value, number);
}

/* The text of a text, varchar or char(n), without the white space around it. */
static inline Span
text_span(Datum value)
{
	text	   *content = DatumGetTextPP(value);
	Span		span = {VARDATA_ANY(content), VARSIZE_ANY_EXHDR(content)};

	return trimmed(span);
}

#endif							/* MISSION_RATES_VALUES_H */
