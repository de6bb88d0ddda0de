/*
 * decimal.c
 *	  Exact decimal numbers as scaled integers: from text, compared, multiplied.
 */
#include "rating/decimal.h"

#include <string.h>

/* Wide enough for any product of two 64-bit numbers (32 bits do not do). */
__extension__ typedef __int128 wide_t;

/* Append one decimal digit; false where 64 bits do not hold the number. */
static bool
append_digit(int64_t *value, char digit)
{
	return !__builtin_mul_overflow(*value, INT64_C(10), value) &&
		!__builtin_add_overflow(*value, (int64_t) (digit - '0'), value);
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

/* Negative, zero or positive as a is less than, equal to or above b. */
int
decimal_compare(Decimal a, Decimal b)
{
	wide_t		left = (wide_t) a.value * power_of_ten[b.scale];
	wide_t		right = (wide_t) b.value * power_of_ten[a.scale];

	return (left > right) - (left < right);
}

bool
decimal_is_whole(Decimal a)
{
	return a.value % power_of_ten[a.scale] == 0;
}

/*
 * Does "billed" exceed "corrected" by at least "fraction" of "corrected"?
 * (M1-M3; multiplied out, so that nothing is rounded.)  Without an overcharge
 * the answer is no, whatever the fraction.
 */
bool
overcharged_by(Decimal billed, Decimal corrected, Decimal fraction)
{
	int			scale = billed.scale > corrected.scale ?
		billed.scale : corrected.scale;
	wide_t		b = (wide_t) billed.value * power_of_ten[scale - billed.scale];
	wide_t		c = (wide_t) corrected.value *
		power_of_ten[scale - corrected.scale];
	wide_t		excess;
	wide_t		least;

	if (b <= c)
		return false;
	if (__builtin_mul_overflow(b - c, (wide_t) power_of_ten[fraction.scale],
							   &excess))
		return true;			/* larger than any 64-bit fraction */
	if (__builtin_mul_overflow(c, (wide_t) fraction.value, &least))
		return false;
	return excess >= least;
}

/* multiply_to_cents() for negative and for very large numbers. */
bool
multiply_to_cents_slow(Decimal quantity, Decimal rate, cents_t *amount)
{
	wide_t		product = (wide_t) quantity.value * rate.value;
	int			excess = quantity.scale + rate.scale - 2;
	wide_t		half;

	if (excess <= 0)
	{
		if (__builtin_mul_overflow(product, (wide_t) power_of_ten[-excess],
								   &product))
			return false;
	}
	else
	{
		half = power_of_ten[excess] / 2;
		product = (product + (product < 0 ? -half : half)) /
			power_of_ten[excess];
	}
	if (product > INT64_MAX || product < -INT64_MAX)
		return false;
	*amount = (cents_t) product;
	return true;
}
