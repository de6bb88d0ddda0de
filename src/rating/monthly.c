/*
 * monthly.c
 *	  Monthly charges: water § 114-54(c)(2), sewer § 114-54(b)(2).
 *
 * A bill has the charges of the connection, which are water, sewer and fire
 * sprinkler, and service charges.  rate_connection() is the single path of
 * water_charge(), sewer_charge(), bill(), bill_total() and billing_problem().
 * It checks in the documented order: NULLs, domains, rates.
 */
#include "rating/monthly.h"
#include "rating/monthly_checks.h"
#include "rating/wide.h"

const char *const bill_argument_names[NUM_BILL_ARGUMENTS] = {
	[BILL_CLASS] = "class",
	[BILL_METER] = "meter",
	[BILL_GALLONS] = "gallons",
	[BILL_AREA] = "area",
	[BILL_METERED] = "metered",
	[BILL_WATER] = "water",
	[BILL_SEWER] = "sewer",
	[BILL_SEWER_GALLONS] = "sewer_gallons",
	[BILL_FIRE_SPRINKLER] = "fire_sprinkler",
	[BILL_DUMPING_STATIONS] = "dumping_stations",
	[BILL_SERVICES] = "services",
};

/* The flags that bill() takes as arguments and that a single charge fixes. */
#define GIVEN_FLAGS \
	(BILL_ARGUMENT(BILL_METERED) | BILL_ARGUMENT(BILL_WATER) | \
	 BILL_ARGUMENT(BILL_SEWER) | BILL_ARGUMENT(BILL_DUMPING_STATIONS))

/*
 * The minimum charge by the size of the meter (W8), the group of the class
 * and the place.
 */
inlined bool
rate_minimum(const RateSchedule *schedule, const ClassRates *rule,
			 const BillFacts *facts, int area, Bill *bill, Problem *p)
{
	const RateBook *book = schedule->book;
	const MinimumCharge *minimum;

	if (rule->group < 0)
		return note_problem(p, PROBLEM_NO_WATER_SERVICE);
	if (facts->meter.index < 0)
		return note_problem(p, PROBLEM_NO_MINIMUM);
	minimum = &schedule->minimums[minimum_cell(book, rule->group,
											   facts->meter.index, area)];
	if (minimum->amount == NO_RATE)
		return note_problem(p, PROBLEM_NO_MINIMUM);
	return add_line(bill, LINE_WATER_MINIMUM, decimal_of_count(1),
					decimal_of_rate(minimum->amount), NULL,
					minimum->description, minimum->section,
					line_key(0, facts->meter.id,
							 book->labels[TYPE_AREA].ids[area]), p);
}

/* Consumption cut down to a whole number of the schedule's steps (W2) */
inlined int64_t
step_down(const RateSchedule *schedule, int64_t gallons)
{
	return schedule->volume_step > 1 ?
		gallons - gallons % schedule->volume_step : gallons;
}

/* Gallons in thousands, the unit of volume rates (W1) */
static inline Decimal
thousands(int64_t gallons)
{
	return (Decimal) {gallons, 3};
}

/*
 * The volume charge, block by block (W2); gallons below the first block are
 * included in the minimum (W3).  No branch depends on the gallons, since the
 * block in which the consumption of the next account ends is unpredictable.
 */
inlined bool
rate_volume(const RateSchedule *schedule, const ClassRates *rates,
			int64_t gallons, Bill *bill, Problem *p)
{
	const VolumeBlock *end = rates->blocks + rates->nblocks;

	if (rates->nblocks == 0)
		return note_problem(p, PROBLEM_NO_VOLUME_RATE);
	gallons = step_down(schedule, gallons);
	for (const VolumeBlock *block = rates->blocks; block < end; block++)
	{
		int64_t		top = gallons < block->upto ? gallons : block->upto;
		int64_t		above = top - block->above;

		if (!add_line(bill, LINE_WATER_VOLUME,
					  thousands(above > 0 ? above : 0),
					  decimal_of_rate(block->rate), NULL, block->description,
					  block->section,
					  block_key(rates->id, block->above, block->upto), p))
			return false;
	}
	return true;
}

/* Water: the minimum, and without an operational meter nothing more (G11) */
inlined bool
rate_water(const RateSchedule *schedule, const ClassRates *rule,
		   const BillFacts *facts, int area, Bill *bill, Problem *p)
{
	return rate_minimum(schedule, rule, facts, area, bill, p) &&
		(!facts->metered ||
		 rate_volume(schedule, rates_in(rule, area), facts->gallons, bill, p));
}

/*
 * Sewer volume by blocks, as neighboring cities bill it; a last block at 0.00
 * is a cap.  A factor that is not whole leaves parts of a gallon, which count
 * in the block they fall into.
 */
static bool
rate_sewer_blocks(const ClassRates *rates, Decimal volume, Bill *bill,
				  Problem *p)
{
	int64_t		gallon = power_of_ten[volume.scale - 3];

	for (int i = 0; i < rates->sewer.nblocks; i++)
	{
		const VolumeBlock *block = &rates->sewer.blocks[i];
		int64_t		above = block->above * gallon;
		int64_t		top = volume.value;

		if (block->upto < INT64_MAX / gallon && top > block->upto * gallon)
			top = block->upto * gallon;
		if (!add_line(bill, LINE_SEWER_VOLUME,
					  (Decimal) {top > above ? top - above : 0, volume.scale},
					  decimal_of_rate(block->rate), NULL, block->description,
					  block->section,
					  block_key(rates->id, block->above, block->upto), p))
			return false;
	}
	return true;
}

/*
 * Sewer volume by a factor other than 1, or by blocks.  A whole factor leaves
 * whole gallons.  No class of the ordinance has either, so this is kept out of
 * the path of those that have neither.
 */
static __attribute__((noinline)) bool
rate_sewer_quantity(const ClassRates *rates, int64_t gallons, Bill *bill,
					Problem *p)
{
	const SewerRate *sewer = &rates->sewer;
	bool		whole = sewer->factor % RATE_UNIT == 0;
	int64_t		factor = whole ? sewer->factor / RATE_UNIT : sewer->factor;
	Decimal		quantity = {0, whole ? 3 : 3 + RATE_SCALE};

	if (!wide_fits(wide_product(gallons, factor), &quantity.value))
		return note_problem(p, PROBLEM_OUT_OF_RANGE);
	if (sewer->nblocks > 0)
		return rate_sewer_blocks(rates, quantity, bill, p);
	return add_line(bill, LINE_SEWER_VOLUME, quantity,
					decimal_of_rate(sewer->rate), NULL,
					sewer->volume_description, sewer->section,
					block_key(rates->id, 0, INT64_MAX), p);
}

/*
 * Sewer volume: gallons times the multiplication factor (S4), every gallon,
 * exact to the gallon (S9, S10)
 */
inlined bool
rate_sewer_volume(const ClassRates *rates, int64_t gallons, Bill *bill,
				  Problem *p)
{
	Bill		copy;			/* so that *bill itself stays in registers */
	bool		ok;

	if (rates->sewer.simple)
		return add_line(bill, LINE_SEWER_VOLUME, thousands(gallons),
						decimal_of_rate(rates->sewer.rate), NULL,
						rates->sewer.volume_description, rates->sewer.section,
						block_key(rates->id, 0, INT64_MAX), p);
	copy = *bill;
	ok = rate_sewer_quantity(rates, gallons, &copy, p);
	*bill = copy;
	return ok;
}

/* Sewer by a working meter: the fixed rate, and the volume on top (S8) */
inlined bool
rate_metered_sewer(const ClassRates *rates, int64_t gallons, Bill *bill,
				   Problem *p)
{
	const SewerRate *sewer = &rates->sewer;

	if (!sewer->present)
		return sewer->contradiction == NULL ?
			note_problem(p, PROBLEM_NO_SEWER_RATE) :
			note_contradiction(p, sewer->contradiction);
	return add_line(bill, LINE_SEWER_FIXED, decimal_of_count(1),
					decimal_of_rate(sewer->fixed), NULL,
					sewer->fixed_description, sewer->section,
					line_key(rates->id, 0, 0), p) &&
		(sewer->flat || rate_sewer_volume(rates, gallons, bill, p));
}

/*
 * Sewer: without an operational meter the flat fee, for every class, in place
 * of the fixed and the volume charge (S1, S5); dumping stations on top of
 * everything else (S16)
 */
inlined bool
rate_sewer(const RateSchedule *schedule, const ClassRates *rule,
		   const BillFacts *facts, int area, Bill *bill, Problem *p)
{
	bool		ok;

	if (!facts->metered)
		ok = add_fee_line(bill, LINE_SEWER_FLAT, schedule, FEE_SEWER_FLAT,
						  decimal_of_count(1), p);
	else
		ok = rate_metered_sewer(rates_in(rule, area),
								is_given(facts, BILL_SEWER_GALLONS) ?
								facts->sewer_gallons : facts->gallons,
								bill, p);
	return ok && add_fee_line(bill, LINE_DUMPING_STATION, schedule,
							  FEE_DUMPING_STATION,
							  decimal_of_count(facts->dumping_stations), p);
}

/* Is it known by what rates the connection is billed? */
inlined bool
check_known_rule(const ClassRates *rule, const BillFacts *facts, Problem *p)
{
	if (rule == NULL)
		return note_problem(p, PROBLEM_NO_CLASS_RULE);
	return (unsigned) area_of(facts, rule) < NUM_AREAS ||
		note_problem(p, PROBLEM_NO_AREA);
}

/* Water and sewer, which depend on the class and the place */
inlined bool
rate_water_and_sewer(const RateSchedule *schedule, const ClassRates *rule,
					 const BillFacts *facts, Bill *bill, Problem *p)
{
	int			area;

	if (!check_known_rule(rule, facts, p))
		return false;
	area = area_of(facts, rule);
	return (!facts->water ||
			rate_water(schedule, rule, facts, area, bill, p)) &&
		(!facts->sewer ||
		 rate_sewer(schedule, rule, facts, area, bill, p));
}

/* NULLs, domains, and the charges of the connection */
inlined bool
rate_connection(const RateSchedule *schedule, const ClassRates *rule,
				const BillFacts *facts, const ServiceRequests *services,
				Bill *bill, Problem *p)
{
	if (!check_read(schedule, facts, p) ||
		!check_domains(rule, facts, services, p))
		return false;
	if ((facts->water || facts->sewer) &&
		!rate_water_and_sewer(schedule, rule, facts, bill, p))
		return false;

	/* a connection for fire protection: per inch of diameter (W13-W15) */
	return !is_given(facts, BILL_FIRE_SPRINKLER) ||
		add_fee_line(bill, LINE_FIRE_SPRINKLER, schedule, FEE_FIRE_SPRINKLER,
					 /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) is_given */
					 facts->fire_sprinkler->value, p);
}

/* May there be service charges on the bill? */
static inline bool
may_have_services(const RateSchedule *schedule, const BillFacts *facts)
{
	return schedule->max_services > 0 || facts->services != NULL;
}

/* The service charges of a bill whose other charges have been rated */
static bool
rate_services(const RateSchedule *schedule, const ClassRates *rule,
			  const BillFacts *facts, Bill *bill, Problem *p)
{
	const ClassRates *rates = rates_of(rule, facts);
	ServiceVolume volume = {facts->water && facts->metered,
	step_down(schedule, facts->gallons)};

	if (rates == NULL && facts->services != NULL && facts->services->n > 0 &&
		!check_known_rule(rule, facts, p))
		return false;
	return rate_service_charges(rates, facts->services, volume,
								schedule->service_amounts, bill, p);
}

/*
 * The total of the connection's charges alone, the path of nearly every call.
 * Compiled for each of its callers, it keeps neither lines nor sums; that
 * makes it 6 to 8 percent faster.
 */
inlined bool
total_connection(const RateSchedule *schedule, const BillFacts *facts,
				 cents_t *total, Problem *p)
{
	const ClassRates *rule = class_rule(schedule, facts->class.index);
	Bill		bill = {0};

	if (!rate_connection(schedule, rule, facts, NULL, &bill, p))
		return name_labels(schedule, facts->given, facts->class,
						   facts->meter, facts->area, p);
	*total = bill.total;
	return true;
}

/*
 * A bill with all that it may have: service charges, lines, and sums by kind
 * of line, of which charges per dollar are taken.
 */
static bool
rate_whole_bill(const RateSchedule *schedule, const BillFacts *facts,
				Bill *result, Problem *p)
{
	const ClassRates *rule = class_rule(schedule, facts->class.index);
	cents_t		sums[NUM_MONTHLY_KINDS] = {0};
	Bill		bill = *result;	/* in registers while it is added up */

	if (bill.sums == NULL)
		bill.sums = sums;
	if (facts->services != NULL)
		find_requested_charges(rates_of(rule, facts), facts->services);
	if (!rate_connection(schedule, rule, facts, facts->services, &bill, p) ||
		(may_have_services(schedule, facts) &&
		 !rate_services(schedule, rule, facts, &bill, p)))
		return name_labels(schedule, facts->given, facts->class,
						   facts->meter, facts->area, p);
	result->total = bill.total;
	result->nlines = bill.nlines;
	return true;
}

/* Rate one month of one connection. */
bool
rate_bill(const RateSchedule *schedule, const BillFacts *facts, Bill *bill,
		  Problem *p)
{
	if (bill->lines != NULL || bill->sums != NULL ||
		may_have_services(schedule, facts))
		return rate_whole_bill(schedule, facts, bill, p);
	return total_connection(schedule, facts, &bill->total, p);
}

/* Rate water or sewer alone, without service charges. */
bool
rate_charge(const RateSchedule *schedule, const BillFacts *facts,
			cents_t *charge, Problem *p)
{
	return total_connection(schedule, facts, charge, p);
}

/*
 * Rate water alone.  The compiler removes from the path what is constant here,
 * and what is passed by value stays in registers.
 */
bool
rate_water_charge(const RateSchedule *schedule, unsigned given, Label class,
				  Label meter, Label area, int64_t gallons, cents_t *charge,
				  Problem *p)
{
	BillFacts	facts = {
		.given = given | GIVEN_FLAGS,
		.class = class,
		.meter = meter,
		.area = area,
		.gallons = gallons,
		.metered = true,
		.water = true
	};

	return total_connection(schedule, &facts, charge, p);
}

/* Rate sewer alone, in the same way. */
bool
rate_sewer_charge(const RateSchedule *schedule, unsigned given, Label class,
				  Label area, bool metered, int64_t gallons, cents_t *charge,
				  Problem *p)
{
	BillFacts	facts = {
		.given = given | (GIVEN_FLAGS & ~BILL_ARGUMENT(BILL_METERED)),
		.class = class,
		.area = area,
		.gallons = gallons,
		.metered = metered,
		.sewer = true
	};

	return total_connection(schedule, &facts, charge, p);
}
