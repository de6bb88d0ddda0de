/*
 * lines.c
 *	  Bills and quotes as rows of the type bill_line.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

#include "tables/descriptor.h"
#include "entry/lines.h"
#include "entry/number.h"

/* Where a column of bill_line stands in an array of values */
#define AT(column)	(BILL_LINE_##column - 1)

/* A rate as it is printed: dollars, cents, and further decimals if any. */
static Datum
rate_to_numeric(Decimal rate)
{
	for (; rate.scale > 2 && rate.value % 10 == 0; rate.scale--)
		rate.value /= 10;
	for (; rate.scale < 2 && rate.value < INT64_MAX / 10 &&
		 rate.value > -(INT64_MAX / 10); rate.scale++)
		rate.value *= 10;
	return lasting_numeric(rate);
}

static bool
is_one(Decimal quantity)
{
	return quantity.value == 1 && quantity.scale == 0;
}

/* A volume is printed with the three decimals that make it gallons. */
static Datum
quantity_to_numeric(Decimal quantity)
{
	if (is_one(quantity))
		return lasting_numeric(decimal_of_count(1));
	for (; quantity.scale > 3 && quantity.value % 10 == 0; quantity.scale--)
		quantity.value /= 10;
	return decimal_to_numeric(quantity);
}

/* Is the rate of one unit, in whole cents, the amount itself? */
static bool
rate_is_amount(const BillLine *line)
{
	return is_one(line->quantity) && line->rate.scale == RATE_SCALE &&
		line->rate.value % 100 == 0;
}

static void
put_text(Datum *values, bool *nulls, int column, const RateText *own,
		 const RateText *of_kind)
{
	const RateText *text = own != NULL ? own : of_kind;

	nulls[column] = (text == NULL);
	values[column] = rate_text_datum(text);
}

/*
 * A label as text, so that a ledger has no column of a type of the extension's;
 * 0 stands for none.
 */
static void
put_label(Datum *values, bool *nulls, int column, const LabelIndex *labels,
		  uint32_t id)
{
	nulls[column] = (id == 0);
	if (id != 0)
		values[column] = rate_text_datum(labels->texts[label_index(labels, id)]);
}

static void
put_gallons(Datum *values, bool *nulls, int column, int64_t gallons)
{
	nulls[column] = (gallons == NO_GALLONS);
	values[column] = Int64GetDatum(gallons);
}

/* The key of the rate row that the line was rated by. */
static void
fill_key(const RateBook *book, const LineKey *key, Datum *values, bool *nulls)
{
	put_label(values, nulls, AT(RATE_CLASS), &book->classes, key->class_id);
	put_label(values, nulls, AT(RATE_METER), &book->sizes, key->meter_id);
	put_label(values, nulls, AT(RATE_AREA), &book->areas, key->area_id);
	put_gallons(values, nulls, AT(FROM_GALLONS), key->from_gallons);
	put_gallons(values, nulls, AT(TO_GALLONS), key->to_gallons);
}

/* One line as the columns of bill_line. */
static void
fill_columns(const RatingCall *call, const BillLine *line, int number,
			 Datum *values, bool *nulls)
{
	const LineTexts *words = &call->book->line_texts[line->kind];
	const RateSchedule *schedule = line->schedule != NULL ?
		line->schedule : call->schedule;

	values[AT(LINE)] = Int32GetDatum(number);
	put_text(values, nulls, AT(SERVICE), words->service, NULL);
	put_text(values, nulls, AT(CHARGE),
			 line->fee ? line->fee->code_text : NULL, words->charge);
	put_text(values, nulls, AT(DESCRIPTION), line->description,
			 words->description);
	values[AT(QUANTITY)] = quantity_to_numeric(line->quantity);
	put_text(values, nulls, AT(UNIT), line->fee ? line->fee->unit : NULL,
			 words->unit);
	values[AT(RATE)] = rate_to_numeric(line->rate);
	values[AT(AMOUNT)] = rate_is_amount(line) ?
		values[AT(RATE)] : cents_to_numeric(line->amount);
	put_text(values, nulls, AT(SECTION), line->section, NULL);
	put_text(values, nulls, AT(SCHEDULE), schedule->name_text, NULL);
	fill_key(call->book, &line->key, values, nulls);
}

/*
 * The descriptor of the row type.  Its columns are checked once for each state
 * of the type: the type cache gives every other one another number.
 */
static TupleDesc
verified_descriptor(Oid type, Oid function)
{
	static uint64 verified = 0;
	TypeCacheEntry *entry = lookup_type_cache(type, TYPECACHE_TUPDESC);

	if (entry->tupDesc_identifier != verified)
	{
		verify_columns(&bill_line_columns, entry->tupDesc,
					   get_func_namespace(function));
		verified = entry->tupDesc_identifier;
	}
	return entry->tupDesc;
}

/*
 * The row type that the function returns, which never changes: looked up once
 * for calls of the same function.  The type cache then has its descriptor at
 * hand.
 */
static TupleDesc
line_descriptor(Oid function)
{
	static Oid	last_function = InvalidOid;
	static Oid	last_type = InvalidOid;

	if (function != last_function)
	{
		last_type = get_func_rettype(function);
		last_function = function;
	}
	return verified_descriptor(last_type, function);
}

/* Where the rows go: a store that the executor takes over, and empties. */
static Tuplestorestate *
begin_lines(FunctionCallInfo fcinfo)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext old;

	if (result == NULL || !IsA(result, ReturnSetInfo) ||
		!(result->allowedModes & SFRM_Materialize))
		ereport(ERROR,
				errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				errmsg("set-valued function called in context that cannot accept a set"));
	old = MemoryContextSwitchTo(result->econtext->ecxt_per_query_memory);
	result->returnMode = SFRM_Materialize;
	result->setResult =
		tuplestore_begin_heap(result->allowedModes & SFRM_Materialize_Random,
							  false, work_mem);
	result->setDesc = line_descriptor(fcinfo->flinfo->fn_oid);
	MemoryContextSwitchTo(old);
	return result->setResult;
}

/* Return the lines of a bill; a bill of none is an empty set. */
Datum
return_lines(FunctionCallInfo fcinfo, const RatingCall *call,
			 const Bill *bill)
{
	Tuplestorestate *store = begin_lines(fcinfo);
	TupleDesc	descriptor = ((ReturnSetInfo *) fcinfo->resultinfo)->setDesc;

	for (int i = 0; i < bill->nlines; i++)
	{
		Datum		values[NUM_BILL_LINE_COLUMNS];
		bool		nulls[NUM_BILL_LINE_COLUMNS] = {false};

		fill_columns(call, &bill->lines[i], i + 1, values, nulls);
		tuplestore_putvalues(store, descriptor, values, nulls);
	}
	return (Datum) 0;
}

/*
 * Return one line that says why there is no bill: the row is set aside, not
 * dropped.
 */
Datum
return_problem_line(FunctionCallInfo fcinfo, const RatingCall *call)
{
	Tuplestorestate *store = begin_lines(fcinfo);
	Datum		values[NUM_BILL_LINE_COLUMNS] = {0};
	bool		nulls[NUM_BILL_LINE_COLUMNS];

	memset(nulls, true, sizeof(nulls));
	nulls[AT(LINE)] = nulls[AT(SERVICE)] = false;
	nulls[AT(CHARGE)] = nulls[AT(DESCRIPTION)] = false;
	values[AT(LINE)] = Int32GetDatum(1);
	values[AT(SERVICE)] = CStringGetTextDatum("problem");
	values[AT(CHARGE)] = CStringGetTextDatum(problem_code(call));
	values[AT(DESCRIPTION)] = PointerGetDatum(problem_message_text(call));
	if (call->schedule != NULL)
	{
		nulls[AT(SCHEDULE)] = false;
		values[AT(SCHEDULE)] = rate_text_datum(call->schedule->name_text);
	}
	tuplestore_putvalues(store,
						 ((ReturnSetInfo *) fcinfo->resultinfo)->setDesc,
						 values, nulls);
	return (Datum) 0;
}
