/*
 * account_charges.c
 *	  What a row of accounts costs: account_charges, account_total,
 *	  account_problem, account_bill.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "entry/account_facts.h"
#include "entry/account_row.h"
#include "entry/charges.h"
#include "entry/lines.h"
#include "entry/messages.h"
#include "entry/number.h"

PG_FUNCTION_INFO_V1(account_charges);
PG_FUNCTION_INFO_V1(account_total);
PG_FUNCTION_INFO_V1(account_problem);
PG_FUNCTION_INFO_V1(account_bill);

/* The first argument of every function here; a schedule's name comes next. */
#define ARGUMENT_ACCOUNT	0

/* The columns of account_charges(), in order; the charges stand between. */
enum
{
	COLUMN_PROBLEM_CODE,
	COLUMN_PROBLEM,
	COLUMN_FIRST_CHARGE,
	COLUMN_TOTAL = COLUMN_FIRST_CHARGE + NUM_CHARGE_COLUMNS,
	COLUMN_SCHEDULE,
	NUM_COLUMNS
};

/* The row type that account_charges() returns, looked up once per call site. */
static TupleDesc
charges_descriptor(FunctionCallInfo fcinfo)
{
	AccountCall *state = account_call(fcinfo);

	if (state->result == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
		TupleDesc	descriptor;

		if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE ||
			descriptor->natts != NUM_COLUMNS)
			elog(ERROR, "account_charges must return %d columns", NUM_COLUMNS);
		state->result = BlessTupleDesc(descriptor);
		MemoryContextSwitchTo(caller);
	}
	return state->result;
}

/*
 * account_charges(account, schedule)
 *
 * A month's charges of a row of accounts, or its problem.
 */
Datum
account_charges(PG_FUNCTION_ARGS)
{
	Datum		values[NUM_COLUMNS] = {0};
	bool		nulls[NUM_COLUMNS];
	cents_t		sums[NUM_LINE_KINDS] = {0};
	Bill		bill = {.sums = sums};
	AccountFacts facts;
	RatingCall	call;

	if (PG_ARGISNULL(ARGUMENT_ACCOUNT))
		PG_RETURN_NULL();
	memset(nulls, true, sizeof(nulls));
	if (rate_account(fcinfo, ARGUMENT_ACCOUNT, false, &call, &facts, &bill))
	{
		charges_to_numeric(sums, &values[COLUMN_FIRST_CHARGE]);
		values[COLUMN_TOTAL] = cents_to_numeric(bill.total);
		memset(&nulls[COLUMN_FIRST_CHARGE], false, NUM_CHARGE_COLUMNS + 1);
	}
	else
	{
		values[COLUMN_PROBLEM_CODE] = CStringGetTextDatum(problem_code(&call));
		values[COLUMN_PROBLEM] = PointerGetDatum(problem_message_text(&call));
		nulls[COLUMN_PROBLEM_CODE] = nulls[COLUMN_PROBLEM] = false;
	}
	if (call.schedule != NULL)
	{
		values[COLUMN_SCHEDULE] = rate_text_datum(call.schedule->name_text);
		nulls[COLUMN_SCHEDULE] = false;
	}
	return HeapTupleGetDatum(heap_form_tuple(charges_descriptor(fcinfo),
											 values, nulls));
}

/* account_total(account, schedule): dollars, NULL where there is a problem. */
Datum
account_total(PG_FUNCTION_ARGS)
{
	Bill		bill = {0};
	AccountFacts facts;
	RatingCall	call;

	if (PG_ARGISNULL(ARGUMENT_ACCOUNT) ||
		!rate_account(fcinfo, ARGUMENT_ACCOUNT, false, &call, &facts, &bill))
		PG_RETURN_NULL();
	return cents_to_numeric(bill.total);
}

/* account_problem(account, schedule): the sentence, NULL where there is none. */
Datum
account_problem(PG_FUNCTION_ARGS)
{
	Bill		bill = {0};
	AccountFacts facts;
	RatingCall	call;

	if (PG_ARGISNULL(ARGUMENT_ACCOUNT) ||
		rate_account(fcinfo, ARGUMENT_ACCOUNT, false, &call, &facts, &bill))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(problem_message_text(&call));
}

/* account_bill(account, schedule): the lines of the bill, or of the problem. */
Datum
account_bill(PG_FUNCTION_ARGS)
{
	Bill		bill = {0};
	AccountFacts facts;
	RatingCall	call;

	if (PG_ARGISNULL(ARGUMENT_ACCOUNT))
		return return_lines(fcinfo, NULL, &bill);
	if (!rate_account(fcinfo, ARGUMENT_ACCOUNT, true, &call, &facts, &bill))
		return return_problem_line(fcinfo, &call);
	return return_lines(fcinfo, &call, &bill);
}
