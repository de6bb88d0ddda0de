/*
 * account_values.c
 *	  Values of columns of every type that is read.
 *
 * Numbers in text are spaces, a sign, digits and a decimal point, whatever
 * more the server's own reader accepts: what is billed must not depend on the
 * server's version, which reads 0x10 and 1_000 from 16 on.
 */
#include "postgres.h"

#include "common/shortest_dec.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "entry/account_values.h"

/* A floating-point number by the shortest text that stands for it. */
static char *
float_text(ColumnKind kind, Datum value)
{
	char	   *text = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);

	if (kind == COLUMN_FLOAT4)
		float_to_shortest_decimal_buf(DatumGetFloat4(value), text);
	else
		double_to_shortest_decimal_buf(DatumGetFloat8(value), text);
	return text;
}

/* The same as a numeric, which has no exponent. */
static Datum
float_to_numeric(ColumnKind kind, Datum value)
{
	return DirectFunctionCall3(numeric_in,
							   CStringGetDatum(float_text(kind, value)),
							   ObjectIdGetDatum(InvalidOid),
							   Int32GetDatum(-1));
}

/* The value of a text or number column as a C string, for a message. */
char *
column_text(ColumnKind kind, Datum value)
{
	int64		integer;
	Span		span;

	if (integer_value(kind, value, &integer))
		return psprintf(INT64_FORMAT, integer);
	switch (kind)
	{
		case COLUMN_FLOAT4:
		case COLUMN_FLOAT8:
			value = float_to_numeric(kind, value);
			return DatumGetCString(DirectFunctionCall1(numeric_out, value));
		case COLUMN_NUMERIC:
			return DatumGetCString(DirectFunctionCall1(numeric_out, value));
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

/* A number in text. */
static ValueState
number_from_span(Span span, Number *number)
{
	bool		negative = false;

	if (span.length == 0)
		return VALUE_NULL;
	number->text = pnstrdup(span.start, span.length);
	if (*span.start == '-' || *span.start == '+')
	{
		negative = (*span.start == '-');
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

/*
 * The number in a column.  Where it is unreadable, number->text is what was
 * found.
 */
ValueState
number_value(ColumnKind kind, Datum value, Number *number)
{
	int64		integer;

	memset(number, 0, sizeof(Number));
	if (kind == COLUMN_TEXT)
		return number_from_span(text_span(value), number);
	if (integer_value(kind, value, &integer))
	{
		number->given = true;
		number->value = decimal_of_count(integer);
		number->text = psprintf(INT64_FORMAT, integer);
		return VALUE_READ;
	}
	if (kind != COLUMN_NUMERIC)
		value = float_to_numeric(kind, value);
	*number = number_from_numeric(value);
	return VALUE_READ;
}

/* The flag in a column: boolean, 0 or 1, or a text that boolean reads. */
ValueState
flag_value(ColumnKind kind, Datum value, bool *flag)
{
	Number		number;
	Span		span;

	if (kind == COLUMN_BOOLEAN)
	{
		*flag = DatumGetBool(value);
		return VALUE_READ;
	}
	if (kind == COLUMN_TEXT)
	{
		span = text_span(value);
		if (span.length == 0)
			return VALUE_NULL;
		return parse_bool_with_len(span.start, span.length, flag) ?
			VALUE_READ : VALUE_UNREADABLE;
	}
	(void) number_value(kind, value, &number);
	if (number.status != DECIMAL_OK || !decimal_is_whole(number.value) ||
		number.value.value < 0 ||
		decimal_compare(number.value, decimal_of_count(1)) > 0)
		return VALUE_UNREADABLE;
	*flag = number.value.value != 0;
	return VALUE_READ;
}
