/*
 * number.c
 *	  Conversion between numeric and the scaled integers of rating.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "compat.h"
#include "entry/number.h"
#include "tables/scan.h"

/*
 * A numeric that a caller passed.  Its text is what messages quote; reading
 * that text is exact, and rounds nothing.
 */
Number
number_from_numeric(Datum value)
{
	Number		number = {.given = true};

	number.text = numeric_text(value);
	number.status = decimal_from_text(number.text, &number.value);
	return number;
}

/* A number as a numeric, compiled for each caller. */
static inline Datum
make_numeric(Decimal number)
{
	struct varlena *numeric = palloc(VARHDRSZ + STORED_NUMBER_BYTES);
	Size		length = store_number(number, VARDATA(numeric));

	if (unlikely(length == 0))
		return NumericGetDatum(int64_div_fast_to_numeric(number.value,
														 number.scale));
	SET_VARSIZE(numeric, VARHDRSZ + length);
	return PointerGetDatum(numeric);
}

/* A number as a numeric. */
Datum
decimal_to_numeric(Decimal number)
{
	return make_numeric(number);
}

/* An amount: dollars with two decimals. */
Datum
cents_to_numeric(cents_t cents)
{
	return make_numeric((Decimal) {cents, 2});
}

/* The value of a number that the server's reader is given as text. */
Datum
numeric_of(const char *text)
{
	return DirectFunctionCall3(numeric_in, CStringGetDatum(text),
							   ObjectIdGetDatum(InvalidOid),
							   Int32GetDatum(-1));
}

/* A number beyond 64 bits: high * 2^64 + low, by the server. */
static Datum
large_to_numeric(WideInt number)
{
	char	   *low = psprintf(UINT64_FORMAT, number.low);
	Datum		high = DirectFunctionCall1(int8_numeric,
										   Int64GetDatum((int64) number.high));
	Datum		product = DirectFunctionCall2(numeric_mul, high,
											  numeric_of("18446744073709551616"));

	return DirectFunctionCall2(numeric_add, product, numeric_of(low));
}

/* A sum of integers or, with a scale of 2, of cents as a numeric */
Datum
wide_to_numeric(WideInt number, int scale)
{
	int64		small;

	if (wide_fits(number, &small))
		return NumericGetDatum(int64_div_fast_to_numeric(small, scale));
	return DirectFunctionCall2(numeric_mul, large_to_numeric(number),
							   numeric_of(scale == 0 ? "1" : "0.01"));
}

/* Is the stored form as number.h describes it? */
bool		stored_form_known = false;

#define MOST_DIGITS			4	/* in base 10,000: below 10^16 */

/* The number of a stored form; false: it is not so simple. */
static bool
read_stored_form(Datum value, int64 *whole)
{
	const struct varlena *number =
		(const struct varlena *) DatumGetPointer(value);
	const char *bytes;
	size_t		ndigits;
	int			weight;
	uint16		header;
	int64		sum = 0;

	if (VARATT_IS_EXTENDED(number) && !VARATT_IS_SHORT(number))
		return false;
	bytes = VARDATA_ANY(number);
	ndigits = VARSIZE_ANY_EXHDR(number) / sizeof(uint16);
	if (ndigits-- == 0)
		return false;
	memcpy(&header, bytes, sizeof(header));
	weight = header & STORED_WEIGHT_MASK;
	if ((header & STORED_SHORT_MASK) != STORED_SHORT ||
		(header & (STORED_NEGATIVE | STORED_WEIGHT_SIGN)) != 0 ||
		weight >= MOST_DIGITS || ndigits > (size_t) weight + 1)
		return false;
	for (int i = 0; i <= weight; i++)
	{
		uint16		digit = 0;

		if ((size_t) i < ndigits)
			memcpy(&digit, bytes + (i + 1) * sizeof(digit), sizeof(digit));
		sum = sum * STORED_BASE + digit;
	}
	*whole = sum;
	return true;
}

/*
 * A numeric that is a whole number, if that is easily seen: false says only
 * that it has to be read in another way.
 */
bool
whole_numeric(Datum value, int64 *whole)
{
	return likely(stored_form_known) && read_stored_form(value, whole);
}

/* Is this number read as it should be?  "whole" -1: left to the server. */
static bool
reads_as(const char *text, int64 whole)
{
	Datum		value = numeric_of(text);
	int64		number = -1;
	bool		read = read_stored_form(value, &number);

	return whole < 0 ? !read : read && number == whole;
}

/* Is this number stored as the server itself stores it? */
static bool
stores_as_server(int64 value, int scale)
{
	char		bytes[STORED_NUMBER_BYTES];
	Size		length = store_number((Decimal) {value, scale}, bytes);
	void	   *numeric = int64_div_fast_to_numeric(value, scale);
	bool		same = VARSIZE_ANY_EXHDR(numeric) == length &&
		memcmp(VARDATA_ANY(numeric), bytes, length) == 0;

	pfree(numeric);
	return same;
}

/* Are numbers of every length, with each number of decimals? */
static bool
all_store_as_server(void)
{
	for (int scale = 0; scale <= MAX_DECIMAL_SCALE; scale++)
		for (int64 value = 1; value <= STORED_NUMBER_MAX; value *= 10)
			if (!stores_as_server(value, scale) ||
				!stores_as_server(1 - value, scale) ||
				!stores_as_server(value / 8 * 7, scale))
				return false;
	return true;
}

/* Find out whether the stored form is known. */
void
number_init(void)
{
	stored_form_known = true;
	stored_form_known = all_store_as_server() &&
		reads_as("0", 0) && reads_as("1", 1) &&
		reads_as("9999", 9999) && reads_as("10000", 10000) &&
		reads_as("10001", 10001) && reads_as("6000.000", 6000) &&
		reads_as("123456789012", INT64CONST(123456789012)) &&
		reads_as("1000000000000", INT64CONST(1000000000000)) &&
		reads_as("9999999999999999", INT64CONST(9999999999999999)) &&
		reads_as("100000000", 100000000) && reads_as("-1", -1) &&
		reads_as("0.5", -1) && reads_as("6000.5", -1) &&
		reads_as("0.00000001", -1) && reads_as("10000.0001", -1) &&
		reads_as("NaN", -1) && reads_as("Infinity", -1) &&
		reads_as("-Infinity", -1) && reads_as("1e20", -1) &&
		reads_as("1e-1000", -1);
}
