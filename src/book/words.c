/*
 * words.c
 *	  Numbers and ranges in words, as bills and reports print them.
 *
 * The one place for them: descriptions of bill lines are made from these, and
 * the reports in SQL call them by the functions of entry/book_info.c.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "book/book.h"

/* Room for any 64-bit number in digits, with a sign and decimals */
#define DIGITS_ROOM		32

/*
 * decimal_words
 *		A decimal number with commas between the thousands, without zeros at
 *		the end of its decimals; NaN and infinity as they are.
 */
char *
decimal_words(const char *number)
{
	const char *digits = number + strspn(number, "-");
	int			whole = strspn(digits, "0123456789");
	int			length = strlen(digits);
	StringInfoData words;

	if (whole == 0)
		return pstrdup(number);
	initStringInfo(&words);
	if (digits > number)
		appendStringInfoChar(&words, '-');
	for (int i = 0; i < whole; i++)
	{
		if (i > 0 && (whole - i) % 3 == 0)
			appendStringInfoChar(&words, ',');
		appendStringInfoChar(&words, digits[i]);
	}
	while (length > whole && digits[length - 1] == '0')
		length--;
	if (length > whole + 1)		/* more than the decimal point */
		appendBinaryStringInfo(&words, digits + whole, length - whole);
	return words.data;
}

/* "1,234,567" */
static char *
count_words(int64 count)
{
	char		digits[DIGITS_ROOM];

	snprintf(digits, sizeof(digits), INT64_FORMAT, count);
	return decimal_words(digits);
}

/*
 * rate_words
 *		A number of a rate table that is not an amount: "2,000" or "0.75"
 */
char *
rate_words(rate_t rate)
{
	char		digits[DIGITS_ROOM];

	snprintf(digits, sizeof(digits), INT64_FORMAT ".%04d", rate / RATE_UNIT,
			 (int) (rate % RATE_UNIT));
	return decimal_words(digits);
}

/*
 * gallons_words
 *		The gallons that a block covers: "gallons 1,000 to 19,999".  The first
 *		gallon named is the first at the block's rate (§ 114-54(c)(2), W3-W6);
 *		upto INT64_MAX: it is the last block.
 */
char *
gallons_words(int64 above, int64 upto)
{
	if (upto == INT64_MAX)
		return psprintf("gallons %s and up", count_words(above + 1));
	return psprintf("gallons %s to %s", count_words(above + 1),
					count_words(upto));
}

/*
 * square_feet_words
 *		The buildings that a step of a deposit covers: exactly 2,000 square
 *		feet takes the lower row (D3); upto INT64_MAX: it is the last step.
 *		The only step of a category needs no words.
 */
char *
square_feet_words(rate_t above, rate_t upto)
{
	if (above == 0 && upto == INT64_MAX)
		return pstrdup("");
	if (upto == INT64_MAX)
		return psprintf(", above %s square feet", rate_words(above));
	if (above == 0)
		return psprintf(", up to %s square feet", rate_words(upto));
	return psprintf(", above %s to %s square feet",
					rate_words(above), rate_words(upto));
}

/*
 * line_size_words
 *		The sewer lines that a permit is for: "4 inch", "larger than 8 inch"
 */
char *
line_size_words(rate_t line_inches, bool larger_than)
{
	return psprintf("%s%s inch", larger_than ? "larger than " : "",
					rate_words(line_inches));
}
