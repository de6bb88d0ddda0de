/*
 * one_time_charges.c
 *	  One-time charges: fee, late_fee, meter_test_fee, water_tap_charge,
 *	  sewer_permit_fee, deposit_required.
 *
 * All end with service_date and schedule; NULL in the arguments that a
 * comment calls needed gives NULL.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "entry/codes.h"
#include "entry/number.h"
#include "entry/rating_call.h"
#include "rating/one_time.h"

PG_FUNCTION_INFO_V1(fee);
PG_FUNCTION_INFO_V1(late_fee);
PG_FUNCTION_INFO_V1(meter_test_fee);
PG_FUNCTION_INFO_V1(sewer_permit_fee);

/* The charge, NULL, or an error */
static Datum
return_charge(FunctionCallInfo fcinfo, const RatingCall *call, bool rated,
			  const Bill *charge)
{
	if (rated)
		return cents_to_numeric(charge->total);
	null_or_error(call);
	PG_RETURN_NULL();
}

static bool
rate_fee_call(FunctionCallInfo fcinfo, RatingCall *call, Bill *charge)
{
	static const char *const needed[] = {"code", "quantity"};
	text	   *code;
	Number		quantity;

	if (!begin_rating(fcinfo, 2, call) ||
		!check_needed(fcinfo, needed, lengthof(needed), &call->problem))
		return false;
	code = PG_GETARG_TEXT_PP(0);
	quantity = number_argument(fcinfo, 1);
	call->problem.other = text_to_cstring(code);
	return rate_fee(call->schedule, VARDATA_ANY(code),
					VARSIZE_ANY_EXHDR(code), &quantity, charge,
					&call->problem);
}

/*
 * fee(code, quantity)
 *		Dollars for so many of the fee's unit; both needed.
 */
Datum
fee(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	Bill		charge = {0};
	bool		rated = rate_fee_call(fcinfo, &call, &charge);

	return return_charge(fcinfo, &call, rated, &charge);
}

/*
 * late_fee(unpaid, mailed_on)
 *		Dollars, on what is unpaid of one bill, § 114-55(a); unpaid needed.
 *
 * The day of mailing picks the schedule (G4).
 */
Datum
late_fee(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	Bill		charge = {0};
	Number		unpaid = number_argument(fcinfo, 0);
	bool		rated = begin_rating(fcinfo, 1, &call) &&
		rate_late_fee(call.schedule, &unpaid, &charge, &call.problem);

	if (call.problem.code == PROBLEM_NO_DATE)
		call.problem.code = PROBLEM_NO_MAILING_DATE;
	return return_charge(fcinfo, &call, rated, &charge);
}

/*
 * meter_test_fee(billed, corrected)
 *		Dollars; 0.00 where the finding waives it, § 114-55(b).  Both NULL: no
 *		finding; one of them: NULL.
 */
Datum
meter_test_fee(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	Bill		charge = {0};
	Number		billed = number_argument(fcinfo, 0);
	Number		corrected = number_argument(fcinfo, 1);
	bool		rated = begin_rating(fcinfo, 2, &call) &&
		rate_meter_test(call.schedule, &billed, &corrected, &charge,
						&call.problem);

	return return_charge(fcinfo, &call, rated, &charge);
}

static bool
rate_tap_call(FunctionCallInfo fcinfo, bool as_text, RatingCall *call,
			  Bill *charge)
{
	static const char *const needed[] = {"meter", "area", "compound"};
	TapFacts	facts;

	if (!begin_rating(fcinfo, 4, call) ||
		!check_needed(fcinfo, needed, lengthof(needed), &call->problem) ||
		!code_argument(fcinfo, 0, as_text, TYPE_SIZE, call, &facts.meter) ||
		!code_argument(fcinfo, 1, as_text, TYPE_AREA, call, &facts.area))
		return false;
	facts.compound = PG_GETARG_BOOL(2);
	facts.market_price = number_argument(fcinfo, 3);
	return rate_tap(call->schedule, &facts, charge, &call->problem);
}

/*
 * water_tap_charge(meter, area, compound, market_price)
 *		Dollars, § 114-54(c)(1); the first three needed, market_price where the
 *		schedule lists no amount.
 */
static Datum
tap_charge(FunctionCallInfo fcinfo, bool as_text)
{
	RatingCall	call;
	Bill		charge = {0};
	bool		rated = rate_tap_call(fcinfo, as_text, &call, &charge);

	return return_charge(fcinfo, &call, rated, &charge);
}

TWO_FORMS(water_tap_charge, tap_charge);

static bool
rate_permit_call(FunctionCallInfo fcinfo, RatingCall *call, Bill *charge)
{
	PermitFacts facts;

	if (!begin_rating(fcinfo, 2, call))
		return false;
	facts.line_inches = number_argument(fcinfo, 0);
	facts.determined_fee = number_argument(fcinfo, 1);
	if (!facts.line_inches.given)
		return null_argument(&call->problem, "line_inches");
	return rate_permit(call->schedule, &facts, charge, &call->problem);
}

/*
 * sewer_permit_fee(line_inches, determined_fee)
 *		Dollars, § 114-54(b)(1); the first needed, determined_fee where the
 *		schedule lists no amount.
 */
Datum
sewer_permit_fee(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	Bill		charge = {0};
	bool		rated = rate_permit_call(fcinfo, &call, &charge);

	return return_charge(fcinfo, &call, rated, &charge);
}

static bool
rate_deposit_call(FunctionCallInfo fcinfo, bool as_text, RatingCall *call,
				  cents_t *deposit, cents_t *service_fee)
{
	static const char *const needed[] = {"category"};
	DepositFacts facts;

	if (!begin_rating(fcinfo, 2, call) ||
		!check_needed(fcinfo, needed, lengthof(needed), &call->problem) ||
		!code_argument(fcinfo, 0, as_text, TYPE_CATEGORY, call,
					   &facts.category))
		return false;
	facts.square_feet = number_argument(fcinfo, 1);
	return rate_deposit(call->schedule, &facts, deposit, service_fee,
						&call->problem);
}

/*
 * deposit_required(category, square_feet, OUT deposit, OUT service_fee)
 *		Dollars, § 114-52(a); category needed, square_feet where the building
 *		decides.
 */
static Datum
return_deposit(FunctionCallInfo fcinfo, bool as_text)
{
	RatingCall	call;
	cents_t		amounts[2];
	Datum		values[2] = {0};
	bool		nulls[2] = {true, true};

	if (rate_deposit_call(fcinfo, as_text, &call, &amounts[0], &amounts[1]))
		for (int i = 0; i < 2; i++)
		{
			values[i] = cents_to_numeric(amounts[i]);
			nulls[i] = false;
		}
	else
		null_or_error(&call);
	return return_row(fcinfo, lengthof(values), values, nulls);
}

TWO_FORMS(deposit_required, return_deposit);
