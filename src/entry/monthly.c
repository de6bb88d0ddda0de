/*
 * monthly.c
 *	  Monthly charges: water_charge, sewer_charge, fire_sprinkler_charge,
 *	  bill, bill_total, billing_problem.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "entry/lines.h"
#include "entry/number.h"
#include "entry/rating_call.h"
#include "entry/services.h"
#include "rating/monthly.h"
#include "rating/one_time.h"

PG_FUNCTION_INFO_V1(water_charge);
PG_FUNCTION_INFO_V1(sewer_charge);
PG_FUNCTION_INFO_V1(fire_sprinkler_charge);
PG_FUNCTION_INFO_V1(bill);
PG_FUNCTION_INFO_V1(bill_total);
PG_FUNCTION_INFO_V1(billing_problem);
PG_FUNCTION_INFO_V1(billing_problem_code);

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
label_argument(FunctionCallInfo fcinfo, int argno, const LabelIndex *labels)
{
	return label_of(labels, PG_GETARG_OID(argno));
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
static inline void
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
	facts->class = label_argument(fcinfo, BILL_CLASS, &book->classes);
	facts->meter = label_argument(fcinfo, BILL_METER, &book->sizes);
	facts->gallons = bigint_argument(fcinfo, BILL_GALLONS);
	facts->area = label_argument(fcinfo, BILL_AREA, &book->areas);
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

/*
 * The one path of bill(), bill_total() and billing_problem(): find the
 * schedule, read the arguments, rate.
 */
static bool
make_bill(FunctionCallInfo fcinfo, bool with_lines, RatingCall *call,
		  Bill *result)
{
	BillFacts	facts = {0};
	Number		diameter;

	memset(result, 0, sizeof(Bill));
	if (!begin_rating(fcinfo, NUM_BILL_ARGUMENTS, call))
		return false;
	read_bill(fcinfo, call->book, &facts, &diameter);
	if (with_lines)
		result->lines = palloc(sizeof(BillLine) *
							   max_bill_lines(call->schedule));
	return rate_bill(call->book, call->schedule, &facts, result,
					 &call->problem);
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
	cents_t		charge;

	if (begin_rating(fcinfo, 4, &call) &&
		rate_water_charge(call.book, call.schedule,
						  given(fcinfo, 0, BILL_CLASS) |
						  given(fcinfo, 1, BILL_METER) |
						  given(fcinfo, 2, BILL_GALLONS) |
						  given(fcinfo, 3, BILL_AREA),
						  label_argument(fcinfo, 0, &call.book->classes),
						  label_argument(fcinfo, 1, &call.book->sizes),
						  label_argument(fcinfo, 3, &call.book->areas),
						  bigint_argument(fcinfo, 2), &charge, &call.problem))
		return cents_to_numeric(charge);
	null_or_error(&call);
	PG_RETURN_NULL();
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
	cents_t		charge;

	if (begin_rating(fcinfo, 4, &call) &&
		rate_sewer_charge(call.book, call.schedule,
						  given(fcinfo, 0, BILL_CLASS) |
						  given(fcinfo, 1, BILL_GALLONS) |
						  given(fcinfo, 2, BILL_AREA) |
						  given(fcinfo, 3, BILL_METERED),
						  label_argument(fcinfo, 0, &call.book->classes),
						  label_argument(fcinfo, 2, &call.book->areas),
						  PG_GETARG_BOOL(3), bigint_argument(fcinfo, 1), &charge,
						  &call.problem))
		return cents_to_numeric(charge);
	null_or_error(&call);
	PG_RETURN_NULL();
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

/*
 * bill(class, meter, gallons, area, metered, water, sewer, sewer_gallons,
 * fire_sprinkler, dumping_stations, services, service_date, schedule)
 *
 * The lines of a month's bill.
 */
Datum
bill(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	Bill		result;

	if (!make_bill(fcinfo, true, &call, &result))
	{
		null_or_error(&call);
		result.nlines = 0;
	}
	return return_lines(fcinfo, &call, &result);
}

/* bill_total(as bill): the sum of the lines. */
Datum
bill_total(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	Bill		result;

	if (make_bill(fcinfo, false, &call, &result))
		return cents_to_numeric(result.total);
	null_or_error(&call);
	PG_RETURN_NULL();
}

/* billing_problem(as bill): why the bill cannot be made, or NULL. */
Datum
billing_problem(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	Bill		result;

	if (make_bill(fcinfo, false, &call, &result))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(problem_message_text(&call));
}

/* billing_problem_code(as bill): its stable code, or NULL. */
Datum
billing_problem_code(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	Bill		result;

	if (make_bill(fcinfo, false, &call, &result))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(problem_code(&call)));
}
