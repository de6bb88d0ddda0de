/*
 * decimal.c
 *	  Exact decimal numbers as scaled integers: read, compared, multiplied.
 */
#include "rating/decimal.h"
#include "rating/wide.h"

/* Append a digit behind zeros; false: 64 bits do not hold the number. */
static inline bool
append_digit(int64_t *number, int zeros, char digit)
{
	return !__builtin_mul_overflow(*number, power_of_ten[zeros + 1], number) &&
		!__builtin_add_overflow(*number, (int64_t) (digit - '0'), number);
}

/*
 * Read digits, and decimals if there is a point, and move *at behind them.
 * Zeros at the end of the decimals do not count.  Of a number that is too fine
 * the part before the point is read.
 */
DecimalStatus
decimal_read(const char **at, Decimal *result)
{
	const char *text = *at;
	int64_t		value = 0;
	int			scale = 0;
	int			zeros = 0;
	bool		fits = true;

	for (; is_digit(*text); text++)
		if (!append_digit(&value, 0, *text))
			return DECIMAL_TOO_LARGE;
	*result = (Decimal) {value, 0};
	if (*text == '.')
		for (text++; is_digit(*text); text++)
		{
			if (*text == '0')
			{
				zeros++;
				continue;
			}
			scale += zeros + 1;
			if (scale > MAX_DECIMAL_SCALE)
				return DECIMAL_TOO_FINE;
			fits &= append_digit(&value, zeros, *text);
			zeros = 0;
		}
	if (!fits)
		return DECIMAL_TOO_LARGE;
	*at = text;
	*result = (Decimal) {value, scale};
	return DECIMAL_OK;
}

/*
 * Read a number as PostgreSQL writes it: digits, optionally a sign and a
 * fraction, no exponent.  Anything else (NaN, Infinity) is not finite.
 */
DecimalStatus
decimal_from_text(const char *text, Decimal *result)
{
	bool		negative = (*text == '-');
	const char *at = text + (negative ? 1 : 0);
	DecimalStatus status;

	if (!is_digit(*at))
		return DECIMAL_NOT_FINITE;
	status = decimal_read(&at, result);
	if (negative)
		result->value = -result->value;
	return status;
}

/* The absolute value, also of the least number. */
static uint64_t
magnitude(int64_t number)
{
	return number < 0 ? -(uint64_t) number : (uint64_t) number;
}

/* The digits of a number, as if it had so many decimals. */
static WideInt
scaled(Decimal number, int scale)
{
	WideInt		digits = wide_product(magnitude(number.value),
									  (uint64_t) power_of_ten[scale - number.scale]);

	return number.value < 0 ? wide_difference(wide_of(0), digits) : digits;
}

/* a - b, as if both had the decimals of the one that has more */
static WideInt
scaled_difference(Decimal a, Decimal b)
{
	int			scale = a.scale > b.scale ? a.scale : b.scale;

	return wide_difference(scaled(a, scale), scaled(b, scale));
}

/* Negative, zero or positive as a is less than, equal to or above b. */
int
decimal_compare(Decimal a, Decimal b)
{
	if (a.scale == b.scale)
		return (a.value > b.value) - (a.value < b.value);
	return wide_sign(scaled_difference(a, b));
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
	WideInt		excess = scaled_difference(billed, corrected);
	int			scale = billed.scale > corrected.scale ?
		billed.scale : corrected.scale;
	WideInt		least;

	if (wide_sign(excess) <= 0)
		return false;
	return wide_scale(excess, (uint64_t) power_of_ten[fraction.scale],
					  &excess) &&
		wide_scale(scaled(corrected, scale), magnitude(fraction.value),
				   &least) &&
		wide_sign(wide_difference(excess, least)) >= 0;
}

/* multiply_to_cents() for negative and for large numbers. */
bool
multiply_to_cents_slow(Decimal quantity, Decimal rate, cents_t *amount)
{
	bool		negative = (quantity.value < 0) != (rate.value < 0);
	int			excess = quantity.scale + rate.scale - 2;
	uint64_t	divisor = (uint64_t) power_of_ten[excess > 0 ? excess : 0];
	WideInt		product = wide_product(magnitude(quantity.value),
									   magnitude(rate.value));
	uint64_t	cents;

	if (excess < 0 &&
		!wide_scale(product, (uint64_t) power_of_ten[-excess], &product))
		return false;
	wide_add(&product, (WideInt) {0, divisor / 2});
	if (!wide_divide(product, divisor, &cents) ||
		cents > (uint64_t) INT64_MAX)
		return false;
	*amount = negative ? -(cents_t) cents : (cents_t) cents;
	return true;
}
