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
#define SERVICES	4

typedef struct FuzzBook
{
	uint32_t	area_ids[NUM_AREAS];
	VolumeBlock blocks[CLASSES][BLOCKS];
	ClassRates	classes[CLASSES];
	VolumeBlock sewer_blocks[CLASSES][BLOCKS];
	ServiceCharge services[CLASSES][SERVICES];
	int			base_charges[CLASSES][SERVICES][SERVICES];
	cents_t		amounts[SERVICES];
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
	int			outside;

	rates->has_rule = take_below(in, 8) != 0;
	rates->group = take_below(in, 8) == 0 ? -1 : take_below(in, GROUPS);
	rates->area = take_below(in, 8) == 0 ? -1 : take_below(in, NUM_AREAS);
	outside = take_label(in, CLASSES).index;
	rates->outside = outside < 0 ? NULL : &fuzz->classes[outside];
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
	fuzz->book.labels[TYPE_AREA].ids = fuzz->area_ids;
	fuzz->book.labels[TYPE_SIZE].nlabels = SIZES;
	fuzz->schedule.book = &fuzz->book;
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

/* Sewer blocks of a class, in place of its rate */
static void
take_sewer_blocks(Input *in, FuzzBook *fuzz, int class)
{
	SewerRate  *sewer = &fuzz->classes[class].sewer;
	VolumeBlock *blocks = fuzz->sewer_blocks[class];
	int64_t		above = take_byte(in);

	sewer->nblocks = take_below(in, BLOCKS + 1);
	sewer->blocks = blocks;
	for (int i = 0; i < sewer->nblocks; i++)
	{
		blocks[i].above = above;
		blocks[i].rate = take_rate(in);
		above += 1 + (int64_t) take_bytes(in, 2);
		blocks[i].upto = i + 1 < sewer->nblocks ? above : INT64_MAX;
	}
	if (sewer->nblocks > fuzz->schedule.max_sewer_blocks)
		fuzz->schedule.max_sewer_blocks = sewer->nblocks;
}

/* What a charge per dollar is taken of: other lines, charges before it */
static void
take_base_charges(Input *in, FuzzBook *fuzz, int class, int service)
{
	ServiceCharge *charge = &fuzz->services[class][service];
	int		   *base_charges = fuzz->base_charges[class][service];

	charge->base_lines = (uint32_t) take_bytes(in, 1);
	charge->base_charges = base_charges;
	for (int i = 0; i < service; i++)
		if (take_bool(in))
			base_charges[charge->nbase++] = i;
	fuzz->schedule.service_amounts = fuzz->amounts;
}

/* Service charges of a class; those per dollar are the last. */
static void
take_services(Input *in, FuzzBook *fuzz, int class)
{
	static const char *const codes[SERVICES] = {"a", "b", "c", "d"};
	int			n = take_below(in, SERVICES + 1);
	int			first = take_below(in, SERVICES + 1);

	for (int i = 0; i < n; i++)
	{
		ServiceCharge *charge = &fuzz->services[class][i];

		charge->fee.code = codes[i];
		charge->fee.amount = (rate_t) take_bytes(in, 4) - INT32_MAX / 4;
		charge->every_bill = take_bool(in);
		charge->unit = i < first ?
			(ServiceUnit) take_below(in, SERVICE_PER_DOLLAR) :
			SERVICE_PER_DOLLAR;
		(void) multiply_to_cents(decimal_of_count(1), service_rate(charge),
								 &charge->amount_of_one);
		if (charge->unit == SERVICE_PER_1000_GALLONS)
			charge->above = (int64_t) take_bytes(in, 2);
		if (i >= first)
			take_base_charges(in, fuzz, class, i);
	}
	fuzz->classes[class].services = fuzz->services[class];
	fuzz->classes[class].nservices = n;
	if (n > fuzz->schedule.max_services)
		fuzz->schedule.max_services = n;
}

/* Half of the schedules have sewer blocks and service charges. */
static void
take_more_rates(Input *in, FuzzBook *fuzz)
{
	if (!take_bool(in))
		return;
	for (int i = 0; i < CLASSES; i++)
	{
		take_sewer_blocks(in, fuzz, i);
		take_services(in, fuzz, i);
	}
}

/* The services that an account has: up to all of them, and one that is none */
static void
take_requests(Input *in, BillFacts *facts, ServiceRequests *services)
{
	static const char *const codes[] = {"a", "b", "c", "d", "e"};
	unsigned	asked = (unsigned) take_byte(in);

	services->n = 0;
	for (int i = 0; i < (asked < 240 ? SERVICES : SERVICES + 1); i++)
		if (asked & (1U << i))
		{
			Number		quantity = take_number(in);

			if (!quantity.given || take_bool(in))
				quantity = (Number) {.given = true,
				.value = decimal_of_count(take_below(in, 2)),.text = "?"};
			services->requests[services->n++] = (ServiceRequest) {
				.code = codes[i],.quantity = quantity
			};
		}
	if (take_bool(in))
		facts->services = services;
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
	if (facts->services != NULL)
		return facts->dumping_stations >= 0 &&
			(facts->dumping_stations == 0 || facts->sewer);
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
	else if (code < PROBLEM_NO_CLASS_RULE && facts->services == NULL)
		REQUIRE(code == NO_PROBLEM || code == PROBLEM_NULL ||
				code == PROBLEM_NEVER_INSIDE || code == PROBLEM_NEVER_OUTSIDE);
}

/* The class whose volume and sewer rates apply, and the area. */
static const ClassRates *
rate_class(const FuzzBook *fuzz, const BillFacts *facts)
{
	const ClassRates *rule = &fuzz->classes[facts->class.index];
	int			area = is_given(facts, BILL_AREA) ? facts->area.index :
		rule->area;

	if (area == AREA_INSIDE)
	{
		REQUIRE(rule->area != AREA_OUTSIDE || !is_given(facts, BILL_AREA));
		return rule;
	}
	REQUIRE(area == AREA_OUTSIDE && rule->outside != NULL);
	return rule->outside;
}

/*
 * Check the lines from *at on: every gallon above the first block, and no
 * other, is in the block it belongs to.
 */
static void
check_water_lines(const FuzzBook *fuzz, const BillFacts *facts,
				  const Bill *bill, int *at)
{
	const ClassRates *rates = rate_class(fuzz, facts);
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

/* Blocks by sewer volume: what lies between their ends, and no more. */
static void
check_sewer_blocks(const SewerRate *sewer, int64_t gallons, const Bill *bill,
				   int *at)
{
	bool		whole = sewer->factor % RATE_UNIT == 0;
	int64_t		unit = whole ? 1 : RATE_UNIT;
	int64_t		volume = gallons * (whole ? sewer->factor / RATE_UNIT :
									sewer->factor);

	for (int i = 0; i < sewer->nblocks; i++)
	{
		const VolumeBlock *block = &sewer->blocks[i];
		const BillLine *line = &bill->lines[*at];
		bool		last = i + 1 == sewer->nblocks;

		if (volume <= block->above * unit)
			continue;
		REQUIRE(*at < bill->nlines && line->kind == LINE_SEWER_VOLUME);
		REQUIRE(line->rate.value == block->rate);
		REQUIRE(line->quantity.scale == (whole ? 3 : 7));
		REQUIRE(line->quantity.value + block->above * unit ==
				(last || volume < block[1].above * unit ? volume :
				 block[1].above * unit));
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
	const SewerRate *sewer = &rate_class(fuzz, facts)->sewer;
	int64_t		gallons = is_given(facts, BILL_SEWER_GALLONS) ?
		facts->sewer_gallons : facts->gallons;

	if (!facts->metered)
		REQUIRE(bill->lines[(*at)++].kind == LINE_SEWER_FLAT);
	else
	{
		REQUIRE(sewer->present);
		REQUIRE(bill->lines[(*at)++].kind == LINE_SEWER_FIXED);
		if (!sewer->flat && sewer->nblocks > 0)
			check_sewer_blocks(sewer, gallons, bill, at);
		else if (!sewer->flat && gallons > 0 && sewer->factor > 0)
			check_sewer_volume(sewer, gallons, &bill->lines[(*at)++]);
	}
	if (facts->dumping_stations > 0)
	{
		REQUIRE(bill->lines[*at].quantity.value == facts->dumping_stations);
		REQUIRE(bill->lines[(*at)++].kind == LINE_DUMPING_STATION);
	}
}

/* The dollars of the lines that a charge is taken of */
static int64_t
dollars_of_lines(const ServiceCharge *charge, const ServiceCharge *charges,
				 const Bill *bill)
{
	int64_t		cents = 0;

	for (int i = 0; i < bill->nlines; i++)
	{
		const BillLine *line = &bill->lines[i];

		if (line->kind < LINE_SERVICE &&
			(charge->base_lines >> line->kind & 1) != 0)
			cents += line->amount;
		for (int j = 0; j < charge->nbase; j++)
			if (line->fee == &charges[charge->base_charges[j]].fee)
				cents += line->amount;
	}
	return cents;
}

/* How many of a charge's unit there must be, as it is printed */
static Decimal
service_due(const FuzzBook *fuzz, const BillFacts *facts,
			const ServiceCharge *charge, const ServiceCharge *charges,
			const Bill *bill)
{
	Decimal		due = decimal_of_count(charge->every_bill ? 1 : 0);
	int64_t		gallons = facts->water && facts->metered ?
		facts->gallons / fuzz->schedule.volume_step *
		fuzz->schedule.volume_step - charge->above : 0;

	for (int i = 0; facts->services != NULL && i < facts->services->n; i++)
		if (strcmp(facts->services->requests[i].code, charge->fee.code) == 0)
			due = facts->services->requests[i].quantity.value;
	if (charge->unit == SERVICE_PER_1000_GALLONS && due.value != 0)
		return (Decimal) {gallons > 0 ? gallons : 0, 3};
	if (charge->unit == SERVICE_PER_DOLLAR && due.value != 0)
		return (Decimal) {dollars_of_lines(charge, charges, bill), 2};
	return due;
}

/* The class whose service charges apply; NULL: none, for a sprinkler alone */
static const ClassRates *
service_rate_class(const FuzzBook *fuzz, const BillFacts *facts)
{
	const ClassRates *rule;
	int			area;

	if (facts->class.index < 0 ||
		!fuzz->classes[facts->class.index].has_rule)
		return NULL;
	rule = &fuzz->classes[facts->class.index];
	area = is_given(facts, BILL_AREA) ? facts->area.index : rule->area;
	if (area < 0 || (area == AREA_OUTSIDE && rule->outside == NULL))
		return NULL;
	return rate_class(fuzz, facts);
}

/* Service charges by code, those with a quantity */
static void
check_service_lines(const FuzzBook *fuzz, const BillFacts *facts,
					const Bill *bill, int *at)
{
	const ClassRates *rates = service_rate_class(fuzz, facts);

	for (int i = 0; rates != NULL && i < rates->nservices; i++)
	{
		const ServiceCharge *charge = &rates->services[i];
		const BillLine *line = &bill->lines[*at];
		Decimal		due = service_due(fuzz, facts, charge, rates->services,
									  bill);

		if (due.value == 0)
			continue;
		REQUIRE(*at < bill->nlines && line->kind == LINE_SERVICE);
		REQUIRE(line->fee == &charge->fee);
		REQUIRE(decimal_compare(line->quantity, due) == 0);
		(*at)++;
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
	check_service_lines(fuzz, facts, bill, &at);
	REQUIRE(at == bill->nlines);
}

/* Without lines: the same total or the same problem. */
static ProblemCode
rate_total(const FuzzBook *fuzz, const BillFacts *facts, cents_t *total)
{
	Bill		bill = {0};
	Problem		p = {0};
	bool		rated = rate_bill(&fuzz->schedule, facts, &bill,
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

	if (!is_given(&facts, BILL_GALLONS) || fuzz->schedule.max_services > 0 ||
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
	ServiceRequest requests[SERVICES + 1];
	ServiceRequests services = {.requests = requests};
	Bill		bill = {0};
	Problem		p = {0};
	cents_t		total;

	take_facts(&in, &facts, &sprinkler);
	take_book(&in, &fuzz);
	take_more_rates(&in, &fuzz);
	take_requests(&in, &facts, &services);

	/* exactly the promised room, so that the sanitizer sees a line too many */
	bill.lines = malloc((size_t) max_bill_lines(&fuzz.schedule) *
						sizeof(BillLine));
	REQUIRE(rate_bill(&fuzz.schedule, &facts, &bill, &p) ==
			(p.code == NO_PROBLEM));
	check_order(&facts, p.code);
	REQUIRE(rate_total(&fuzz, &facts, &total) == p.code);
	if (p.code == NO_PROBLEM)
	{
		REQUIRE(total == bill.total);
		REQUIRE(total >= 0 || fuzz.schedule.max_services > 0);
		check_lines(&fuzz, &facts, &bill);
		check_more_gallons(&fuzz, facts, total, 1);
		check_more_gallons(&fuzz, facts, total, (int64_t) take_bytes(&in, 3));
	}
	free(bill.lines);
	return 0;
}
