/*
 * quotes.c
 *	  What is due at the counter: opening_quote, reconnection_quote; and where
 *	  an unpaid bill stands: delinquency.
 */
#include "postgres.h"

#include "datatype/timestamp.h"
#include "fmgr.h"
#include "utils/builtins.h"

#include "entry/codes.h"
#include "entry/number.h"
#include "rating/quotes.h"

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

/* NULL in these means "not known", and elsewhere "none". */
static bool
check_opening_nulls(FunctionCallInfo fcinfo, Problem *p)
{
	static const char *const needed[] = {
		[OPENING_DEPOSIT_HELD] = "deposit_held",
		[OPENING_CONNECTION] = "connection",
		[OPENING_FINAL_BILL] = "final_bill",
		[OPENING_COMPOUND] = "compound",
		[OPENING_PIPE_FEET] = "pipe_feet",
		[OPENING_ASPHALT_FEET] = "asphalt_feet",
		[OPENING_CONCRETE_FEET] = "concrete_feet",
		[OPENING_BORING_FEET] = "boring_feet",
	};

	if (!check_needed(fcinfo, needed, lengthof(needed), p))
		return false;
	return PG_ARGISNULL(OPENING_TAP_METER) ||
		!PG_ARGISNULL(OPENING_TAP_AREA) || null_argument(p, "tap_area");
}

/* What is asked for by a code; false: the code is unknown. */
static bool
read_opening_codes(FunctionCallInfo fcinfo, bool as_text, RatingCall *call,
				   OpeningFacts *facts)
{
	facts->with_deposit = !PG_ARGISNULL(OPENING_CATEGORY);
	facts->with_tap = !PG_ARGISNULL(OPENING_TAP_METER);
	if (facts->with_deposit &&
		!code_argument(fcinfo, OPENING_CATEGORY, as_text, TYPE_CATEGORY, call,
					   &facts->deposit.category))
		return false;
	return !facts->with_tap ||
		(code_argument(fcinfo, OPENING_TAP_METER, as_text, TYPE_SIZE, call,
					   &facts->tap.meter) &&
		 code_argument(fcinfo, OPENING_TAP_AREA, as_text, TYPE_AREA, call,
					   &facts->tap.area));
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

	if (!begin_rating(fcinfo, OPENING_SERVICE_DATE, call) ||
		!check_opening_nulls(fcinfo, &call->problem) ||
		!read_opening_codes(fcinfo, as_text, call, &facts))
		return false;
	read_opening(fcinfo, &facts);
	return rate_opening(call->schedule, &facts, quote, &call->problem);
}

/*
 * opening_quote(category, ...)
 *		All that is due at the counter, as lines.
 */
static Datum
return_opening(FunctionCallInfo fcinfo, bool as_text)
{
	RatingCall	call;
	BillLine	lines[MAX_OPENING_LINES];
	Bill		quote = {.lines = lines};
	bool		rated = rate_opening_call(fcinfo, as_text, &call, &quote);

	return return_lines(fcinfo, &call, rated, &quote);
}

TWO_FORMS(opening_quote, return_opening);

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
	RECONNECTION_SERVICE_DATE,
	RECONNECTION_SCHEDULE
};

/*
 * The schedule of the late fee, where the bill is late: the one in force when
 * it was mailed (G4).  A schedule that is named governs all lines.
 */
static bool
find_late_schedule(FunctionCallInfo fcinfo, RatingCall *call,
				   ReconnectionFacts *facts)
{
	facts->late_schedule = call->schedule;
	if (PG_ARGISNULL(RECONNECTION_LATE) || !PG_GETARG_BOOL(RECONNECTION_LATE) ||
		!PG_ARGISNULL(RECONNECTION_SCHEDULE))
		return true;
	if (PG_ARGISNULL(RECONNECTION_MAILED_ON))
		return note_problem(&call->problem, PROBLEM_NO_MAILING_DATE);
	facts->late_schedule =
		schedule_also_on(PG_GETARG_DATEADT(RECONNECTION_MAILED_ON),
						 &call->problem);
	if (facts->late_schedule == NULL)
		return false;
	call->problem.schedule = call->schedule;
	return true;
}

static bool
rate_reconnection_call(FunctionCallInfo fcinfo, RatingCall *call, Bill *quote)
{
	static const char *const needed[] = {
		[RECONNECTION_UNPAID] = "unpaid",
		[RECONNECTION_LATE] = "late",
		[RECONNECTION_METERS] = "meters",
		[RECONNECTION_UNAUTHORIZED] = "unauthorized",
		[RECONNECTION_TAMPERING] = "tampering",
		[RECONNECTION_OTHER_DUE] = "other_due",
	};
	ReconnectionFacts facts;

	if (!begin_rating(fcinfo, RECONNECTION_SERVICE_DATE, call) ||
		!find_late_schedule(fcinfo, call, &facts) ||
		!check_needed(fcinfo, needed, lengthof(needed), &call->problem))
		return false;
	facts.unpaid = number_argument(fcinfo, RECONNECTION_UNPAID);
	facts.late = PG_GETARG_BOOL(RECONNECTION_LATE);
	facts.meters = PG_GETARG_INT32(RECONNECTION_METERS);
	facts.unauthorized = PG_GETARG_INT32(RECONNECTION_UNAUTHORIZED);
	facts.tampering = PG_GETARG_INT32(RECONNECTION_TAMPERING);
	facts.other_due = number_argument(fcinfo, RECONNECTION_OTHER_DUE);
	return rate_reconnection(call->schedule, &facts, quote, &call->problem);
}

/*
 * reconnection_quote(unpaid, mailed_on, late, meters, unauthorized, tampering,
 * other_due)
 *		All that is owed before the meter is turned on, as lines, §§ 114-55(a),
 *		114-59; every argument needed, mailed_on where the bill is late and no
 *		schedule is named.
 */
Datum
reconnection_quote(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	BillLine	lines[MAX_RECONNECTION_LINES];
	Bill		quote = {.lines = lines};
	bool		rated = rate_reconnection_call(fcinfo, &call, &quote);

	return return_lines(fcinfo, &call, rated, &quote);
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
	static const char *const needed[] = {"mailed_on", "unpaid", "as_of"};
	DelinquencyFacts facts = {0};

	memset(&call->problem, 0, sizeof(Problem));
	if (PG_ARGISNULL(DELINQUENCY_MAILED_ON) &&
		PG_ARGISNULL(DELINQUENCY_SCHEDULE))
		return null_argument(&call->problem, "mailed_on");
	if (!find_schedule(fcinfo->args[DELINQUENCY_MAILED_ON],
					   fcinfo->args[DELINQUENCY_SCHEDULE], call) ||
		!check_needed(fcinfo, needed, lengthof(needed), &call->problem))
		return false;
	read_delinquency(fcinfo, &facts);
	return rate_delinquency(call->schedule, &facts, result, &call->problem);
}

/*
 * delinquency(mailed_on, unpaid, as_of, noticed_on, due_days)
 *		Where a bill stands on as_of, § 114-55(a); the first three needed.
 */
Datum
delinquency(PG_FUNCTION_ARGS)
{
	static const char *const statuses[] = {
		[DELINQUENCY_CURRENT] = "current",
		[DELINQUENCY_LATE] = "late",
		[DELINQUENCY_DISCONNECTABLE] = "disconnectable",
	};
	RatingCall	call;
	Delinquency result = {0};
	bool		known = rate_delinquency_call(fcinfo, &call, &result);
	bool		stopped = known && result.disconnection;
	Datum		values[] = {
		CStringGetTextDatum(statuses[result.status]),
		DateADTGetDatum(result.due_on),
		DateADTGetDatum(result.late_from),
		cents_to_numeric(result.late_fee),
		DateADTGetDatum(result.last_day),
		DateADTGetDatum(result.disconnect_from),
		cents_to_numeric(result.amount_due)
	};
	bool		nulls[] = {
		!known, !known, !known, !known, !stopped, !stopped, !known
	};

	if (!known)
		null_or_error(&call);
	return return_row(fcinfo, lengthof(values), values, nulls);
}
