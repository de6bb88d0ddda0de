/*
 * number.h
 *	  Conversion between numeric and the scaled integers of rating.
 */
#ifndef MISSION_RATES_NUMBER_H
#define MISSION_RATES_NUMBER_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/numeric.h"

#include "rating/decimal.h"
#include "rating/wide.h"

extern Number number_from_numeric(Datum value);
extern Datum decimal_to_numeric(Decimal number);
extern Datum cents_to_numeric(cents_t cents);
extern bool whole_numeric(Datum value, int64 *whole);

/* Called once, from _PG_init(). */
extern void number_init(void);
extern Datum wide_to_numeric(WideInt number, int scale);
extern Datum numeric_of(const char *text);

/* An argument of type numeric, NULL included. */
static inline Number
number_argument(FunctionCallInfo fcinfo, int argno)
{
	if (PG_ARGISNULL(argno))
		return (Number) {0};
	return number_from_numeric(PG_GETARG_DATUM(argno));
}

/*
 * Small numbers in the server's stored form: a header of 16 bits with sign,
 * decimals and weight, then digits in base 10,000 without zeros at either end.
 * They are read and made here, since to read one through its text takes as long
 * as to rate a bill.  The form has been the same since 9.1; number_init() tries
 * it, and if it is another, all of this is left to the server.
 */
#define STORED_BASE			10000
#define STORED_BASE_DIGITS	4
#define STORED_SHORT		0x8000	/* of these two bits, in the header */
#define STORED_SHORT_MASK	0xC000
#define STORED_NEGATIVE		0x2000
#define STORED_SCALE_SHIFT	7
#define STORED_WEIGHT_SIGN	0x0040
#define STORED_WEIGHT_MASK	0x003F

/* The numbers that are made here, and the bytes that they take */
#define STORED_NUMBER_MAX	INT64CONST(100000000000000)
#define STORED_NUMBER_BYTES	12	/* header and five digits */

extern bool stored_form_known;

/* One of the 16-bit words that a stored number consists of. */
static inline void
put_word(char *bytes, int at, uint16 word)
{
	memcpy(bytes + at * sizeof(word), &word, sizeof(word));
}

/* How many digits in base 10,000 a number below 10^18 has. */
static inline int
count_base_digits(uint64 number)
{
	return 1 + (number >= UINT64CONST(10000)) +
		(number >= UINT64CONST(100000000)) +
		(number >= UINT64CONST(1000000000000)) +
		(number >= UINT64CONST(10000000000000000));
}

/*
 * Write the stored form of a number: how many bytes it takes, or 0 where the
 * number is left to the server.
 */
static inline Size
store_number(Decimal number, char bytes[STORED_NUMBER_BYTES])
{
	int			pad = -number.scale & (STORED_BASE_DIGITS - 1);
	bool		negative = number.value < 0;
	uint64		rest = negative ? -(uint64) number.value :
		(uint64) number.value;
	int			weight;
	int			n;

	if (unlikely(!stored_form_known || rest > STORED_NUMBER_MAX))
		return 0;
	rest *= power_of_ten[pad];
	n = count_base_digits(rest);
	weight = n - 1 - (number.scale + pad) / STORED_BASE_DIGITS;
	while (n > 0 && rest % STORED_BASE == 0)
	{
		rest /= STORED_BASE;
		n--;
	}
	for (int i = n; i > 0; i--, rest /= STORED_BASE)
		put_word(bytes, i, rest % STORED_BASE);
	put_word(bytes, 0, STORED_SHORT | (negative ? STORED_NEGATIVE : 0) |
			 number.scale << STORED_SCALE_SHIFT |
			 (n == 0 ? 0 :
			  weight & (STORED_WEIGHT_SIGN | STORED_WEIGHT_MASK)));
	return (n + 1) * sizeof(uint16);
}

#endif							/* MISSION_RATES_NUMBER_H */
