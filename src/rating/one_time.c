/*
 * one_time.c
 *	  One-time charges: fees §§ 114-55, 114-59, 114-61, 114-63, taps
 *	  § 114-54(c)(1), sewer permits § 114-54(b)(1), deposits § 114-52.
 *
 * NULLs are looked at first, then domains, then rates.
 */
#include "rating/one_time.h"

/*
 * A fee by its code, which is "length" bytes long.  A fee per "each" or per
 * month has no fractions.
 */
bool
rate_fee(const RateSchedule *schedule, const char *code, size_t length,
		 const Number *quantity, Bill *bill, Problem *p)
{
	const Fee  *fee;

	if (!check_not_negative(quantity, "quantity", p))
		return false;
	fee = find_fee(schedule->fees, schedule->nfees, sizeof(Fee), code, length);
	if (fee == NULL)
		return note_problem(p, PROBLEM_NO_FEE);
	if (fee->whole && !decimal_is_whole(quantity->value))
	{
		p->text = quantity->text;
		p->other = fee->code;
		return argument_problem(p, PROBLEM_PART_OF_A_UNIT, "quantity");
	}
	return add_line(bill, LINE_FEE, quantity->value,
					decimal_of_rate(fee->amount), fee, fee->label,
					fee->section, line_key(0, 0, 0), p);
}

/* The late fee: a part of what is unpaid of that bill, once (L1, L2). */
bool
rate_late_fee(const RateSchedule *schedule, const Number *unpaid,
			  Bill *bill, Problem *p)
{
	if (!unpaid->given)
		return null_argument(p, "unpaid");
	if (!check_not_negative(unpaid, "unpaid", p))
		return false;
	return add_fee_line(bill, LINE_FEE, schedule, FEE_LATE_FEE, unpaid->value,
						p);
}

/*
 * A meter test, waived where the water charge billed exceeds the corrected
 * one by the schedule's fraction of the latter or more, § 114-55(b) (M1-M3).
 * Neither known: no finding, and the test is charged.
 */
bool
rate_meter_test(const RateSchedule *schedule, const Number *billed,
				const Number *corrected, Bill *bill, Problem *p)
{
	if (billed->given != corrected->given)
		return null_argument(p, billed->given ? "corrected" : "billed");
	if (!check_not_negative(billed, "billed", p) ||
		!check_not_negative(corrected, "corrected", p))
		return false;
	if (billed->given && schedule->waiver_overcharge == NO_RATE)
		return missing_term(p, "waiver_overcharge");
	return (billed->given &&
			overcharged_by(billed->value, corrected->value,
						   decimal_of_rate(schedule->waiver_overcharge))) ||
		add_fee_line(bill, LINE_FEE, schedule, FEE_METER_TEST,
					 decimal_of_count(1), p);
}

/* Connections for fire protection only, § 114-54(c)(2): any diameter. */
bool
rate_fire_sprinkler(const RateSchedule *schedule, const Number *diameter,
					Bill *bill, Problem *p)
{
	if (!diameter->given)
		return null_argument(p, "diameter");
	return check_positive(diameter, "diameter", p) &&
		add_fee_line(bill, LINE_FIRE_SPRINKLER, schedule, FEE_FIRE_SPRINKLER,
					 diameter->value, p);
}

/*
 * What a row charges: the amount that it lists, or else one that the caller
 * has to pass.  One passed beside a listed amount is an error (T7); one of
 * zero has no line.
 */
static bool
add_listed_line(Bill *bill, LineKind kind, rate_t listed,
				const Number *passed, ProblemCode missing,
				ProblemCode unwanted, const RateText *description,
				const RateText *section, LineKey key, Problem *p)
{
	bool		is_listed = listed != NO_RATE;
	Decimal		amount = is_listed ? decimal_of_rate(listed) : passed->value;

	if (is_listed == passed->given)
		return note_problem(p, is_listed ? unwanted : missing);
	return (!is_listed && amount.value == 0) ||
		add_line(bill, kind, decimal_of_count(1), amount, NULL, description,
				 section, key, p);
}

/* A tap: as listed, or at market price, which is then passed in (T5, T6) */
bool
rate_tap(const RateSchedule *schedule, const TapFacts *facts, Bill *bill,
		 Problem *p)
{
	const TapRate *tap;

	if (!check_not_negative(&facts->market_price, "market_price", p))
		return false;
	p->meter_id = facts->meter.id;
	p->area_id = facts->area.id;
	p->other = facts->compound ? "compound tap" : "tap";
	if (facts->meter.index < 0 || (unsigned) facts->area.index >= NUM_AREAS)
		return note_problem(p, PROBLEM_NO_TAP);
	tap = tap_rate(schedule, facts->meter.index, facts->compound,
				   facts->area.index);
	if (!tap->present)
		return note_problem(p, PROBLEM_NO_TAP);
	return add_listed_line(bill, LINE_WATER_TAP, tap->amount,
						   &facts->market_price, PROBLEM_MARKET_PRICE_MISSING,
						   PROBLEM_MARKET_PRICE_UNWANTED, tap->description,
						   tap->section,
						   line_key(0, facts->meter.id, facts->area.id), p);
}

/*
 * The permit row of a line: the one listed for its size, else the highest
 * "larger than" that it exceeds.
 */
static const PermitRate *
find_permit(const RateSchedule *schedule, Decimal inches)
{
	const PermitRate *found = NULL;

	for (int i = 0; i < schedule->npermits; i++)
	{
		const PermitRate *permit = &schedule->permits[i];
		int			order = decimal_compare(inches,
											decimal_of_rate(permit->line_inches));

		if (order == 0 && !permit->larger_than)
			return permit;
		if (order > 0 && permit->larger_than)
			found = permit;
	}
	return found;
}

/*
 * A sewer connection permit: as listed, or as the city determined, which is
 * then passed in (T1, T2)
 */
bool
rate_permit(const RateSchedule *schedule, const PermitFacts *facts,
			Bill *bill, Problem *p)
{
	const PermitRate *permit;

	if (!check_positive(&facts->line_inches, "line_inches", p) ||
		!check_not_negative(&facts->determined_fee, "determined_fee", p))
		return false;
	permit = find_permit(schedule, facts->line_inches.value);
	p->text = facts->line_inches.text;
	if (permit == NULL)
		return note_problem(p, PROBLEM_NO_PERMIT);
	return add_listed_line(bill, LINE_SEWER_PERMIT, permit->amount,
						   &facts->determined_fee,
						   PROBLEM_DETERMINED_FEE_MISSING,
						   PROBLEM_DETERMINED_FEE_UNWANTED,
						   permit->description, permit->section,
						   line_key(0, 0, 0), p);
}

/*
 * The deposit of a consumer: the highest step that the building exceeds, so
 * that exactly at the limit takes the lower one (D3); the step above 0 covers
 * "no building" too (D4-D6).  A category with that step alone needs no size.
 */
bool
find_deposit(const RateSchedule *schedule, const DepositFacts *facts,
			 const DepositStep **step, Problem *p)
{
	const Number *feet = &facts->square_feet;
	bool		known = false;
	bool		needs_size = false;

	*step = NULL;
	p->label = facts->category.id;
	if (!check_not_negative(feet, "square_feet", p))
		return false;
	for (int i = 0; i < schedule->ndeposits; i++)
	{
		const DepositStep *candidate = &schedule->deposits[i];
		Decimal		above = decimal_of_rate(candidate->above);

		if (candidate->category != facts->category.index)
			continue;
		known = true;
		needs_size |= above.value > 0;
		if (above.value == 0 ||
			(feet->given && decimal_compare(feet->value, above) > 0))
			*step = candidate;
	}
	if (needs_size && !feet->given)
		return argument_problem(p, PROBLEM_SQUARE_FEET_MISSING, "square_feet");
	if (known)
		p->text = feet->text;
	return *step != NULL || note_problem(p, PROBLEM_NO_DEPOSIT);
}

/* The deposit and the service fee on top of it, two amounts (D1) */
bool
rate_deposit(const RateSchedule *schedule, const DepositFacts *facts,
			 cents_t *deposit, cents_t *service_fee, Problem *p)
{
	const DepositStep *step;

	return find_deposit(schedule, facts, &step, p) &&
		((multiply_to_cents(decimal_of_count(1),
							decimal_of_rate(step->deposit), deposit) &&
		  multiply_to_cents(decimal_of_count(1),
							decimal_of_rate(step->service_fee), service_fee)) ||
		 note_problem(p, PROBLEM_OUT_OF_RANGE));
}
