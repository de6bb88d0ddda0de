/*
 * all_problems.c
 *	  Everything that keeps a bill from being made, and not only the first
 *	  problem, for those who clean an import.
 */
#include "rating/monthly_checks.h"

/* Name the first argument that is needed and NULL, or else what is unreadable. */
bool
name_null(unsigned missing, const Problem *unreadable, Problem *p)
{
	for (int i = 0; i < NUM_BILL_ARGUMENTS; i++)
		if (missing & BILL_ARGUMENT(i))
			return null_argument(p, bill_argument_names[i]);
	*p = *unreadable;
	return false;
}

/*
 * The labels that the message of a problem may name; false.  Passed by value:
 * facts whose address is not taken can stay in registers.
 */
bool
name_labels(const RateSchedule *schedule, unsigned given, Label class,
			Label meter, Label area, Problem *p)
{
	const ClassRates *rule = class_rule(schedule, class.index);

	p->class_id = p->rate_class_id = class.id;
	p->meter_id = meter.id;
	p->area_id = area.id;
	if (rule == NULL)
		return false;
	if ((given & BILL_ARGUMENT(BILL_AREA)) == 0)
	{
		area.index = rule->area;
		if (rule->area >= 0)
			p->area_id = schedule->book->labels[TYPE_AREA].ids[rule->area];
	}
	if (area.index == AREA_OUTSIDE && rule->outside != NULL)
		p->rate_class_id = rule->outside->id;
	return false;
}

/*
 * Each argument that is needed and NULL.  Where the schedule is not known,
 * gallons are not asked for a sewer charge that may be flat.
 */
void
find_nulls(const RateSchedule *schedule, const BillFacts *facts,
		   ProblemSink sink, void *kept)
{
	BillFacts	asked = *facts;
	Problem		p = {.schedule = schedule};
	unsigned	missing;

	asked.sewer &= schedule != NULL;
	missing = needed_arguments(schedule, &asked) & ~facts->given;
	for (int i = 0; i < NUM_BILL_ARGUMENTS; i++)
		if ((missing & BILL_ARGUMENT(i)) != 0)
		{
			(void) null_argument(&p, bill_argument_names[i]);
			sink(kept, &p);
		}
}

/* Are all of these arguments known, or at their defaults? */
static bool
all_known(const BillFacts *facts, unsigned faulty, unsigned arguments)
{
	unsigned	optional = BILL_ARGUMENT(BILL_FIRE_SPRINKLER) |
		BILL_ARGUMENT(BILL_SERVICES);

	return (arguments & faulty) == 0 &&
		(arguments & ~optional & ~facts->given) == 0;
}

/* Services that make no sense, each; false: there are some. */
static bool
find_service_problems(const ClassRates *rates, ServiceRequests *services,
					  const Problem *named, ProblemSink sink, void *kept)
{
	bool		good = true;

	find_requested_charges(rates, services);
	for (int i = 0; i < services->n; i++)
	{
		Problem		p = *named;

		if (check_request(&services->requests[i], &p))
			continue;
		sink(kept, &p);
		good = false;
	}
	return good;
}

/* Is there something to bill, and stations only with sewer? */
static bool
clashes_with_connection(const BillFacts *facts, unsigned faulty, Problem *p)
{
	return all_known(facts, faulty, BILL_ARGUMENT(BILL_WATER) |
					 BILL_ARGUMENT(BILL_SEWER) |
					 BILL_ARGUMENT(BILL_FIRE_SPRINKLER) |
					 BILL_ARGUMENT(BILL_DUMPING_STATIONS) |
					 BILL_ARGUMENT(BILL_SERVICES)) &&
		!check_connection(facts, facts->services, p);
}

/*
 * Values that do not go together, or with the rates; "faulty" are the arguments
 * that could not be read.  What depends on one of these is left out.
 */
void
find_clashes(const RateSchedule *schedule, const BillFacts *facts,
			 unsigned faulty, ProblemSink sink, void *kept)
{
	bool		placed = schedule != NULL &&
		all_known(facts, faulty, BILL_ARGUMENT(BILL_CLASS) |
				  BILL_ARGUMENT(BILL_WATER) | BILL_ARGUMENT(BILL_SEWER) |
				  (facts->required & BILL_ARGUMENT(BILL_AREA)));
	const ClassRates *rule = placed ?
		class_rule(schedule, facts->class.index) : NULL;
	Problem		named = {.schedule = schedule};
	Problem		p;

	(void) name_labels(schedule, facts->given, facts->class,
					   facts->meter, facts->area, &named);
	if (facts->services != NULL &&
		!find_service_problems(rates_of(rule, facts), facts->services, &named,
							   sink, kept))
		faulty |= BILL_ARGUMENT(BILL_SERVICES);
	p = named;
	if (clashes_with_connection(facts, faulty, &p))
		sink(kept, &p);
	p = named;
	if (rule != NULL && !check_place(rule, facts, facts->services, &p))
		sink(kept, &p);
}
