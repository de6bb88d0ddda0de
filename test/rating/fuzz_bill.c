/*
 * fuzz_bill.c
 *		Any bill of any schedule.
 *
 * Both come out of the input: blocks, steps, factors, rows that are not
 * there, arguments that are NULL or make no sense.
 */
#include "check.h"
#include "bill_checks.h"
#include "input.h"
#include "rating/monthly.h"

#define CLASSES	4
#define GROUPS	2
#define SIZES	2
#define BLOCKS	4

typedef struct FuzzBook
{
	uint32_t	area_ids[NUM_AREAS];
	uint32_t	class_ids[CLASSES];
	VolumeBlock blocks[CLASSES][BLOCKS];
	ClassRates	classes[CLASSES];
	MinimumCharge minimums[GROUPS * SIZES * NUM_AREAS];
	Fee			fees[NUM_FEE_CODES];
	RateSchedule schedule;
	RateBook	book;
} FuzzBook;

static void
take_blocks(Input *in, FuzzBook *fuzz, int class)
{
	VolumeBlock *blocks = fuzz->blocks[class];
	int			n = take_below(in, BLOCKS + 1);
	int64_t		above = (int64_t) take_bytes(in, 2) - 1;

	for (int i = 0; i < n; i++)
	{
		blocks[i].above = above < 0 ? 0 : above;
		blocks[i].rate = take_rate(in);
		above = blocks[i].above + 1 + (int64_t) take_bytes(in, 2);
		blocks[i].upto = i + 1 < n ? above : INT64_MAX;
	}
	fuzz->classes[class].nblocks = n;
	fuzz->classes[class].blocks = blocks;
	if (n > fuzz->schedule.max_blocks)
		fuzz->schedule.max_blocks = n;
}

static void
take_class(Input *in, FuzzBook *fuzz, int class)
{
	ClassRates *rates = &fuzz->classes[class];

	rates->has_rule = take_below(in, 8) != 0;
	rates->group = take_below(in, 8) == 0 ? -1 : take_below(in, GROUPS);
	rates->area = take_below(in, 8) == 0 ? -1 : take_below(in, NUM_AREAS);
	rates->outside_class = take_label(in, CLASSES);
	rates->sewer.present = take_below(in, 8) != 0;
	rates->sewer.flat = take_below(in, 4) == 0;
	rates->sewer.fixed = take_rate(in);
	rates->sewer.rate = take_rate(in);
	rates->sewer.factor = take_bool(in) ? RATE_UNIT : take_rate(in);
	take_blocks(in, fuzz, class);
}

static void
take_book(Input *in, FuzzBook *fuzz)
{
	memset(fuzz, 0, sizeof(*fuzz));
	fuzz->book.areas.ids = fuzz->area_ids;
	fuzz->book.classes.ids = fuzz->class_ids;
	fuzz->book.sizes.nlabels = SIZES;
	fuzz->schedule.volume_step = take_bool(in) ? 1 : 1 +
		(int64_t) take_bytes(in, 2);
	fuzz->schedule.classes = fuzz->classes;
	fuzz->schedule.minimums = fuzz->minimums;
	for (int i = 0; i < CLASSES; i++)
		take_class(in, fuzz, i);
	for (int i = 0; i < GROUPS * SIZES * NUM_AREAS; i++)
		fuzz->minimums[i].amount = take_rate_or_none(in);
	for (int i = 0; i < NUM_FEE_CODES; i++)
	{
		fuzz->fees[i].amount = take_rate_or_none(in);
		if (fuzz->fees[i].amount != NO_RATE)
			fuzz->schedule.known_fees[i] = &fuzz->fees[i];
	}
}

static int64_t
take_gallons(Input *in)
{
	switch (take_below(in, 8))
	{
		case 0:
			return (int64_t) take_bytes(in, 8);
		case 1:
			return MAX_GALLONS - take_byte(in) + 2;
		case 2:
			return take_byte(in) - 2;
		default:
			return (int64_t) take_bytes(in, 3);
	}
}

static void
take_facts(Input *in, BillFacts *facts, Number *sprinkler)
{
	unsigned	missing = (unsigned) take_bytes(in, 2);

	if (take_below(in, 4) != 0)
		missing &= BILL_ARGUMENT(BILL_AREA) |
			BILL_ARGUMENT(BILL_SEWER_GALLONS) |
			BILL_ARGUMENT(BILL_FIRE_SPRINKLER);
	*sprinkler = take_number(in);
	if (!sprinkler->given)
		missing |= BILL_ARGUMENT(BILL_FIRE_SPRINKLER);
	*facts = (BillFacts) {
		.given = ((1U << NUM_BILL_ARGUMENTS) - 1) & ~missing,
			.fire_sprinkler = sprinkler
	};
	facts->class = take_label(in, CLASSES);
	facts->meter = take_label(in, SIZES);
	facts->area = take_label(in, NUM_AREAS);
	facts->gallons = take_gallons(in);
	facts->sewer_gallons = take_gallons(in);
	facts->metered = take_below(in, 8) != 0;
	facts->water = take_below(in, 8) != 0;
	facts->sewer = take_below(in, 8) != 0;
	facts->dumping_stations = take_below(in, 4) - 1;
	if (facts->dumping_stations == 2)
		facts->dumping_stations = (int32_t) take_bytes(in, 4);
}

/* No argument that is always needed is NULL. */
static bool
is_known(const BillFacts *facts)
{
	return is_given(facts, BILL_CLASS) && is_given(facts, BILL_METERED) &&
		is_given(facts, BILL_WATER) && is_given(facts, BILL_SEWER) &&
		is_given(facts, BILL_DUMPING_STATIONS) &&
		(is_given(facts, BILL_METER) || !facts->water) &&
		(is_given(facts, BILL_GALLONS) || !facts->water || !facts->metered);
}

/* No number is out of its domain. */
static bool
is_sensible(const BillFacts *facts)
{
	if (is_given(facts, BILL_GALLONS) &&
		(facts->gallons < 0 || facts->gallons > MAX_GALLONS))
		return false;
	if (is_given(facts, BILL_SEWER_GALLONS) &&
		(facts->sewer_gallons < 0 || facts->sewer_gallons > MAX_GALLONS))
		return false;
	if (is_given(facts, BILL_FIRE_SPRINKLER) &&
		(facts->fire_sprinkler->status != DECIMAL_OK ||
		 facts->fire_sprinkler->value.value <= 0))
		return false;
	return facts->dumping_stations >= 0 &&
		(facts->dumping_stations == 0 || facts->sewer) &&
		(facts->water || facts->sewer ||
		 is_given(facts, BILL_FIRE_SPRINKLER));
}

/* The first problem is the one found. */
static void
check_order(const BillFacts *facts, ProblemCode code)
{
	if (!is_known(facts))
		REQUIRE(code == PROBLEM_NULL);
	else if (code != PROBLEM_NULL && !is_sensible(facts))
		REQUIRE(code >= PROBLEM_NOT_FINITE && code < PROBLEM_NO_CLASS_RULE);
	else if (code < PROBLEM_NO_CLASS_RULE)
		REQUIRE(code == NO_PROBLEM || code == PROBLEM_NULL ||
				code == PROBLEM_NEVER_INSIDE || code == PROBLEM_NEVER_OUTSIDE);
}

/* The class whose volume and sewer rates apply, and the area. */
static const ClassRates *
payer(const FuzzBook *fuzz, const BillFacts *facts)
{
	const ClassRates *rule = &fuzz->classes[facts->class.index];
	int			area = is_given(facts, BILL_AREA) ? facts->area.index :
		rule->area;

	if (area == AREA_INSIDE)
	{
		REQUIRE(rule->area != AREA_OUTSIDE || !is_given(facts, BILL_AREA));
		return rule;
	}
	REQUIRE(area == AREA_OUTSIDE && rule->outside_class.index >= 0);
	return &fuzz->classes[rule->outside_class.index];
}

/*
 * Check the lines from *at on: every gallon above the first block, and no
 * other, is in the block it belongs to.
 */
static void
check_water_lines(const FuzzBook *fuzz, const BillFacts *facts,
				  const Bill *bill, int *at)
{
	const ClassRates *rates = payer(fuzz, facts);
	int64_t		gallons = facts->gallons / fuzz->schedule.volume_step *
		fuzz->schedule.volume_step;

	REQUIRE(bill->lines[(*at)++].kind == LINE_WATER_MINIMUM);
	for (int i = 0; facts->metered && i < rates->nblocks; i++)
	{
		const VolumeBlock *block = &rates->blocks[i];
		const BillLine *line = &bill->lines[*at];
		int64_t		top = i + 1 < rates->nblocks ? block[1].above : MAX_GALLONS;

		if (gallons <= block->above)
			continue;
		REQUIRE(*at < bill->nlines && line->kind == LINE_WATER_VOLUME);
		REQUIRE(line->rate.value == block->rate && line->rate.scale == 4);
		REQUIRE(line->quantity.scale == 3);
		REQUIRE(line->quantity.value + block->above ==
				(gallons < top ? gallons : top));
		(*at)++;
	}
}

/* The quantity of sewer volume is gallons times factor, to the last digit. */
static void
check_sewer_volume(const SewerRate *sewer, int64_t gallons,
				   const BillLine *line)
{
	Decimal		volume = {gallons, 3};
	Digits		a = digits_of(gallons);
	Digits		b = digits_of(sewer->factor);
	Digits		product = digits_product(&a, &b);
	Digits		quantity = digits_of(line->quantity.value);

	append_zeros(&quantity, volume.scale + RATE_SCALE - line->quantity.scale);
	REQUIRE(line->kind == LINE_SEWER_VOLUME);
	REQUIRE(line->rate.value == sewer->rate);
	REQUIRE(memcmp(quantity.digit, product.digit, EXACT_DIGITS) == 0);
}

static void
check_sewer_lines(const FuzzBook *fuzz, const BillFacts *facts,
				  const Bill *bill, int *at)
{
	const SewerRate *sewer = &payer(fuzz, facts)->sewer;
	int64_t		gallons = is_given(facts, BILL_SEWER_GALLONS) ?
		facts->sewer_gallons : facts->gallons;

	if (!facts->metered)
		REQUIRE(bill->lines[(*at)++].kind == LINE_SEWER_FLAT);
	else
	{
		REQUIRE(sewer->present);
		REQUIRE(bill->lines[(*at)++].kind == LINE_SEWER_FIXED);
		if (!sewer->flat && gallons > 0 && sewer->factor > 0)
			check_sewer_volume(sewer, gallons, &bill->lines[(*at)++]);
	}
	if (facts->dumping_stations > 0)
	{
		REQUIRE(bill->lines[*at].quantity.value == facts->dumping_stations);
		REQUIRE(bill->lines[(*at)++].kind == LINE_DUMPING_STATION);
	}
}

/* The lines are those that the facts call for, in their order. */
static void
check_lines(const FuzzBook *fuzz, const BillFacts *facts, const Bill *bill)
{
	int			at = 0;

	REQUIRE(adds_up(bill, max_bill_lines(&fuzz->schedule)));
	if (facts->water)
		check_water_lines(fuzz, facts, bill, &at);
	if (facts->sewer)
		check_sewer_lines(fuzz, facts, bill, &at);
	if (is_given(facts, BILL_FIRE_SPRINKLER))
		REQUIRE(bill->lines[at++].kind == LINE_FIRE_SPRINKLER);
	REQUIRE(at == bill->nlines);
}

/* Without lines: the same total or the same problem. */
static ProblemCode
rate_total(const FuzzBook *fuzz, const BillFacts *facts, cents_t *total)
{
	Bill		bill = {0};
	Problem		p = {0};
	bool		rated = rate_bill(&fuzz->book, &fuzz->schedule, facts, &bill,
								  &p);

	REQUIRE(rated == (p.code == NO_PROBLEM));
	REQUIRE(bill.nlines == 0);
	*total = bill.total;
	return p.code;
}

/* More gallons never cost less. */
static void
check_more_gallons(const FuzzBook *fuzz, BillFacts facts, cents_t total,
				   int64_t more)
{
	cents_t		larger = 0;
	ProblemCode code;

	if (!is_given(&facts, BILL_GALLONS) ||
		more > MAX_GALLONS - facts.gallons)
		return;
	facts.gallons += more;
	code = rate_total(fuzz, &facts, &larger);
	REQUIRE(code == NO_PROBLEM || code == PROBLEM_OUT_OF_RANGE);
	REQUIRE(code != NO_PROBLEM || larger >= total);
}

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static FuzzBook fuzz;
	Input		in = {data, data + size};
	BillFacts	facts;
	Number		sprinkler;
	Bill		bill = {0};
	Problem		p = {0};
	cents_t		total;

	take_facts(&in, &facts, &sprinkler);
	take_book(&in, &fuzz);

	/* exactly the promised room, so that the sanitizer sees a line too many */
	bill.lines = malloc((size_t) max_bill_lines(&fuzz.schedule) *
						sizeof(BillLine));
	REQUIRE(rate_bill(&fuzz.book, &fuzz.schedule, &facts, &bill, &p) ==
			(p.code == NO_PROBLEM));
	check_order(&facts, p.code);
	REQUIRE(rate_total(&fuzz, &facts, &total) == p.code);
	if (p.code == NO_PROBLEM)
	{
		REQUIRE(total == bill.total && total >= 0);
		check_lines(&fuzz, &facts, &bill);
		check_more_gallons(&fuzz, facts, total, 1);
		check_more_gallons(&fuzz, facts, total, (int64_t) take_bytes(&in, 3));
	}
	free(bill.lines);
	return 0;
}
