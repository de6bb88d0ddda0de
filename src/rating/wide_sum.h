/*
 * wide_sum.h
 *	  Sums of 64-bit numbers that no number of rows overflows.
 */
#ifndef MISSION_RATES_WIDE_SUM_H
#define MISSION_RATES_WIDE_SUM_H

#include <stdbool.h>
#include <stdint.h>

/* high * 2^64 + low: 128 bits by two words, which every compiler has */
typedef struct WideSum
{
	int64_t		high;
	uint64_t	low;
} WideSum;

static inline void
wide_sum_merge(WideSum *sum, WideSum other)
{
	sum->low += other.low;
	sum->high += other.high + (sum->low < other.low ? 1 : 0);
}

static inline void
wide_sum_add(WideSum *sum, int64_t number)
{
	wide_sum_merge(sum, (WideSum) {number < 0 ? -1 : 0, (uint64_t) number});
}

/* Is the sum a number of 64 bits?  Then it is *number. */
static inline bool
wide_sum_fits(WideSum sum, int64_t *number)
{
	*number = (int64_t) sum.low;
	return sum.high == (*number < 0 ? -1 : 0);
}

/* The product of two numbers, neither of them negative. */
static inline WideSum
wide_product(int64_t a, int64_t b)
{
	uint64_t	a_low = (uint32_t) a;
	uint64_t	a_high = (uint64_t) a >> 32;
	uint64_t	b_low = (uint32_t) b;
	uint64_t	b_high = (uint64_t) b >> 32;
	uint64_t	middle = a_high * b_low;
	WideSum		product = {(int64_t) (a_high * b_high), a_low * b_low};

	wide_sum_merge(&product, (WideSum) {(int64_t) (middle >> 32), middle << 32});
	middle = a_low * b_high;
	wide_sum_merge(&product, (WideSum) {(int64_t) (middle >> 32), middle << 32});
	return product;
}

#endif							/* MISSION_RATES_WIDE_SUM_H */
