/*
 * unit_one_time.c
 *		Fees, meter tests, taps, sewer permits and deposits.
 */
#include "check.h"
#include "bill_checks.h"
#include "sample_book.h"

#define LENGTH(array)	((int) (sizeof(array) / sizeof((array)[0])))

static Sample sample;

/* What a rating came to: cents, or the problem as a negative number. */
static int64_t
came_to(bool rated, const Bill *bill, const Problem *p)
{
	return rated ? bill->total : -(int64_t) p->code;
}

static Number
number_or_null(const char *text)
{
	return text != NULL ? number(text) : (Number) {0};
}

static void
check_fee(const char *code, const char *quantity, int64_t expected)
{
	Number		many = number(quantity);
	Bill		bill = {0};
	Problem		p = {0};
	bool		rated = rate_fee(&sample.schedule, code, strlen(code), &many,
								 &bill, &p);

	if (!ok(came_to(rated, &bill, &p) == expected, "fee %s, %s", code,
			quantity))
		printf("# %" PRId64 "\n", came_to(rated, &bill, &p));
}

static void
check_fees(void)
{
	check_fee("service", "1", -PROBLEM_NO_FEE);
	check_fee("", "1", -PROBLEM_NO_FEE);
	check_fee("connection", "1", 2000);
	check_fee("connection", "3.00", 6000);
	check_fee("connection", "0", 0);
	check_fee("connection", "0.5", -PROBLEM_PART_OF_A_UNIT);
	check_fee("street_cut_concrete", "18.5", 27750);
	check_fee("boring", "0.0004", 0);
	check_fee("boring", "0.00042", 1);
	check_fee("late_fee", "40.45", 202);
	check_fee("late_fee", "50.10", 251);
	check_fee("boring", "-1", -PROBLEM_NEGATIVE);
	check_fee("boring", "NaN", -PROBLEM_NOT_FINITE);
	check_fee("nothing", "Infinity", -PROBLEM_NOT_FINITE);
	check_fee("boring", "0.0000000001", -PROBLEM_TOO_FINE);
	check_fee("boring", "10000000000000000000", -PROBLEM_TOO_LARGE);
	check_fee("boring", "9223372036854775807", -PROBLEM_OUT_OF_RANGE);
}

static void
check_meter_test(const char *billed, const char *corrected, int64_t expected)
{
	Number		was = number_or_null(billed);
	Number		should = number_or_null(corrected);
	Bill		bill = {0};
	Problem		p = {0};
	bool		rated = rate_meter_test(&sample.schedule, &was, &should, &bill,
										&p);

	is_number(came_to(rated, &bill, &p), expected, "meter test");
}

static void
check_meter_tests(void)
{
	check_meter_test(NULL, NULL, 2000);
	check_meter_test("12.50", "10.00", 0);
	check_meter_test("12.49", "10.00", 2000);
	check_meter_test("10.00", "12.50", 2000);
	check_meter_test("11.50", "0", 0);
	check_meter_test("11.50", NULL, -PROBLEM_NULL);
	check_meter_test(NULL, "NaN", -PROBLEM_NULL);
	check_meter_test("-1", "10", -PROBLEM_NEGATIVE);
	check_meter_test("10", "NaN", -PROBLEM_NOT_FINITE);
	sample.schedule.waiver_overcharge = NO_RATE;
	check_meter_test(NULL, NULL, 2000);
	check_meter_test("12.50", "10.00", -PROBLEM_NO_TERM);
	make_sample(&sample);
}

typedef struct TapExample
{
	Label		meter;
	Label		area;
	bool		compound;
	const char *market_price;
	int64_t		expected;
} TapExample;

static void
check_taps(void)
{
	static const TapExample examples[] = {
		{LABEL(INCH_3_4), LABEL(AREA_INSIDE), false, NULL, 48000},
		{LABEL(INCH_3_4), LABEL(AREA_OUTSIDE), false, NULL, 68000},
		{LABEL(INCH_1), LABEL(AREA_OUTSIDE), false, NULL, 75000},
		{LABEL(INCH_2), LABEL(AREA_INSIDE), true, NULL, 270000},
		{LABEL(INCH_2), LABEL(AREA_OUTSIDE), true, NULL, 300000},
		{LABEL(INCH_2), LABEL(AREA_INSIDE), false, NULL, -PROBLEM_NO_TAP},
		{LABEL(INCH_1), LABEL(AREA_INSIDE), true, NULL, -PROBLEM_NO_TAP},
		{LABEL(INCH_3), LABEL(AREA_INSIDE), false, "4000.505", 400051},
		{LABEL(INCH_3), LABEL(AREA_INSIDE), false, "0", 0},
		{LABEL(INCH_3), LABEL(AREA_INSIDE), false, NULL,
		-PROBLEM_MARKET_PRICE_MISSING},
		{LABEL(INCH_1), LABEL(AREA_INSIDE), false, "1",
		-PROBLEM_MARKET_PRICE_UNWANTED},
		{LABEL(INCH_1), LABEL(AREA_INSIDE), false, "0",
		-PROBLEM_MARKET_PRICE_UNWANTED},
		{LABEL(INCH_12), LABEL(AREA_INSIDE), false, NULL, -PROBLEM_NO_TAP},
		{NO_LABEL, LABEL(AREA_INSIDE), false, NULL, -PROBLEM_NO_TAP},
		{LABEL(INCH_1), NO_LABEL, false, NULL, -PROBLEM_NO_TAP},
		{LABEL(INCH_1), LABEL(NUM_AREAS), false, NULL, -PROBLEM_NO_TAP},
		{NO_LABEL, NO_LABEL, false, "-1", -PROBLEM_NEGATIVE},
		{LABEL(INCH_3), LABEL(AREA_INSIDE), false, "922337203685477580.7",
		-PROBLEM_OUT_OF_RANGE},
	};

	for (int i = 0; i < LENGTH(examples); i++)
	{
		TapFacts	facts = {examples[i].meter, examples[i].area,
			examples[i].compound, number_or_null(examples[i].market_price)};
		Bill		bill = {0};
		Problem		p = {0};
		bool		rated = rate_tap(&sample.schedule, &facts, &bill, &p);

		is_number(came_to(rated, &bill, &p), examples[i].expected, "tap");
	}
}

static void
check_permits(void)
{
	static const struct
	{
		const char *inches;
		const char *fee;
		int64_t		expected;
	}			examples[] = {
		{"4", NULL, 20000}, {"4.000", NULL, 20000}, {"6", NULL, 23000},
		{"5", NULL, -PROBLEM_NO_PERMIT}, {"3.999999999", NULL, -PROBLEM_NO_PERMIT},
		{"6.000000001", "500", 50000}, {"8", "500", 50000},
		{"8", NULL, -PROBLEM_DETERMINED_FEE_MISSING}, {"8", "0", 0},
		{"20", "1.005", 101}, {"20.5", NULL, 90000},
		{"20.5", "1", -PROBLEM_DETERMINED_FEE_UNWANTED},
		{"4", "200", -PROBLEM_DETERMINED_FEE_UNWANTED},
		{"0", NULL, -PROBLEM_NOT_POSITIVE}, {"-4", NULL, -PROBLEM_NEGATIVE},
		{"NaN", NULL, -PROBLEM_NOT_FINITE}, {"5", "-1", -PROBLEM_NEGATIVE},
	};

	for (int i = 0; i < LENGTH(examples); i++)
	{
		PermitFacts facts = {number(examples[i].inches),
		number_or_null(examples[i].fee)};
		Bill		bill = {0};
		Problem		p = {0};
		bool		rated = rate_permit(&sample.schedule, &facts, &bill, &p);

		is_number(came_to(rated, &bill, &p), examples[i].expected,
				  "sewer permit");
	}
}

static void
check_deposits(void)
{
	static const struct
	{
		Label		category;
		const char *square_feet;
		int64_t		expected;	/* ten-thousandths */
	}			examples[] = {
		{LABEL(HOMEOWNER), NULL, 1000000}, {LABEL(HOMEOWNER), "9999", 1000000},
		{LABEL(HOMEOWNER), "-1", -PROBLEM_NEGATIVE},
		{LABEL(SHOP), NULL, -PROBLEM_SQUARE_FEET_MISSING},
		{LABEL(SHOP), "0", 1500000}, {LABEL(SHOP), "2000", 1500000},
		{LABEL(SHOP), "2000.000000001", 2500000},
		{LABEL(SHOP), "5000", 2500000}, {LABEL(SHOP), "5000.1", 3500000},
		{LABEL(SHOP), "10000.00", 3500000}, {LABEL(SHOP), "10001", 5000000},
		{LABEL(SHOP), "9223372036854775807", 5000000},
		{LABEL(BARN), NULL, -PROBLEM_SQUARE_FEET_MISSING},
		{LABEL(BARN), "500", -PROBLEM_NO_DEPOSIT},
		{LABEL(BARN), "500.1", 7000000},
		{LABEL(NOBODY), NULL, -PROBLEM_NO_DEPOSIT},
		{NO_LABEL, NULL, -PROBLEM_NO_DEPOSIT},
		{NO_LABEL, "NaN", -PROBLEM_NOT_FINITE},
	};

	for (int i = 0; i < LENGTH(examples); i++)
	{
		DepositFacts facts = {examples[i].category,
		number_or_null(examples[i].square_feet)};
		const DepositStep *step = NULL;
		Problem		p = {0};
		bool		found = find_deposit(&sample.schedule, &facts, &step, &p);

		is_number(found ? step->deposit : -(int64_t) p.code,
				  examples[i].expected, "deposit");
	}
}

int
main(void)
{
	make_sample(&sample);
	check_fees();
	check_meter_tests();
	check_taps();
	check_permits();
	check_deposits();
	return done();
}
