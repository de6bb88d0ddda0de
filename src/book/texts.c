/*
 * texts.c
 *	  The texts of a schedule: descriptions of bill lines, ready to be returned.
 *
 * They are made once, when a schedule is loaded: a bill only points to them.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "book/book.h"
#include "book/texts.h"
#include "book/words.h"
#include "compat.h"

/*
 * Keep a string of known length as a text that needs no detoasting.
 */
static const RateText *
keep_bytes(MemoryContext context, const char *bytes, int length)
{
	RateText   *kept = book_alloc(context, offsetof(RateText, value) +
								  VARHDRSZ + length);

	SET_VARSIZE(kept->value, VARHDRSZ + length);
	memcpy(VARDATA(kept->value), bytes, length);
	return kept;
}

/*
 * keep_words
 *		A C string as a text that is kept; NULL stays NULL.
 */
const RateText *
keep_words(MemoryContext context, const char *words)
{
	if (words == NULL)
		return NULL;
	return keep_bytes(context, words, strlen(words));
}

/*
 * keep_text
 *		A text of a row as a text that is kept.
 */
const RateText *
keep_text(RateLoad *load, Datum value)
{
	text	   *words = DatumGetTextPP(value);

	return keep_bytes(load->context, VARDATA_ANY(words), VARSIZE_ANY_EXHDR(words));
}

/*
 * keep_string
 *		A text of a row as a C string that is kept.
 */
char *
keep_string(RateLoad *load, Datum value)
{
	text	   *words = DatumGetTextPP(value);
	int			length = VARSIZE_ANY_EXHDR(words);
	char	   *kept = book_alloc(load->context, length + 1);

	memcpy(kept, VARDATA_ANY(words), length);
	return kept;
}

/*
 * Keep a description, and free the string it was put together in.
 */
static const RateText *
keep_description(RateLoad *load, char *words)
{
	const RateText *kept = keep_words(load->context, words);

	pfree(words);
	return kept;
}

/*
 * describe_minimum
 *		"Water minimum, 3/4 inch, inside"
 */
const RateText *
describe_minimum(RateLoad *load, int size, int area)
{
	return keep_description(load,
							psprintf("Water minimum, %s inch, %s",
									 load->book->labels[TYPE_SIZE].words[size],
									 load->book->labels[TYPE_AREA].words[area]));
}

/*
 * describe_volume
 *		"Water volume, gallons 1,000 to 19,999"
 */
const RateText *
describe_volume(RateLoad *load, int64 above, int64 upto)
{
	return keep_description(load, psprintf("Water volume, %s",
										   gallons_words(above, upto)));
}

/*
 * describe_sewer_fixed
 *		"Sewer fixed rate, Residential"
 */
const RateText *
describe_sewer_fixed(RateLoad *load, const char *label, bool flat)
{
	return keep_description(load,
							psprintf(flat ? "Sewer flat rate, %s" :
									 "Sewer fixed rate, %s", label));
}

/*
 * describe_sewer_volume
 *		"Sewer volume, Residential"; a factor is named where it changes the
 *		quantity (S4, S13).
 */
const RateText *
describe_sewer_volume(RateLoad *load, const char *label, rate_t factor)
{
	if (factor == RATE_UNIT)
		return keep_description(load, psprintf("Sewer volume, %s", label));
	return keep_description(load,
							psprintf("Sewer volume, %s, factor %s",
									 label, rate_words(factor)));
}

/*
 * describe_sewer_block
 *		"Sewer volume, Residential, gallons 1 to 15,000"
 */
const RateText *
describe_sewer_block(RateLoad *load, const char *label, rate_t factor,
					 int64 above, int64 upto)
{
	if (factor == RATE_UNIT)
		return keep_description(load,
								psprintf("Sewer volume, %s, %s", label,
										 gallons_words(above, upto)));
	return keep_description(load,
							psprintf("Sewer volume, %s, factor %s, %s", label,
									 rate_words(factor),
									 gallons_words(above, upto)));
}

/*
 * describe_tap
 *		"Water tap, 2 inch compound, inside"
 */
const RateText *
describe_tap(RateLoad *load, int size, bool compound, int area)
{
	return keep_description(load,
							psprintf("Water tap, %s inch%s, %s",
									 load->book->labels[TYPE_SIZE].words[size],
									 compound ? " compound" : "",
									 load->book->labels[TYPE_AREA].words[area]));
}

/*
 * describe_permit
 *		"Sewer connection permit, 4 inch"
 */
const RateText *
describe_permit(RateLoad *load, rate_t line_inches, bool larger_than)
{
	return keep_description(load,
							psprintf("Sewer connection permit, %s",
									 line_size_words(line_inches,
													 larger_than)));
}

/*
 * describe_deposit
 *		"Deposit, commercial, above 2,000 to 5,000 square feet"; the category
 *		is its label with blanks for underscores.
 */
const RateText *
describe_deposit(RateLoad *load, int category, rate_t above, rate_t upto)
{
	char	   *words = psprintf("Deposit, %s%s",
								 load->book->labels[TYPE_CATEGORY].words[category],
								 square_feet_words(above, upto));

	for (char *at = words; *at != '\0'; at++)
		if (*at == '_')
			*at = ' ';
	return keep_description(load, words);
}
