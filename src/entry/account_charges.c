/*
 * account_charges.c
 *	  What a row of accounts costs: account_charges, account_total,
 *	  account_problem, account_bill.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "entry/account_facts.h"
#include "entry/account_row.h"
#include "entry/charges.h"
#include "entry/lines.h"
#include "entry/messages.h"
#include "entry/number.h"
#include "entry/stored_row.h"
#include "tables/descriptor.h"

PG_FUNCTION_INFO_V1(account_charges);
PG_FUNCTION_INFO_V1(account_total);
PG_FUNCTION_INFO_V1(account_problem);
PG_FUNCTION_INFO_V1(account_bill);

/* The first argument of every function here; a schedule's name comes next. */
#define ARGUMENT_ACCOUNT	0

/* Enough for nearly every row of account_charges() */
#define CHARGES_ROOM	256

/*
 * account_charges(account, schedule)
 *
 * A month's charges of a row of accounts, or its problem.
 */
Datum
account_charges(PG_FUNCTION_ARGS)
{
	static StoredRowType sums_type;
	cents_t		sums[NUM_LINE_KINDS] = {0};
	Bill		bill = {.sums = sums};
	AccountFacts facts;
	RatingCall	call;
	StoredRow	row;

	if (PG_ARGISNULL(ARGUMENT_ACCOUNT))
		PG_RETURN_NULL();
	verify_row_type(&sums_type, fcinfo->flinfo->fn_oid, &account_sums_columns);
	make_stored_row(&row, CHARGES_ROOM);
	begin_stored_row(&row, &sums_type);
	if (rate_account(fcinfo, ARGUMENT_ACCOUNT, false, &call, &facts, &bill))
	{
		store_null(&row);
		store_null(&row);
		store_charges(&row, sums);
		store_decimal(&row, (Decimal) {bill.total, 2});
	}
	else
	{
		store_text(&row, cstring_to_text(problem_code(&call)));
		store_text(&row, problem_message_text(&call));
		while (row.column < ACCOUNT_SUMS_SCHEDULE - 1)
			store_null(&row);
	}
	store_text(&row, call.schedule != NULL ? call.schedule->name_text : NULL);
	return stored_row_datum(&row);
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
