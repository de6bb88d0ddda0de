/*
 * decimal.c
 *	  Exact decimal numbers as scaled integers: from text, compared, multiplied.
 */
#include "rating/decimal.h"
#include "rating/int128.h"

#include <string.h>

/* Append one decimal digit; false where 64 bits do not hold the number. */
static bool
append_digit(int64_t *value, char digit)
{
	return !multiply_overflows(*value, INT64_C(10), value) &&
		!add_overflows(*value, (int64_t) (digit - '0'), value);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* How many of "digits" are left when trailing zeros are dropped. */
static size_t
significant_decimals(const char *digits)
{
	size_t		length = 0;

	for (size_t i = 0; is_digit(digits[i]); i++)
		if (digits[i] != '0')
			length = i + 1;
	return length;
}

/*
 * Read a number as PostgreSQL writes it: digits, optionally a sign and a
 * fraction, no exponent.  Anything else (NaN, Infinity) is not finite.
 * Trailing zeros of the fraction do not count.
 */
DecimalStatus
decimal_from_text(const char *text, Decimal *result)
{
	bool		negative = (*text == '-');
	const char *at = text + (negative ? 1 : 0);
	size_t		decimals = 0;
	int64_t		value = 0;

	if (!is_digit(*at))
		return DECIMAL_NOT_FINITE;
	for (; is_digit(*at); at++)
		if (!append_digit(&value, *at))
			return DECIMAL_TOO_LARGE;
	if (*at == '.')
	{
		at++;
		decimals = significant_decimals(at);
		if (decimals > MAX_DECIMAL_SCALE)
			return DECIMAL_TOO_FINE;
		for (size_t i = 0; i < decimals; i++)
			if (!append_digit(&value, at[i]))
				return DECIMAL_TOO_LARGE;
	}
	result->value = negative ? -value : value;
	result->scale = (int) decimals;
	return DECIMAL_OK;
}

/* The digits of a number, as if it had so many decimals. */
static wide_t
scaled(Decimal number, int scale)
{
	return wide_multiply(magnitude(number.value),
						 (uint64_t) power_of_ten[scale - number.scale]);
}

/* Negative, zero or positive as a is less than, equal to or above b. */
int
decimal_compare(Decimal a, Decimal b)
{
	int			scale = a.scale > b.scale ? a.scale : b.scale;
	int			order = wide_compare(scaled(a, scale), scaled(b, scale));

	if ((a.value < 0) != (b.value < 0))
		return a.value < 0 ? -1 : 1;
	return a.value < 0 ? -order : order;
}

bool
decimal_is_whole(Decimal a)
{
	return a.value % power_of_ten[a.scale] == 0;
}

/*
 * Does "billed" exceed "corrected" by at least "fraction" of "corrected"?
 * (M1-M3; multiplied out, so that nothing is rounded.)  What was not
 * overcharged at all was not overcharged by any fraction.  None of the three
 * is negative.
 */
bool
overcharged_by(Decimal billed, Decimal corrected, Decimal fraction)
{
	int			scale = billed.scale > corrected.scale ?
		billed.scale : corrected.scale;
	wide_t		b = scaled(billed, scale);
	wide_t		c = scaled(corrected, scale);
	wide_t		excess;
	wide_t		least;

	if (wide_compare(b, c) <= 0)
		return false;
	if (!wide_scale(wide_subtract(b, c),
					(uint64_t) power_of_ten[fraction.scale], &excess))
		return true;			/* beyond any fraction of 64 bits */
	if (!wide_scale(c, magnitude(fraction.value), &least))
		return false;
	return wide_compare(excess, least) >= 0;
}

/* The quotient of a product of 64 bits, halves rounded away from zero. */
static cents_t
round_product(int64_t product, int64_t divisor)
{
	int64_t		half = divisor / 2;

	return (product + (product < 0 ? -half : half)) / divisor;
}

/* multiply_to_cents() for negative and for very large numbers. */
bool
multiply_to_cents_slow(Decimal quantity, Decimal rate, cents_t *amount)
{
	bool		negative = (quantity.value < 0) != (rate.value < 0);
	int			excess = quantity.scale + rate.scale - 2;
	int64_t		product;
	wide_t		wide;
	uint64_t	cents;

	/* credits: 64 bits do, and need no division of 128 */
	if (excess > 0 && excess <= 16 &&
		!multiply_overflows(quantity.value, rate.value, &product) &&
		magnitude(product) < (uint64_t) INT64_MAX / 2)
	{
		*amount = round_product(product, power_of_ten[excess]);
		return true;
	}
	wide = wide_multiply(magnitude(quantity.value), magnitude(rate.value));
	if (excess < 0 &&
		!wide_scale(wide, (uint64_t) power_of_ten[-excess], &wide))
		return false;
	if (!wide_divide(wide, (uint64_t) power_of_ten[excess > 0 ? excess : 0],
					 &cents) ||
		cents > (uint64_t) INT64_MAX)
		return false;
	*amount = negative ? -(cents_t) cents : (cents_t) cents;
	return true;
}
