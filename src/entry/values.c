/*
 * values.c
 *	  Values of arguments and of columns, of every type that is read.
 *
 * Numbers in text are spaces, a sign, digits and a decimal point, whatever
 * more the server's own reader accepts: what is billed must not depend on the
 * server's version, which reads 0x10 and 1_000 from 16 on.
 */
#include "postgres.h"

#include "common/shortest_dec.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"

#include "entry/values.h"
#include "tables/scan.h"

/* A floating-point number by the shortest text that stands for it. */
static char *
float_text(ValueKind kind, Datum value)
{
	char	   *text = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);

	if (kind == KIND_FLOAT4)
		float_to_shortest_decimal_buf(DatumGetFloat4(value), text);
	else
		double_to_shortest_decimal_buf(DatumGetFloat8(value), text);
	return text;
}

/* The same as a numeric, which has no exponent. */
static Datum
float_to_numeric(ValueKind kind, Datum value)
{
	return numeric_of(float_text(kind, value));
}

/* A text or a number as a C string, for a message */
char *
value_text(ValueKind kind, Datum value)
{
	int64		integer;
	Span		span;

	if (integer_value(kind, value, &integer))
		return psprintf(INT64_FORMAT, integer);
	switch (kind)
	{
		case KIND_FLOAT4:
		case KIND_FLOAT8:
			return numeric_text(float_to_numeric(kind, value));
		case KIND_NUMERIC:
			return numeric_text(value);
		default:
			span = text_span(value);
			return pnstrdup(span.start, span.length);
	}
}

/* How many of the first characters are digits. */
static size_t
count_digits(const char *text, size_t length)
{
	size_t		digits = 0;

	while (digits < length && text[digits] >= '0' && text[digits] <= '9')
		digits++;
	return digits;
}

/* Is this all of a number: digits, with a decimal point or without? */
static bool
is_unsigned_number(Span span)
{
	size_t		whole = count_digits(span.start, span.length);
	size_t		decimals;

	if (whole == span.length)
		return whole > 0;
	if (span.start[whole] != '.')
		return false;
	decimals = count_digits(span.start + whole + 1, span.length - whole - 1);
	return whole + 1 + decimals == span.length && whole + decimals > 0;
}

/* A number in text that is not blank, and whose characters are plain. */
static ValueState
number_from_plain(Span span, Number *number)
{
	bool		negative = (*span.start == '-');

	if (negative || *span.start == '+')
	{
		span.start++;
		span.length--;
	}
	if (!is_unsigned_number(span))
		return VALUE_UNREADABLE;
	number->text = psprintf("%s%s%.*s", negative ? "-" : "",
							*span.start == '.' ? "0" : "",
							(int) span.length, span.start);
	number->given = true;
	number->status = decimal_from_text(number->text, &number->value);
	return VALUE_READ;
}

/* A number in text */
static ValueState
number_from_span(Span span, Number *number)
{
	ValueState	state;

	do
		state = span.length == 0 ? VALUE_NULL : number_from_plain(span, number);
	while (state == VALUE_UNREADABLE && make_plain(&span));
	return state;
}

/* The number in a value */
ValueState
number_value(ValueKind kind, Datum value, Number *number)
{
	int64		integer;

	memset(number, 0, sizeof(Number));
	if (kind == KIND_TEXT)
		return number_from_span(text_span(value), number);
	if (integer_value(kind, value, &integer))
	{
		number->given = true;
		number->value = decimal_of_count(integer);
		number->text = psprintf(INT64_FORMAT, integer);
		return VALUE_READ;
	}
	if (kind != KIND_NUMERIC)
		value = float_to_numeric(kind, value);
	*number = number_from_numeric(value);
	return VALUE_READ;
}

/* A flag in text, as boolean reads it */
static ValueState
flag_from_span(Span span, bool *flag)
{
	do
	{
		if (span.length == 0)
			return VALUE_NULL;
		if (parse_bool_with_len(span.start, span.length, flag))
			return VALUE_READ;
	} while (make_plain(&span));
	return VALUE_UNREADABLE;
}

/* The flag in a value: boolean, 0 or 1, or a text that boolean reads. */
ValueState
flag_value(ValueKind kind, Datum value, bool *flag)
{
	Number		number;

	if (kind == KIND_BOOLEAN)
	{
		*flag = DatumGetBool(value);
		return VALUE_READ;
	}
	if (kind == KIND_TEXT)
		return flag_from_span(text_span(value), flag);
	(void) number_value(kind, value, &number);
	if (number.status != DECIMAL_OK || !decimal_is_whole(number.value) ||
		number.value.value < 0 ||
		decimal_compare(number.value, decimal_of_count(1)) > 0)
		return VALUE_UNREADABLE;
	*flag = number.value.value != 0;
	return VALUE_READ;
}

/* Take so many digits off the front of a text; -1: they are not there. */
static int
take_digits(Span *span, size_t digits)
{
	int			number = 0;

	if (count_digits(span->start, Min(span->length, digits)) < digits)
		return -1;
	for (size_t i = 0; i < digits; i++)
		number = number * 10 + (span->start[i] - '0');
	span->start += digits;
	span->length -= digits;
	return number;
}

/* Take a character off the front of a text, if it is there. */
static bool
take(Span *span, char character)
{
	if (span->length == 0 || *span->start != character)
		return false;
	span->start++;
	span->length--;
	return true;
}

/* Take a number of two digits, at most so large. */
static bool
take_two(Span *span, int most)
{
	int			number = take_digits(span, 2);

	return number >= 0 && number <= most;
}

/* A time of day, such as 00:00, 00:00:00 or 23:59:59.999 */
static bool
take_time(Span *span)
{
	if (!take_two(span, 24) || !take(span, ':') || !take_two(span, 59))
		return false;
	if (!take(span, ':'))
		return true;
	if (!take_two(span, 60))
		return false;
	if (take(span, '.'))
		while (take_digits(span, 1) >= 0)
			;
	return true;
}

/* An offset from universal time, such as Z, -05, -0500 or -05:00 */
static bool
take_offset(Span *span)
{
	if (take(span, 'Z'))
		return true;
	if ((!take(span, '-') && !take(span, '+')) || !take_two(span, 15))
		return false;
	if (span->length == 0)
		return true;
	(void) take(span, ':');
	return take_two(span, 59);
}

/*
 * What may follow a date, and does not count: drivers write a time, an offset,
 * or both.
 */
static bool
is_time(Span span)
{
	if (span.length == 0)
		return true;
	if ((!take(&span, 'T') && !take(&span, ' ')) || span.length == 0)
		return false;
	if (count_digits(span.start, 1) > 0 && !take_time(&span))
		return false;
	(void) take(&span, ' ');
	return span.length == 0 || (take_offset(&span) && span.length == 0);
}

/* A date in text that is not blank, and whose characters are plain. */
static ValueState
date_from_plain(Span rest, DateADT *date)
{
	struct pg_tm day = {0};

	day.tm_year = take_digits(&rest, 4);
	if (day.tm_year > 0 && take(&rest, '-') &&
		(day.tm_mon = take_digits(&rest, 2)) > 0 && take(&rest, '-') &&
		(day.tm_mday = take_digits(&rest, 2)) > 0 && is_time(rest) &&
		ValidateDate(DTK_DATE_M, false, false, false, &day) == 0)
	{
		*date = date2j(day.tm_year, day.tm_mon, day.tm_mday) -
			POSTGRES_EPOCH_JDATE;
		return VALUE_READ;
	}
	return VALUE_UNREADABLE;
}

/* The date that a text begins with, YYYY-MM-DD; the day as it is written. */
static ValueState
date_from_span(Span span, DateADT *date)
{
	ValueState	state;

	do
		state = span.length == 0 ? VALUE_NULL : date_from_plain(span, date);
	while (state == VALUE_UNREADABLE && make_plain(&span));
	return state;
}

/* The date in a value */
ValueState
date_value(ValueKind kind, Datum value, DateADT *date)
{
	if (kind == KIND_TEXT)
		return date_from_span(text_span(value), date);
	if (kind == KIND_TIMESTAMP)
		value = DirectFunctionCall1(timestamp_date, value);
	*date = DatumGetDateADT(value);
	return VALUE_READ;
}
