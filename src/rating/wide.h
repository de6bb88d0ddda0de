/*
 * wide.h
 *	  Whole numbers of 128 bits, for products and sums beyond 64.
 *
 * They are two words of 64 bits, which every compiler has.
 */
#ifndef MISSION_RATES_WIDE_H
#define MISSION_RATES_WIDE_H

#include <stdbool.h>
#include <stdint.h>

/* high * 2^64 + low; a negative number is its two's complement. */
typedef struct WideInt
{
	uint64_t	high;
	uint64_t	low;
} WideInt;

static inline WideInt
wide_of(int64_t number)
{
	return (WideInt) {number < 0 ? UINT64_MAX : 0, (uint64_t) number};
}

static inline void
wide_add(WideInt *sum, WideInt number)
{
	sum->low += number.low;
	sum->high += number.high + (sum->low < number.low ? 1 : 0);
}

static inline WideInt
wide_difference(WideInt a, WideInt b)
{
	return (WideInt) {a.high - b.high - (a.low < b.low ? 1 : 0),
		a.low - b.low};
}

/* Is the number one of 64 bits?  Then it is *number. */
static inline bool
wide_fits(WideInt a, int64_t *number)
{
	*number = (int64_t) a.low;
	return a.high == wide_of(*number).high;
}

/* -1, 0 or 1 as the number is negative, zero or positive. */
static inline int
wide_sign(WideInt a)
{
	return (int64_t) a.high < 0 ? -1 : (a.high | a.low) != 0;
}

/* What follows is for numbers that are not negative. */

static inline WideInt
wide_product(uint64_t a, uint64_t b)
{
	uint64_t	low = (a & UINT32_MAX) * (b & UINT32_MAX);
	uint64_t	left = (a >> 32) * (b & UINT32_MAX);
	uint64_t	right = (a & UINT32_MAX) * (b >> 32);
	uint64_t	middle = (low >> 32) + (left & UINT32_MAX) +
		(right & UINT32_MAX);

	return (WideInt) {
		(a >> 32) * (b >> 32) + (left >> 32) + (right >> 32) + (middle >> 32),
			(middle << 32) | (low & UINT32_MAX)
	};
}

/* a * b, which is below 2^63; false: it needs more than 127 bits. */
static inline bool
wide_scale(WideInt a, uint64_t b, WideInt *product)
{
	WideInt		low = wide_product(a.low, b);
	WideInt		high = wide_product(a.high, b);

	*product = low;
	wide_add(product, (WideInt) {high.low, 0});
	return high.high == 0 && high.low <= INT64_MAX &&
		wide_sign(*product) >= 0;
}

/*
 * a / divisor, rounded down; false: the result needs more than 64 bits.  The
 * divisor is less than 2^63.
 */
static inline bool
wide_divide(WideInt a, uint64_t divisor, uint64_t *quotient)
{
	uint64_t	rest = a.high;

	*quotient = a.low / divisor;
	if (a.high == 0 || a.high >= divisor)
		return a.high == 0;
	for (int bit = 63; bit >= 0; bit--)
	{
		rest = (rest << 1) | ((a.low >> bit) & 1);
		*quotient = (*quotient << 1) | (rest >= divisor ? 1 : 0);
		if (rest >= divisor)
			rest -= divisor;
	}
	return true;
}

#endif							/* MISSION_RATES_WIDE_H */
