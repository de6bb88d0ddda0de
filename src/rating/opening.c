/*
 * opening.c
 *	  Everything due at the counter when an account is opened, moved or closed:
 *	  §§ 114-52, 114-54(b)(1), 114-54(c)(1), 114-61.
 */
#include "rating/quotes.h"

/* Is it known and more than zero? */
static bool
is_positive(const Number *number)
{
	return number->given && number->value.value > 0;
}

/* Amounts and lengths: numbers that are not negative. */
static bool
check_amounts(const OpeningFacts *facts, Problem *p)
{
	const struct
	{
		const Number *number;
		const char *argument;
	}			amounts[] = {
		{&facts->deposit.square_feet, "square_feet"},
		{&facts->deposit_held, "deposit_held"},
		{&facts->final_bill, "final_bill"},
		{&facts->tap.market_price, "market_price"},
		{&facts->pipe_feet, "pipe_feet"},
		{&facts->excess_pipe_quote, "excess_pipe_quote"},
		{&facts->asphalt_feet, "asphalt_feet"},
		{&facts->concrete_feet, "concrete_feet"},
		{&facts->boring_feet, "boring_feet"},
		{&facts->permit.determined_fee, "determined_fee"},
	};

	for (size_t i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++)
		if (!check_not_negative(amounts[i].number, amounts[i].argument, p))
			return false;
	return check_positive(&facts->boring_line_inches, "boring_line_inches",
						  p) &&
		check_positive(&facts->permit.line_inches, "sewer_line_inches", p);
}

/*
 * An argument that belongs to something not asked for is an error, and so is
 * boring for a line of unknown size, whatever the rates are.
 */
static bool
check_belongings(const OpeningFacts *facts, Problem *p)
{
	if (!facts->with_deposit && facts->deposit.square_feet.given)
		return argument_without(p, "square_feet", "category");
	if (!facts->with_tap)
	{
		if (facts->tap.market_price.given)
			return argument_without(p, "market_price", "tap_meter");
		if (facts->tap.compound)
			return argument_without(p, "compound", "tap_meter");
		if (is_positive(&facts->pipe_feet))
			return argument_without(p, "pipe_feet", "tap_meter");
	}
	if (facts->excess_pipe_quote.given && !is_positive(&facts->pipe_feet))
		return argument_without(p, "excess_pipe_quote", "pipe_feet");
	if (facts->boring_line_inches.given && !is_positive(&facts->boring_feet))
		return argument_without(p, "boring_line_inches", "boring_feet");
	if (is_positive(&facts->boring_feet) && !facts->boring_line_inches.given)
		return note_problem(p, PROBLEM_BORING_INCHES_MISSING);
	if (facts->permit.determined_fee.given && !facts->permit.line_inches.given)
		return argument_without(p, "determined_fee", "sewer_line_inches");
	return true;
}

/* A deposit held or a final bill alone is enough: closing an account. */
static bool
check_asked(const OpeningFacts *facts, Problem *p)
{
	if (facts->with_deposit || facts->connection || facts->with_tap ||
		facts->permit.line_inches.given || is_positive(&facts->deposit_held) ||
		is_positive(&facts->final_bill) || is_positive(&facts->asphalt_feet) ||
		is_positive(&facts->concrete_feet) || is_positive(&facts->boring_feet))
		return true;
	return note_problem(p, PROBLEM_NOTHING_ASKED);
}

/*
 * The deposit and the service fee on top of it (D1).  A deposit held is
 * credited, and then there is no second service fee (D9, D11).
 */
static bool
quote_deposit(const RateSchedule *schedule, const OpeningFacts *facts,
			  Bill *bill, Problem *p)
{
	const DepositStep *step;

	if (!facts->with_deposit)
		return true;
	return find_deposit(schedule, &facts->deposit, &step, p) &&
		add_line(bill, LINE_DEPOSIT, decimal_of_count(1),
				 decimal_of_rate(step->deposit), NULL, step->description,
				 step->section, line_key(0, 0, 0), p) &&
		(is_positive(&facts->deposit_held) ||
		 add_line(bill, LINE_SERVICE_FEE, decimal_of_count(1),
				  decimal_of_rate(step->service_fee), NULL, NULL,
				  step->section, line_key(0, 0, 0), p));
}

static bool
quote_deposit_held(const OpeningFacts *facts, Bill *bill, Problem *p)
{
	Decimal		held = facts->deposit_held.value;

	held.value = -held.value;
	return add_amount_line(bill, LINE_DEPOSIT_HELD, held, NULL, p);
}

/*
 * Pipe up to the schedule's length is part of the tap, which has been rated
 * before; what is beyond it is charged as quoted (T8).
 */
static bool
quote_pipe(const RateSchedule *schedule, const OpeningFacts *facts,
		   Bill *bill, Problem *p)
{
	const TapRate *tap;

	if (!is_positive(&facts->pipe_feet))
		return true;
	tap = tap_rate(schedule, facts->tap.meter.index, facts->tap.compound,
				   facts->tap.area.index);
	p->text = facts->pipe_feet.text;
	if (schedule->included_pipe_feet == NO_RATE)
		return missing_term(p, "included_pipe_feet");
	if (decimal_compare(facts->pipe_feet.value,
						decimal_of_rate(schedule->included_pipe_feet)) <= 0)
		return !facts->excess_pipe_quote.given ||
			note_problem(p, PROBLEM_PIPE_QUOTE_UNWANTED);
	if (!facts->excess_pipe_quote.given)
		return note_problem(p, PROBLEM_PIPE_QUOTE_MISSING);
	return add_amount_line(bill, LINE_EXCESS_PIPE,
						   facts->excess_pipe_quote.value, tap->section, p);
}

/* Boring, for the line sizes that the schedule names, ends included (T11). */
static bool
quote_boring(const RateSchedule *schedule, const OpeningFacts *facts,
			 Bill *bill, Problem *p)
{
	const Number *inches = &facts->boring_line_inches;

	if (!is_positive(&facts->boring_feet))
		return true;
	p->text = inches->text;
	if (schedule->boring_from_inches == NO_RATE ||
		schedule->boring_to_inches == NO_RATE ||
		decimal_compare(inches->value,
						decimal_of_rate(schedule->boring_from_inches)) < 0 ||
		decimal_compare(inches->value,
						decimal_of_rate(schedule->boring_to_inches)) > 0)
		return note_problem(p, PROBLEM_NO_BORING);
	return add_fee_line(bill, LINE_FEE, schedule, FEE_BORING,
						facts->boring_feet.value, p);
}

/* Pavement cut, at every size, and boring; also without a tap: a repair. */
static bool
quote_street(const RateSchedule *schedule, const OpeningFacts *facts,
			 Bill *bill, Problem *p)
{
	return add_fee_line(bill, LINE_FEE, schedule, FEE_STREET_CUT_ASPHALT,
						facts->asphalt_feet.value, p) &&
		add_fee_line(bill, LINE_FEE, schedule, FEE_STREET_CUT_CONCRETE,
					 facts->concrete_feet.value, p) &&
		quote_boring(schedule, facts, bill, p);
}

/* Everything that is due at the counter. */
bool
rate_opening(const RateSchedule *schedule, const OpeningFacts *facts,
			 Bill *bill, Problem *p)
{
	if (!check_amounts(facts, p) || !check_belongings(facts, p) ||
		!check_asked(facts, p))
		return false;
	return quote_deposit(schedule, facts, bill, p) &&
		quote_deposit_held(facts, bill, p) &&
		(!facts->connection ||
		 add_fee_line(bill, LINE_FEE, schedule, FEE_CONNECTION,
					  decimal_of_count(1), p)) &&
		add_amount_line(bill, LINE_FINAL_BILL, facts->final_bill.value, NULL,
						p) &&
		(!facts->with_tap || (rate_tap(schedule, &facts->tap, bill, p) &&
							  quote_pipe(schedule, facts, bill, p))) &&
		quote_street(schedule, facts, bill, p) &&
		(!facts->permit.line_inches.given ||
		 rate_permit(schedule, &facts->permit, bill, p));
}
