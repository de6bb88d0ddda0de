/*
 * fuzz_decimal.c
 *		Any bytes as a decimal number.
 *
 * What is read, written out again, is what was passed but for zeros at both
 * ends; and two numbers multiply and compare as on paper.
 */
#include "check.h"
#include "exact.h"

#define MAX_TEXT	200

/*
 * Copy the digits of a text, without the sign, the point, and leading and
 * trailing zeros.
 */
static void
plain_digits(const char *text, size_t length, char *out)
{
	const char *point = memchr(text, '.', length);
	size_t		n = 0;

	if (point != NULL)
		while (length > 0 && text[length - 1] == '0')
			length--;
	for (size_t i = 0; i < length; i++)
		if (text[i] >= '0' && text[i] <= '9' && (text[i] != '0' || n > 0))
			out[n++] = text[i];
	out[n] = '\0';
}

/* The length of a text that has the form of a number, or 0. */
static size_t
number_length(const char *text)
{
	size_t		sign = text[0] == '-' ? 1 : 0;
	size_t		whole = strspn(text + sign, "0123456789");
	size_t		length = sign + whole;

	if (whole == 0)
		return 0;
	if (text[length] == '.')
		length += 1 + strspn(text + length + 1, "0123456789");
	return length;
}

static void
check_read(const char *text, Decimal read)
{
	size_t		length = number_length(text);
	const char *point = memchr(text, '.', length);
	char		expected[MAX_TEXT + 1];
	char		got[32];
	int			decimals = point == NULL ? 0 :
		(int) (length - (size_t) (point - text) - 1);

	while (decimals > 0 && text[length - 1] == '0')
	{
		length--;
		decimals--;
	}
	plain_digits(text, length, expected);
	snprintf(got, sizeof(got), "%" PRId64,
			 read.value < 0 ? -read.value : read.value);
	REQUIRE(strcmp(read.value == 0 ? "" : got, expected) == 0);
	REQUIRE(read.scale == decimals);
	REQUIRE(read.value == 0 || (read.value < 0) == (text[0] == '-'));
}

/* A number is only refused for what it is. */
static void
check_refused(const char *text, DecimalStatus status)
{
	size_t		length = number_length(text);
	char		digits[MAX_TEXT + 1];

	plain_digits(text, length, digits);
	REQUIRE((status == DECIMAL_NOT_FINITE) == (length == 0));
	if (status == DECIMAL_TOO_FINE)
		REQUIRE(length - (size_t) ((char *) memchr(text, '.', length) - text) >
				MAX_DECIMAL_SCALE + 1);
	if (status == DECIMAL_TOO_LARGE)
		REQUIRE(strlen(digits) > 19 || (strlen(digits) == 19 &&
										strcmp(digits, "9223372036854775807") > 0));
}

static void
check_text(const char *text)
{
	Decimal		read;
	DecimalStatus status = decimal_from_text(text, &read);

	if (status == DECIMAL_OK)
		check_read(text, read);
	else
		check_refused(text, status);
}

/* Two numbers out of 18 bytes */
static void
check_numbers(const uint8_t *data)
{
	Decimal		a;
	Decimal		b;
	cents_t		cents = 0;
	int64_t		expected = 0;
	bool		fits;

	memcpy(&a.value, data, 8);
	memcpy(&b.value, data + 8, 8);
	if (a.value == INT64_MIN || b.value == INT64_MIN)
		return;					/* no text is read as that */
	a.scale = data[16] % (MAX_DECIMAL_SCALE + 1);
	b.scale = data[17] % (MAX_DECIMAL_SCALE + 1);
	a.value >>= data[16] / 4 % 64;
	b.value >>= data[17] / 4 % 64;
	fits = exact_cents(a, b, &expected);
	REQUIRE(multiply_to_cents(a, b, &cents) == fits);
	REQUIRE(!fits || cents == expected);
	REQUIRE(decimal_compare(a, b) == -decimal_compare(b, a));
	if (a.scale == b.scale)
		REQUIRE(decimal_compare(a, b) ==
				(a.value > b.value) - (a.value < b.value));
	if (a.value >= 0 && b.value >= 0)
		REQUIRE(!(overcharged_by(a, b, (Decimal) {2500, 4}) &&
				  decimal_compare(a, b) <= 0));
}

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char		text[MAX_TEXT + 1];

	if (size >= 18)
		check_numbers(data);
	if (size > MAX_TEXT)
		size = MAX_TEXT;
	memcpy(text, data, size);
	text[size] = '\0';
	check_text(text);
	return 0;
}
