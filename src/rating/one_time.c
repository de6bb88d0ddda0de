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
	fee = fee_with_code(schedule, code, length);
	if (fee == NULL)
		return note_problem(p, PROBLEM_NO_FEE);
	if (fee->whole && !decimal_is_whole(quantity->value))
	{
		p->text = quantity->text;
		p->other = fee->code;
		return argument_problem(p, PROBLEM_PART_OF_A_UNIT, "quantity");
	}
	return add_charge(bill, LINE_FEE, quantity->value,
					  decimal_of_rate(fee->amount), fee, fee->label,
					  fee->section, no_key(), p);
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
	return add_fee(bill, LINE_FEE, schedule, FEE_LATE_FEE, unpaid->value, p);
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
	if (billed->given)
	{
		if (schedule->waiver_overcharge == NO_RATE)
		{
			p->other = "waiver_overcharge";
			return note_problem(p, PROBLEM_NO_TERM);
		}
		if (overcharged_by(billed->value, corrected->value,
						   decimal_of_rate(schedule->waiver_overcharge)))
			return true;
	}
	return add_fee(bill, LINE_FEE, schedule, FEE_METER_TEST,
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
		add_fee(bill, LINE_FIRE_SPRINKLER, schedule, FEE_FIRE_SPRINKLER,
				diameter->value, p);
}

bool
check_tap(const TapFacts *facts, Problem *p)
{
	return check_not_negative(&facts->market_price, "market_price", p);
}

/*
 * A tap: as listed, or at market price, which is then passed in (T5, T6).  A
 * market price for a listed size is an error (T7).
 */
bool
rate_tap(const RateSchedule *schedule, const TapFacts *facts, Bill *bill,
		 Problem *p)
{
	LineKey		key = meter_key(facts->meter.id, facts->area.id);
	const TapRate *tap;

	p->meter_id = facts->meter.id;
	p->area_id = facts->area.id;
	p->compound = facts->compound;
	if (facts->meter.index < 0 || facts->area.index < 0 ||
		facts->area.index >= NUM_AREAS)
		return note_problem(p, PROBLEM_NO_TAP);
	tap = tap_rate(schedule, facts->meter.index, facts->compound,
				   facts->area.index);
	if (!tap->present)
		return note_problem(p, PROBLEM_NO_TAP);
	if (tap->amount != NO_RATE)
	{
		if (facts->market_price.given)
			return note_problem(p, PROBLEM_MARKET_PRICE_UNWANTED);
		return add_line(bill, LINE_WATER_TAP, decimal_of_count(1),
						decimal_of_rate(tap->amount), tap->description,
						tap->section, key, p);
	}
	if (!facts->market_price.given)
		return note_problem(p, PROBLEM_MARKET_PRICE_MISSING);
	return add_amount(bill, LINE_WATER_TAP, facts->market_price.value,
					  tap->description, tap->section, key, p);
}

bool
check_permit(const PermitFacts *facts, Problem *p)
{
	return check_positive(&facts->line_inches, "line_inches", p) &&
		check_not_negative(&facts->determined_fee, "determined_fee", p);
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
 * then passed in (T1, T2).
 */
bool
rate_permit(const RateSchedule *schedule, const PermitFacts *facts,
			Bill *bill, Problem *p)
{
	const PermitRate *permit = find_permit(schedule, facts->line_inches.value);

	p->text = facts->line_inches.text;
	if (permit == NULL)
		return note_problem(p, PROBLEM_NO_PERMIT);
	if (permit->amount != NO_RATE)
	{
		if (facts->determined_fee.given)
			return note_problem(p, PROBLEM_DETERMINED_FEE_UNWANTED);
		return add_line(bill, LINE_SEWER_PERMIT, decimal_of_count(1),
						decimal_of_rate(permit->amount), permit->description,
						permit->section, no_key(), p);
	}
	if (!facts->determined_fee.given)
		return note_problem(p, PROBLEM_DETERMINED_FEE_MISSING);
	return add_amount(bill, LINE_SEWER_PERMIT, facts->determined_fee.value,
					  permit->description, permit->section, no_key(), p);
}

/* How many deposit steps a category has; *first is set to the lowest. */
static int
deposit_steps(const RateSchedule *schedule, int category,
			  const DepositStep **first)
{
	int			n = 0;

	for (int i = 0; i < schedule->ndeposits; i++)
		if (schedule->deposits[i].category == category)
		{
			if (n == 0)
				*first = &schedule->deposits[i];
			n++;
		}
	return n;
}

/*
 * The deposit of a consumer.  Where the building decides, exactly at the
 * limit takes the lower step (D3), and the lowest step covers "no building"
 * too (D4-D6).  A category of one step needs no size.
 */
bool
find_deposit(const RateSchedule *schedule, const DepositFacts *facts,
			 const DepositStep **step, Problem *p)
{
	const DepositStep *steps = NULL;
	int			n = 0;

	p->category_id = facts->category.id;
	if (!check_not_negative(&facts->square_feet, "square_feet", p))
		return false;
	if (facts->category.index >= 0)
		n = deposit_steps(schedule, facts->category.index, &steps);
	if (n == 0)
		return note_problem(p, PROBLEM_NO_DEPOSIT);
	*step = &steps[0];
	if (n == 1 && steps[0].above == 0)
		return true;
	if (!facts->square_feet.given)
		return argument_problem(p, PROBLEM_SQUARE_FEET_MISSING, "square_feet");
	if (steps[0].above > 0 &&
		decimal_compare(facts->square_feet.value,
						decimal_of_rate(steps[0].above)) <= 0)
	{
		p->text = facts->square_feet.text;
		return note_problem(p, PROBLEM_NO_DEPOSIT);
	}
	for (int i = 1; i < n; i++)
		if (decimal_compare(facts->square_feet.value,
							decimal_of_rate(steps[i].above)) > 0)
			*step = &steps[i];
	return true;
}

/* The deposit and the service fee on top of it, two amounts (D1). */
bool
rate_deposit(const RateSchedule *schedule, const DepositFacts *facts,
			 cents_t *deposit, cents_t *service_fee, Problem *p)
{
	const DepositStep *step;

	if (!find_deposit(schedule, facts, &step, p))
		return false;
	if (!multiply_to_cents(decimal_of_count(1),
						   decimal_of_rate(step->deposit), deposit) ||
		!multiply_to_cents(decimal_of_count(1),
						   decimal_of_rate(step->service_fee), service_fee))
		return note_problem(p, PROBLEM_OUT_OF_RANGE);
	return true;
}
