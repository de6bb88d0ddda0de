/*
 * unit_problems.c
 *		Every problem that rating can find is found, and of several problems
 *		the one that comes first: NULLs, then domains, then rates.
 */
#include "check.h"
#include "sample_book.h"

#define LENGTH(array)	((int) (sizeof(array) / sizeof((array)[0])))

static Sample sample;
static bool reached[NUM_PROBLEMS];

/* Those that are found above this floor, where texts and dates are read */
static const ProblemCode not_ours[] = {
	NO_PROBLEM, PROBLEM_NO_DATE, PROBLEM_NOT_IN_FORCE,
	PROBLEM_UNKNOWN_SCHEDULE, PROBLEM_CHANGED_RATES, PROBLEM_UNFINISHED_RESTORE,
	PROBLEM_NONE_ADOPTED,
	PROBLEM_NO_MAILING_DATE, PROBLEM_NOT_A_NUMBER, PROBLEM_INVALID_FLAG,
	PROBLEM_INVALID_CLASS, PROBLEM_INVALID_METER, PROBLEM_INVALID_AREA,
	PROBLEM_INVALID_CATEGORY, PROBLEM_UNREADABLE_DATE, PROBLEM_CONTRADICTION,
	PROBLEM_SERVICES_NOT_AN_OBJECT, PROBLEM_SERVICE_NOT_A_QUANTITY,
	PROBLEM_SERVICE_NULL, PROBLEM_SERVICE_REPEATED,
	/* these in unit_services.c */
	PROBLEM_SERVICE_NEGATIVE, PROBLEM_SERVICE_TOO_FINE,
	PROBLEM_SERVICE_TOO_LARGE, PROBLEM_SERVICE_NOT_ONCE,
	PROBLEM_SERVICE_UNKNOWN
};

static void
expect(ProblemCode code, bool rated, const Problem *p, const char *what)
{
	ProblemCode got = rated ? NO_PROBLEM : p->code;

	if (code == got)
		reached[code] = true;
	is_number(got, code, what);
}

static Problem
expect_bill(ProblemCode code, const BillFacts *facts, const char *what)
{
	Bill		bill = {0};
	Problem		p = {0};

	expect(code, rate_bill(&sample.schedule, facts, &bill, &p),
		   &p, what);
	return p;
}

static void
expect_opening(ProblemCode code, const OpeningFacts *facts, const char *what)
{
	Bill		bill = {0};
	Problem		p = {0};

	expect(code, rate_opening(&sample.schedule, facts, &bill, &p), &p, what);
}

static void
expect_delinquency(ProblemCode code, const DelinquencyFacts *facts,
				   const char *what)
{
	Delinquency result = {0};
	Problem		p = {0};

	expect(code, rate_delinquency(&sample.schedule, facts, &result, &p), &p,
		   what);
}

/* Each argument that is needed, when it is NULL, is named. */
static void
bill_nulls(void)
{
	static const BillArgument needed[] = {
		BILL_CLASS, BILL_METER, BILL_GALLONS, BILL_METERED, BILL_WATER,
		BILL_SEWER, BILL_DUMPING_STATIONS
	};

	for (int i = 0; i < LENGTH(needed); i++)
	{
		BillFacts	facts = bill_facts(A1, INCH_3_4, 1000);
		Problem		p;

		facts.given &= ~BILL_ARGUMENT(needed[i]);
		p = expect_bill(PROBLEM_NULL, &facts, bill_argument_names[needed[i]]);
		ok(p.argument != NULL &&
		   strcmp(p.argument, bill_argument_names[needed[i]]) == 0,
		   "the NULL argument is named");
	}
}

/* Gallons are needed only where something is rated by volume. */
static void
bill_gallons(void)
{
	BillFacts	facts = bill_facts(A1, INCH_3_4, 0);

	facts.given &= ~BILL_ARGUMENT(BILL_GALLONS);
	facts.water = false;
	expect_bill(PROBLEM_NULL, &facts, "sewer by volume needs gallons");
	facts.given |= BILL_ARGUMENT(BILL_SEWER_GALLONS);
	expect_bill(NO_PROBLEM, &facts, "or sewer gallons");
	facts.water = true;
	expect_bill(PROBLEM_NULL, &facts, "which are no water gallons");
	facts.metered = false;
	expect_bill(NO_PROBLEM, &facts, "without a meter none are needed");
	facts.sewer_gallons = -1;
	expect_bill(PROBLEM_NEGATIVE, &facts, "but negative is still an error");
	facts = bill_facts(A1, INCH_3_4, -1);
	expect_bill(PROBLEM_NEGATIVE, &facts, "negative gallons");
	facts.metered = false;
	expect_bill(PROBLEM_NEGATIVE, &facts, "negative gallons, no meter");
	facts.gallons = MAX_GALLONS + 1;
	expect_bill(PROBLEM_TOO_MANY_GALLONS, &facts, "too many gallons");
	facts.gallons = INT64_MIN;
	expect_bill(PROBLEM_NEGATIVE, &facts, "the least number of gallons");
	facts.gallons = INT64_MAX;
	expect_bill(PROBLEM_TOO_MANY_GALLONS, &facts, "the most gallons");
}

static void
expect_sprinkler(ProblemCode code, const char *inches)
{
	Number		diameter = number(inches);
	BillFacts	facts = bill_facts(A1, INCH_3_4, 0);

	facts.given |= BILL_ARGUMENT(BILL_FIRE_SPRINKLER);
	facts.fire_sprinkler = &diameter;
	expect_bill(code, &facts, "fire sprinkler");
}

static void
bill_domains(void)
{
	BillFacts	facts = bill_facts(A1, INCH_3_4, 0);

	expect_sprinkler(PROBLEM_NOT_FINITE, "NaN");
	expect_sprinkler(PROBLEM_TOO_FINE, "0.0000000001");
	expect_sprinkler(PROBLEM_TOO_LARGE, "10000000000000000000");
	expect_sprinkler(PROBLEM_NEGATIVE, "-1");
	expect_sprinkler(PROBLEM_NOT_POSITIVE, "0.00");
	facts.dumping_stations = -1;
	expect_bill(PROBLEM_NEGATIVE, &facts, "-1 dumping station");
	facts.dumping_stations = 1;
	facts.sewer = false;
	expect_bill(PROBLEM_ARGUMENT_WITHOUT, &facts, "a dumping station without sewer");
	facts.dumping_stations = 0;
	facts.water = false;
	expect_bill(PROBLEM_NOTHING_TO_BILL, &facts, "nothing to bill");
	facts = bill_facts(A8, INCH_3_4, 0);
	set_area(&facts, LABEL(AREA_INSIDE));
	expect_bill(PROBLEM_NEVER_INSIDE, &facts, "A8 inside");
	facts = bill_facts(A6, INCH_3_4, 0);
	set_area(&facts, LABEL(AREA_OUTSIDE));
	expect_bill(PROBLEM_NEVER_OUTSIDE, &facts, "A6 outside");
	facts = bill_facts(STRANDED, INCH_3_4, 0);
	expect_bill(PROBLEM_NEVER_OUTSIDE, &facts, "outside by a rule alone");
}

static void
expect_rate(ProblemCode code, int class, int meter, bool water,
			const char *what)
{
	BillFacts	facts = bill_facts(class, meter, 0);

	facts.water = water;
	facts.sewer = !water;
	expect_bill(code, &facts, what);
}

static void
bill_rates(void)
{
	BillFacts	facts = bill_facts(A1, INCH_1, 0);

	expect_rate(PROBLEM_NO_CLASS_RULE, UNRULED, INCH_3_4, true, "no rule");
	expect_rate(PROBLEM_NO_WATER_SERVICE, A6, INCH_3_4, true, "A6, water");
	expect_rate(PROBLEM_NO_SEWER_RATE, A6, INCH_3_4, false, "A6, sewer");
	expect_rate(PROBLEM_NO_MINIMUM, A1, INCH_12, true, "12 inches");
	expect_rate(PROBLEM_NO_VOLUME_RATE, UNRATED, INCH_3_4, true, "no blocks");
	expect_rate(PROBLEM_NO_SEWER_RATE, UNRATED, INCH_3_4, false, "no sewer");
	expect_rate(PROBLEM_NO_AREA, ISLAND, INCH_3_4, true, "neither place");
	set_area(&facts, LABEL(AREA_OUTSIDE));
	expect_bill(PROBLEM_NO_MINIMUM, &facts, "a size of one place only");
	set_area(&facts, NO_LABEL);
	expect_bill(PROBLEM_NO_AREA, &facts, "a third place");
	facts = bill_facts(A1, INCH_1, 0);
	facts.meter = NO_LABEL;
	expect_bill(PROBLEM_NO_MINIMUM, &facts, "a size of no row");
	facts.class = NO_LABEL;
	expect_bill(PROBLEM_NO_CLASS_RULE, &facts, "a class of no row");
	facts = bill_facts(A1, INCH_3_4, 0);
	facts.metered = false;
	sample.schedule.known_fees[FEE_SEWER_FLAT] = NULL;
	expect_bill(PROBLEM_NO_FEE, &facts, "no flat fee");
	make_sample(&sample);
	facts = bill_facts(HUGE_FACTOR, INCH_3_4, 1000);
	expect_bill(PROBLEM_OUT_OF_RANGE, &facts, "a product beyond 64 bits");
	facts.gallons = MAX_GALLONS;
	expect_bill(PROBLEM_OUT_OF_RANGE, &facts, "a quantity beyond 64 bits");
}

/* All is wrong at first, and is put right from the front. */
static void
bill_order(void)
{
	Number		inches = number("-1");
	BillFacts	facts = bill_facts(A1, INCH_3_4, -1);

	facts.class = NO_LABEL;
	facts.meter = NO_LABEL;
	facts.given |= BILL_ARGUMENT(BILL_FIRE_SPRINKLER);
	facts.given &= ~BILL_ARGUMENT(BILL_METER);
	facts.fire_sprinkler = &inches;
	facts.dumping_stations = -1;
	expect_bill(PROBLEM_NULL, &facts, "first a NULL");
	facts.given |= BILL_ARGUMENT(BILL_METER);
	expect_bill(PROBLEM_NEGATIVE, &facts, "then a domain");
	facts.gallons = 0;
	inches = number("0");
	expect_bill(PROBLEM_NOT_POSITIVE, &facts, "then the next one");
	inches = number("1");
	expect_bill(PROBLEM_NEGATIVE, &facts, "then a count");
	facts.dumping_stations = 0;
	expect_bill(PROBLEM_NO_CLASS_RULE, &facts, "rates come last");
	facts.class = LABEL(A8);
	set_area(&facts, LABEL(AREA_INSIDE));
	expect_bill(PROBLEM_NEVER_INSIDE, &facts, "a place before a size");
	set_area(&facts, LABEL(AREA_OUTSIDE));
	expect_bill(PROBLEM_NO_MINIMUM, &facts, "a size at the end");
	facts.meter = LABEL(INCH_3_4);
	expect_bill(NO_PROBLEM, &facts, "all is right");
}

static void
one_time_problems(void)
{
	TapFacts	tap = {LABEL(INCH_3), LABEL(AREA_INSIDE), false, {0}};
	PermitFacts permit = {number("8"), {0}};
	DepositFacts deposit = {LABEL(SHOP), {0}};
	const DepositStep *step;
	Number		half = number("0.5");
	Bill		bill = {0};
	Problem		p = {0};

	expect(PROBLEM_PART_OF_A_UNIT,
		   rate_fee(&sample.schedule, "connection", 10, &half, &bill, &p), &p,
		   "half a connection");
	expect(PROBLEM_MARKET_PRICE_MISSING,
		   rate_tap(&sample.schedule, &tap, &bill, &p), &p, "no price");
	tap.meter = LABEL(INCH_1);
	tap.market_price = number("1");
	expect(PROBLEM_MARKET_PRICE_UNWANTED,
		   rate_tap(&sample.schedule, &tap, &bill, &p), &p, "a price");
	tap.meter = LABEL(INCH_12);
	expect(PROBLEM_NO_TAP, rate_tap(&sample.schedule, &tap, &bill, &p), &p,
		   "no tap of 12 inches");
	expect(PROBLEM_DETERMINED_FEE_MISSING,
		   rate_permit(&sample.schedule, &permit, &bill, &p), &p, "no fee");
	permit = (PermitFacts) {number("4"), number("200")};
	expect(PROBLEM_DETERMINED_FEE_UNWANTED,
		   rate_permit(&sample.schedule, &permit, &bill, &p), &p, "a fee");
	permit.line_inches = number("5");
	expect(PROBLEM_NO_PERMIT,
		   rate_permit(&sample.schedule, &permit, &bill, &p), &p, "5 inches");
	expect(PROBLEM_SQUARE_FEET_MISSING,
		   find_deposit(&sample.schedule, &deposit, &step, &p), &p, "a shop");
	deposit.category = LABEL(NOBODY);
	expect(PROBLEM_NO_DEPOSIT,
		   find_deposit(&sample.schedule, &deposit, &step, &p), &p, "nobody");
}

static void
opening_problems(void)
{
	OpeningFacts facts = {0};

	expect_opening(PROBLEM_NOTHING_ASKED, &facts, "nothing asked");
	facts.boring_feet = number("1");
	expect_opening(PROBLEM_BORING_INCHES_MISSING, &facts, "boring, no inches");
	facts.boring_line_inches = number("3");
	expect_opening(PROBLEM_NO_BORING, &facts, "boring for 3 inches");
	facts.with_tap = true;
	facts.tap.meter = LABEL(INCH_1);
	facts.tap.area = LABEL(AREA_INSIDE);
	facts.pipe_feet = number("81");
	expect_opening(PROBLEM_PIPE_QUOTE_MISSING, &facts, "81 feet, no quote");
	facts.excess_pipe_quote = number("1");
	sample.schedule.included_pipe_feet = NO_RATE;
	expect_opening(PROBLEM_NO_TERM, &facts, "no included feet");
	make_sample(&sample);
	facts.pipe_feet = number("80");
	expect_opening(PROBLEM_PIPE_QUOTE_UNWANTED, &facts, "80 feet and a quote");
	facts.pipe_feet = number("0");
	expect_opening(PROBLEM_ARGUMENT_WITHOUT, &facts, "a quote without pipe");
	facts.deposit_held = number("-0.01");
	expect_opening(PROBLEM_NEGATIVE, &facts, "a negative amount first");
}

/* What belongs to something that is not asked for */
static void
opening_belongings(void)
{
	OpeningFacts facts = {.connection = true,.pipe_feet = number("1")};

	expect_opening(PROBLEM_ARGUMENT_WITHOUT, &facts, "pipe without a tap");
	facts = (OpeningFacts) {.connection = true,.tap.compound = true};
	expect_opening(PROBLEM_ARGUMENT_WITHOUT, &facts, "compound without a tap");
	facts = (OpeningFacts) {.connection = true,
	.tap.market_price = number("0")};
	expect_opening(PROBLEM_ARGUMENT_WITHOUT, &facts, "a market price without a tap");
	facts = (OpeningFacts) {.connection = true,
	.deposit.square_feet = number("0")};
	expect_opening(PROBLEM_ARGUMENT_WITHOUT, &facts, "square feet without a category");
	facts = (OpeningFacts) {.connection = true,
	.boring_line_inches = number("1")};
	expect_opening(PROBLEM_ARGUMENT_WITHOUT, &facts, "boring inches without feet");
	facts = (OpeningFacts) {.connection = true,
	.permit.determined_fee = number("1")};
	expect_opening(PROBLEM_ARGUMENT_WITHOUT, &facts, "a determined fee without a line");
	facts = (OpeningFacts) {.with_deposit = true,
	.deposit.category = LABEL(NOBODY),.boring_feet = number("1")};
	expect_opening(PROBLEM_BORING_INCHES_MISSING, &facts,
				   "boring inches missing before a deposit without a row");
}

static void
delinquency_problems(void)
{
	DelinquencyFacts facts = {.mailed_on = 101,.unpaid = number("-1"),
		.as_of = 102,.noticed = true,.noticed_on = 120,.own_due_days = true,
	.due_days = -1,.first_date = 0,.last_date = 100};

	expect_delinquency(PROBLEM_NOT_A_DATE, &facts, "mailed too late");
	facts.mailed_on = 95;
	expect_delinquency(PROBLEM_NEGATIVE, &facts, "a negative amount");
	facts.unpaid = number("1");
	expect_delinquency(PROBLEM_NOT_A_DATE, &facts, "as of no date");
	facts.as_of = 94;
	expect_delinquency(PROBLEM_NOT_A_DATE, &facts, "noticed on no date");
	facts.noticed_on = 95;
	expect_delinquency(PROBLEM_NEGATIVE, &facts, "-1 days to pay");
	facts.due_days = 5;
	expect_delinquency(PROBLEM_BEFORE_MAILING, &facts, "before the mailing");
	facts.as_of = 96;
	expect_delinquency(PROBLEM_DATE_OUT_OF_RANGE, &facts, "late after the end");
	facts.due_days = 1;
	expect_delinquency(NO_PROBLEM, &facts, "noticed too early: not at all");
	facts.as_of = facts.noticed_on = 97;
	expect_delinquency(PROBLEM_DATE_OUT_OF_RANGE, &facts, "off after the end");
	sample.schedule.notice_days = NO_RATE;
	expect_delinquency(PROBLEM_NO_TERM, &facts, "no days of notice");
	make_sample(&sample);
}

static void
expect_gallons(ProblemCode code, const char *text, int64_t gallons)
{
	Number		value = number(text);
	Problem		p = {0};
	int64_t		read = 0;

	expect(code, gallons_from_number(&value, "gallons", &read, &p), &p, text);
	is_number(read, gallons, "gallons that were read");
}

static void
expect_count(ProblemCode code, const char *text, int32_t count)
{
	Number		value = number(text);
	Problem		p = {0};
	int32_t		read = 0;

	expect(code, count_from_number(&value, "dumping_stations", &read, &p), &p,
		   text);
	is_number(read, count, "the count that was read");
}

/* Of several faults of a number the first: none, negative, too large, part */
static void
numbers_as_read(void)
{
	expect_gallons(NO_PROBLEM, "1000000000000.000", MAX_GALLONS);
	expect_gallons(PROBLEM_NOT_FINITE, "NaN", 0);
	expect_gallons(PROBLEM_NOT_FINITE, "-Infinity", 0);
	expect_gallons(PROBLEM_NEGATIVE, "-0.5", 0);
	expect_gallons(PROBLEM_NEGATIVE, "-1000000000000000000000", 0);
	expect_gallons(PROBLEM_NEGATIVE, "-0.0000000001", 0);
	expect_gallons(PROBLEM_TOO_MANY_GALLONS, "1000000000001", 0);
	expect_gallons(PROBLEM_TOO_MANY_GALLONS, "1000000000000.5", 0);
	expect_gallons(PROBLEM_TOO_MANY_GALLONS, "10000000000000000000", 0);
	expect_gallons(PROBLEM_NOT_WHOLE_GALLONS, "6000.5", 0);
	expect_gallons(PROBLEM_NOT_WHOLE_GALLONS, "0.0000000001", 0);
	expect_count(NO_PROBLEM, "2147483647.0", INT32_MAX);
	expect_count(PROBLEM_NOT_FINITE, "NaN", 0);
	expect_count(PROBLEM_NEGATIVE, "-0.5", 0);
	expect_count(PROBLEM_TOO_LARGE, "2147483647.5", 0);
	expect_count(PROBLEM_TOO_LARGE, "10000000000000000000", 0);
	expect_count(PROBLEM_NOT_WHOLE_COUNT, "1.5", 0);
	expect_count(PROBLEM_NOT_WHOLE_COUNT, "0.0000000001", 0);
}

static void
expect_as_read(ProblemCode code, const BillFacts *facts,
			   ProblemCode unreadable, const char *what)
{
	BillFacts	read = *facts;
	Problem		first = {.code = unreadable};

	if (unreadable != NO_PROBLEM)
		read.unreadable = &first;
	(void) expect_bill(code, &read, what);
}

/* A value that cannot be read comes after the NULLs and before all else. */
static void
bill_as_read(void)
{
	BillFacts	facts = bill_facts(A1, INCH_12, -1);

	expect_as_read(PROBLEM_NEGATIVE, &facts, NO_PROBLEM, "all readable");
	expect_as_read(PROBLEM_INVALID_CLASS, &facts, PROBLEM_INVALID_CLASS,
				   "before the domains");
	facts.required = BILL_ARGUMENT(BILL_AREA);
	expect_as_read(PROBLEM_NULL, &facts, PROBLEM_INVALID_CLASS,
				   "after what the caller must know");
	facts.given |= BILL_ARGUMENT(BILL_AREA);
	expect_as_read(PROBLEM_INVALID_CLASS, &facts, PROBLEM_INVALID_CLASS,
				   "which is there now");
	facts.given &= ~BILL_ARGUMENT(BILL_METER);
	expect_as_read(PROBLEM_NULL, &facts, PROBLEM_INVALID_CLASS,
				   "after what the bill needs");
}

static void
check_all_reached(void)
{
	for (int i = 0; i < LENGTH(not_ours); i++)
		reached[not_ours[i]] = true;
	for (int code = 0; code < NUM_PROBLEMS; code++)
		ok(reached[code], "problem %d was found", code);
}

int
main(void)
{
	make_sample(&sample);
	bill_nulls();
	bill_gallons();
	bill_domains();
	bill_rates();
	bill_order();
	one_time_problems();
	opening_problems();
	opening_belongings();
	delinquency_problems();
	numbers_as_read();
	bill_as_read();
	check_all_reached();
	return done();
}
