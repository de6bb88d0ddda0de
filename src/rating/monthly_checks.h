/*
 * monthly_checks.h
 *	  What is checked before a monthly bill is rated.
 *
 * One path uses it for the first problem, all_problems.c for all of them.
 * Inlined, since it is in the hot path.
 */
#ifndef MISSION_RATES_MONTHLY_CHECKS_H
#define MISSION_RATES_MONTHLY_CHECKS_H

#include "rating/monthly.h"

extern bool name_null(unsigned missing, Problem *p);
extern bool name_labels(const RateBook *book, const ClassRates *rule,
						Label class, Label meter, Label area,
						bool area_given, Problem *p);

/* The arguments that every bill needs, whatever is on it. */
#define ALWAYS_NEEDED \
	(BILL_ARGUMENT(BILL_CLASS) | BILL_ARGUMENT(BILL_METERED) | \
	 BILL_ARGUMENT(BILL_WATER) | BILL_ARGUMENT(BILL_SEWER) | \
	 BILL_ARGUMENT(BILL_DUMPING_STATIONS))

/* The rule of a class, or NULL where the schedule has none. */
static inline const ClassRates *
class_rule(const RateSchedule *schedule, int class)
{
	if (class < 0 || !schedule->classes[class].has_rule)
		return NULL;
	return &schedule->classes[class];
}

/*
 * The position of the class whose volume and sewer rates apply: outside the
 * city another one (C5).  -1: the class may not be there.
 */
static inline int
rate_class_of(const ClassRates *rule, int class, int area)
{
	int			outside = rule->outside_class.index;

	return area == AREA_OUTSIDE ? outside : class;
}

static inline int
area_of(const BillFacts *facts, const ClassRates *rule)
{
	return is_given(facts, BILL_AREA) ? facts->area.index : rule->area;
}

/*
 * The position of the class whose service charges apply, as for volume and
 * sewer; -1 where there is none.
 */
static inline int
service_rate_class(const ClassRates *rule, const BillFacts *facts)
{
	int			area = rule == NULL ? -1 : area_of(facts, rule);

	return (unsigned) area >= NUM_AREAS ? -1 :
		rate_class_of(rule, facts->class.index, area);
}

/*
 * Is the sewer charge of these facts rated by volume?  Not with the flat fee
 * (S1), nor in a flat class (S14).  Where the schedule has no sewer rate for
 * the class the answer is yes.
 */
static inline bool
sewer_by_volume(const RateSchedule *schedule, const BillFacts *facts)
{
	const ClassRates *rule = class_rule(schedule, facts->class.index);
	int			rate_class;

	if (!facts->metered)
		return false;
	if (rule == NULL)
		return true;
	rate_class = rate_class_of(rule, facts->class.index, area_of(facts, rule));
	if (rate_class < 0)
		return true;
	return !(schedule->classes[rate_class].sewer.present &&
			 schedule->classes[rate_class].sewer.flat);
}

/* Which arguments these facts need. */
inlined unsigned
needed_arguments(const RateSchedule *schedule, const BillFacts *facts)
{
	unsigned	needed = ALWAYS_NEEDED | facts->required;

	if (facts->water)
	{
		needed |= BILL_ARGUMENT(BILL_METER);
		if (facts->metered)
			needed |= BILL_ARGUMENT(BILL_GALLONS);
	}
	if (facts->sewer && !is_given(facts, BILL_SEWER_GALLONS) &&
		(needed & ~facts->given & BILL_ARGUMENT(BILL_CLASS)) == 0 &&
		!is_given(facts, BILL_GALLONS) && sewer_by_volume(schedule, facts))
		needed |= BILL_ARGUMENT(BILL_GALLONS);
	return needed;
}

inlined bool
check_nulls(const RateSchedule *schedule, const BillFacts *facts, Problem *p)
{
	unsigned	missing = needed_arguments(schedule, facts) & ~facts->given;

	return missing == 0 || name_null(missing, p);
}

/* There must be something to bill. */
inlined bool
check_connection(const BillFacts *facts, const ServiceRequests *services,
				 Problem *p)
{
	if (facts->dumping_stations > 0 && !facts->sewer)
		return argument_without(p, "dumping_stations", "sewer");
	if (!facts->water && !facts->sewer &&
		!is_given(facts, BILL_FIRE_SPRINKLER) &&
		!(services != NULL && asks_for_service(services)))
		return note_problem(p, PROBLEM_NOTHING_TO_BILL);
	return true;
}

/*
 * A class that is outside by its own rule is never inside (C5).  One without
 * an outside class has no water, sewer or services outside; a connection for
 * fire protection may be anywhere (W13-W15).
 */
inlined bool
check_place(const ClassRates *rule, const BillFacts *facts,
			const ServiceRequests *services, Problem *p)
{
	int			area = area_of(facts, rule);

	/*
	 * single "&": no branch, since the area of the next account is
	 * unpredictable
	 */
	if ((area == AREA_INSIDE) & (rule->area == AREA_OUTSIDE))
		return note_problem(p, PROBLEM_NEVER_INSIDE);
	if ((area == AREA_OUTSIDE) & (rule->outside_class.index < 0) &
		(facts->water | facts->sewer |
		 (services != NULL && asks_for_service(services))))
		return note_problem(p, PROBLEM_NEVER_OUTSIDE);
	return true;
}

inlined bool
check_domains(const ClassRates *rule, const BillFacts *facts,
			  const ServiceRequests *services, Problem *p)
{
	if (is_given(facts, BILL_GALLONS) &&
		!check_gallons(facts->gallons, "gallons", p))
		return false;
	if (is_given(facts, BILL_SEWER_GALLONS) &&
		!check_gallons(facts->sewer_gallons, "sewer_gallons", p))
		return false;
	if (is_given(facts, BILL_FIRE_SPRINKLER) &&
		!check_positive(facts->fire_sprinkler, "fire_sprinkler", p))
		return false;
	return check_count(facts->dumping_stations, "dumping_stations", p) &&
		(services == NULL || check_requests(services, p)) &&
		check_connection(facts, services, p) &&
		(rule == NULL || check_place(rule, facts, services, p));
}

#endif							/* MISSION_RATES_MONTHLY_CHECKS_H */
