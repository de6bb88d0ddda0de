/*
 * monthly.c
 *	  Monthly charges: water § 114-54(c)(2), sewer § 114-54(b)(2).
 *
 * rate_facts() is the single path of water_charge(), sewer_charge(), bill(),
 * bill_total() and billing_problem().  It checks in the documented order:
 * NULLs, domains, rates.
 */
#include "rating/monthly.h"
#include "rating/monthly_checks.h"
#include "rating/sewer_volume.h"

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
rate_minimum(const RateBook *book, const RateSchedule *schedule,
			 const ClassRates *rule, const BillFacts *facts, int area,
			 Bill *bill, Problem *p)
{
	const MinimumCharge *minimum;

	if (rule->group < 0)
		return note_problem(p, PROBLEM_NO_WATER_SERVICE);
	if (facts->meter.index < 0)
		return note_problem(p, PROBLEM_NO_MINIMUM);
	minimum = minimum_charge(book, schedule, rule->group, facts->meter.index,
							 area);
	if (minimum->amount == NO_RATE)
		return note_problem(p, PROBLEM_NO_MINIMUM);
	return add_line(bill, LINE_WATER_MINIMUM, decimal_of_count(1),
					decimal_of_rate(minimum->amount), minimum->description,
					minimum->section,
					meter_key(facts->meter.id,
							  book->labels[TYPE_AREA].ids[area]), p);
}

/* Consumption cut down to a whole number of the schedule's steps (W2). */
inlined int64_t
step_down(const RateSchedule *schedule, int64_t gallons)
{
	return schedule->volume_step > 1 ?
		gallons - gallons % schedule->volume_step : gallons;
}

/* Gallons in thousands, the unit of volume rates (W1). */
static inline Decimal
thousands(int64_t gallons)
{
	return (Decimal) {gallons, 3};
}

/*
 * The volume charge, block by block.  Consumption is cut down to a whole
 * number of the schedule's steps first (W2); gallons below the first block are
 * included in the minimum (W3).  No branch depends on the gallons, since the
 * block in which the consumption of the next account ends is unpredictable.
 */
inlined bool
rate_volume(const RateBook *book, const RateSchedule *schedule, int rate_class,
			int64_t gallons, Bill *bill, Problem *p)
{
	const ClassRates *rates = &schedule->classes[rate_class];

	if (rates->nblocks == 0)
		return note_problem(p, PROBLEM_NO_VOLUME_RATE);
	gallons = step_down(schedule, gallons);
	for (int i = 0; i < rates->nblocks; i++)
	{
		const VolumeBlock *block = &rates->blocks[i];
		int64_t		top = gallons < block->upto ? gallons : block->upto;
		int64_t		above = top - block->above;

		if (!add_line(bill, LINE_WATER_VOLUME, thousands(above > 0 ? above : 0),
					  decimal_of_rate(block->rate), block->description,
					  block->section,
					  block_key(book->labels[TYPE_CLASS].ids[rate_class],
								block->above, block->upto), p))
			return false;
	}
	return true;
}

/* Water: the minimum, and without an operational meter nothing more (G11). */
inlined bool
rate_water(const RateBook *book, const RateSchedule *schedule,
		   const ClassRates *rule, const BillFacts *facts, int area,
		   Bill *bill, Problem *p)
{
	if (!rate_minimum(book, schedule, rule, facts, area, bill, p))
		return false;
	return !facts->metered ||
		rate_volume(book, schedule,
					rate_class_of(rule, facts->class.index, area),
					facts->gallons, bill, p);
}

/*
 * Sewer volume: gallons times the multiplication factor (S4), every gallon,
 * exact to the gallon (S9, S10).
 */
inlined bool
rate_sewer_volume(const SewerRate *sewer, uint32_t class_id, int64_t gallons,
				  Bill *bill, Problem *p)
{
	Bill		spilled;
	bool		ok;

	if (sewer->simple)
		return add_line(bill, LINE_SEWER_VOLUME, thousands(gallons),
						decimal_of_rate(sewer->rate),
						sewer->volume_description, sewer->section,
						block_key(class_id, 0, INT64_MAX), p);

	/* a copy: *bill itself stays in registers */
	spilled = *bill;
	ok = rate_sewer_quantity(sewer, class_id, gallons, &spilled, p);
	*bill = spilled;
	return ok;
}

/* Sewer by a working meter: the fixed rate, and the volume on top (S8). */
inlined bool
rate_metered_sewer(const RateBook *book, const RateSchedule *schedule,
				   int rate_class, int64_t gallons, Bill *bill, Problem *p)
{
	const SewerRate *sewer = &schedule->classes[rate_class].sewer;
	uint32_t	class_id = book->labels[TYPE_CLASS].ids[rate_class];

	if (!sewer->present)
		return sewer->contradiction == NULL ?
			note_problem(p, PROBLEM_NO_SEWER_RATE) :
			note_contradiction(p, sewer->contradiction);
	return add_line(bill, LINE_SEWER_FIXED, decimal_of_count(1),
					decimal_of_rate(sewer->fixed), sewer->fixed_description,
					sewer->section, class_key(class_id), p) &&
		(sewer->flat ||
		 rate_sewer_volume(sewer, class_id, gallons, bill, p));
}

/*
 * Sewer: without an operational meter the flat fee, for every class, in place
 * of the fixed and the volume charge (S1, S5); dumping stations on top of
 * everything else (S16).
 */
inlined bool
rate_sewer(const RateBook *book, const RateSchedule *schedule,
		   const ClassRates *rule, const BillFacts *facts, int area,
		   Bill *bill, Problem *p)
{
	bool		ok;

	if (!facts->metered)
		ok = add_fee(bill, LINE_SEWER_FLAT, schedule, FEE_SEWER_FLAT,
					 decimal_of_count(1), p);
	else
		ok = rate_metered_sewer(book, schedule,
								rate_class_of(rule, facts->class.index, area),
								is_given(facts, BILL_SEWER_GALLONS) ?
								facts->sewer_gallons : facts->gallons,
								bill, p);
	return ok && add_fee(bill, LINE_DUMPING_STATION, schedule,
						 FEE_DUMPING_STATION,
						 decimal_of_count(facts->dumping_stations), p);
}

/* Water and sewer, which depend on the class and the area. */
inlined bool
rate_water_and_sewer(const RateBook *book, const RateSchedule *schedule,
			  const ClassRates *rule, const BillFacts *facts, Bill *bill,
			  Problem *p)
{
	int			area;

	if (rule == NULL)
		return note_problem(p, PROBLEM_NO_CLASS_RULE);
	area = area_of(facts, rule);
	if ((unsigned) area >= NUM_AREAS)
		return note_problem(p, PROBLEM_NO_AREA);
	return (!facts->water ||
			rate_water(book, schedule, rule, facts, area, bill, p)) &&
		(!facts->sewer ||
		 rate_sewer(book, schedule, rule, facts, area, bill, p));
}

/* NULLs, domains, rates */
inlined bool
rate_connection(const RateBook *book, const RateSchedule *schedule,
				const ClassRates *rule, const BillFacts *facts,
				const ServiceRequests *services, Bill *bill, Problem *p)
{
	if (!check_nulls(schedule, facts, p) ||
		!check_domains(rule, facts, services, p))
		return false;
	if ((facts->water || facts->sewer) &&
		!rate_water_and_sewer(book, schedule, rule, facts, bill, p))
		return false;

	/* a connection for fire protection: per inch of diameter (W13-W15) */
	return !is_given(facts, BILL_FIRE_SPRINKLER) ||
		add_fee(bill, LINE_FIRE_SPRINKLER, schedule, FEE_FIRE_SPRINKLER,
				/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) is_given */
				facts->fire_sprinkler->value, p);
}

/* May there be service charges on the bill? */
static inline bool
may_have_services(const RateSchedule *schedule, const BillFacts *facts)
{
	return (facts->services != NULL) | (schedule->max_services > 0);
}

/* The service charges of a bill whose other lines have been rated. */
static bool
rate_services(const RateBook *book, const RateSchedule *schedule,
			  const ClassRates *rule, const BillFacts *facts, Bill *bill,
			  Problem *p)
{
	int			rate_class = service_rate_class(rule, facts);
	ServiceVolume volume = {facts->water && facts->metered,
	step_down(schedule, facts->gallons)};

	if (rate_class < 0 && facts->services != NULL && facts->services->n > 0)
	{
		if (rule == NULL)
			return note_problem(p, PROBLEM_NO_CLASS_RULE);
		if ((unsigned) area_of(facts, rule) >= NUM_AREAS)
			return note_problem(p, PROBLEM_NO_AREA);
	}
	return rate_service_charges(rate_class < 0 ? NULL : &schedule->classes[rate_class],
								rate_class < 0 ? 0 : book->labels[TYPE_CLASS].ids[rate_class],
								facts->services, volume,
								schedule->service_amounts, bill, p);
}

/* The same as rate_connection() where there may be service charges. */
static bool
rate_with_services(const RateBook *book, const RateSchedule *schedule,
				   const ClassRates *rule, const BillFacts *facts, Bill *bill,
				   Problem *p)
{
	int			rate_class = service_rate_class(rule, facts);

	if (facts->services != NULL)
		find_requested_charges(rate_class < 0 ? NULL : &schedule->classes[rate_class],
							   facts->services);
	return rate_connection(book, schedule, rule, facts, facts->services,
						   bill, p) &&
		(!may_have_services(schedule, facts) ||
		 rate_services(book, schedule, rule, facts, bill, p));
}

/* The one path of every monthly function, without service charges. */
inlined bool
rate_facts(const RateBook *book, const RateSchedule *schedule,
		   const BillFacts *facts, Bill *bill, Problem *p)
{
	const ClassRates *rule = class_rule(schedule, facts->class.index);
	Bill		sum = *bill;	/* in registers while it is added up */

	if (!rate_connection(book, schedule, rule, facts, NULL, &sum, p))
		return name_labels(book, rule, facts->class, facts->meter,
						   facts->area, is_given(facts, BILL_AREA), p);
	bill->total = sum.total;
	bill->nlines = sum.nlines;
	return true;
}

/*
 * The same path with all that a bill may have: service charges, lines, sums
 * by kind of line, of which charges per dollar are taken.
 */
static bool
rate_whole_bill(const RateBook *book, const RateSchedule *schedule,
				const BillFacts *facts, Bill *bill, Problem *p)
{
	const ClassRates *rule = class_rule(schedule, facts->class.index);
	cents_t		sums[NUM_MONTHLY_KINDS] = {0};
	Bill		sum = *bill;

	if (sum.sums == NULL)
		sum.sums = sums;
	if (!rate_with_services(book, schedule, rule, facts, &sum, p))
		return name_labels(book, rule, facts->class, facts->meter,
						   facts->area, is_given(facts, BILL_AREA), p);
	bill->total = sum.total;
	bill->nlines = sum.nlines;
	return true;
}

/*
 * A total without lines and sums: the plain path, then charges on every bill.
 * Charges that are a part of others need the sums.
 */
static bool
rate_total_with_services(const RateBook *book, const RateSchedule *schedule,
						 const BillFacts *facts, Bill *bill, Problem *p)
{
	const ClassRates *rule = class_rule(schedule, facts->class.index);
	Bill		total = {0};

	if (facts->services != NULL || schedule->has_dollar_charges)
		return rate_whole_bill(book, schedule, facts, bill, p);
	if (!rate_facts(book, schedule, facts, &total, p))
		return false;
	if (!rate_services(book, schedule, rule, facts, &total, p))
		return name_labels(book, rule, facts->class, facts->meter,
						   facts->area, is_given(facts, BILL_AREA), p);
	bill->total = total.total;
	return true;
}

/*
 * Rate one month of one connection.  For the total of a bill without services
 * the path is compiled a second time: it keeps neither lines nor sums.  Forced
 * inlining makes that 6 to 8 percent faster.
 */
bool
rate_bill(const RateBook *book, const RateSchedule *schedule,
		  const BillFacts *facts, Bill *bill, Problem *p)
{
	Bill		total = {0};

	if (bill->lines != NULL || bill->sums != NULL)
		return rate_whole_bill(book, schedule, facts, bill, p);
	if (may_have_services(schedule, facts))
		return rate_total_with_services(book, schedule, facts, bill, p);
	if (!rate_facts(book, schedule, facts, &total, p))
		return false;
	bill->total = total.total;
	return true;
}

/*
 * Could all values be read?  "unreadable" is the problem of the first one, in
 * the order of the arguments, that cannot be read or is out of its own domain;
 * NO_PROBLEM where there is none.  It comes after the NULLs, as everywhere.
 */
static inline bool
is_readable(const RateSchedule *schedule, const BillFacts *facts,
			const Problem *unreadable, Problem *p)
{
	if (unreadable->code == NO_PROBLEM)
		return true;
	if (check_nulls(schedule, facts, p))
		*p = *unreadable;
	return false;
}

/* Rate a bill of values that may not all be readable. */
bool
rate_bill_as_read(const RateBook *book, const RateSchedule *schedule,
				  const BillFacts *facts, const Problem *unreadable,
				  Bill *bill, Problem *p)
{
	return is_readable(schedule, facts, unreadable, p) &&
		rate_bill(book, schedule, facts, bill, p);
}

/* The same of water or sewer alone, without service charges */
bool
rate_charge_as_read(const RateBook *book, const RateSchedule *schedule,
					const BillFacts *facts, const Problem *unreadable,
					cents_t *charge, Problem *p)
{
	Bill		sum = {0};

	if (!is_readable(schedule, facts, unreadable, p) ||
		!rate_facts(book, schedule, facts, &sum, p))
		return false;
	*charge = sum.total;
	return true;
}

/*
 * Rate water alone.  The compiler removes from the path what is constant here,
 * and what is passed by value stays in registers.
 */
bool
rate_water_charge(const RateBook *book, const RateSchedule *schedule,
				  unsigned given, Label class, Label meter, Label area,
				  int64_t gallons, cents_t *charge, Problem *p)
{
	Bill		sum = {0};
	BillFacts	facts = {
		.given = given | GIVEN_FLAGS,
		.class = class,
		.meter = meter,
		.area = area,
		.gallons = gallons,
		.metered = true,
		.water = true
	};

	if (!rate_facts(book, schedule, &facts, &sum, p))
		return false;
	*charge = sum.total;
	return true;
}

/* Rate sewer alone, in the same way. */
bool
rate_sewer_charge(const RateBook *book, const RateSchedule *schedule,
				  unsigned given, Label class, Label area, bool metered,
				  int64_t gallons, cents_t *charge, Problem *p)
{
	Bill		sum = {0};
	BillFacts	facts = {
		.given = given | (GIVEN_FLAGS & ~BILL_ARGUMENT(BILL_METERED)),
		.class = class,
		.area = area,
		.gallons = gallons,
		.metered = metered,
		.sewer = true
	};

	if (!rate_facts(book, schedule, &facts, &sum, p))
		return false;
	*charge = sum.total;
	return true;
}
