/*
 * number.c
 *	  Conversion between numeric and the scaled integers of rating.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "entry/number.h"

/*
 * A numeric that a caller passed.  Its text is what messages quote; reading
 * that text is exact, and rounds nothing.
 */
Number
number_from_numeric(Datum value)
{
	Number		number = {.given = true};

	number.text = DatumGetCString(DirectFunctionCall1(numeric_out, value));
	number.status = decimal_from_text(number.text, &number.value);
	return number;
}

/* The value of a number that the server's reader is given as text. */
static Datum
numeric_of(const char *text)
{
	return DirectFunctionCall3(numeric_in, CStringGetDatum(text),
							   ObjectIdGetDatum(InvalidOid),
							   Int32GetDatum(-1));
}

/* A sum that does not fit 64 bits: high * 2^64 + low, by the server. */
static Datum
large_sum_to_numeric(WideSum sum)
{
	char	   *low = psprintf(UINT64_FORMAT, sum.low);
	Datum		high = DirectFunctionCall1(int8_numeric,
										   Int64GetDatum(sum.high));
	Datum		product = DirectFunctionCall2(numeric_mul, high,
											  numeric_of("18446744073709551616"));

	return DirectFunctionCall2(numeric_add, product, numeric_of(low));
}

/* A sum as a numeric with this many decimals, 0 or 2. */
Datum
wide_sum_to_numeric(WideSum sum, int scale)
{
	int64		number;

	if (wide_sum_fits(sum, &number))
		return NumericGetDatum(int64_div_fast_to_numeric(number, scale));
	return DirectFunctionCall2(numeric_mul, large_sum_to_numeric(sum),
							   numeric_of(scale == 0 ? "1" : "0.01"));
}
