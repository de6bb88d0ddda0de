/*
 * arrears.c
 *	  Unpaid bills: what is owed before a meter is turned on again, and when
 *	  a bill is late and a meter may be turned off.  §§ 114-55(a), 114-59.
 */
#include "rating/quotes.h"

static bool
check_reconnection(const ReconnectionFacts *facts, Problem *p)
{
	return check_not_negative(&facts->unpaid, "unpaid", p) &&
		check_count(facts->meters, "meters", p) &&
		check_count(facts->unauthorized, "unauthorized", p) &&
		check_count(facts->tampering, "tampering", p) &&
		check_not_negative(&facts->other_due, "other_due", p);
}

/*
 * The late fee of the unpaid bill, which goes by the schedule in force when
 * that bill was mailed (G4): the line names it.
 */
static bool
add_late_fee(Bill *bill, const RateSchedule *schedule,
			 const ReconnectionFacts *facts, Problem *p)
{
	int			nlines = bill->nlines;

	if (!facts->late)
		return true;
	p->schedule = facts->late_schedule;
	if (!add_fee_line(bill, LINE_FEE, facts->late_schedule, FEE_LATE_FEE,
					  facts->unpaid.value, p))
		return false;
	p->schedule = schedule;
	if (bill->nlines > nlines)
		bill->lines[nlines].schedule = facts->late_schedule;
	return true;
}

/*
 * Paid in full, the late fee included (L7); the disconnection once and the
 * charge for each meter turned off, both (L8-L10); and on top, for each
 * finding, unauthorized reconnection and tampering (U1, U2).
 */
bool
rate_reconnection(const RateSchedule *schedule,
				  const ReconnectionFacts *facts, Bill *bill, Problem *p)
{
	int			disconnections = facts->meters > 0 ? 1 : 0;

	return check_reconnection(facts, p) &&
		add_amount_line(bill, LINE_UNPAID_BILL, facts->unpaid.value, NULL,
						p) &&
		add_late_fee(bill, schedule, facts, p) &&
		add_amount_line(bill, LINE_OTHER_DUE, facts->other_due.value, NULL,
						p) &&
		add_fee_line(bill, LINE_FEE, schedule, FEE_DISCONNECTION,
					 decimal_of_count(disconnections), p) &&
		add_fee_line(bill, LINE_FEE, schedule, FEE_RECONNECTION,
					 decimal_of_count(facts->meters), p) &&
		add_fee_line(bill, LINE_FEE, schedule, FEE_UNAUTHORIZED_RECONNECTION,
					 decimal_of_count(facts->unauthorized), p) &&
		add_fee_line(bill, LINE_FEE, schedule, FEE_TAMPERING,
					 decimal_of_count(facts->tampering), p);
}

/* date + days; false where the result is outside the calendar */
static bool
add_days(const DelinquencyFacts *facts, int32_t date, int64_t days,
		 int32_t *result, Problem *p)
{
	int64_t		sum = (int64_t) date + days;

	if (sum > facts->last_date)
	{
		p->value = days;
		p->date = date;
		return note_problem(p, PROBLEM_DATE_OUT_OF_RANGE);
	}
	*result = (int32_t) sum;
	return true;
}

static bool
check_date(const DelinquencyFacts *facts, int32_t date, const char *argument,
		   Problem *p)
{
	return (date >= facts->first_date && date <= facts->last_date) ||
		argument_problem(p, PROBLEM_NOT_A_DATE, argument);
}

static bool
check_delinquency(const DelinquencyFacts *facts, Problem *p)
{
	if (!check_date(facts, facts->mailed_on, "mailed_on", p) ||
		!check_not_negative(&facts->unpaid, "unpaid", p) ||
		!check_date(facts, facts->as_of, "as_of", p) ||
		(facts->noticed &&
		 !check_date(facts, facts->noticed_on, "noticed_on", p)) ||
		(facts->own_due_days &&
		 !check_count(facts->due_days, "due_days", p)))
		return false;
	if (facts->as_of >= facts->mailed_on)
		return true;
	p->date = facts->as_of;
	p->limit = facts->mailed_on;
	return note_problem(p, PROBLEM_BEFORE_MAILING);
}

/*
 * The day of mailing does not count: due on the last of the due days, late
 * from the day after (L3); calendar days (L4).
 */
static bool
find_due_date(const RateSchedule *schedule, const DelinquencyFacts *facts,
			  Delinquency *result, Problem *p)
{
	if (!facts->own_due_days && schedule->due_days == NO_RATE)
		return missing_term(p, "due_days");
	return add_days(facts, facts->mailed_on,
					facts->own_due_days ? facts->due_days : schedule->due_days,
					&result->due_on, p) &&
		add_days(facts, result->due_on, 1, &result->late_from, p);
}

/*
 * Disconnection waits for the notice (L5): from the day of the notice there
 * are notice_days to pay, and the meter can be turned off from the day after
 * them (L6).  A notice dated before the bill was late gave notice of nothing,
 * and one dated after as_of has not been given yet.  Both count as no notice,
 * so that one wrong date does not stop an aging report.
 */
static bool
find_disconnection(const RateSchedule *schedule,
				   const DelinquencyFacts *facts, Delinquency *result,
				   Problem *p)
{
	if (!facts->noticed || facts->noticed_on < result->late_from ||
		facts->noticed_on > facts->as_of || facts->unpaid.value.value == 0)
		return true;
	if (schedule->notice_days == NO_RATE)
		return missing_term(p, "notice_days");
	result->disconnection = true;
	return add_days(facts, facts->noticed_on, schedule->notice_days,
					&result->last_day, p) &&
		add_days(facts, result->last_day, 1, &result->disconnect_from, p);
}

/* The state of a bill on a day. */
bool
rate_delinquency(const RateSchedule *schedule, const DelinquencyFacts *facts,
				 Delinquency *result, Problem *p)
{
	Bill		due = {0};

	if (!check_delinquency(facts, p) ||
		!find_due_date(schedule, facts, result, p) ||
		!find_disconnection(schedule, facts, result, p) ||
		!add_amount_line(&due, LINE_UNPAID_BILL, facts->unpaid.value, NULL,
						 p))
		return false;
	result->status = DELINQUENCY_CURRENT;
	if (facts->unpaid.value.value > 0 && facts->as_of >= result->late_from)
	{
		Bill		fee = {0};

		if (!rate_late_fee(schedule, &facts->unpaid, &fee, p) ||
			!add_amount_line(&due, LINE_FEE, (Decimal) {fee.total, 2}, NULL,
							 p))
			return false;
		result->late_fee = fee.total;
		result->status = result->disconnection &&
			facts->as_of >= result->disconnect_from ?
			DELINQUENCY_DISCONNECTABLE : DELINQUENCY_LATE;
	}
	result->amount_due = due.total;
	return true;
}
