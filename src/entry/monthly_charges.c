/*
 * monthly_charges.c
 *	  Monthly charges: water_charge, sewer_charge, fire_sprinkler_charge,
 *	  bill, bill_total, billing_problem.
 *
 * Most have a text form, which takes codes as text and gallons as numeric, as
 * cities keep them.  It reads them as the columns of a row of accounts are
 * read, except that a blank code is not NULL.  All else is the same.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "entry/bill_facts.h"
#include "entry/number.h"
#include "entry/rating_call.h"
#include "rating/monthly.h"
#include "rating/one_time.h"

PG_FUNCTION_INFO_V1(water_charge);
PG_FUNCTION_INFO_V1(water_charge_text);
PG_FUNCTION_INFO_V1(sewer_charge);
PG_FUNCTION_INFO_V1(sewer_charge_text);
PG_FUNCTION_INFO_V1(fire_sprinkler_charge);

/* How the text forms read the arguments of bill(), and of a single charge */
static const ValueKind bill_kinds[NUM_BILL_ARGUMENTS] = {
	[BILL_CLASS] = KIND_TEXT,
	[BILL_METER] = KIND_TEXT,
	[BILL_GALLONS] = KIND_NUMERIC,
	[BILL_AREA] = KIND_TEXT,
	[BILL_METERED] = KIND_BOOLEAN,
	[BILL_WATER] = KIND_BOOLEAN,
	[BILL_SEWER] = KIND_BOOLEAN,
	[BILL_SEWER_GALLONS] = KIND_NUMERIC,
	[BILL_FIRE_SPRINKLER] = KIND_NUMERIC,
	[BILL_DUMPING_STATIONS] = KIND_INT4,
	[BILL_SERVICES] = KIND_JSONB,
};
static const ValueKind water_kinds[NUM_BILL_ARGUMENTS] = {
	[BILL_CLASS] = KIND_TEXT,
	[BILL_METER] = KIND_TEXT,
	[BILL_GALLONS] = KIND_NUMERIC,
	[BILL_AREA] = KIND_TEXT,
};
static const ValueKind sewer_kinds[NUM_BILL_ARGUMENTS] = {
	[BILL_CLASS] = KIND_TEXT,
	[BILL_GALLONS] = KIND_NUMERIC,
	[BILL_AREA] = KIND_TEXT,
	[BILL_METERED] = KIND_BOOLEAN,
};

/* The bit of an argument that is not NULL. */
static inline unsigned
given(FunctionCallInfo fcinfo, int argno, BillArgument argument)
{
	return (unsigned) !PG_ARGISNULL(argno) << argument;
}

/*
 * The value of an enum as a Label.  That of a NULL argument means nothing,
 * but is harmless: whatever it is, it has a position or none.
 */
static inline Label
label_argument(FunctionCallInfo fcinfo, int argno, const RateBook *book,
			   RateType type)
{
	return label_of(&book->labels[type], PG_GETARG_OID(argno));
}

/*
 * A bigint, anything where it is NULL.  32-bit servers pass it by reference,
 * and NULL refers to nothing.
 */
static inline int64
bigint_argument(FunctionCallInfo fcinfo, int argno)
{
#ifndef USE_FLOAT8_BYVAL
	if (PG_ARGISNULL(argno))
		return 0;
#endif
	return PG_GETARG_INT64(argno);
}

/*
 * All arguments of bill().  The sprinkler's diameter goes to *diameter, which
 * must live as long as *facts.
 */
inlined void
read_bill(FunctionCallInfo fcinfo, const RateBook *book, BillFacts *facts,
		  Number *diameter)
{
	facts->given = given(fcinfo, BILL_CLASS, BILL_CLASS) |
		given(fcinfo, BILL_METER, BILL_METER) |
		given(fcinfo, BILL_GALLONS, BILL_GALLONS) |
		given(fcinfo, BILL_AREA, BILL_AREA) |
		given(fcinfo, BILL_METERED, BILL_METERED) |
		given(fcinfo, BILL_WATER, BILL_WATER) |
		given(fcinfo, BILL_SEWER, BILL_SEWER) |
		given(fcinfo, BILL_SEWER_GALLONS, BILL_SEWER_GALLONS) |
		given(fcinfo, BILL_FIRE_SPRINKLER, BILL_FIRE_SPRINKLER) |
		given(fcinfo, BILL_DUMPING_STATIONS, BILL_DUMPING_STATIONS);
	facts->class = label_argument(fcinfo, BILL_CLASS, book, TYPE_CLASS);
	facts->meter = label_argument(fcinfo, BILL_METER, book, TYPE_SIZE);
	facts->gallons = bigint_argument(fcinfo, BILL_GALLONS);
	facts->area = label_argument(fcinfo, BILL_AREA, book, TYPE_AREA);
	facts->metered = PG_GETARG_BOOL(BILL_METERED);
	facts->water = PG_GETARG_BOOL(BILL_WATER);
	facts->sewer = PG_GETARG_BOOL(BILL_SEWER);
	facts->sewer_gallons = bigint_argument(fcinfo, BILL_SEWER_GALLONS);
	facts->dumping_stations = PG_GETARG_INT32(BILL_DUMPING_STATIONS);
	if (!PG_ARGISNULL(BILL_FIRE_SPRINKLER))
	{
		*diameter = number_argument(fcinfo, BILL_FIRE_SPRINKLER);
		facts->fire_sprinkler = diameter;
	}
	if (!PG_ARGISNULL(BILL_SERVICES))
		facts->services = services_from_jsonb(PG_GETARG_JSONB_P(BILL_SERVICES));
}

/* Read the arguments of a text form, in the order of bill()'s. */
static void
read_texts(const NullableDatum *values, const ValueKind *kinds,
		   const RatingCall *call, ReadFacts *facts)
{
	ValueReader reader = {
		.kinds = kinds,
		.values = values,
		.book = call->schedule->book,
		.schedule = call->schedule
	};

	clear_facts(facts);
	read_bill_facts(&reader, facts);
}

/* Water alone, or sewer alone, in a text form */
static Datum
charge_of_texts(FunctionCallInfo fcinfo, const NullableDatum *values,
				const ValueKind *kinds, bool water)
{
	RatingCall	call;
	ReadFacts	facts;
	cents_t		charge = 0;

	if (begin_rating(fcinfo, 4, &call))
	{
		read_texts(values, kinds, &call, &facts);
		facts.bill.water = water;
		facts.bill.sewer = !water;
		if (rate_charge(call.schedule, &facts.bill, &charge, &call.problem))
			return cents_to_numeric(charge);
	}
	null_or_error(&call);
	PG_RETURN_NULL();
}

/*
 * water_charge(class, meter, gallons, area, service_date, schedule)
 *
 * Dollars for a month of water, § 114-54(c)(2).
 */
Datum
water_charge(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	cents_t		charge = 0;

	if (begin_rating(fcinfo, 4, &call) &&
		rate_water_charge(call.schedule,
						  given(fcinfo, 0, BILL_CLASS) |
						  given(fcinfo, 1, BILL_METER) |
						  given(fcinfo, 2, BILL_GALLONS) |
						  given(fcinfo, 3, BILL_AREA),
						  label_argument(fcinfo, 0, call.schedule->book, TYPE_CLASS),
						  label_argument(fcinfo, 1, call.schedule->book, TYPE_SIZE),
						  label_argument(fcinfo, 3, call.schedule->book, TYPE_AREA),
						  bigint_argument(fcinfo, 2), &charge, &call.problem))
		return cents_to_numeric(charge);
	null_or_error(&call);
	PG_RETURN_NULL();
}

Datum
water_charge_text(PG_FUNCTION_ARGS)
{
	return charge_of_texts(fcinfo, fcinfo->args, water_kinds, true);
}

/*
 * sewer_charge(class, gallons, area, metered, service_date, schedule)
 *
 * Dollars for a month of sewer, § 114-54(b)(2).
 */
Datum
sewer_charge(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	cents_t		charge = 0;

	if (begin_rating(fcinfo, 4, &call) &&
		rate_sewer_charge(call.schedule,
						  given(fcinfo, 0, BILL_CLASS) |
						  given(fcinfo, 1, BILL_GALLONS) |
						  given(fcinfo, 2, BILL_AREA) |
						  given(fcinfo, 3, BILL_METERED),
						  label_argument(fcinfo, 0, call.schedule->book, TYPE_CLASS),
						  label_argument(fcinfo, 2, call.schedule->book, TYPE_AREA),
						  PG_GETARG_BOOL(3), bigint_argument(fcinfo, 1), &charge,
						  &call.problem))
		return cents_to_numeric(charge);
	null_or_error(&call);
	PG_RETURN_NULL();
}

Datum
sewer_charge_text(PG_FUNCTION_ARGS)
{
	NullableDatum values[NUM_BILL_ARGUMENTS];

	values[BILL_CLASS] = fcinfo->args[0];
	values[BILL_GALLONS] = fcinfo->args[1];
	values[BILL_AREA] = fcinfo->args[2];
	values[BILL_METERED] = fcinfo->args[3];
	return charge_of_texts(fcinfo, values, sewer_kinds, false);
}

/*
 * fire_sprinkler_charge(diameter, service_date, schedule)
 *
 * Dollars for a month of a connection for fire protection only,
 * § 114-54(c)(2); the diameter in inches.
 */
Datum
fire_sprinkler_charge(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	Bill		charge = {0};

	if (begin_rating(fcinfo, 1, &call))
	{
		Number		diameter = number_argument(fcinfo, 0);

		if (rate_fire_sprinkler(call.schedule, &diameter, &charge,
								&call.problem))
			return cents_to_numeric(charge.total);
	}
	null_or_error(&call);
	PG_RETURN_NULL();
}

/* Rate the arguments of the text form of bill(). */
static pg_noinline bool
rate_texts(FunctionCallInfo fcinfo, RatingCall *call, Bill *result)
{
	ReadFacts	facts;

	read_texts(fcinfo->args, bill_kinds, call, &facts);
	return rate_bill(call->schedule, &facts.bill, result, &call->problem);
}

/* Rate the arguments of bill(). */
inlined bool
rate_arguments(FunctionCallInfo fcinfo, RatingCall *call, Bill *result)
{
	BillFacts	facts = {0};
	Number		diameter;

	read_bill(fcinfo, call->schedule->book, &facts, &diameter);
	return rate_bill(call->schedule, &facts, result, &call->problem);
}

/*
 * The one path of bill(), bill_total() and billing_problem(): find the
 * schedule, read the arguments, rate.
 */
inlined bool
make_bill(FunctionCallInfo fcinfo, bool as_text, bool with_lines,
		  RatingCall *call, Bill *result)
{
	memset(result, 0, sizeof(Bill));
	if (!begin_rating(fcinfo, NUM_BILL_ARGUMENTS, call))
		return false;
	if (with_lines)
		result->lines = palloc(sizeof(BillLine) *
							   max_bill_lines(call->schedule));
	return as_text ? rate_texts(fcinfo, call, result) :
		rate_arguments(fcinfo, call, result);
}

/*
 * bill(class, meter, gallons, area, metered, water, sewer, sewer_gallons,
 * fire_sprinkler, dumping_stations, services, service_date, schedule)
 *
 * The lines of a month's bill.
 */
static Datum
bill_lines(FunctionCallInfo fcinfo, bool as_text)
{
	RatingCall	call;
	Bill		result;
	bool		rated = make_bill(fcinfo, as_text, true, &call, &result);

	return return_lines(fcinfo, &call, rated, &result);
}

TWO_FORMS(bill, bill_lines);

/* bill_total(as bill): the sum of the lines. */
static Datum
bill_sum(FunctionCallInfo fcinfo, bool as_text)
{
	RatingCall	call;
	Bill		result;

	if (make_bill(fcinfo, as_text, false, &call, &result))
		return cents_to_numeric(result.total);
	null_or_error(&call);
	PG_RETURN_NULL();
}

TWO_FORMS(bill_total, bill_sum);

/* billing_problem(as bill): why the bill cannot be made, or NULL. */
static Datum
bill_problem(FunctionCallInfo fcinfo, bool as_text)
{
	RatingCall	call;
	Bill		result;

	if (make_bill(fcinfo, as_text, false, &call, &result))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(problem_message(&call));
}

TWO_FORMS(billing_problem, bill_problem);

/* billing_problem_code(as bill): its stable code, or NULL. */
static Datum
bill_problem_code(FunctionCallInfo fcinfo, bool as_text)
{
	RatingCall	call;
	Bill		result;

	if (make_bill(fcinfo, as_text, false, &call, &result))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(problem_code(&call));
}

TWO_FORMS(billing_problem_code, bill_problem_code);
