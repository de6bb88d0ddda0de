/*
 * monthly_checks.h
 *	  What is checked before a monthly bill is rated.
 *
 * monthly.c uses it for the first problem, all_problems.c for all of them.
 * Inlined, since it is in the hot path.
 */
#ifndef MISSION_RATES_MONTHLY_CHECKS_H
#define MISSION_RATES_MONTHLY_CHECKS_H

#include "rating/monthly.h"

extern bool name_null(unsigned missing, const Problem *unreadable, Problem *p);
extern bool name_labels(const RateSchedule *schedule, unsigned given,
						Label class, Label meter, Label area, Problem *p);

/* The arguments that every bill needs, whatever is on it. */
#define ALWAYS_NEEDED \
	(BILL_ARGUMENT(BILL_CLASS) | BILL_ARGUMENT(BILL_METERED) | \
	 BILL_ARGUMENT(BILL_WATER) | BILL_ARGUMENT(BILL_SEWER) | \
	 BILL_ARGUMENT(BILL_DUMPING_STATIONS))

/*
 * The rule of a class, or NULL where the schedule has none; without a schedule no
 * class has a position.
 */
inlined const ClassRates *
class_rule(const RateSchedule *schedule, int class)
{
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) it is -1 then */
	if (class < 0 || !schedule->classes[class].has_rule)
		return NULL;
	return &schedule->classes[class];
}

inlined int
area_of(const BillFacts *facts, const ClassRates *rule)
{
	return is_given(facts, BILL_AREA) ? facts->area.index : rule->area;
}

/*
 * The class whose volume, sewer and service rates apply: outside the city
 * another one (C5).  NULL: the class may not be there.
 */
inlined const ClassRates *
rates_in(const ClassRates *rule, int area)
{
	const ClassRates *outside = rule->outside;

	return area == AREA_OUTSIDE ? outside : rule;
}

/* The same for a class and a place that may not be known */
inlined const ClassRates *
rates_of(const ClassRates *rule, const BillFacts *facts)
{
	int			area = rule == NULL ? -1 : area_of(facts, rule);

	return (unsigned) area >= NUM_AREAS ? NULL : rates_in(rule, area);
}

/*
 * Is the sewer charge of these facts rated by volume?  Not with the flat fee
 * (S1), nor in a flat class (S14).  Where the schedule has no sewer rate for
 * the class the answer is yes.
 */
inlined bool
sewer_by_volume(const RateSchedule *schedule, const BillFacts *facts)
{
	const ClassRates *rule = class_rule(schedule, facts->class.index);
	const ClassRates *rates = rule == NULL ? NULL :
		rates_in(rule, area_of(facts, rule));

	return facts->metered &&
		(rates == NULL || !rates->sewer.present || !rates->sewer.flat);
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

/* NULLs come first, then what cannot be read. */
inlined bool
check_read(const RateSchedule *schedule, const BillFacts *facts, Problem *p)
{
	unsigned	missing = needed_arguments(schedule, facts) & ~facts->given;

	return (missing == 0 && facts->unreadable == NULL) ||
		name_null(missing, facts->unreadable, p);
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
	 * As one number that is zero: no branch, since the area of the next
	 * account is unpredictable
	 */
	if (((area ^ AREA_INSIDE) | (rule->area ^ AREA_OUTSIDE)) == 0)
		return note_problem(p, PROBLEM_NEVER_INSIDE);
	if ((area == AREA_OUTSIDE) & (rule->outside == NULL) &
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
