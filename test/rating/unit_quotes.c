/*
 * unit_quotes.c
 *		Opening an account, turning a meter on again, and when a bill is late.
 */
#include "check.h"
#include "bill_checks.h"
#include "sample_book.h"

#define LENGTH(array)	((int) (sizeof(array) / sizeof((array)[0])))

static Sample sample;
static BillLine lines[MAX_OPENING_LINES + MAX_RECONNECTION_LINES];

static int64_t
opening(const OpeningFacts *facts, Bill *bill)
{
	Problem		p = {0};

	*bill = (Bill) {.lines = lines};
	if (!rate_opening(&sample.schedule, facts, bill, &p))
		return -(int64_t) p.code;
	return adds_up(bill, MAX_OPENING_LINES) ? bill->total : -1000;
}

/* Everything together, each with its largest number of lines. */
static OpeningFacts
everything(void)
{
	return (OpeningFacts)
	{
		.with_deposit = true,
			.deposit = {LABEL(SHOP), number("2000")},
			.deposit_held = number("100"),
			.connection = true,
			.final_bill = number("40.45"),
			.with_tap = true,
			.tap = {LABEL(INCH_3), LABEL(AREA_INSIDE), false, number("4000")},
			.pipe_feet = number("80.5"),
			.excess_pipe_quote = number("33.335"),
			.asphalt_feet = number("1.5"),
			.concrete_feet = number("18.5"),
			.boring_feet = number("10"),
			.boring_line_inches = number("2"),
			.permit = {number("8"), number("500")}
	};
}

static void
check_opening(void)
{
	OpeningFacts facts = {0};
	Bill		bill;

	facts.with_deposit = facts.connection = true;
	facts.deposit.category = LABEL(HOMEOWNER);
	is_number(opening(&facts, &bill), 14000, "a home owner opens an account");
	is_number(bill.nlines, 3, "in three lines");
	facts.deposit_held = number("0.00");
	is_number(opening(&facts, &bill), 14000, "0.00 held is nothing held");
	facts.deposit_held = number("150");
	is_number(opening(&facts, &bill), -3000, "no second service fee; a credit");
	ok(bill.lines[1].kind == LINE_DEPOSIT_HELD &&
	   bill.lines[1].amount == -15000, "the deposit held is a negative line");
	facts = (OpeningFacts) {.deposit_held = number("100")};
	is_number(opening(&facts, &bill), -10000, "an account is closed");
	facts.final_bill = number("40.45");
	is_number(opening(&facts, &bill), -5955, "with its final bill");
	facts = (OpeningFacts) {.with_tap = true,.tap = {LABEL(INCH_1),
	LABEL(AREA_OUTSIDE), false, {0}},.concrete_feet = number("18.5")};
	is_number(opening(&facts, &bill), 102750, "a tap, and concrete cut");
}

static void
check_everything(void)
{
	OpeningFacts facts = everything();
	Bill		bill;

	is_number(opening(&facts, &bill), 15000 - 10000 + 2000 + 4045 + 400000 +
			  3334 + 1800 + 27750 + 12000 + 50000, "everything at once");
	is_number(bill.nlines, 10, "ten lines");
	facts.deposit_held = number("0");
	opening(&facts, &bill);
	is_number(bill.nlines, 10, "a service fee in place of the deposit held");
	ok(bill.nlines <= MAX_OPENING_LINES, "there is room for them");
}

static void
check_opening_edges(void)
{
	static const char *const feet[] = {"80", "80.0", "80.000000001"};
	static const int64_t without[] = {48000, 48000,
	-PROBLEM_PIPE_QUOTE_MISSING};
	static const int64_t with[] = {-PROBLEM_PIPE_QUOTE_UNWANTED,
	-PROBLEM_PIPE_QUOTE_UNWANTED, 48100};
	static const char *const inches[] = {"0.7499", "0.75", "2", "2.0001"};
	static const int64_t bored[] = {-PROBLEM_NO_BORING, 1200, 1200,
	-PROBLEM_NO_BORING};
	OpeningFacts facts = {.with_tap = true};
	Bill		bill;

	facts.tap.meter = LABEL(INCH_3_4);
	facts.tap.area = LABEL(AREA_INSIDE);
	for (int i = 0; i < LENGTH(feet); i++)
	{
		facts.pipe_feet = number(feet[i]);
		facts.excess_pipe_quote = (Number) {0};
		is_number(opening(&facts, &bill), without[i], "pipe without a quote");
		facts.excess_pipe_quote = number("1");
		is_number(opening(&facts, &bill), with[i], "pipe with a quote");
	}
	for (int i = 0; i < LENGTH(inches); i++)
	{
		facts = (OpeningFacts) {.boring_feet = number("1"),
		.boring_line_inches = number(inches[i])};
		is_number(opening(&facts, &bill), bored[i], "boring");
	}
}

static int64_t
reconnection(ReconnectionFacts facts, int nlines)
{
	Bill		bill = {.lines = lines};
	Problem		p = {0};

	facts.late_schedule = &sample.schedule;
	if (!rate_reconnection(&sample.schedule, &facts, &bill, &p))
		return -(int64_t) p.code;
	return adds_up(&bill, MAX_RECONNECTION_LINES) && bill.nlines == nlines ?
		bill.total : -1000;
}

static void
check_reconnection(void)
{
	ReconnectionFacts facts = {.unpaid = number("40.45"),.late = true,
	.meters = 1,.other_due = number("0")};

	is_number(reconnection(facts, 4), 7247, "owed before the meter is turned on");
	facts.late = false;
	is_number(reconnection(facts, 3), 7045, "no late fee");
	facts.late = true;
	facts.unauthorized = facts.tampering = 1;
	is_number(reconnection(facts, 6), 17247, "after breaking the lock");
	facts.other_due = number("10.005");
	facts.meters = 2;
	is_number(reconnection(facts, 7), 7247 + 2500 + 10000 + 1001,
			  "everything: seven lines");
	facts = (ReconnectionFacts) {.unpaid = number("0"),.late = true,
	.other_due = number("0")};
	is_number(reconnection(facts, 0), 0, "nothing owed");
	facts.meters = INT32_MAX;
	is_number(reconnection(facts, 2), INT64_C(2500) * INT32_MAX + 500,
			  "many meters, one disconnection");
	facts.meters = -1;
	is_number(reconnection(facts, 0), -PROBLEM_NEGATIVE, "-1 meter");
}

/* Each amount fits 64 bits; their sum does, or it does not. */
static void
check_sums(void)
{
	ReconnectionFacts facts = {.unpaid = number("46116860184273879.03"),
	.other_due = number("46116860184273879.04")};

	is_number(reconnection(facts, 2), INT64_MAX, "the largest sum");
	facts.other_due = number("46116860184273879.05");
	is_number(reconnection(facts, 0), -PROBLEM_OUT_OF_RANGE, "a cent more");
}

/* Days after the mailing; a notice of -1 is none. */
static void
check_standing(int as_of, int notice, DelinquencyStatus status,
			   int64_t amount)
{
	DelinquencyFacts facts = {.mailed_on = 1000,.unpaid = number("40.45"),
		.as_of = 1000 + as_of,.noticed = notice >= 0,
	.noticed_on = 1000 + notice,.first_date = -1000,.last_date = 9999};
	Delinquency result = {0};
	Problem		p = {0};
	bool		rated = rate_delinquency(&sample.schedule, &facts, &result, &p);
	bool		known = notice >= 0 && notice <= as_of;

	if (!ok(rated && result.status == status && result.amount_due == amount &&
			result.due_on == 1020 && result.late_from == 1021 &&
			result.late_fee == amount - 4045 &&
			result.disconnection == known &&
			(!known || (result.last_day == 1010 + notice &&
						result.disconnect_from == 1011 + notice)),
			"day %d, noticed on day %d", as_of, notice))
		printf("# rated %d, problem %d, status %d, due %" PRId64 "\n", rated,
			   (int) p.code, (int) result.status, result.amount_due);
}

static void
check_delinquency(void)
{
	check_standing(0, -1, DELINQUENCY_CURRENT, 4045);
	check_standing(20, -1, DELINQUENCY_CURRENT, 4045);
	check_standing(21, -1, DELINQUENCY_LATE, 4247);
	check_standing(500, -1, DELINQUENCY_LATE, 4247);
	check_standing(20, 21, DELINQUENCY_CURRENT, 4045);
	check_standing(21, 21, DELINQUENCY_LATE, 4247);
	check_standing(31, 21, DELINQUENCY_LATE, 4247);
	check_standing(32, 21, DELINQUENCY_DISCONNECTABLE, 4247);
	check_standing(39, 40, DELINQUENCY_LATE, 4247);
	check_standing(50, 40, DELINQUENCY_LATE, 4247);
	check_standing(51, 40, DELINQUENCY_DISCONNECTABLE, 4247);
}

static void
check_terms(void)
{
	DelinquencyFacts facts = {.mailed_on = 10,.unpaid = number("50.10"),
	.as_of = 11,.own_due_days = true,.first_date = 0,.last_date = 100};
	Delinquency result = {0};
	Problem		p = {0};

	sample.schedule.due_days = sample.schedule.notice_days = NO_RATE;
	ok(rate_delinquency(&sample.schedule, &facts, &result, &p) &&
	   result.due_on == 10 && result.late_from == 11 &&
	   result.amount_due == 5261, "0 due days of its own: late the day after");
	facts.unpaid = number("0.00");
	facts.noticed = true;
	facts.noticed_on = 11;
	result = (Delinquency) {0};
	ok(rate_delinquency(&sample.schedule, &facts, &result, &p) &&
	   result.status == DELINQUENCY_CURRENT && !result.disconnection &&
	   result.amount_due == 0, "nothing unpaid is current");
	facts.noticed = false;
	facts.due_days = 89;
	result = (Delinquency) {0};
	ok(rate_delinquency(&sample.schedule, &facts, &result, &p) &&
	   result.late_from == 100, "late on the last day that exists");
	facts.due_days = 90;
	ok(!rate_delinquency(&sample.schedule, &facts, &result, &p) &&
	   p.code == PROBLEM_DATE_OUT_OF_RANGE, "one day more does not exist");
	facts.due_days = INT32_MAX;
	ok(!rate_delinquency(&sample.schedule, &facts, &result, &p) &&
	   p.code == PROBLEM_DATE_OUT_OF_RANGE, "nor do two billion days more");
	make_sample(&sample);
}

int
main(void)
{
	make_sample(&sample);
	check_opening();
	check_everything();
	check_opening_edges();
	check_reconnection();
	check_sums();
	check_delinquency();
	check_terms();
	return done();
}
