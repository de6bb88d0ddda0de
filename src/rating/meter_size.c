/*
 * meter_size.c
 *	  Sizes in inches as cities write them: 3/4, 0.75, 3/4", 1-1/2, 1.5 inch,
 *	  5/8x3/4.
 *
 * Each spelling is read as a fraction and written like the labels of
 * meter_size: a whole number, a fraction in lowest terms, or both separated by
 * a blank.  Whether such a size exists is decided elsewhere.
 */
#include "rating/meter_size.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The rest of the input. */
typedef struct Reader
{
	const char *at;
	const char *end;
} Reader;

typedef struct Fraction
{
	int64_t		numerator;
	int64_t		denominator;
} Fraction;

/* Products of three such numbers fit 64 bits. */
#define MAX_DIGITS	6

static bool
at_digit(const Reader *in)
{
	return in->at < in->end && *in->at >= '0' && *in->at <= '9';
}

static bool
at_char(const Reader *in, char c)
{
	return in->at < in->end && *in->at == c;
}

static void
skip_blanks(Reader *in)
{
	while (at_char(in, ' '))
		in->at++;
}

/*
 * Reads one to MAX_DIGITS digits into *number; returns how many, 0 if none.
 * With a zero in front, "02", it is the row of a code table and no size.
 */
static int
read_digits(Reader *in, int64_t *number)
{
	bool		zero_first = at_char(in, '0');
	int			digits = 0;

	for (; at_digit(in) && digits < MAX_DIGITS; in->at++, digits++)
		*number = *number * 10 + (*in->at - '0');
	return at_digit(in) || (zero_first && digits > 1) ? 0 : digits;
}

/* The part behind the decimal point; zeros at its end do not count. */
static bool
read_decimals(Reader *in, Fraction *size)
{
	const char *start = in->at;
	const char *stop;

	while (at_digit(in))
		in->at++;
	if (in->at == start)
		return false;
	for (stop = in->at; stop > start && stop[-1] == '0'; stop--)
		;
	if (stop - start > MAX_DIGITS)
		return false;
	for (const char *digit = start; digit < stop; digit++)
	{
		size->numerator = size->numerator * 10 + (*digit - '0');
		size->denominator *= 10;
	}
	return true;
}

/* The denominator of a proper fraction, whose numerator has been read. */
static bool
read_denominator(Reader *in, Fraction *size)
{
	size->denominator = 0;
	return read_digits(in, &size->denominator) > 0 &&
		size->numerator > 0 && size->numerator < size->denominator;
}

/* The fraction of a mixed number, "1-1/2" or "1 1/2"; optional. */
static bool
read_mixed(Reader *in, Fraction *size)
{
	Reader		ahead = *in;
	Fraction	part = {0, 1};

	if (at_char(&ahead, '-'))
		ahead.at++;
	else
		skip_blanks(&ahead);
	if (ahead.at == in->at || !at_digit(&ahead))
		return true;			/* a whole number; what follows is a unit */
	if (read_digits(&ahead, &part.numerator) == 0 || !at_char(&ahead, '/'))
		return false;
	ahead.at++;
	if (!read_denominator(&ahead, &part))
		return false;
	size->numerator = size->numerator * part.denominator + part.numerator;
	size->denominator = part.denominator;
	*in = ahead;
	return true;
}

static bool
read_number(Reader *in, Fraction *size)
{
	*size = (Fraction) {0, 1};
	if (!at_char(in, '.') && read_digits(in, &size->numerator) == 0)
		return false;
	if (at_char(in, '.'))
	{
		in->at++;
		return read_decimals(in, size);
	}
	if (at_char(in, '/'))
	{
		in->at++;
		return read_denominator(in, size);
	}
	return read_mixed(in, size);
}

/* Does the rest begin with this word, in any case?  Then skip it. */
static bool
skip_word(Reader *in, const char *word)
{
	size_t		length = strlen(word);

	if ((size_t) (in->end - in->at) < length)
		return false;
	for (size_t i = 0; i < length; i++)
	{
		char		c = in->at[i];

		if (c >= 'A' && c <= 'Z')
			c = (char) (c - 'A' + 'a');
		if (c != word[i])
			return false;
	}
	in->at += length;
	return true;
}

/*
 * An optional unit: ", '', inch, inches, in, in., after an optional blank or
 * hyphen.
 */
static void
skip_unit(Reader *in)
{
	static const char *const units[] = {"\"", "''", "inches", "inch", "in.", "in"};
	Reader		ahead = *in;

	if (at_char(&ahead, '-'))
		ahead.at++;
	skip_blanks(&ahead);
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (skip_word(&ahead, units[i]))
		{
			*in = ahead;
			break;
		}
	skip_blanks(in);
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
meter_size_label(const char *text, size_t length, char label[METER_SIZE_LABEL_ROOM])
{
	Reader		in = {text, text + length};
	Fraction	size;
	Fraction	coupling;

	skip_blanks(&in);
	if (!read_number(&in, &size) || size.numerator == 0)
		return false;
	skip_unit(&in);
	if (skip_word(&in, "x"))
	{
		skip_blanks(&in);
		if (!read_number(&in, &coupling) ||
			coupling.numerator * size.denominator <=
			size.numerator * coupling.denominator)
			return false;
		skip_unit(&in);
	}
	if (in.at != in.end)
		return false;
	write_label(size, label);
	return true;
}
