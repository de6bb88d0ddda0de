/*
 * monthly.c
 *	  Monthly charges: water_charge, sewer_charge, fire_sprinkler_charge,
 *	  bill, bill_total, billing_problem.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "entry/lines.h"
#include "entry/monthly.h"
#include "entry/number.h"
#include "rating/one_time.h"

PG_FUNCTION_INFO_V1(water_charge);
PG_FUNCTION_INFO_V1(sewer_charge);
PG_FUNCTION_INFO_V1(fire_sprinkler_charge);
PG_FUNCTION_INFO_V1(bill);
PG_FUNCTION_INFO_V1(bill_total);
PG_FUNCTION_INFO_V1(billing_problem);

/* What every bill needs and the single charges do not ask for. */
#define GIVEN_FLAGS \
	(BILL_ARGUMENT(BILL_METERED) | BILL_ARGUMENT(BILL_WATER) | \
	 BILL_ARGUMENT(BILL_SEWER) | BILL_ARGUMENT(BILL_DUMPING_STATIONS))

/* Note that the argument is given, if it is. */
static inline bool
given(FunctionCallInfo fcinfo, int argno, BillArgument argument,
	  BillFacts *facts)
{
	if (PG_ARGISNULL(argno))
		return false;
	facts->given |= BILL_ARGUMENT(argument);
	return true;
}

static inline void
read_class(FunctionCallInfo fcinfo, int argno, const RateBook *book,
		   BillFacts *facts)
{
	if (given(fcinfo, argno, BILL_CLASS, facts))
		facts->class = label_of(&book->classes, PG_GETARG_OID(argno));
	else
		facts->class.index = -1;
}

static inline void
read_meter(FunctionCallInfo fcinfo, int argno, const RateBook *book,
		   BillFacts *facts)
{
	if (given(fcinfo, argno, BILL_METER, facts))
		facts->meter = label_of(&book->sizes, PG_GETARG_OID(argno));
}

static inline void
read_area(FunctionCallInfo fcinfo, int argno, const RateBook *book,
		  BillFacts *facts)
{
	if (given(fcinfo, argno, BILL_AREA, facts))
		facts->area = label_of(&book->areas, PG_GETARG_OID(argno));
}

static inline void
read_gallons(FunctionCallInfo fcinfo, int argno, BillFacts *facts)
{
	if (given(fcinfo, argno, BILL_GALLONS, facts))
		facts->gallons = PG_GETARG_INT64(argno);
}

/* The arguments that both forms of billing_problem() share with bill(). */
void
read_services(FunctionCallInfo fcinfo, BillFacts *facts)
{
	if (given(fcinfo, BILL_METERED, BILL_METERED, facts))
		facts->metered = PG_GETARG_BOOL(BILL_METERED);
	if (given(fcinfo, BILL_WATER, BILL_WATER, facts))
		facts->water = PG_GETARG_BOOL(BILL_WATER);
	if (given(fcinfo, BILL_SEWER, BILL_SEWER, facts))
		facts->sewer = PG_GETARG_BOOL(BILL_SEWER);
	if (given(fcinfo, BILL_FIRE_SPRINKLER, BILL_FIRE_SPRINKLER, facts))
		facts->fire_sprinkler = number_argument(fcinfo, BILL_FIRE_SPRINKLER);
	if (given(fcinfo, BILL_DUMPING_STATIONS, BILL_DUMPING_STATIONS, facts))
		facts->dumping_stations = PG_GETARG_INT32(BILL_DUMPING_STATIONS);
}

/* All arguments of bill(). */
static inline void
read_bill(FunctionCallInfo fcinfo, const RateBook *book, BillFacts *facts)
{
	read_class(fcinfo, BILL_CLASS, book, facts);
	read_meter(fcinfo, BILL_METER, book, facts);
	read_gallons(fcinfo, BILL_GALLONS, facts);
	read_area(fcinfo, BILL_AREA, book, facts);
	if (given(fcinfo, BILL_SEWER_GALLONS, BILL_SEWER_GALLONS, facts))
		facts->sewer_gallons = PG_GETARG_INT64(BILL_SEWER_GALLONS);
	read_services(fcinfo, facts);
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

	memset(result, 0, sizeof(Bill));
	if (!begin_rating(fcinfo, NUM_BILL_ARGUMENTS, call))
		return false;
	read_bill(fcinfo, call->book, &facts);
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
	Bill		charge = {0};
	BillFacts	facts = {.given = GIVEN_FLAGS,.metered = true,.water = true};

	if (begin_rating(fcinfo, 4, &call))
	{
		read_class(fcinfo, 0, call.book, &facts);
		read_meter(fcinfo, 1, call.book, &facts);
		read_gallons(fcinfo, 2, &facts);
		read_area(fcinfo, 3, call.book, &facts);
		if (rate_bill(call.book, call.schedule, &facts, &charge,
					  &call.problem))
			return cents_to_numeric(charge.total);
	}
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
	Bill		charge = {0};
	BillFacts	facts = {.given = GIVEN_FLAGS,.sewer = true};

	if (begin_rating(fcinfo, 4, &call))
	{
		read_class(fcinfo, 0, call.book, &facts);
		read_gallons(fcinfo, 1, &facts);
		read_area(fcinfo, 2, call.book, &facts);
		if (PG_ARGISNULL(3))
			facts.given &= ~BILL_ARGUMENT(BILL_METERED);
		else
			facts.metered = PG_GETARG_BOOL(3);
		if (rate_bill(call.book, call.schedule, &facts, &charge,
					  &call.problem))
			return cents_to_numeric(charge.total);
	}
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
 * fire_sprinkler, dumping_stations, service_date, schedule)
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
	PG_RETURN_TEXT_P(cstring_to_text(problem_message(&call)));
}
