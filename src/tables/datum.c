/*
 * datum.c
 *	  What the values in rows of the rate tables mean.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "tables/datum.h"

/*
 * Refuse a number that violates the constraints of the tables.
 */
static void
refuse_number(const char *number)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("a rate table contains %s", number),
			 errdetail("Numbers of rate tables are at least 0, below"
					   " 1,000,000,000 and have at most four decimals.")));
}

/*
 * A number of a rate table in units of that many decimals, exactly.
 */
static rate_t
read_rate(Datum value, int scale, bool may_be_negative)
{
	char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out, value));
	Decimal		number;

	if (decimal_from_text(text, &number) != DECIMAL_OK ||
		number.scale > scale ||
		(number.value < 0 && !may_be_negative) ||
		!is_below_limit(number))
		refuse_number(text);
	pfree(text);
	return number.value * power_of_ten[scale - number.scale];
}

/*
 * rate_from_numeric
 *		A number of a rate table in ten-thousandths.
 */
rate_t
rate_from_numeric(Datum value)
{
	return read_rate(value, RATE_SCALE, false);
}

/*
 * signed_rate_from_numeric
 *		The same where the number may be negative, a credit, and in units of
 *		that many decimals.
 */
rate_t
signed_rate_from_numeric(Datum value, int scale)
{
	return read_rate(value, scale, true);
}

/*
 * rate_or_none
 *		The same for a column that may be empty.
 */
rate_t
rate_or_none(Datum value, bool isnull)
{
	return isnull ? NO_RATE : rate_from_numeric(value);
}
