/*
 * text_forms.c
 *	  The monthly functions over codes and readings as cities keep them: codes
 *	  as text, gallons as numeric.
 *
 * The arguments are read as the columns of a row of accounts are, except that a
 * blank code is no NULL.  All else is the same as in monthly.c.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "entry/bill_facts.h"
#include "entry/lines.h"
#include "entry/number.h"
#include "entry/rating_call.h"

PG_FUNCTION_INFO_V1(water_charge_text);
PG_FUNCTION_INFO_V1(sewer_charge_text);
PG_FUNCTION_INFO_V1(bill_text);
PG_FUNCTION_INFO_V1(bill_total_text);
PG_FUNCTION_INFO_V1(billing_problem_text);
PG_FUNCTION_INFO_V1(billing_problem_code_text);

/* The arguments of water_charge, of sewer_charge, and of the others */
static const ValuePlace water_places[NUM_BILL_ARGUMENTS] = {
	[BILL_CLASS] = {KIND_TEXT, 0},
	[BILL_METER] = {KIND_TEXT, 1},
	[BILL_GALLONS] = {KIND_NUMERIC, 2},
	[BILL_AREA] = {KIND_TEXT, 3},
};
static const ValuePlace sewer_places[NUM_BILL_ARGUMENTS] = {
	[BILL_CLASS] = {KIND_TEXT, 0},
	[BILL_GALLONS] = {KIND_NUMERIC, 1},
	[BILL_AREA] = {KIND_TEXT, 2},
	[BILL_METERED] = {KIND_BOOLEAN, 3},
};
static const ValuePlace bill_places[NUM_BILL_ARGUMENTS] = {
	[BILL_CLASS] = {KIND_TEXT, BILL_CLASS},
	[BILL_METER] = {KIND_TEXT, BILL_METER},
	[BILL_GALLONS] = {KIND_NUMERIC, BILL_GALLONS},
	[BILL_AREA] = {KIND_TEXT, BILL_AREA},
	[BILL_METERED] = {KIND_BOOLEAN, BILL_METERED},
	[BILL_WATER] = {KIND_BOOLEAN, BILL_WATER},
	[BILL_SEWER] = {KIND_BOOLEAN, BILL_SEWER},
	[BILL_SEWER_GALLONS] = {KIND_NUMERIC, BILL_SEWER_GALLONS},
	[BILL_FIRE_SPRINKLER] = {KIND_NUMERIC, BILL_FIRE_SPRINKLER},
	[BILL_DUMPING_STATIONS] = {KIND_INT4, BILL_DUMPING_STATIONS},
	[BILL_SERVICES] = {KIND_JSONB, BILL_SERVICES},
};

/* Read the first arguments of a function. */
static void
read_arguments(FunctionCallInfo fcinfo, int narguments,
			   const ValuePlace *places, const RatingCall *call,
			   ReadFacts *facts)
{
	Datum		values[NUM_BILL_ARGUMENTS];
	bool		nulls[NUM_BILL_ARGUMENTS];
	ValueReader reader = {
		.places = places,
		.values = values,
		.nulls = nulls,
		.book = call->book,
		.schedule = call->schedule
	};

	for (int i = 0; i < narguments; i++)
	{
		values[i] = PG_GETARG_DATUM(i);
		nulls[i] = PG_ARGISNULL(i);
	}
	clear_facts(facts);
	read_bill_facts(&reader, facts);
}

/* Water alone, or sewer alone */
static Datum
one_charge(FunctionCallInfo fcinfo, const ValuePlace *places, bool water)
{
	const int	narguments = 4;
	RatingCall	call;
	ReadFacts	facts;
	cents_t		charge;

	if (begin_rating(fcinfo, narguments, &call))
	{
		read_arguments(fcinfo, narguments, places, &call, &facts);
		facts.bill.water = water;
		facts.bill.sewer = !water;
		if (rate_charge_as_read(call.book, call.schedule, &facts.bill,
								&facts.unreadable, &charge, &call.problem))
			return cents_to_numeric(charge);
	}
	null_or_error(&call);
	PG_RETURN_NULL();
}

/* water_charge(class text, meter text, gallons numeric, area text, ...) */
Datum
water_charge_text(PG_FUNCTION_ARGS)
{
	return one_charge(fcinfo, water_places, true);
}

/* sewer_charge(class text, gallons numeric, area text, ...) */
Datum
sewer_charge_text(PG_FUNCTION_ARGS)
{
	return one_charge(fcinfo, sewer_places, false);
}

/* The one path of the functions over a whole bill */
static bool
make_bill(FunctionCallInfo fcinfo, bool with_lines, RatingCall *call,
		  Bill *result)
{
	ReadFacts	facts;

	memset(result, 0, sizeof(Bill));
	if (!begin_rating(fcinfo, NUM_BILL_ARGUMENTS, call))
		return false;
	read_arguments(fcinfo, NUM_BILL_ARGUMENTS, bill_places, call, &facts);
	if (with_lines)
		result->lines = palloc(sizeof(BillLine) *
							   max_bill_lines(call->schedule));
	return rate_bill_as_read(call->book, call->schedule, &facts.bill,
							 &facts.unreadable, result, &call->problem);
}

/* bill(class text, meter text, gallons numeric, area text, ...) */
Datum
bill_text(PG_FUNCTION_ARGS)
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
bill_total_text(PG_FUNCTION_ARGS)
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
billing_problem_text(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	Bill		result;

	if (make_bill(fcinfo, false, &call, &result))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(problem_message_text(&call));
}

/* billing_problem_code(as bill): its stable code, or NULL. */
Datum
billing_problem_code_text(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	Bill		result;

	if (make_bill(fcinfo, false, &call, &result))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(problem_code(&call)));
}
