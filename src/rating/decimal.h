/*
 * decimal.h
 *	  Exact decimal numbers as scaled integers.
 *
 * This floor includes no server header, so it compiles and is fuzzed without
 * PostgreSQL.  Nothing here uses floating point.
 */
#ifndef MISSION_RATES_DECIMAL_H
#define MISSION_RATES_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

/*
 * For the path of monthly charges: always inlined, so that the compiler
 * removes from each function what it does not use.
 */
#define inlined static inline __attribute__((always_inline))

/* Every number of a rate table is below this and has at most four decimals. */
#define RATE_LIMIT			INT64_C(1000000000)
#define RATE_SCALE			4
#define RATE_UNIT			INT64_C(10000)

/* What is charged per dollar may have six. */
#define DOLLAR_RATE_SCALE	6

/* Arguments may have up to nine decimals. */
#define MAX_DECIMAL_SCALE	9

/* The value is value / 10^scale, 0 <= scale <= MAX_DECIMAL_SCALE. */
typedef struct Decimal
{
	int64_t		value;
	int			scale;
} Decimal;

typedef enum DecimalStatus
{
	DECIMAL_OK,
	DECIMAL_NOT_FINITE,			/* NaN or an infinity */
	DECIMAL_TOO_FINE,			/* more than MAX_DECIMAL_SCALE decimals */
	DECIMAL_TOO_LARGE			/* beyond 64 bits */
} DecimalStatus;

/*
 * An argument as the caller passed it: possibly NULL, possibly outside every
 * domain.
 */
typedef struct Number
{
	bool		given;			/* not NULL */
	DecimalStatus status;
	Decimal		value;			/* where status is DECIMAL_OK */
	const char *text;			/* as it was passed */
} Number;

/* A number of a rate table: ten-thousandths. */
typedef int64_t rate_t;

/* An amount on a bill: whole cents. */
typedef int64_t cents_t;

static const int64_t power_of_ten[] = {
	INT64_C(1), INT64_C(10), INT64_C(100), INT64_C(1000), INT64_C(10000),
	INT64_C(100000), INT64_C(1000000), INT64_C(10000000),
	INT64_C(100000000), INT64_C(1000000000), INT64_C(10000000000),
	INT64_C(100000000000), INT64_C(1000000000000),
	INT64_C(10000000000000), INT64_C(100000000000000),
	INT64_C(1000000000000000), INT64_C(10000000000000000),
	INT64_C(100000000000000000), INT64_C(1000000000000000000)
};

extern DecimalStatus decimal_read(const char **at, Decimal *result);
extern DecimalStatus decimal_from_text(const char *text, Decimal *result);
extern int	decimal_compare(Decimal a, Decimal b);
extern bool decimal_is_whole(Decimal a);
extern bool overcharged_by(Decimal billed, Decimal corrected,
						   Decimal fraction);
extern bool multiply_to_cents_slow(Decimal quantity, Decimal rate,
								   cents_t *amount);

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline Decimal
decimal_of_count(int64_t count)
{
	return (Decimal) {count, 0};
}

static inline Decimal
decimal_of_rate(rate_t rate)
{
	return (Decimal) {rate, RATE_SCALE};
}

/* Can a rate table hold a number of this size, be it a credit or not? */
static inline bool
is_below_limit(Decimal number)
{
	int64_t		limit = RATE_LIMIT * power_of_ten[number.scale];

	return number.value > -limit && number.value < limit;
}

/*
 * quantity * rate in whole cents, half a cent rounded away from zero (G6).
 * False: beyond the range of cents_t.  Where the scales are constants and the
 * product fits in 64 bits, it is one multiplication and one division.
 */
inlined bool
multiply_to_cents(Decimal quantity, Decimal rate, cents_t *amount)
{
	int			excess = quantity.scale + rate.scale - 2;
	int64_t		product;

	if (__builtin_expect(excess >= 0 &&
						 !__builtin_mul_overflow(quantity.value, rate.value,
												 &product) &&
						 (uint64_t) product < (uint64_t) INT64_MAX / 2, 1))
	{
		uint64_t	divisor = (uint64_t) power_of_ten[excess];

		*amount = (cents_t) (((uint64_t) product + divisor / 2) / divisor);
		return true;
	}
	return multiply_to_cents_slow(quantity, rate, amount);
}

#endif							/* MISSION_RATES_DECIMAL_H */
