/*
 * account_charges.c
 *	  What a row of accounts costs: account_charges, account_total,
 *	  account_problem, account_problems, account_bill.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "entry/account_row.h"
#include "entry/number.h"
#include "entry/stored_row.h"
#include "tables/descriptor.h"

PG_FUNCTION_INFO_V1(account_charges);
PG_FUNCTION_INFO_V1(account_total);
PG_FUNCTION_INFO_V1(account_problem);
PG_FUNCTION_INFO_V1(account_problems);
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
	cents_t		sums[NUM_MONTHLY_KINDS] = {0};
	Bill		bill = {.sums = sums};
	ReadFacts	facts;
	RatingCall	call;
	StoredRow	row;

	StaticAssertStmt(ACCOUNT_SUMS_TOTAL - ACCOUNT_SUMS_WATER_MINIMUM ==
					 NUM_MONTHLY_KINDS,
					 "account_sums and revenue_sums need a column for each"
					 " monthly charge");
	if (is_null_row(fcinfo, ARGUMENT_ACCOUNT))
		PG_RETURN_NULL();
	verify_row_type(&sums_type, fcinfo->flinfo->fn_oid, &account_sums_columns);
	make_stored_row(&row, CHARGES_ROOM);
	begin_stored_row(&row, &sums_type);
	if (rate_account(fcinfo, ARGUMENT_ACCOUNT, false, &call, &facts, &bill))
	{
		store_null(&row);
		store_null(&row);
		for (int i = 0; i < NUM_MONTHLY_KINDS; i++)
			store_dollars(&row, sums[i]);
		store_dollars(&row, bill.total);
	}
	else
	{
		store_text(&row, problem_code(&call));
		store_text(&row, problem_message(&call));
		while (row.column < ACCOUNT_SUMS_SCHEDULE - 1)
			store_null(&row);
	}
	store_rate_text(&row, call.schedule != NULL ?
					call.schedule->name_text : NULL);
	return stored_row_datum(&row);
}

/* account_total(account, schedule): dollars, NULL where there is a problem. */
Datum
account_total(PG_FUNCTION_ARGS)
{
	Bill		bill = {0};
	ReadFacts	facts;
	RatingCall	call;

	if (is_null_row(fcinfo, ARGUMENT_ACCOUNT) ||
		!rate_account(fcinfo, ARGUMENT_ACCOUNT, false, &call, &facts, &bill))
		PG_RETURN_NULL();
	return cents_to_numeric(bill.total);
}

/* account_problem(account, schedule): the sentence, NULL where there is none. */
Datum
account_problem(PG_FUNCTION_ARGS)
{
	Bill		bill = {0};
	ReadFacts	facts;
	RatingCall	call;

	if (is_null_row(fcinfo, ARGUMENT_ACCOUNT) ||
		rate_account(fcinfo, ARGUMENT_ACCOUNT, false, &call, &facts, &bill))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(problem_message(&call));
}

/*
 * account_problems(account, schedule)
 *
 * Everything that is wrong with the row: codes and sentences.
 */
Datum
account_problems(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	RatingCall	call = {0};
	List	   *problems;

	InitMaterializedSRF(fcinfo, 0);
	if (is_null_row(fcinfo, ARGUMENT_ACCOUNT))
		return (Datum) 0;
	problems = problems_of_account(fcinfo, ARGUMENT_ACCOUNT, &call);
	for (int i = 0; i < list_length(problems); i++)
	{
		Datum		values[2];
		bool		nulls[2] = {false};

		call.problem = *(Problem *) list_nth(problems, i);
		values[0] = PointerGetDatum(problem_code(&call));
		values[1] = PointerGetDatum(problem_message(&call));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* account_bill(account, schedule): the lines of the bill, or of the problem. */
Datum
account_bill(PG_FUNCTION_ARGS)
{
	Bill		bill = {0};
	ReadFacts	facts;
	RatingCall	call;

	if (is_null_row(fcinfo, ARGUMENT_ACCOUNT))
		return return_lines(fcinfo, NULL, true, &bill);
	if (!rate_account(fcinfo, ARGUMENT_ACCOUNT, true, &call, &facts, &bill))
		return return_problem_line(fcinfo, &call);
	return return_lines(fcinfo, &call, true, &bill);
}
