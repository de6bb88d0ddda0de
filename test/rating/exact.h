/*
 * exact.h
 *		Multiplication and rounding as on paper, digit by digit.
 *
 * It shares nothing with src/rating/decimal.c, so that an error in one of
 * them shows as a difference.
 */
#ifndef MISSION_RATES_EXACT_H
#define MISSION_RATES_EXACT_H

#include <string.h>

#include "rating/decimal.h"

#define EXACT_DIGITS	64

/* A whole number: its digits, the last one first, and its sign. */
typedef struct Digits
{
	bool		negative;
	uint8_t		digit[EXACT_DIGITS];
} Digits;

static inline Digits
digits_of(int64_t value)
{
	Digits		result = {.negative = value < 0};
	uint64_t	rest = value < 0 ? -(uint64_t) value : (uint64_t) value;

	for (int i = 0; rest > 0; i++, rest /= 10)
		result.digit[i] = (uint8_t) (rest % 10);
	return result;
}

/* The product, for factors of up to 20 digits. */
static inline Digits
digits_product(const Digits *a, const Digits *b)
{
	unsigned	columns[EXACT_DIGITS] = {0};
	unsigned	carry = 0;
	Digits		result = {.negative = a->negative != b->negative};

	for (int i = 0; i < 20; i++)
		for (int j = 0; j < 20; j++)
			columns[i + j] += (unsigned) a->digit[i] * b->digit[j];
	for (int i = 0; i < EXACT_DIGITS; i++)
	{
		carry += columns[i];
		result.digit[i] = (uint8_t) (carry % 10);
		carry /= 10;
	}
	return result;
}

/*
 * Drop a number of digits at the end; the number is increased by one, away
 * from zero, where the first digit struck out is a five or more.
 */
static inline void
strike_out(Digits *number, int places)
{
	bool		up = places > 0 && number->digit[places - 1] >= 5;

	memmove(number->digit, number->digit + places,
			(size_t) (EXACT_DIGITS - places));
	memset(number->digit + EXACT_DIGITS - places, 0, (size_t) places);
	for (int i = 0; up && i < EXACT_DIGITS; i++)
	{
		up = number->digit[i] == 9;
		number->digit[i] = up ? 0 : number->digit[i] + 1;
	}
}

/* Append a number of zeros. */
static inline void
append_zeros(Digits *number, int places)
{
	memmove(number->digit + places, number->digit,
			(size_t) (EXACT_DIGITS - places));
	memset(number->digit, 0, (size_t) places);
}

/* Back to a machine number; false where the magnitude is above INT64_MAX. */
static inline bool
digits_value(const Digits *number, int64_t *value)
{
	uint64_t	result = 0;

	for (int i = EXACT_DIGITS - 1; i >= 0; i--)
	{
		if (result > ((uint64_t) INT64_MAX - number->digit[i]) / 10)
			return false;
		result = result * 10 + number->digit[i];
	}
	*value = number->negative ? -(int64_t) result : (int64_t) result;
	return true;
}

/* quantity * rate in whole cents, half a cent away from zero. */
static inline bool
exact_cents(Decimal quantity, Decimal rate, int64_t *cents)
{
	Digits		a = digits_of(quantity.value);
	Digits		b = digits_of(rate.value);
	Digits		product = digits_product(&a, &b);
	int			places = quantity.scale + rate.scale - 2;

	if (places >= 0)
		strike_out(&product, places);
	else
		append_zeros(&product, -places);
	return digits_value(&product, cents);
}

#endif							/* MISSION_RATES_EXACT_H */
