/*
 * bare.c
 *		The least that a C function with the arguments of the measured ones can
 *		do: return an amount, or as many lines as the bill has.
 *
 * What a query over these costs is the executor's; the rest is the rating's.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/numeric.h"
#include "utils/syscache.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

PG_MODULE_MAGIC;

#define BILL_COLUMNS 15

PG_FUNCTION_INFO_V1(bare_amount);
PG_FUNCTION_INFO_V1(bare_bill);

void		_PG_init(void);

/* A line of a bill, made once. */
static Datum line_values[BILL_COLUMNS];

/* A text value that lives as long as the backend. */
static Datum
lasting_text(const char *value)
{
	return PointerGetDatum(cstring_to_text(value));
}

void
_PG_init(void)
{
	MemoryContext old = MemoryContextSwitchTo(TopMemoryContext);
	Datum		amount = NumericGetDatum(int64_div_fast_to_numeric(5426, 2));

	line_values[0] = Int32GetDatum(1);
	line_values[1] = lasting_text("water");
	line_values[2] = lasting_text("water_volume");
	line_values[3] = lasting_text("Water volume, gallons 1,000 to 19,999");
	line_values[4] = amount;
	line_values[5] = lasting_text("1,000 gallons");
	line_values[6] = amount;
	line_values[7] = amount;
	line_values[8] = lasting_text("114-54(c)(2)");
	line_values[9] = lasting_text("Ordinance 5244");
	line_values[13] = Int64GetDatum(1000);
	line_values[14] = Int64GetDatum(19999);
	MemoryContextSwitchTo(old);
}

/*
 * An integer number of cents as a numeric, by the server's own conversion: what
 * every function does that computes in integers and returns dollars.
 */
Datum
bare_amount(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(int64_div_fast_to_numeric(PG_GETARG_INT64(2), 2));
}

/*
 * How many lines the bill of these accounts has: water minimum and up to two
 * blocks, the sewer's fixed rate and, unless it is flat, its volume.
 */
static int
count_lines(FunctionCallInfo fcinfo, Oid flat_class)
{
	int64		gallons = PG_GETARG_INT64(2);
	bool		flat = PG_GETARG_OID(0) == flat_class;

	return 2 + (gallons > 999) + (gallons > 19999) + (gallons > 0 && !flat);
}

/* The value of the class that pays a flat sewer rate. */
static Oid
find_flat_class(FunctionCallInfo fcinfo)
{
	Oid			type = get_fn_expr_argtype(fcinfo->flinfo, 0);
	HeapTuple	tuple = SearchSysCache2(ENUMTYPOIDNAME,
										ObjectIdGetDatum(type),
										CStringGetDatum("A8"));
	Oid			value;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "no class A8");
	value = ((Form_pg_enum) GETSTRUCT(tuple))->oid;
	ReleaseSysCache(tuple);
	return value;
}

/* As many lines as the bill has, all of them the same. */
Datum
bare_bill(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext old = MemoryContextSwitchTo(rsinfo->econtext->ecxt_per_query_memory);
	bool		nulls[BILL_COLUMNS] = {[10] = true,[11] = true,[12] = true};
	Oid		   *known = fcinfo->flinfo->fn_extra;
	int			i;

	if (known == NULL)
	{
		known = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, 2 * sizeof(Oid));
		known[0] = find_flat_class(fcinfo);
		known[1] = get_func_rettype(fcinfo->flinfo->fn_oid);
		fcinfo->flinfo->fn_extra = known;
	}
	rsinfo->returnMode = SFRM_Materialize;
	rsinfo->setResult = tuplestore_begin_heap(rsinfo->allowedModes & SFRM_Materialize_Random,
											  false, work_mem);
	rsinfo->setDesc = lookup_type_cache(known[1], TYPECACHE_TUPDESC)->tupDesc;
	MemoryContextSwitchTo(old);
	for (i = count_lines(fcinfo, known[0]); i > 0; i--)
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, line_values, nulls);
	return (Datum) 0;
}
