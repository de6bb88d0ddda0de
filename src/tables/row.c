/*
 * row.c
 *	  What the values in rows of the rate tables mean.
 */
#include "postgres.h"

#include "tables/scan.h"

/* Refuse a number that violates the constraints of the tables. */
static void
refuse_number(Datum value)
{
	ereport(ERROR,
			errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			errmsg("a rate table contains %s", numeric_text(value)),
			errdetail("Numbers of rate tables are at least 0, below"
					  " 1,000,000,000 and have at most four decimals."));
}

/*
 * rate_from_numeric
 *		A number of a rate table in units of that many decimals, exactly.
 */
rate_t
rate_from_numeric(Datum value, int scale)
{
	char	   *text = numeric_text(value);
	Decimal		number;

	if (decimal_from_text(text, &number) != DECIMAL_OK ||
		number.scale > scale || !is_below_limit(number))
		refuse_number(value);
	pfree(text);
	return number.value * power_of_ten[scale - number.scale];
}

/*
 * row_rate
 *		A number of a row in ten-thousandths; NO_RATE where it is NULL.
 */
rate_t
row_rate(const RateRow *row, AttrNumber column)
{
	rate_t		rate;

	if (row_is_null(row, column))
		return NO_RATE;
	rate = rate_from_numeric(row_value(row, column), RATE_SCALE);
	if (rate < 0)
		refuse_number(row_value(row, column));
	return rate;
}

/*
 * has_words
 *		Is a text the same as a C string?
 */
bool
has_words(const text *value, const char *words)
{
	size_t		length = strlen(words);

	return VARSIZE_ANY_EXHDR(value) == length &&
		memcmp(VARDATA_ANY(value), words, length) == 0;
}
