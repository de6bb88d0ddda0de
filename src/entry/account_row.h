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
#include "utils/typcache.h"

#include "entry/bill_facts.h"
#include "entry/codes.h"

/* The columns of a row: the arguments of bill(), and the date. */
enum
{
	ROW_SERVICE_DATE = NUM_BILL_ARGUMENTS,
	NUM_ROW_ARGUMENTS
};

/* What is known of a row type. */
typedef struct RowMap
{
	TypeCacheEntry *entry;		/* of a named type; NULL: none yet */
	uint64		identifier;		/* its definition when the map was made */
	Oid			type;
	int32		typmod;
	LabelTypes	label_types;
	bool		checked;		/* all columns are there and can be read */
	bool		checked_date;	/* so is service_date */
	MemoryContext context;		/* which holds all of this */
	TupleDesc	descriptor;
	ValuePlace	columns[NUM_ROW_ARGUMENTS];
	Datum	   *values;			/* of the row at hand */
	bool	   *nulls;
} RowMap;

/* What is kept with a call of a function over rows. */
typedef struct AccountCall
{
	RowMap	   *map;			/* of the last row; NULL: none yet */
} AccountCall;

extern const char *row_argument_name(int argument);
extern int	argument_named(const char *name);
extern bool is_needed_column(int argument);
extern void map_columns(TupleDesc descriptor, const LabelTypes *types,
						ValuePlace columns[NUM_ROW_ARGUMENTS]);
extern void check_column(TupleDesc descriptor, const ValuePlace *column,
						 int argument);
extern AccountCall *begin_account_call(FunctionCallInfo fcinfo);
extern void make_row_map(FunctionCallInfo fcinfo, AccountCall *state,
						 HeapTupleHeader row);
extern void check_columns(RowMap *map, bool with_date);

/* What is kept with the call. */
static inline AccountCall *
account_call(FunctionCallInfo fcinfo)
{
	AccountCall *state = (AccountCall *) fcinfo->flinfo->fn_extra;

	return likely(state != NULL) ? state : begin_account_call(fcinfo);
}

/* Does the map describe the row?  As the executor asks (ExprEvalRowtypeCache). */
static inline bool
describes(const RowMap *map, HeapTupleHeader row)
{
	return map->type == HeapTupleHeaderGetTypeId(row) &&
		(map->entry != NULL ?
		 map->entry->tupDesc_identifier == map->identifier :
		 map->typmod == HeapTupleHeaderGetTypMod(row));
}

/*
 * The map of a row's type: made once for each call site, and anew when the
 * type is another one or was altered.
 */
static inline RowMap *
row_map(FunctionCallInfo fcinfo, HeapTupleHeader row)
{
	AccountCall *state = account_call(fcinfo);

	if (unlikely(state->map == NULL || !describes(state->map, row)))
		make_row_map(fcinfo, state, row);
	return state->map;
}

#endif							/* MISSION_RATES_ACCOUNT_ROW_H */
