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
#include "rating/wide_sum.h"

extern Number number_from_numeric(Datum value);
extern Datum lasting_numeric(Decimal number);
extern bool whole_numeric(Datum value, int64 *whole);

/* Called once, from _PG_init(). */
extern void number_init(void);
extern Datum wide_sum_to_numeric(WideSum sum, int scale);

/* An argument of type numeric, NULL included. */
static inline Number
number_argument(FunctionCallInfo fcinfo, int argno)
{
	if (PG_ARGISNULL(argno))
		return (Number) {0};
	return number_from_numeric(PG_GETARG_DATUM(argno));
}

static inline Datum
decimal_to_numeric(Decimal decimal)
{
	return NumericGetDatum(int64_div_fast_to_numeric(decimal.value,
													 decimal.scale));
}

/* An amount: dollars with two decimals. */
static inline Datum
cents_to_numeric(cents_t cents)
{
	return NumericGetDatum(int64_div_fast_to_numeric(cents, 2));
}

#endif							/* MISSION_RATES_NUMBER_H */
