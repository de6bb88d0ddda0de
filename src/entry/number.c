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

/*
 * A number of the rate tables, or an amount that is one: few are asked for over
 * and over, and making a numeric costs 35 ns.  Each slot keeps the first number
 * that it is asked for; others are made anew, so nothing that was returned is
 * ever freed.
 */
Datum
lasting_numeric(Decimal number)
{
	static struct
	{
		Decimal		number;
		Datum		made;		/* 0: none yet */
	}			slots[512];
	uint64		hash = ((uint64) number.value * 16 + number.scale) *
		UINT64CONST(0x9E3779B97F4A7C15);
	int			at = hash >> (64 - 9);

	if (likely(slots[at].made != (Datum) 0 &&
			   slots[at].number.value == number.value &&
			   slots[at].number.scale == number.scale))
		return slots[at].made;
	if (slots[at].made == (Datum) 0)
	{
		MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);

		slots[at].made = decimal_to_numeric(number);
		slots[at].number = number;
		MemoryContextSwitchTo(caller);
	}
	return decimal_to_numeric(number);
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

/*
 * Reading whole numbers out of numerics without the server's help.
 *
 * A column of readings is often numeric, and numeric_out() and reading its
 * text cost 100 ns a row, as much as rating a bill.  So a small whole number is
 * read from its stored form: a header of 16 bits with sign, decimals and
 * weight, then digits in base 10,000.  That form is the server's own affair.
 * It has been the same since 9.1, and data files hold it, but whether it still
 * is so is tried when the library is loaded: numbers that the server makes must
 * be read as what they are, and the rest be left to the server.
 */
#define SHORT_FORM			0x8000	/* of these two bits, in the header */
#define SHORT_FORM_MASK		0xC000
#define SHORT_SIGN			0x2000
#define SHORT_WEIGHT_SIGN	0x0040
#define SHORT_WEIGHT_MASK	0x003F
#define BASE				10000
#define MOST_DIGITS			4	/* in base 10,000: below 10^16 */

/* Is the stored form as it is described here? */
static bool stored_form_known = false;

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
	weight = header & SHORT_WEIGHT_MASK;
	if ((header & SHORT_FORM_MASK) != SHORT_FORM ||
		(header & (SHORT_SIGN | SHORT_WEIGHT_SIGN)) != 0 ||
		weight >= MOST_DIGITS || ndigits > (size_t) weight + 1)
		return false;
	for (int i = 0; i <= weight; i++)
	{
		uint16		digit = 0;

		if ((size_t) i < ndigits)
			memcpy(&digit, bytes + (i + 1) * sizeof(digit), sizeof(digit));
		sum = sum * BASE + digit;
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

/* Find out whether the stored form is known. */
void
number_init(void)
{
	stored_form_known = reads_as("0", 0) && reads_as("1", 1) &&
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
