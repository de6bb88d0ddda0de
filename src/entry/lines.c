/*
 * lines.c
 *	  Bills and quotes as rows of the type bill_line.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "entry/lines.h"
#include "entry/stored_row.h"
#include "tables/descriptor.h"

/* What is known of the type bill_line */
static StoredRowType line_type;

/* A rate as it is printed: dollars, cents, and further decimals if any. */
static Decimal
printed_rate(Decimal rate)
{
	for (; rate.scale > 2 && rate.value % 10 == 0; rate.scale--)
		rate.value /= 10;
	for (; rate.scale < 2 && rate.value < INT64_MAX / 10 &&
		 rate.value > -(INT64_MAX / 10); rate.scale++)
		rate.value *= 10;
	return rate;
}

/* A volume is printed with the three decimals that make it gallons. */
static Decimal
printed_quantity(Decimal quantity)
{
	for (; quantity.scale > 3 && quantity.value % 10 == 0; quantity.scale--)
		quantity.value /= 10;
	return quantity;
}

/*
 * A label as text, so that a ledger has no column of a type of the extension's;
 * 0 stands for none.
 */
static void
store_label(StoredRow *row, const RateBook *book, RateType type, uint32_t id)
{
	const LabelIndex *labels = &book->labels[type];

	store_text(row, id == 0 ? NULL : labels->texts[label_index(labels, id)]);
}

static void
store_gallons(StoredRow *row, int64_t gallons)
{
	if (gallons == NO_GALLONS)
		store_null(row);
	else
		store_bigint(row, gallons);
}

/* The key of the rate row that the line was rated by. */
static void
store_key(StoredRow *row, const RateBook *book, const LineKey *key)
{
	store_label(row, book, TYPE_CLASS, key->class_id);
	store_label(row, book, TYPE_SIZE, key->meter_id);
	store_label(row, book, TYPE_AREA, key->area_id);
	store_gallons(row, key->from_gallons);
	store_gallons(row, key->to_gallons);
}

/* One line: the columns of bill_line in their order. */
static void
store_line(StoredRow *row, const RatingCall *call, const BillLine *line,
		   int number)
{
	const LineTexts *words = &call->book->line_texts[line->kind];
	const RateSchedule *schedule = line->schedule != NULL ?
		line->schedule : call->schedule;
	const Fee  *fee = line->fee;

	begin_stored_row(row, &line_type);
	store_integer(row, number);
	store_text(row, words->service);
	store_text(row, fee != NULL ? fee->code_text : words->charge);
	store_text(row, line->description != NULL ?
			   line->description : words->description);
	store_decimal(row, printed_quantity(line->quantity));
	store_text(row, fee != NULL ? fee->unit : words->unit);
	store_decimal(row, printed_rate(line->rate));
	store_decimal(row, (Decimal) {line->amount, 2});
	store_text(row, line->section);
	store_text(row, schedule->name_text);
	store_key(row, call->book, &line->key);
}

/*
 * Where the rows go: a store that the executor takes over, and empties.  It is
 * told no descriptor, which it would compare, column by column, at each call:
 * the columns are verified here, once for each state of the type.
 */
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
	verify_row_type(&line_type, fcinfo->flinfo->fn_oid, &bill_line_columns);
	old = MemoryContextSwitchTo(result->econtext->ecxt_per_query_memory);
	result->returnMode = SFRM_Materialize;
	result->setResult =
		tuplestore_begin_heap(result->allowedModes & SFRM_Materialize_Random,
							  false, work_mem);
	MemoryContextSwitchTo(old);
	return result->setResult;
}

/* Enough for nearly every line */
#define LINE_ROOM	512

static void
put_row(Tuplestorestate *store, const StoredRow *row)
{
	HeapTupleData tuple = stored_tuple(row);

	tuplestore_puttuple(store, &tuple);
}

/* Return the lines of a bill; a bill of none is an empty set. */
Datum
return_lines(FunctionCallInfo fcinfo, const RatingCall *call,
			 const Bill *bill)
{
	Tuplestorestate *store = begin_lines(fcinfo);
	StoredRow	row;

	make_stored_row(&row, LINE_ROOM);
	for (int i = 0; i < bill->nlines; i++)
	{
		store_line(&row, call, &bill->lines[i], i + 1);
		put_row(store, &row);
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
	StoredRow	row;

	make_stored_row(&row, LINE_ROOM);
	begin_stored_row(&row, &line_type);
	store_integer(&row, 1);
	store_text(&row, cstring_to_text("problem"));
	store_text(&row, problem_code(call));
	store_text(&row, problem_message(call));
	while (row.column < BILL_LINE_SCHEDULE - 1)
		store_null(&row);
	store_text(&row, call->schedule != NULL ? call->schedule->name_text : NULL);
	put_row(store, &row);
	return (Datum) 0;
}
