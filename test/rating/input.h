/*
 * input.h
 *		Making rates and facts out of the bytes of a fuzzer's input.
 *
 * Behind the end all bytes are 0.
 */
#ifndef MISSION_RATES_INPUT_H
#define MISSION_RATES_INPUT_H

#include "rating/rates.h"

typedef struct Input
{
	const uint8_t *at;
	const uint8_t *end;
} Input;

static inline int
take_byte(Input *in)
{
	return in->at < in->end ? *in->at++ : 0;
}

static inline bool
take_bool(Input *in)
{
	return take_byte(in) % 2 == 1;
}

/* 0 to n - 1 */
static inline int
take_below(Input *in, int n)
{
	return take_byte(in) % n;
}

static inline uint64_t
take_bytes(Input *in, int n)
{
	uint64_t	result = 0;

	for (int i = 0; i < n; i++)
		result = result << 8 | (uint64_t) take_byte(in);
	return result;
}

/* A value that a rate table may hold: often zero or small, sometimes large. */
static inline rate_t
take_rate(Input *in)
{
	switch (take_below(in, 8))
	{
		case 0:
			return 0;
		case 1:
			return INT64_C(9999999999999);
		case 2:
			return (rate_t) (take_bytes(in, 8) % UINT64_C(10000000000000));
		case 3:
			return (rate_t) take_bytes(in, 4);
		case 4:
			return (rate_t) take_bytes(in, 1) * RATE_UNIT;
		default:
			return (rate_t) take_bytes(in, 2);
	}
}

/* The same, or not set */
static inline rate_t
take_rate_or_none(Input *in)
{
	return take_below(in, 6) == 0 ? NO_RATE : take_rate(in);
}

/* What a caller may pass: NULL, no finite number, anything. */
static inline Number
take_number(Input *in)
{
	int			kind = take_below(in, 16);
	Number		result = {.given = kind != 0,.text = "?"};

	if (kind == 0)
		return result;
	result.value.scale = take_below(in, MAX_DECIMAL_SCALE + 1);
	result.value.value = (int64_t) take_bytes(in, kind < 12 ? 2 : 8);
	if (result.value.value == INT64_MIN)
		result.value.value = INT64_MAX;
	if (kind == 12)
		result.status = (DecimalStatus) take_below(in, 4);
	else if (kind != 13 && result.value.value < 0)
		result.value.value = -result.value.value;
	return result;
}

/* A position below n, or -1: a label that no rate row names */
static inline Label
take_label(Input *in, int n)
{
	int			index = take_below(in, n + 1) - 1;

	return (Label) {(uint32_t) (100 + index), index};
}

#endif							/* MISSION_RATES_INPUT_H */
