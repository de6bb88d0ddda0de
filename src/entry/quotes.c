/*
 * quotes.c
 *	  What is due at the counter: opening_quote, reconnection_quote; and where
 *	  an unpaid bill stands: delinquency.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "datatype/timestamp.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "entry/codes.h"
#include "entry/lines.h"
#include "entry/number.h"
#include "rating/quotes.h"

PG_FUNCTION_INFO_V1(opening_quote);
PG_FUNCTION_INFO_V1(opening_quote_text);
PG_FUNCTION_INFO_V1(reconnection_quote);
PG_FUNCTION_INFO_V1(delinquency);

/* The arguments of opening_quote, in order */
enum
{
	OPENING_CATEGORY,
	OPENING_SQUARE_FEET,
	OPENING_DEPOSIT_HELD,
	OPENING_CONNECTION,
	OPENING_FINAL_BILL,
	OPENING_TAP_METER,
	OPENING_TAP_AREA,
	OPENING_COMPOUND,
	OPENING_MARKET_PRICE,
	OPENING_PIPE_FEET,
	OPENING_EXCESS_PIPE_QUOTE,
	OPENING_ASPHALT_FEET,
	OPENING_CONCRETE_FEET,
	OPENING_BORING_FEET,
	OPENING_BORING_LINE_INCHES,
	OPENING_SEWER_LINE_INCHES,
	OPENING_DETERMINED_FEE,
	OPENING_SERVICE_DATE
};

/* Those whose NULL means "not known"; a NULL elsewhere means "none". */
static const struct
{
	int			argno;
	const char *name;
}			opening_needed[] = {
	{OPENING_DEPOSIT_HELD, "deposit_held"},
	{OPENING_CONNECTION, "connection"},
	{OPENING_FINAL_BILL, "final_bill"},
	{OPENING_COMPOUND, "compound"},
	{OPENING_PIPE_FEET, "pipe_feet"},
	{OPENING_ASPHALT_FEET, "asphalt_feet"},
	{OPENING_CONCRETE_FEET, "concrete_feet"},
	{OPENING_BORING_FEET, "boring_feet"},
};

/* The first argument that must be known and is NULL, or NULL. */
static const char *
opening_null(FunctionCallInfo fcinfo)
{
	for (int i = 0; i < (int) lengthof(opening_needed); i++)
		if (PG_ARGISNULL(opening_needed[i].argno))
			return opening_needed[i].name;
	if (!PG_ARGISNULL(OPENING_TAP_METER) && PG_ARGISNULL(OPENING_TAP_AREA))
		return "tap_area";
	return NULL;
}

/* What is asked for by a code; false: it stands for nothing. */
static bool
read_codes(FunctionCallInfo fcinfo, bool as_text, const RateBook *book,
		   OpeningFacts *facts, Problem *p)
{
	facts->with_deposit = !PG_ARGISNULL(OPENING_CATEGORY);
	facts->with_tap = !PG_ARGISNULL(OPENING_TAP_METER);
	return (!facts->with_deposit ||
			code_argument(fcinfo, OPENING_CATEGORY, as_text, book,
						  TYPE_CATEGORY, &facts->deposit.category, p)) &&
		(!facts->with_tap ||
		 (code_argument(fcinfo, OPENING_TAP_METER, as_text, book, TYPE_SIZE,
						&facts->tap.meter, p) &&
		  code_argument(fcinfo, OPENING_TAP_AREA, as_text, book, TYPE_AREA,
						&facts->tap.area, p)));
}

/* All but the codes */
static void
read_opening(FunctionCallInfo fcinfo, OpeningFacts *facts)
{
	facts->deposit.square_feet = number_argument(fcinfo, OPENING_SQUARE_FEET);
	facts->deposit_held = number_argument(fcinfo, OPENING_DEPOSIT_HELD);
	facts->connection = PG_GETARG_BOOL(OPENING_CONNECTION);
	facts->final_bill = number_argument(fcinfo, OPENING_FINAL_BILL);
	facts->tap.compound = PG_GETARG_BOOL(OPENING_COMPOUND);
	facts->tap.market_price = number_argument(fcinfo, OPENING_MARKET_PRICE);
	facts->pipe_feet = number_argument(fcinfo, OPENING_PIPE_FEET);
	facts->excess_pipe_quote = number_argument(fcinfo,
											   OPENING_EXCESS_PIPE_QUOTE);
	facts->asphalt_feet = number_argument(fcinfo, OPENING_ASPHALT_FEET);
	facts->concrete_feet = number_argument(fcinfo, OPENING_CONCRETE_FEET);
	facts->boring_feet = number_argument(fcinfo, OPENING_BORING_FEET);
	facts->boring_line_inches = number_argument(fcinfo,
												OPENING_BORING_LINE_INCHES);
	facts->permit.line_inches = number_argument(fcinfo,
												OPENING_SEWER_LINE_INCHES);
	facts->permit.determined_fee = number_argument(fcinfo,
												   OPENING_DETERMINED_FEE);
}

/* The schedule, NULLs, codes, and then everything else */
static bool
rate_opening_call(FunctionCallInfo fcinfo, bool as_text, RatingCall *call,
				  Bill *quote)
{
	OpeningFacts facts = {0};

	if (!begin_rating(fcinfo, OPENING_SERVICE_DATE, call))
		return false;
	facts.null_argument = opening_null(fcinfo);
	if (facts.null_argument == NULL)
	{
		if (!read_codes(fcinfo, as_text, call->book, &facts, &call->problem))
			return false;
		read_opening(fcinfo, &facts);
	}
	return rate_opening(call->schedule, &facts, quote, &call->problem);
}

/* The same for both forms */
static Datum
return_opening(FunctionCallInfo fcinfo, bool as_text)
{
	RatingCall	call;
	BillLine	lines[MAX_OPENING_LINES];
	Bill		quote = {.lines = lines};

	if (!rate_opening_call(fcinfo, as_text, &call, &quote))
	{
		null_or_error(&call);
		quote.nlines = 0;
	}
	return return_lines(fcinfo, &call, &quote);
}

/*
 * opening_quote(category, ...): all that is due at the counter, as lines.
 */
Datum
opening_quote(PG_FUNCTION_ARGS)
{
	return return_opening(fcinfo, false);
}

/* opening_quote(category text, ...) */
Datum
opening_quote_text(PG_FUNCTION_ARGS)
{
	return return_opening(fcinfo, true);
}

/* The arguments of reconnection_quote, in order */
enum
{
	RECONNECTION_UNPAID,
	RECONNECTION_MAILED_ON,
	RECONNECTION_LATE,
	RECONNECTION_METERS,
	RECONNECTION_UNAUTHORIZED,
	RECONNECTION_TAMPERING,
	RECONNECTION_OTHER_DUE,
	RECONNECTION_SERVICE_DATE
};

static void
read_reconnection(FunctionCallInfo fcinfo, ReconnectionFacts *facts)
{
	static const struct
	{
		int			argno;
		const char *name;
	}			needed[] = {
		{RECONNECTION_UNPAID, "unpaid"},
		{RECONNECTION_LATE, "late"},
		{RECONNECTION_METERS, "meters"},
		{RECONNECTION_UNAUTHORIZED, "unauthorized"},
		{RECONNECTION_TAMPERING, "tampering"},
		{RECONNECTION_OTHER_DUE, "other_due"},
	};

	for (int i = 0; i < (int) lengthof(needed); i++)
		if (PG_ARGISNULL(needed[i].argno))
		{
			facts->null_argument = needed[i].name;
			return;
		}
	facts->unpaid = number_argument(fcinfo, RECONNECTION_UNPAID);
	facts->late = PG_GETARG_BOOL(RECONNECTION_LATE);
	facts->meters = PG_GETARG_INT32(RECONNECTION_METERS);
	facts->unauthorized = PG_GETARG_INT32(RECONNECTION_UNAUTHORIZED);
	facts->tampering = PG_GETARG_INT32(RECONNECTION_TAMPERING);
	facts->other_due = number_argument(fcinfo, RECONNECTION_OTHER_DUE);
}

/*
 * The schedules of a quote: the one on the day of the quote, and, where the
 * bill is late, the one in force when it was mailed, by which the late fee
 * goes (G4).  A schedule that is named governs all lines.
 */
static bool
find_reconnection_schedules(FunctionCallInfo fcinfo, RatingCall *call,
							ReconnectionFacts *facts)
{
	RatingCall	mailed;
	bool		late = !PG_ARGISNULL(RECONNECTION_LATE) &&
		PG_GETARG_BOOL(RECONNECTION_LATE);

	if (!begin_rating(fcinfo, RECONNECTION_SERVICE_DATE, call))
		return false;
	facts->late_schedule = call->schedule;
	if (!late || !PG_ARGISNULL(RECONNECTION_SERVICE_DATE + 1))
		return true;
	if (PG_ARGISNULL(RECONNECTION_MAILED_ON))
		return note_problem(&call->problem, PROBLEM_NO_MAILING_DATE);
	mailed = *call;
	if (!find_second_schedule(PG_GETARG_DATEADT(RECONNECTION_MAILED_ON),
							  &mailed))
	{
		*call = mailed;
		return false;
	}
	facts->late_schedule = mailed.schedule;
	return true;
}

/*
 * reconnection_quote(unpaid, mailed_on, late, meters, unauthorized,
 * tampering, other_due): all that is owed before the meter is turned on, as
 * lines, §§ 114-55(a), 114-59; every argument needed, mailed_on where the
 * bill is late and no schedule is named.
 */
Datum
reconnection_quote(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	BillLine	lines[MAX_RECONNECTION_LINES];
	Bill		quote = {.lines = lines};
	ReconnectionFacts facts = {0};

	read_reconnection(fcinfo, &facts);
	if (!find_reconnection_schedules(fcinfo, &call, &facts) ||
		!rate_reconnection(call.schedule, &facts, &quote, &call.problem))
	{
		null_or_error(&call);
		quote.nlines = 0;
	}
	return return_lines(fcinfo, &call, &quote);
}

/* The arguments of delinquency, in order */
enum
{
	DELINQUENCY_MAILED_ON,
	DELINQUENCY_UNPAID,
	DELINQUENCY_AS_OF,
	DELINQUENCY_NOTICED_ON,
	DELINQUENCY_DUE_DAYS,
	DELINQUENCY_SCHEDULE
};

/* Its columns, in order */
enum
{
	COLUMN_STATUS,
	COLUMN_DUE_ON,
	COLUMN_LATE_FROM,
	COLUMN_LATE_FEE,
	COLUMN_LAST_DAY,
	COLUMN_DISCONNECT_FROM,
	COLUMN_AMOUNT_DUE,
	NUM_DELINQUENCY_COLUMNS
};

static void
read_delinquency(FunctionCallInfo fcinfo, DelinquencyFacts *facts)
{
	facts->first_date = DATETIME_MIN_JULIAN - POSTGRES_EPOCH_JDATE;
	facts->last_date = DATE_END_JULIAN - POSTGRES_EPOCH_JDATE - 1;
	facts->mailed_on = PG_GETARG_DATEADT(DELINQUENCY_MAILED_ON);
	facts->unpaid = number_argument(fcinfo, DELINQUENCY_UNPAID);
	facts->as_of = PG_GETARG_DATEADT(DELINQUENCY_AS_OF);
	facts->noticed = !PG_ARGISNULL(DELINQUENCY_NOTICED_ON);
	if (facts->noticed)
		facts->noticed_on = PG_GETARG_DATEADT(DELINQUENCY_NOTICED_ON);
	facts->own_due_days = !PG_ARGISNULL(DELINQUENCY_DUE_DAYS);
	if (facts->own_due_days)
		facts->due_days = PG_GETARG_INT32(DELINQUENCY_DUE_DAYS);
}

/*
 * The schedule goes by the day of mailing (G4); where that is not known,
 * nothing is, unless a schedule is named that does not exist.
 */
static bool
rate_delinquency_call(FunctionCallInfo fcinfo, RatingCall *call,
					  Delinquency *result)
{
	DelinquencyFacts facts = {0};

	if (PG_ARGISNULL(DELINQUENCY_MAILED_ON) &&
		PG_ARGISNULL(DELINQUENCY_SCHEDULE))
		return null_argument(&call->problem, "mailed_on");
	if (!find_schedule(fcinfo->args[DELINQUENCY_MAILED_ON],
					   fcinfo->args[DELINQUENCY_SCHEDULE], call))
		return false;
	if (PG_ARGISNULL(DELINQUENCY_MAILED_ON))
		return null_argument(&call->problem, "mailed_on");
	if (PG_ARGISNULL(DELINQUENCY_UNPAID))
		return null_argument(&call->problem, "unpaid");
	if (PG_ARGISNULL(DELINQUENCY_AS_OF))
		return null_argument(&call->problem, "as_of");
	read_delinquency(fcinfo, &facts);
	return rate_delinquency(call->schedule, &facts, result, &call->problem);
}

static void
fill_delinquency(const Delinquency *result, Datum *values, bool *nulls)
{
	static const char *const statuses[] = {
		[DELINQUENCY_CURRENT] = "current",
		[DELINQUENCY_LATE] = "late",
		[DELINQUENCY_DISCONNECTABLE] = "disconnectable",
	};

	memset(nulls, false, sizeof(bool) * NUM_DELINQUENCY_COLUMNS);
	values[COLUMN_STATUS] = CStringGetTextDatum(statuses[result->status]);
	values[COLUMN_DUE_ON] = DateADTGetDatum(result->due_on);
	values[COLUMN_LATE_FROM] = DateADTGetDatum(result->late_from);
	values[COLUMN_LATE_FEE] = cents_to_numeric(result->late_fee);
	values[COLUMN_LAST_DAY] = DateADTGetDatum(result->last_day);
	values[COLUMN_DISCONNECT_FROM] = DateADTGetDatum(result->disconnect_from);
	values[COLUMN_AMOUNT_DUE] = cents_to_numeric(result->amount_due);
	nulls[COLUMN_LAST_DAY] = nulls[COLUMN_DISCONNECT_FROM] =
		!result->disconnection;
}

/*
 * delinquency(mailed_on, unpaid, as_of, noticed_on, due_days): where a bill
 * stands on as_of, §§ 114-55(a); the first three needed.
 */
Datum
delinquency(PG_FUNCTION_ARGS)
{
	RatingCall	call = {0};
	Delinquency result = {0};
	TupleDesc	descriptor;
	Datum		values[NUM_DELINQUENCY_COLUMNS] = {0};
	bool		nulls[NUM_DELINQUENCY_COLUMNS];

	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	memset(nulls, true, sizeof(nulls));
	if (rate_delinquency_call(fcinfo, &call, &result))
		fill_delinquency(&result, values, nulls);
	else
		null_or_error(&call);
	return HeapTupleGetDatum(heap_form_tuple(descriptor, values, nulls));
}
