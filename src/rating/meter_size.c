/*
 * meter_size.c
 *	  Sizes in inches as cities write them: 3/4, 0.75, 3/4", 1-1/2, 1.5 inch,
 *	  5/8x3/4.
 *
 * Each spelling is read as a fraction and written like the labels of
 * meter_size: a whole number, a fraction in lowest terms, or both separated by
 * a blank.  Whether such a size exists is decided elsewhere.
 */
#include "rating/rates.h"

#include <stdio.h>
#include <string.h>

typedef struct Fraction
{
	int64_t		numerator;
	int64_t		denominator;
} Fraction;

/* Digits before and behind the point: products of three numbers fit 64 bits. */
#define MAX_DIGITS	6

static void
skip_blanks(const char **at)
{
	*at += strspn(*at, " ");
}

/* Skip a character, if it is the next one. */
static bool
skip_char(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

/*
 * A number, with decimals or without.  With a zero before another digit,
 * "02", it is the row of a code table and not a size.
 */
static bool
read_decimal(const char **at, Fraction *number)
{
	const char *start = *at;
	Decimal		decimal;

	if ((start[0] == '0' && is_digit(start[1])) ||
		decimal_read(at, &decimal) != DECIMAL_OK ||
		decimal.scale > MAX_DIGITS ||
		decimal.value >= power_of_ten[MAX_DIGITS + decimal.scale])
		return false;
	*number = (Fraction) {decimal.value, power_of_ten[decimal.scale]};
	return *at > start && is_digit((*at)[-1]);
}

/* A number without decimals */
static bool
read_whole(const char **at, int64_t *number)
{
	const char *start = *at;
	Fraction	whole;

	if (!read_decimal(at, &whole) || memchr(start, '.', *at - start) != NULL)
		return false;
	*number = whole.numerator;
	return true;
}

/* The denominator of a proper fraction, whose numerator has been read. */
static bool
read_denominator(const char **at, Fraction *size)
{
	return read_whole(at, &size->denominator) &&
		size->numerator > 0 && size->numerator < size->denominator;
}

/* The fraction of a mixed number, "1-1/2" or "1 1/2"; optional. */
static bool
read_mixed(const char **at, Fraction *size)
{
	const char *ahead = *at;
	Fraction	part;

	if (!skip_char(&ahead, '-'))
		skip_blanks(&ahead);
	if (ahead == *at || !is_digit(*ahead))
		return true;			/* a whole number; what follows is a unit */
	if (!read_whole(&ahead, &part.numerator) || !skip_char(&ahead, '/') ||
		!read_denominator(&ahead, &part))
		return false;
	size->numerator = size->numerator * part.denominator + part.numerator;
	size->denominator = part.denominator;
	*at = ahead;
	return true;
}

static bool
read_size(const char **at, Fraction *size)
{
	const char *start = *at;

	if (!read_decimal(at, size))
		return false;
	if (memchr(start, '.', *at - start) != NULL)
		return true;
	return skip_char(at, '/') ?
		read_denominator(at, size) : read_mixed(at, size);
}

/* Does the rest begin with this word, in any case?  Then skip it. */
static bool
skip_word(const char **at, const char *word)
{
	const char *rest = *at;

	for (; *word != '\0'; word++, rest++)
		if (*rest != *word &&
			(*rest < 'A' || *rest > 'Z' || *rest - 'A' + 'a' != *word))
			return false;
	*at = rest;
	return true;
}

/*
 * An optional unit: ", '', inch, inches, in, in., after an optional blank or
 * hyphen.
 */
static void
skip_unit(const char **at)
{
	static const char *const units[] = {
		"\"", "''", "inches", "inch", "in.", "in"
	};
	const char *ahead = *at;

	(void) skip_char(&ahead, '-');
	skip_blanks(&ahead);
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (skip_word(&ahead, units[i]))
		{
			*at = ahead;
			break;
		}
	skip_blanks(at);
}

static int64_t
greatest_common_divisor(int64_t a, int64_t b)
{
	while (b != 0)
	{
		int64_t		rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

static void
write_label(Fraction size, char *label)
{
	int64_t		divisor = greatest_common_divisor(size.numerator,
												  size.denominator);
	long long	denominator = size.denominator / divisor;
	long long	whole = size.numerator / size.denominator;
	long long	rest = size.numerator / divisor % denominator;

	if (rest == 0)
		(void) snprintf(label, METER_SIZE_LABEL_ROOM, "%lld", whole);
	else if (whole == 0)
		(void) snprintf(label, METER_SIZE_LABEL_ROOM, "%lld/%lld", rest,
						denominator);
	else
		(void) snprintf(label, METER_SIZE_LABEL_ROOM, "%lld %lld/%lld", whole,
						rest, denominator);
}

/*
 * The label of the size that the text names.  A meter with couplings of the
 * next size, "5/8x3/4", is named by the size of the meter.
 */
bool
meter_size_label(const char *text, char label[METER_SIZE_LABEL_ROOM])
{
	Fraction	size;
	Fraction	coupling;

	skip_blanks(&text);
	if (!read_size(&text, &size) || size.numerator == 0)
		return false;
	skip_unit(&text);
	if (skip_word(&text, "x"))
	{
		skip_blanks(&text);
		if (!read_size(&text, &coupling) ||
			coupling.numerator * size.denominator <=
			size.numerator * coupling.denominator)
			return false;
		skip_unit(&text);
	}
	if (*text != '\0')
		return false;
	write_label(size, label);
	return true;
}
