/*
 * unit_book.c
 *		Finding fees in a schedule, and labels in a book.
 */
#include "check.h"

#include <string.h>

#include "rating/rates.h"

#define LENGTH(array)	((int) (sizeof(array) / sizeof((array)[0])))
#define MOST_LABELS		60
#define MOST_BITS		16

/* In the order of strcmp: bytes, not letters */
static const char *const names[] = {
	"", " ", "A", "A ", "AA", "AB", "ABC", "B", "Ordinance 5244",
	"Ordinance 5244a", "Ordinance 5300", "a", "aa", "z", "\303\251",
	"\303\251t\303\251", "\377"
};

static int
wrong_fees(int n)
{
	Fee			fees[LENGTH(names)] = {{0}};
	int			wrong = 0;

	for (int i = 0; i < n; i++)
		fees[i].code = names[i];
	for (int i = 0; i < LENGTH(names); i++)
		if (find_fee(fees, n, sizeof(Fee), names[i], strlen(names[i])) !=
			(i < n ? &fees[i] : NULL))
			wrong++;
	return wrong;
}

static void
check_names(void)
{
	int			wrong = 0;

	for (int n = 0; n <= LENGTH(names); n++)
		wrong += wrong_fees(n);
	is_number(wrong, 0, "find_fee among any number of fees");
}

/* The code passed is as long as it is said to be, and ends nowhere. */
static void
check_lengths(void)
{
	const ServiceCharge charges[] = {{.fee = {.code = "meter_b"}},
	{.fee = {.code = "meter_box"}}};
	char		text[9];

	memcpy(text, "meter_box", sizeof(text));
	ok(find_fee(charges, 2, sizeof(ServiceCharge), text, 9) ==
	   &charges[1].fee, "9 bytes");
	ok(find_fee(charges, 2, sizeof(ServiceCharge), text, 8) == NULL,
	   "8 bytes");
	ok(find_fee(charges, 2, sizeof(ServiceCharge), text, 7) ==
	   &charges[0].fee, "7 bytes");
	ok(find_fee(charges, 2, sizeof(ServiceCharge), text, 0) == NULL,
	   "no bytes");
	ok(find_fee(charges, 2, sizeof(ServiceCharge), "Meter_box", 9) == NULL,
	   "another case");
	ok(find_fee(charges, 2, sizeof(ServiceCharge), "meter_box ", 10) == NULL,
	   "a blank more");
}

/* An index of n labels, as the book makes it: more slots until it fits. */
static bool
build(LabelIndex *labels, LabelSlot *slots, uint32_t *ids, int n)
{
	labels->nlabels = n;
	labels->ids = ids;
	for (int bits = 1; bits <= MOST_BITS; bits++)
		if ((1 << bits) >= n && label_index_build(labels, slots, bits))
			return true;
	return false;
}

/* Are the labels, and nothing else, found in their places? */
static int
wrong_labels(const LabelIndex *labels)
{
	int			wrong = label_index(labels, 0) == -1 ? 0 : 1;

	for (int i = 0; i < labels->nlabels; i++)
	{
		Label		label = label_of(labels, labels->ids[i]);

		if (label.index != i || label.id != labels->ids[i])
			wrong++;
		for (uint32_t by = 1; by < UINT32_C(0x80000000); by *= 2)
		{
			uint32_t	other = labels->ids[i] ^ by;
			bool		known = false;

			for (int j = 0; j < labels->nlabels; j++)
				known |= labels->ids[j] == other;
			if (!known && label_index(labels, other) != -1)
				wrong++;
		}
	}
	return wrong;
}

static void
check_labels(const char *what, uint32_t first, uint32_t step)
{
	static LabelSlot slots[1 << MOST_BITS];
	uint32_t	ids[MOST_LABELS];
	int			wrong = 0;

	for (int i = 0; i < MOST_LABELS; i++)
		ids[i] = first + (uint32_t) i * step;
	for (int n = 0; n <= MOST_LABELS; n++)
	{
		LabelIndex	labels = {0};

		if (!build(&labels, slots, ids, n))
			wrong++;
		else
			wrong += wrong_labels(&labels);
	}
	is_number(wrong, 0, what);
}

int
main(void)
{
	check_names();
	check_lengths();
	check_labels("labels numbered by ones", 16384, 1);
	check_labels("labels numbered by twos", 24576, 2);
	check_labels("labels 1,024 apart", 16385, 1024);
	check_labels("labels far apart", 1, UINT32_C(0x04000001));
	check_labels("labels around the end", UINT32_C(0xffffffe0), 2147483629);
	return done();
}
