/*
 * unit_services.c
 *		Service charges and sewer blocks: which lines, how many, of what.
 */
#include "check.h"
#include "bill_checks.h"
#include "sample_book.h"

#define LENGTH(array)	((int) (sizeof(array) / sizeof((array)[0])))
#define ROOM			24

static Sample sample;
static BillLine lines[ROOM];
static ServiceRequest requests[8];
static ServiceRequests services;

enum
{
	BRUSH, DRAINAGE, DROUGHT, GARBAGE, SENIOR, TAX, NUM_CHARGES
};

static ServiceCharge charges[NUM_CHARGES];
static ServiceCharge outside_charges[1];
static cents_t amounts[NUM_CHARGES];

/* Charges of A1, in their order, and one of the outside class. */
static void
make_services(void)
{
	static const int base_charges[] = {GARBAGE, SENIOR};

	make_sample(&sample);
	charges[BRUSH] = (ServiceCharge) {.fee = {.code = "brush",.amount = 40000},
	.unit = SERVICE_PER_MONTH};
	charges[DRAINAGE] = (ServiceCharge) {.fee = {.code = "drainage",
		.amount = 30000},.unit = SERVICE_PER_MONTH,.every_bill = true};
	charges[DROUGHT] = (ServiceCharge) {.fee = {.code = "drought",
		.amount = 7500},.unit = SERVICE_PER_1000_GALLONS,.above = 10000,
	.every_bill = true};
	charges[GARBAGE] = (ServiceCharge) {.fee = {.code = "garbage",
	.amount = 172505},.unit = SERVICE_PER_EACH};
	charges[SENIOR] = (ServiceCharge) {.fee = {.code = "senior",
	.amount = -250000},.unit = SERVICE_PER_MONTH};
	charges[TAX] = (ServiceCharge) {.fee = {.code = "tax",.amount = 82500},
		.unit = SERVICE_PER_DOLLAR,
		.base_lines = UINT32_C(1) << LINE_WATER_VOLUME,
	.nbase = LENGTH(base_charges),.base_charges = base_charges};
	for (int i = 0; i < NUM_CHARGES; i++)
		(void) multiply_to_cents(decimal_of_count(1),
								 service_rate(&charges[i]),
								 &charges[i].amount_of_one);
	outside_charges[0] = charges[DRAINAGE];
	outside_charges[0].fee.amount = 60000;
	outside_charges[0].amount_of_one = 600;
	sample.classes[A1].services = charges;
	sample.classes[A1].nservices = NUM_CHARGES;
	sample.classes[A8].services = outside_charges;
	sample.classes[A8].nservices = 1;
	sample.schedule.max_services = NUM_CHARGES;
	sample.schedule.service_amounts = amounts;
	services = (ServiceRequests) {.requests = requests};
}

/* Ask for a service. */
static void
ask(const char *code, const char *quantity)
{
	requests[services.n++] = (ServiceRequest)
	{
		.code = code,.quantity = number(quantity)
	};
}

/* Rate with lines and without: the total, or a problem as a negative number */
static int64_t
rate(BillFacts *facts, Bill *bill)
{
	Bill		total = {0};
	Problem		p = {0};

	facts->services = services.n > 0 ? &services : NULL;
	*bill = (Bill) {.lines = lines};
	if (!rate_bill(&sample.schedule, facts, bill, &p))
		return -1000000 - (int64_t) p.code;
	if (!rate_bill(&sample.schedule, facts, &total, &p) ||
		total.total != bill->total ||
		!adds_up(bill, max_bill_lines(&sample.schedule)))
		return -1;
	return bill->total;
}

static void
expect(BillFacts facts, int64_t cents, const char *what)
{
	Bill		bill;

	is_number(rate(&facts, &bill), cents, what);
	services.n = 0;
}

static void
expect_problem(BillFacts facts, ProblemCode code, const char *what)
{
	expect(facts, -1000000 - (int64_t) code, what);
}

static void
check_quantities(void)
{
	BillFacts	house = bill_facts(A1, INCH_3_4, 6000);

	expect(house, 4045 + 300, "drainage is on every bill");
	ask("drainage", "0");
	expect(house, 4045, "0 exempts");
	ask("drainage", "1.0");
	expect(house, 4045 + 300, "what is on every bill may be named");
	ask("garbage", "2");
	expect(house, 4045 + 300 + 3450, "two cans at 17.2505: 34.501");
	ask("garbage", "1.5");
	expect(house, 4045 + 300 + 2588, "an ERU of 1.5: 25.87575");
	ask("garbage", "0.000000001");
	expect(house, 4045 + 300, "nine decimals, less than a cent");
	ask("senior", "1");
	expect(house, 4045 + 300 - 2500, "a credit");
	ask("brush", "1");
	ask("garbage", "0");
	expect(house, 4045 + 300 + 400, "0 of what nobody has by default");
}

static void
check_volumes(void)
{
	static const int64_t gallons[] = {10000, 10006, 10007, 25000};
	static const int64_t cents[] = {0, 0, 1, 1125};

	for (int i = 0; i < LENGTH(gallons); i++)
	{
		BillFacts	facts = bill_facts(A1, INCH_3_4, gallons[i]);
		Bill		without;
		int64_t		rest;

		ask("drought", "0");
		rest = rate(&facts, &without);
		services.n = 0;
		expect(facts, rest + cents[i], "a surcharge above 10,000 gallons");
		facts.water = false;
		expect(facts, 900 + (gallons[i] * 145 + 500) / 1000 + 300,
			   "no water, no surcharge");
	}
	sample.schedule.volume_step = 1000;
	expect(bill_facts(A1, INCH_3_4, 11999),
		   1150 + 2250 + 900 + 1740 + 300 + 75, "in whole steps");
	make_services();
	{
		BillFacts	facts = bill_facts(A1, INCH_3_4, 25000);

		facts.metered = false;
		expect(facts, 1150 + 2600 + 300, "no meter, no surcharge");
	}
}

/* Taken of the lines as they are printed */
static void
check_dollars(void)
{
	BillFacts	house = bill_facts(A1, INCH_3_4, 25000);
	Bill		bill;

	ask("tax", "1");
	ask("garbage", "2");
	is_number(rate(&house, &bill), 11200 + 300 + 1125 + 3450 + 740,
			  "8.25 percent of 55.25 and 34.50");
	is_number(bill.nlines, 9, "nine lines");
	ok(bill.lines[8].fee == &charges[TAX].fee, "the tax is the last");
	is_number(bill.lines[8].quantity.value, 8975, "its quantity is dollars");
	services.n = 0;
	ask("tax", "1");
	ask("senior", "1");
	ask("drought", "0");
	house.water = house.sewer = false;
	expect(house, 300 - 2500 - 206, "a tax of a credit: -2.0625");
	ask("tax", "1");
	ask("drainage", "0");
	expect(house, 0, "a tax of nothing has no line");
}

/* Lines: water, sewer, dumping stations, sprinkler, services by code */
static void
check_order(void)
{
	static const LineKind kinds[] = {LINE_WATER_MINIMUM, LINE_WATER_VOLUME,
		LINE_SEWER_FIXED, LINE_SEWER_VOLUME, LINE_DUMPING_STATION,
		LINE_FIRE_SPRINKLER, LINE_SERVICE, LINE_SERVICE, LINE_SERVICE,
	LINE_SERVICE};
	static const char *const codes[] = {"brush", "drainage", "garbage", "tax"};
	BillFacts	facts = bill_facts(A1, INCH_3_4, 6000);
	Number		inches = number("1");
	Bill		bill;

	facts.given |= BILL_ARGUMENT(BILL_FIRE_SPRINKLER);
	facts.fire_sprinkler = &inches;
	facts.dumping_stations = 1;
	ask("brush", "1");
	ask("tax", "1");
	ask("garbage", "1");
	ok(rate(&facts, &bill) > 0, "a bill with everything");
	services.n = 0;
	is_number(bill.nlines, LENGTH(kinds), "ten lines");
	for (int i = 0; i < LENGTH(kinds); i++)
		is_number(bill.lines[i].kind, kinds[i], "their order");
	for (int i = 0; i < LENGTH(codes); i++)
		ok(strcmp(bill.lines[6 + i].fee->code, codes[i]) == 0, "%s", codes[i]);
	is_number(bill.lines[6].key.class_id, 100 + A1, "the class of the row");
	is_number(bill.lines[6].key.from_gallons, 0, "no volume");
}

static void
check_place(void)
{
	BillFacts	facts = bill_facts(A1, INCH_3_4, 6000);
	Bill		bill;

	facts.given |= BILL_ARGUMENT(BILL_AREA);
	facts.area = LABEL(AREA_OUTSIDE);
	is_number(rate(&facts, &bill), 2879 + 2600 + 600,
			  "outside the row of the outside class");
	is_number(bill.lines[bill.nlines - 1].key.class_id, 100 + A8,
			  "which is named");
	ask("garbage", "1");
	expect_problem(facts, PROBLEM_SERVICE_UNKNOWN, "which has no garbage");
	facts = bill_facts(A6, INCH_3_4, 0);
	facts.given |= BILL_ARGUMENT(BILL_AREA);
	facts.area = LABEL(AREA_OUTSIDE);
	facts.water = facts.sewer = false;
	ask("garbage", "1");
	expect_problem(facts, PROBLEM_NEVER_OUTSIDE, "a class that is not outside");
}

static void
check_alone(void)
{
	BillFacts	facts = bill_facts(A1, INCH_3_4, 0);

	facts.water = facts.sewer = false;
	expect_problem(facts, PROBLEM_NOTHING_TO_BILL,
				   "charges on every bill alone are nothing to bill");
	ask("garbage", "0");
	expect_problem(facts, PROBLEM_NOTHING_TO_BILL, "nor is a quantity of 0");
	ask("garbage", "1");
	expect(facts, 1725 + 300, "garbage alone is, with what is on every bill");
	facts.given &= ~(BILL_ARGUMENT(BILL_METER) | BILL_ARGUMENT(BILL_GALLONS));
	ask("garbage", "1");
	expect(facts, 1725 + 300, "without a meter");
	facts.class = NO_LABEL;
	ask("garbage", "1");
	expect_problem(facts, PROBLEM_NO_CLASS_RULE, "of no class");
}

static void
check_problems(void)
{
	BillFacts	facts = bill_facts(A1, INCH_3_4, 6000);

	ask("recycling", "0");
	expect_problem(facts, PROBLEM_SERVICE_UNKNOWN, "an unknown code, also at 0");
	ask("garbage", "-1");
	expect_problem(facts, PROBLEM_SERVICE_NEGATIVE, "-1 can");
	ask("recycling", "-1e30");
	requests[0].quantity = number("-1000000000000000000000000000000");
	expect_problem(facts, PROBLEM_SERVICE_NEGATIVE, "far below zero");
	ask("garbage", "1000000000000000000000000000000");
	expect_problem(facts, PROBLEM_SERVICE_TOO_LARGE, "too many cans");
	ask("garbage", "0.0000000001");
	expect_problem(facts, PROBLEM_SERVICE_TOO_FINE, "ten decimals");
	ask("drainage", "2");
	expect_problem(facts, PROBLEM_SERVICE_NOT_ONCE, "a month twice");
	ask("drought", "0.5");
	expect_problem(facts, PROBLEM_SERVICE_NOT_ONCE, "half a surcharge");
	ask("tax", "2");
	expect_problem(facts, PROBLEM_SERVICE_NOT_ONCE, "a tax twice");
	ask("garbage", "-1");
	facts.meter = LABEL(INCH_12);
	expect_problem(facts, PROBLEM_SERVICE_NEGATIVE, "a quantity before rates");
	ask("recycling", "1");
	expect_problem(facts, PROBLEM_NO_MINIMUM, "an unknown code after the meter");
	ask("recycling", "1");
	requests[0].fault = PROBLEM_SERVICE_REPEATED;
	facts.dumping_stations = -1;
	expect_problem(facts, PROBLEM_NEGATIVE, "arguments in their order");
	ask("recycling", "1");
	requests[0].fault = PROBLEM_SERVICE_REPEATED;
	facts.dumping_stations = 0;
	expect_problem(facts, PROBLEM_SERVICE_REPEATED, "what cannot be read");
	charges[GARBAGE].fee.amount = INT64_C(9999999999999);
	ask("garbage", "9000000000000");
	facts = bill_facts(A1, INCH_3_4, 6000);
	expect_problem(facts, PROBLEM_OUT_OF_RANGE, "more than an amount can hold");
	make_services();
}

/* Blocks above 0 and 5,000 gallons; a cap above 15,000 */
static void
check_sewer_blocks(void)
{
	static VolumeBlock blocks[] = {{0, 5000, 15200, NULL, NULL},
	{5000, 15000, 18800, NULL, NULL}, {15000, INT64_MAX, 0, NULL, NULL}};
	static const int64_t gallons[] = {0, 1, 5000, 5001, 15000, 15001,
	MAX_GALLONS};
	static const int64_t cents[] = {0, 0, 760, 760, 2640, 2640, 2640};
	SewerRate  *sewer = &sample.classes[A1].sewer;
	BillFacts	facts = bill_facts(A1, INCH_3_4, 0);
	Bill		bill;

	sewer->blocks = blocks;
	sewer->nblocks = LENGTH(blocks);
	sample.schedule.max_sewer_blocks = LENGTH(blocks);
	facts.water = false;
	for (int i = 0; i < LENGTH(gallons); i++)
	{
		facts.gallons = gallons[i];
		expect(facts, 900 + cents[i] + 300, "sewer by blocks");
	}
	(void) rate(&facts, &bill);
	is_number(bill.nlines, 5, "a cap is a line of 0.00");
	is_number(bill.lines[3].key.from_gallons, 15001, "from the gallon above it");
	is_number(bill.lines[3].key.to_gallons, 0, "without an end");
	sewer->factor = 9001;
	facts.gallons = 5556;		/* 5,000.9556 */
	is_number(rate(&facts, &bill), 900 + 760 + 0 + 300, "parts of a gallon");
	is_number(bill.lines[2].quantity.value, 9556, "in the block they fall into");
	facts.gallons = 16665;		/* 15,000.1665 */
	is_number(rate(&facts, &bill), 900 + 2640 + 300, "and beyond the cap");
	is_number(bill.lines[2].quantity.value, INT64_C(100000000),
			  "the block before it is full");
	sewer->factor = 20000;
	facts.gallons = 2501;
	expect(facts, 900 + 760 + 0 + 300, "a whole factor");
	sewer->factor = INT64_C(9999999990000);
	facts.gallons = MAX_GALLONS;
	expect_problem(facts, PROBLEM_OUT_OF_RANGE, "a volume beyond 64 bits");
	make_services();
}

int
main(void)
{
	make_services();
	is_number(monthly_charge_line("sewer_flat"), LINE_SEWER_FLAT, "a fee's line");
	is_number(monthly_charge_line("water_volume"), LINE_WATER_VOLUME,
			  "another charge's line");
	is_number(monthly_charge_line("deposit"), -1, "no monthly charge");
	check_quantities();
	check_volumes();
	check_dollars();
	check_order();
	check_place();
	check_alone();
	check_problems();
	check_sewer_blocks();
	return done();
}
