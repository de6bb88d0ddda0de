/*
 * unit_bill.c
 *		Monthly bills: amounts, and what the lines of a bill are.
 */
#include "check.h"
#include "bill_checks.h"
#include "sample_book.h"

#define LENGTH(array)	((int) (sizeof(array) / sizeof((array)[0])))
#define ROOM			16

static Sample sample;
static BillLine lines[ROOM];

/* Rate with lines and without; -1 where there is a problem. */
static int64_t
rate(const BillFacts *facts, Bill *bill)
{
	Bill		total = {0};
	Problem		p = {0};
	Problem		q = {0};
	bool		rated;

	*bill = (Bill) {.lines = lines};
	rated = rate_bill(&sample.schedule, facts, bill, &p);
	if (rate_bill(&sample.schedule, facts, &total, &q) != rated ||
		p.code != q.code || (rated && total.total != bill->total))
		return -2;
	if (!rated)
		return -1;
	return adds_up(bill, max_bill_lines(&sample.schedule)) ? bill->total : -3;
}

typedef struct Example
{
	int			class;
	int			meter;
	int64_t		gallons;
	Label		area;			/* id 0: not given */
	int64_t		cents;
} Example;

#define INSIDE	LABEL(AREA_INSIDE)
#define OUTSIDE	LABEL(AREA_OUTSIDE)
#define UNSAID	((Label) {0, -1})

static void
check_water(void)
{
	static const Example examples[] = {
		{A1, INCH_3_4, 0, UNSAID, 1150}, {A1, INCH_3_4, 999, UNSAID, 1150},
		{A1, INCH_3_4, 1000, UNSAID, 1150}, {A1, INCH_3_4, 1001, UNSAID, 1150},
		{A1, INCH_3_4, 1002, UNSAID, 1151}, {A1, INCH_3_4, 1019, UNSAID, 1155},
		{A1, INCH_3_4, 6000, INSIDE, 2275}, {A1, INCH_3_4, 6000, UNSAID, 2275},
		{A1, INCH_3_4, 19999, UNSAID, 5425}, {A1, INCH_3_4, 20000, UNSAID, 5425},
		{A1, INCH_3_4, 20001, UNSAID, 5426},
		{A5, INCH_8, 1000000, UNSAID, 330412},
		{A8, INCH_3_4, 6000, UNSAID, 2879}, {A8, INCH_3_4, 6000, OUTSIDE, 2879},
		{A1, INCH_3_4, 6000, OUTSIDE, 2879},
		{A2, INCH_3_4, 10000, OUTSIDE, 4145},
		{A1, INCH_3_4, MAX_GALLONS, UNSAID, INT64_C(250000000425)},
	};

	for (int i = 0; i < LENGTH(examples); i++)
	{
		BillFacts	facts = bill_facts(examples[i].class, examples[i].meter,
									   examples[i].gallons);
		Bill		bill;

		facts.sewer = false;
		if (examples[i].area.id != 0)
			set_area(&facts, examples[i].area);
		is_number(rate(&facts, &bill), examples[i].cents, "water");
	}
}

static void
check_sewer(void)
{
	static const Example examples[] = {
		{A1, INCH_3_4, 0, UNSAID, 900}, {A1, INCH_3_4, 500, UNSAID, 973},
		{A1, INCH_3_4, 499, UNSAID, 972}, {A1, INCH_3_4, 6000, UNSAID, 1770},
		{A5, INCH_8, 1000000, UNSAID, 319150},
		{A8, INCH_3_4, 0, UNSAID, 2600}, {A8, INCH_3_4, 9999999, UNSAID, 2600},
		{A1, INCH_3_4, 9999999, OUTSIDE, 2600},
		{METERED, INCH_3_4, 1000, UNSAID, 1031},	/* 1.305145 */
		{METERED, INCH_3_4, 7777, UNSAID, 1915},	/* 10.1501... */
	};

	for (int i = 0; i < LENGTH(examples); i++)
	{
		BillFacts	facts = bill_facts(examples[i].class, examples[i].meter,
									   examples[i].gallons);
		Bill		bill;

		facts.water = false;
		facts.given &= ~BILL_ARGUMENT(BILL_METER);
		if (examples[i].area.id != 0)
			set_area(&facts, examples[i].area);
		is_number(rate(&facts, &bill), examples[i].cents, "sewer");
	}
}

static bool
has_line(const Bill *bill, LineKind kind)
{
	for (int i = 0; i < bill->nlines; i++)
		if (bill->lines[i].kind == kind)
			return true;
	return false;
}

static void
check_zero_lines(void)
{
	BillFacts	facts = bill_facts(A1, INCH_3_4, 0);
	Bill		bill;

	is_number(rate(&facts, &bill), 2050, "nothing used: minimum and fixed");
	is_number(bill.nlines, 2, "nothing used: two lines");
	facts.gallons = 999;
	rate(&facts, &bill);
	is_number(bill.nlines, 3, "999 gallons: sewer volume, no water volume");
	facts.gallons = 6000;
	is_number(rate(&facts, &bill), 4045, "6,000 gallons, water and sewer");
	is_number(bill.nlines, 4, "one block: four lines");
	facts.gallons = 20000;
	rate(&facts, &bill);
	is_number(bill.nlines, 5, "two blocks: five lines");
	is_number(bill.lines[1].quantity.value, 19000, "the first block is full");
	is_number(bill.lines[2].quantity.value, 1, "a gallon in the second");
	sample.classes[A1].sewer.factor = 0;
	rate(&facts, &bill);
	ok(!has_line(&bill, LINE_SEWER_VOLUME), "factor 0 gives no volume line");
	make_sample(&sample);
	sample.schedule.known_fees[FEE_DUMPING_STATION] = NULL;
	is_number(rate(&facts, &bill), 9225, "no dumping station needs no fee");
	make_sample(&sample);
}

static void
check_unmetered(void)
{
	BillFacts	facts = bill_facts(A1, INCH_3_4, 6000);
	Bill		bill;

	facts.metered = false;
	is_number(rate(&facts, &bill), 3750, "no meter: minimum and flat fee");
	facts.given &= ~BILL_ARGUMENT(BILL_GALLONS);
	is_number(rate(&facts, &bill), 3750, "no meter: gallons not needed");
	facts = bill_facts(A6, INCH_3_4, 0);
	facts.metered = false;
	facts.water = false;
	is_number(rate(&facts, &bill), 2600, "the flat fee for any class");
	facts = bill_facts(A8, INCH_3_4, 0);
	facts.given &= ~BILL_ARGUMENT(BILL_GALLONS);
	facts.water = false;
	is_number(rate(&facts, &bill), 2600, "a flat class needs no gallons");
}

static void
check_all_services(void)
{
	Number		inches = number("2.5");
	BillFacts	facts = bill_facts(A1, INCH_3_4, 0);
	Bill		bill;

	facts.given |= BILL_ARGUMENT(BILL_FIRE_SPRINKLER);
	facts.fire_sprinkler = &inches;
	facts.water = facts.sewer = false;
	is_number(rate(&facts, &bill), 188, "a sprinkler alone: 1.875 is 1.88");
	facts.class = NO_LABEL;
	is_number(rate(&facts, &bill), 188, "a sprinkler of any class");
	facts = bill_facts(A1, INCH_3_4, 25000);
	facts.given |= BILL_ARGUMENT(BILL_FIRE_SPRINKLER) |
		BILL_ARGUMENT(BILL_SEWER_GALLONS);
	facts.fire_sprinkler = &inches;
	facts.sewer_gallons = 6000;
	facts.dumping_stations = 3;
	is_number(rate(&facts, &bill), 1150 + 4275 + 1250 + 1770 + 9000 + 188,
			  "everything on one bill");
	is_number(bill.nlines, 7, "everything: seven lines");
	ok(max_bill_lines(&sample.schedule) >= 8, "room for a third block too");
	facts = bill_facts(A1, INCH_3_4, 6000);
	facts.given |= BILL_ARGUMENT(BILL_SEWER_GALLONS);
	is_number(rate(&facts, &bill), 3175, "sewer gallons of 0 are not absent");
}

static void
check_steps(void)
{
	static const int64_t gallons[] = {0, 999, 1000, 1999, 2000, 19999, 20000};
	static const int64_t cents[] = {1150, 1150, 1375, 1375, 1600, 5425, 5675};
	BillFacts	facts = bill_facts(A1, INCH_3_4, 0);
	Bill		bill;

	sample.schedule.volume_step = 1000;
	sample.blocks[A1][0] = (VolumeBlock) {0, 19000, 22500, NULL, NULL};
	sample.blocks[A1][1] = (VolumeBlock) {19000, INT64_MAX, 25000, NULL, NULL};
	facts.sewer = false;
	for (int i = 0; i < LENGTH(gallons); i++)
	{
		facts.gallons = gallons[i];
		is_number(rate(&facts, &bill), cents[i], "completed thousands");
	}
	facts.water = false;
	facts.sewer = true;
	facts.gallons = 500;
	is_number(rate(&facts, &bill), 973, "sewer stays exact to the gallon");
	make_sample(&sample);
}

/* As many lines as a schedule can give. */
static void
check_room(void)
{
	Number		inches = number("1");
	BillFacts	facts = bill_facts(METERED, INCH_3_4, MAX_GALLONS);
	Bill		bill;

	sample.blocks[METERED][1].upto = 30000;
	sample.blocks[METERED][2] = (VolumeBlock) {30000, INT64_MAX, 1, NULL, NULL};
	sample.classes[METERED].nblocks = 3;
	facts.given |= BILL_ARGUMENT(BILL_FIRE_SPRINKLER);
	facts.fire_sprinkler = &inches;
	facts.dumping_stations = INT32_MAX;
	ok(rate(&facts, &bill) > 0, "the longest bill adds up");
	is_number(bill.nlines, 8, "the longest bill has eight lines");
	ok(bill.nlines <= max_bill_lines(&sample.schedule), "they were promised");
	make_sample(&sample);
}

int
main(void)
{
	make_sample(&sample);
	check_water();
	check_sewer();
	check_zero_lines();
	check_unmetered();
	check_all_services();
	check_steps();
	check_room();
	return done();
}
