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
 * A number, and where its digits begin, in units of that many decimals.
 */
static rate_t
rate_from_digits(const char *number, const char *at, int scale)
{
	rate_t		result = 0;
	int			decimals = -1;	/* -1: before the point */

	for (; *at == '.' || (*at >= '0' && *at <= '9'); at++)
	{
		if (*at == '.')
			decimals = 0;
		else if (decimals < scale)
		{
			result = result * 10 + (*at - '0');
			decimals += (decimals >= 0) ? 1 : 0;
		}
		else if (*at != '0')
			refuse_number(number);
		if (result > RATE_LIMIT * power_of_ten[scale])
			refuse_number(number);
	}
	if (*at != '\0')
		refuse_number(number);	/* a sign, NaN, an infinity */
	for (decimals = Max(decimals, 0); decimals < scale; decimals++)
		result *= 10;
	return result;
}

/*
 * rate_from_numeric
 *		A number of a rate table in ten-thousandths, exactly.
 */
rate_t
rate_from_numeric(Datum value)
{
	char	   *number = DatumGetCString(DirectFunctionCall1(numeric_out,
															 value));
	rate_t		result = rate_from_digits(number, number, RATE_SCALE);

	pfree(number);
	return result;
}

/*
 * signed_rate_from_numeric
 *		The same where the number may be negative, a credit, and in units of
 *		that many decimals.
 */
rate_t
signed_rate_from_numeric(Datum value, int scale)
{
	char	   *number = DatumGetCString(DirectFunctionCall1(numeric_out,
															 value));
	bool		negative = number[0] == '-';
	rate_t		result = rate_from_digits(number, number + (negative ? 1 : 0),
											  scale);

	pfree(number);
	return negative ? -result : result;
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
