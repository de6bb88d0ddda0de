/*
 * fuzz_meter_size.c
 *		Any bytes as a size in inches.
 *
 * A label that is written is one that is read as itself, is in lowest terms,
 * and says the same as the text with blanks around it and a unit behind it.
 */
#include "check.h"

#include <string.h>

#include "rating/rates.h"

#define MAX_TEXT	64

static bool
reads_as(const char *text, const char *label)
{
	char		again[METER_SIZE_LABEL_ROOM];

	return meter_size_label(text, again) && strcmp(again, label) == 0;
}

/* "1 1/2", "3/4" or "8", in lowest terms, without leading zeros */
static void
check_form(const char *label)
{
	long		whole = 0;
	long		part = 0;
	long		parts = 1;
	int			end = 0;
	char		written[METER_SIZE_LABEL_ROOM];

	if (sscanf(label, "%ld %ld/%ld%n", &whole, &part, &parts, &end) == 3)
		snprintf(written, sizeof(written), "%ld %ld/%ld", whole, part, parts);
	else if (sscanf(label, "%ld/%ld%n", &part, &parts, &end) == 2)
		snprintf(written, sizeof(written), "%ld/%ld", part, parts);
	else
	{
		REQUIRE(sscanf(label, "%ld%n", &whole, &end) == 1);
		part = 0;
		snprintf(written, sizeof(written), "%ld", whole);
	}
	REQUIRE(strcmp(label, written) == 0);
	REQUIRE(part >= 0 && part < parts && (whole > 0 || part > 0));
	for (long factor = 2; factor <= part && factor <= 1000; factor++)
		REQUIRE(part % factor != 0 || parts % factor != 0);
}

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char		label[METER_SIZE_LABEL_ROOM];
	char		longer[MAX_TEXT + 16];
	char	   *text;
	bool		read;

	/* as long as the text, so that the sanitizer sees a read beyond its end */
	if (size > MAX_TEXT)
		return 0;
	text = malloc(size + 1);
	memcpy(text, data, size);
	text[size] = '\0';
	read = meter_size_label(text, label);
	snprintf(longer, sizeof(longer), "  %s ", text);
	free(text);
	if (!read)
		return 0;
	REQUIRE(memchr(label, '\0', sizeof(label)) != NULL);
	check_form(label);
	REQUIRE(reads_as(longer, label));
	snprintf(longer, sizeof(longer), "%s inch", label);
	if (strlen(label) <= 6)
		REQUIRE(reads_as(label, label) && reads_as(longer, label));
	return 0;
}
