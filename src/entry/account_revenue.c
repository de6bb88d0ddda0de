/*
 * account_revenue.c
 *	  The aggregates account_revenue: what rows of accounts bring in, by charge.
 *
 * Cents are added up as integers, and numerics made once, at the end.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"

#include "compat.h"
#include "entry/account_row.h"
#include "entry/number.h"
#include "rating/wide.h"

PG_FUNCTION_INFO_V1(account_revenue_add);
PG_FUNCTION_INFO_V1(account_revenue_merge);
PG_FUNCTION_INFO_V1(account_revenue_write);
PG_FUNCTION_INFO_V1(account_revenue_read);
PG_FUNCTION_INFO_V1(account_revenue_result);

/* The arguments of account_revenue_add(); a schedule's name may follow. */
enum
{
	ARGUMENT_STATE,
	ARGUMENT_ACCOUNT
};

/* The sums that are kept: gallons, each charge, the total. */
enum
{
	SUM_GALLONS,
	SUM_FIRST_CHARGE,
	SUM_TOTAL = SUM_FIRST_CHARGE + NUM_MONTHLY_KINDS,
	NUM_SUMS
};

/* The columns of revenue_sums; the sums follow in their order. */
enum
{
	COLUMN_BILLS,
	COLUMN_SET_ASIDE,
	COLUMN_FIRST_SUM,
	NUM_COLUMNS = COLUMN_FIRST_SUM + NUM_SUMS
};

typedef struct RevenueState
{
	int64		bills;
	int64		set_aside;
	WideInt		sums[NUM_SUMS];
} RevenueState;

/* A new state, which lives as long as the group. */
static RevenueState *
new_state(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "account_revenue called outside an aggregation");
	return MemoryContextAllocZero(context, sizeof(RevenueState));
}

/* A state that is passed, or NULL. */
static RevenueState *
state_argument(FunctionCallInfo fcinfo, int argno)
{
	return PG_ARGISNULL(argno) ? NULL :
		(RevenueState *) PG_GETARG_POINTER(argno);
}

/* A bill that was made. */
static void
add_bill(RevenueState *state, const ReadFacts *facts, const Bill *bill)
{
	state->bills++;
	if (is_given(&facts->bill, BILL_GALLONS))
		wide_add(&state->sums[SUM_GALLONS], wide_of(facts->bill.gallons));
	for (int i = 0; i < NUM_MONTHLY_KINDS; i++)
		wide_add(&state->sums[SUM_FIRST_CHARGE + i], wide_of(bill->sums[i]));
	wide_add(&state->sums[SUM_TOTAL], wide_of(bill->total));
}

/* Transition: one more row; NULL is not counted. */
Datum
account_revenue_add(PG_FUNCTION_ARGS)
{
	RevenueState *state = state_argument(fcinfo, ARGUMENT_STATE);
	cents_t		sums[NUM_MONTHLY_KINDS] = {0};
	Bill		bill = {.sums = sums};
	ReadFacts	facts;
	RatingCall	call;

	if (state == NULL)
		state = new_state(fcinfo);
	if (PG_ARGISNULL(ARGUMENT_ACCOUNT))
		PG_RETURN_POINTER(state);
	if (rate_account(fcinfo, ARGUMENT_ACCOUNT, false, &call, &facts, &bill))
		add_bill(state, &facts, &bill);
	else
		state->set_aside++;
	PG_RETURN_POINTER(state);
}

/* Combine: add the second state to the first. */
Datum
account_revenue_merge(PG_FUNCTION_ARGS)
{
	RevenueState *state = state_argument(fcinfo, 0);
	const RevenueState *other = state_argument(fcinfo, 1);

	if (state == NULL)
		state = new_state(fcinfo);
	if (other == NULL)
		PG_RETURN_POINTER(state);
	state->bills += other->bills;
	state->set_aside += other->set_aside;
	for (int i = 0; i < NUM_SUMS; i++)
		wide_add(&state->sums[i], other->sums[i]);
	PG_RETURN_POINTER(state);
}

/* Serialize: the state of a worker, on its way to the leader. */
Datum
account_revenue_write(PG_FUNCTION_ARGS)
{
	const RevenueState *state = (RevenueState *) PG_GETARG_POINTER(0);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendint64(&out, state->bills);
	pq_sendint64(&out, state->set_aside);
	for (int i = 0; i < NUM_SUMS; i++)
	{
		pq_sendint64(&out, state->sums[i].high);
		pq_sendint64(&out, state->sums[i].low);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Deserialize: what account_revenue_write() wrote. */
Datum
account_revenue_read(PG_FUNCTION_ARGS)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);
	RevenueState *state = palloc0(sizeof(RevenueState));
	StringInfoData in;

	if (!AggCheckCallContext(fcinfo, NULL))
		elog(ERROR, "account_revenue called outside an aggregation");
	initStringInfo(&in);
	appendBinaryStringInfo(&in, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	state->bills = pq_getmsgint64(&in);
	state->set_aside = pq_getmsgint64(&in);
	for (int i = 0; i < NUM_SUMS; i++)
	{
		state->sums[i].high = pq_getmsgint64(&in);
		state->sums[i].low = (uint64) pq_getmsgint64(&in);
	}
	pq_getmsgend(&in);
	pfree(in.data);
	PG_RETURN_POINTER(state);
}

/* Final: the composite revenue_sums; of no rows all zeros. */
Datum
account_revenue_result(PG_FUNCTION_ARGS)
{
	static const RevenueState none = {0};
	const RevenueState *state = state_argument(fcinfo, 0);
	Datum		values[NUM_COLUMNS];
	bool		nulls[NUM_COLUMNS] = {false};

	if (state == NULL)
		state = &none;
	values[COLUMN_BILLS] = Int64GetDatum(state->bills);
	values[COLUMN_SET_ASIDE] = Int64GetDatum(state->set_aside);
	for (int i = 0; i < NUM_SUMS; i++)
		values[COLUMN_FIRST_SUM + i] =
			wide_to_numeric(state->sums[i], i == SUM_GALLONS ? 0 : 2);
	return return_row(fcinfo, NUM_COLUMNS, values, nulls);
}
