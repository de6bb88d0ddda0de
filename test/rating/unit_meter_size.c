/*
 * unit_meter_size.c
 *		Sizes in inches as cities write them.
 */
#include "check.h"

#include <string.h>

#include "rating/rates.h"

#define LENGTH(array)	((int) (sizeof(array) / sizeof((array)[0])))

/* Each pair: what a city writes, the label that is meant. */
static const char *const good[][2] = {
	{"3/4", "3/4"}, {"0.75", "3/4"}, {".75", "3/4"}, {"0.7500000000", "3/4"},
	{"3/4\"", "3/4"}, {"3/4 \"", "3/4"}, {"3/4in", "3/4"}, {"3/4 in", "3/4"},
	{"3/4 in.", "3/4"}, {"3/4 inch", "3/4"}, {"3/4-inch", "3/4"},
	{"3/4 INCHES", "3/4"}, {"3/4 Inch", "3/4"}, {" 3/4", "3/4"},
	{"3/4  ", "3/4"}, {"6/8", "3/4"}, {"0 3/4", "3/4"},
	{"0-3/4", "3/4"}, {"1/2", "1/2"}, {"0.5", "1/2"}, {"5/8", "5/8"},
	{".625", "5/8"}, {"0.6250", "5/8"}, {"1", "1"}, {"1.0", "1"},
	{"3/4''", "3/4"}, {"1\"", "1"}, {"1 inch", "1"}, {"1 in", "1"},
	{"1-inch", "1"}, {"1 1/2", "1 1/2"}, {"1-1/2", "1 1/2"},
	{"1  1/2", "1 1/2"}, {"1.5", "1 1/2"}, {"1.50", "1 1/2"},
	{"1.5\"", "1 1/2"}, {"1-1/2 inch", "1 1/2"}, {"1 2/4", "1 1/2"},
	{"2", "2"}, {"2.000", "2"}, {"8", "8"}, {"10", "10"}, {"10.0", "10"},
	{"12", "12"}, {"2.5", "2 1/2"}, {"3.1", "3 1/10"}, {"100", "100"},
	{"5/8x3/4", "5/8"}, {"5/8X3/4", "5/8"}, {"5/8 x 3/4", "5/8"},
	{"5/8\"x3/4\"", "5/8"}, {"5/8 in. x 3/4 in.", "5/8"},
	{"0.625x0.75", "5/8"}, {"3/4x1", "3/4"}, {"1 x 1-1/2 inch", "1"},
	{"999999 999998/999999", "999999 999998/999999"},
	{"999999.999999", "999999 999999/1000000"}, {"0.000001", "1/1000000"},
};

static const char *const bad[] = {
	"", " ", "0", "0.0", "0/4", "0 0/4", ".", "1.", "1.x", "-1", "+1", "-3/4",
	"3/", "/4", "3/0", "0/0", "3//4", "4/4", "5/4", "1 5/4", "1 4/4", "1-",
	"1--1/2", "1 - 1/2", "1- 1/2", "1 2", "1 1/2/3", "1.5/2", "1.5 1/2",
	"1.2.3", "3/4 3/4", "inch", "\"", "3/4\"\"", "3/4 inchs", "3/4 feet",
	"3/4 inch inch", "three", "NaN", "Infinity", "1e1", "0x1", "1,5",
	"1000000", "0.0000001", "1.1234567", "1/1000000", "3\t/4", "\t3/4",
	"3 /4", "3/ 4", "5/8x", "5/8xx3/4", "x3/4", "5/8x5/8", "5/8x1/2",
	"3/4x5/8", "5/8x0", "5/8x3/4x1", "5/8 by 3/4", "3/4\n", "\303\227",
	"1\302\275", "9223372036854775807", "99999999999999999999999999",
	"1/99999999999999999999", "01", "02", "03/04", "1-1/02", "007", "00.75",
	"3/4'", "3/4'''", "2-01/2",
};

static void
check_spelling(const char *text, const char *label)
{
	char		got[METER_SIZE_LABEL_ROOM] = "";
	bool		read = meter_size_label(text, got);

	if (!ok(label == NULL ? !read : read && strcmp(got, label) == 0,
			"meter_size_label of case '%s'", label == NULL ? "bad" : label))
		printf("# \"%s\": %s \"%s\"\n", text, read ? "read" : "refused", got);
}

/* Every size up to 12 inches in sixteenths, in four spellings */
static void
check_sixteenths(void)
{
	static const char *const forms[] = {"%d %d/16", "%d-%d/16\"", "%d.%04d",
	"%d.%04d00 inch"};
	int			wrong = 0;

	for (int size = 1; size < 12 * 16; size++)
	{
		char		first[METER_SIZE_LABEL_ROOM] = "";
		char		text[64];
		char		label[METER_SIZE_LABEL_ROOM];

		if (size % 16 == 0)
			continue;
		for (int form = 0; form < LENGTH(forms); form++)
		{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
			snprintf(text, sizeof(text), forms[form], size / 16,
					 form < 2 ? size % 16 : size % 16 * 625);
#pragma GCC diagnostic pop
			if (!meter_size_label(text, label) ||
				(form > 0 && strcmp(label, first) != 0))
				wrong++;
			if (form == 0)
				memcpy(first, label, sizeof(first));
		}
	}
	is_number(wrong, 0, "every sixteenth of an inch in four spellings");
}

int
main(void)
{
	for (int i = 0; i < LENGTH(good); i++)
		check_spelling(good[i][0], good[i][1]);
	for (int i = 0; i < LENGTH(bad); i++)
		check_spelling(bad[i], NULL);
	check_sixteenths();
	return done();
}
