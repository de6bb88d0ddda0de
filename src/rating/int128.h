/*
 * int128.h
 *	  Arithmetic beyond 64 bits: unsigned numbers of 128 bits, and sums and
 *	  products that say whether they overflow.
 *
 * Where the compiler has 128-bit integers and checked arithmetic, those are
 * used; elsewhere (32-bit targets, old compilers) the same in 64-bit words.
 * MISSION_RATES_PORTABLE selects the latter everywhere, for tests.
 *
 * Which path the compiler takes makes no difference to any result.
 */
#ifndef MISSION_RATES_INT128_H
#define MISSION_RATES_INT128_H

#include <stdbool.h>
#include <stdint.h>

#ifndef __has_builtin
#define __has_builtin(name)	0
#endif

#if defined(__SIZEOF_INT128__) && !defined(MISSION_RATES_PORTABLE)
#define HAVE_NATIVE_INT128
#endif

/* clang on 32-bit targets checks 64-bit products in a library of its own. */
#if !defined(MISSION_RATES_PORTABLE) && \
	((defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 5) || \
	 (__has_builtin(__builtin_mul_overflow) && defined(__SIZEOF_INT128__)))
#define HAVE_CHECKED_ARITHMETIC
#endif

/* high * 2^64 + low */
typedef struct WordPair
{
	uint64_t	high;
	uint64_t	low;
} WordPair;

static inline WordPair
pair_multiply(uint64_t a, uint64_t b)
{
	uint64_t	low = (a & UINT32_MAX) * (b & UINT32_MAX);
	uint64_t	left = (a >> 32) * (b & UINT32_MAX);
	uint64_t	right = (a & UINT32_MAX) * (b >> 32);
	uint64_t	middle = (low >> 32) + (left & UINT32_MAX) +
		(right & UINT32_MAX);

	return (WordPair) {
		(a >> 32) * (b >> 32) + (left >> 32) + (right >> 32) + (middle >> 32),
			(middle << 32) | (low & UINT32_MAX)
	};
}

static inline WordPair
pair_subtract(WordPair a, WordPair b)
{
	return (WordPair) {a.high - b.high - (a.low < b.low ? 1 : 0),
		a.low - b.low};
}

static inline int
pair_compare(WordPair a, WordPair b)
{
	if (a.high != b.high)
		return a.high < b.high ? -1 : 1;
	return (a.low > b.low) - (a.low < b.low);
}

/* a * b; false: it needs more than 128 bits. */
static inline bool
pair_scale(WordPair a, uint64_t b, WordPair *product)
{
	WordPair	low = pair_multiply(a.low, b);
	WordPair	high = pair_multiply(a.high, b);

	product->low = low.low;
	product->high = low.high + high.low;
	return high.high == 0 && product->high >= low.high;
}

/*
 * a / divisor, halves rounded up, by long division; false: the result needs
 * more than 64 bits.  The divisor is less than 2^63.
 */
static inline bool
pair_divide(WordPair a, uint64_t divisor, uint64_t *quotient)
{
	uint64_t	rest = a.high;

	if (a.high >= divisor)
		return false;
	*quotient = 0;
	for (int bit = 63; bit >= 0; bit--)
	{
		rest = (rest << 1) | ((a.low >> bit) & 1);
		*quotient <<= 1;
		if (rest >= divisor)
		{
			rest -= divisor;
			*quotient |= 1;
		}
	}
	if (rest < divisor - rest)
		return true;
	(*quotient)++;
	return *quotient != 0;
}

#ifdef HAVE_NATIVE_INT128

__extension__ typedef unsigned __int128 wide_t;

static inline wide_t
wide_multiply(uint64_t a, uint64_t b)
{
	return (wide_t) a * b;
}

static inline wide_t
wide_subtract(wide_t a, wide_t b)
{
	return a - b;
}

static inline int
wide_compare(wide_t a, wide_t b)
{
	return (a > b) - (a < b);
}

static inline bool
wide_scale(wide_t a, uint64_t b, wide_t *product)
{
	*product = a * b;
	return b == 0 || a <= ~(wide_t) 0 / b;
}

static inline bool
wide_divide(wide_t a, uint64_t divisor, uint64_t *quotient)
{
	wide_t		result = a / divisor;
	uint64_t	rest = (uint64_t) (a % divisor);

	if (rest >= divisor - rest)
		result++;
	*quotient = (uint64_t) result;
	return result <= UINT64_MAX;
}

#else

typedef WordPair wide_t;

#define wide_multiply	pair_multiply
#define wide_subtract	pair_subtract
#define wide_compare	pair_compare
#define wide_scale		pair_scale
#define wide_divide		pair_divide

#endif

/* The absolute value, also of the least number. */
static inline uint64_t
magnitude(int64_t number)
{
	return number < 0 ? -(uint64_t) number : (uint64_t) number;
}

/* a + b, without a compiler's help; true: it does not fit 64 bits. */
static inline bool
plain_add_overflows(int64_t a, int64_t b, int64_t *sum)
{
	if (b >= 0 ? a > INT64_MAX - b : a < INT64_MIN - b)
		return true;
	*sum = a + b;
	return false;
}

/* a * b, likewise. */
static inline bool
plain_multiply_overflows(int64_t a, int64_t b, int64_t *product)
{
	WordPair	wide = pair_multiply(magnitude(a), magnitude(b));
	bool		negative = (a < 0) != (b < 0);

	if (wide.high != 0 ||
		wide.low > (uint64_t) INT64_MAX + (negative ? 1 : 0))
		return true;
	*product = negative ? (int64_t) -wide.low : (int64_t) wide.low;
	return false;
}

static inline bool
add_overflows(int64_t a, int64_t b, int64_t *sum)
{
#ifdef HAVE_CHECKED_ARITHMETIC
	return __builtin_add_overflow(a, b, sum);
#else
	return plain_add_overflows(a, b, sum);
#endif
}

static inline bool
multiply_overflows(int64_t a, int64_t b, int64_t *product)
{
#ifdef HAVE_CHECKED_ARITHMETIC
	return __builtin_mul_overflow(a, b, product);
#else
	return plain_multiply_overflows(a, b, product);
#endif
}

#endif							/* MISSION_RATES_INT128_H */
