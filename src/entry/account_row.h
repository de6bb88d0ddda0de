/*
 * account_row.h
 *	  Which columns of a row of accounts are read, and how.
 */
#ifndef MISSION_RATES_ACCOUNT_ROW_H
#define MISSION_RATES_ACCOUNT_ROW_H

#include "postgres.h"

#include "access/htup_details.h"
#include "access/tupdesc.h"
#include "fmgr.h"
#include "nodes/pg_list.h"
#include "utils/typcache.h"

#include "entry/bill_facts.h"
#include "entry/rating_call.h"

/* The columns of a row: the arguments of bill(), and the date. */
enum
{
	ROW_SERVICE_DATE = NUM_BILL_ARGUMENTS,
	NUM_ROW_ARGUMENTS
};

/*
 * What is kept with a call of a function over rows: how the columns are read,
 * by argument, and what else is known of the type of the last row.
 */
typedef struct AccountCall
{
	ValueKind	kinds[NUM_ROW_ARGUMENTS];

	/* the type of the last row; not for a call over columns */
	Oid			type;			/* InvalidOid: there was none */
	int32		typmod;
	TypeCacheEntry *entry;		/* of a named type, else NULL */
	uint64		identifier;		/* its definition when it was looked at */
	bool		checked;		/* all columns are there and can be read */
	bool		checked_date;	/* so is service_date */
	int			at[NUM_ROW_ARGUMENTS];	/* where the columns are, from 0 */
	MemoryContext context;		/* which holds the rest */
	TupleDesc	descriptor;
	Datum	   *datums;			/* of the row at hand */
	bool	   *nulls;
	NullableDatum values[NUM_ROW_ARGUMENTS];	/* the same, by argument */
} AccountCall;

extern const char *row_argument_name(int argument);
extern int	argument_named(const char *name);
extern bool is_needed_column(int argument);
extern ValueKind kind_of_column(int argument, Oid type);
extern void map_columns(TupleDesc descriptor, AccountCall *known);
extern void check_column(TupleDesc descriptor, const AccountCall *known,
						 int argument);
extern AccountCall *begin_account_call(FunctionCallInfo fcinfo);
extern void take_row_apart(AccountCall *known, HeapTupleHeader row,
						   bool with_date);

/*
 * Is the call one over columns, as account_support.c makes it?  Its arguments
 * are those of bill(), in their order.
 */
static inline bool
is_over_columns(FunctionCallInfo fcinfo)
{
	return PG_NARGS() == NUM_ROW_ARGUMENTS + 1;
}

/*
 * Is the row that is an argument NULL?  A row that the planner has taken apart
 * is not.
 */
static inline bool
is_null_row(FunctionCallInfo fcinfo, int account_argno)
{
	return !is_over_columns(fcinfo) && PG_ARGISNULL(account_argno);
}

/* What is kept with the call. */
static inline AccountCall *
account_call(FunctionCallInfo fcinfo)
{
	AccountCall *known = (AccountCall *) fcinfo->flinfo->fn_extra;

	return likely(known != NULL) ? known : begin_account_call(fcinfo);
}

/* account_facts.c: a row of accounts as the facts of a bill */
extern bool rate_account(FunctionCallInfo fcinfo, int account_argno,
						 bool with_lines, RatingCall *call,
						 ReadFacts *facts, Bill *bill);
extern List *problems_of_account(FunctionCallInfo fcinfo, int account_argno,
								 RatingCall *call);

#endif							/* MISSION_RATES_ACCOUNT_ROW_H */
