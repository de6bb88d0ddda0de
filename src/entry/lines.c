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

#include "entry/rating_call.h"
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

	store_rate_text(row, id == 0 ? NULL :
					labels->texts[label_index(labels, id)]);
}

static void
store_gallons(StoredRow *row, int64_t gallons)
{
	if (gallons == 0)
		store_null(row);
	else
		store_bigint(row, gallons);
}

/*
 * A line as it was printed, up to the gallons of its key, in stored form.  Its
 * number, quantity and amount are its own; all else is its rate row's, and is
 * copied to the next line of that row, in half the time of making it.
 */
typedef struct PrintedLine
{
	uint32		quantity;		/* where this column is, and so on */
	uint32		unit;
	uint32		amount;
	uint32		section;
	uint32		from_gallons;
	char		bytes[FLEXIBLE_ARRAY_MEMBER];
} PrintedLine;

/*
 * Does the row of the line alone say what is printed of it?  A row of other
 * kinds may be a fee that is also a monthly charge, or leave the rate open.
 */
static bool
is_monthly(const BillLine *line)
{
	return line->kind < NUM_MONTHLY_KINDS;
}

/*
 * Keep a line for the next ones of its rate row, for as long as the row is
 * kept.  What follows the quantity moves: it must have no text that is aligned,
 * as one of more than 126 bytes is.
 */
static void
keep_line(const StoredRow *row, const PrintedLine *places,
		  RateText *description)
{
	PrintedLine *kept;

	if (places->from_gallons - places->unit > VARATT_SHORT_MAX)
		return;
	kept = MemoryContextAlloc(GetMemoryChunkContext(description),
							  offsetof(PrintedLine, bytes) +
							  places->from_gallons);
	*kept = *places;
	memcpy(kept->bytes, row->header, places->from_gallons);
	description->line = kept;
}

/* Make a line, column by column, up to the gallons; the number comes later. */
static void
make_line(StoredRow *row, const RatingCall *call, const BillLine *line)
{
	const RateBook *book = call->schedule->book;
	const LineTexts *words = &book->line_texts[line->kind];
	const RateSchedule *schedule = line->schedule != NULL ?
		line->schedule : call->schedule;
	const Fee  *fee = line->fee;
	PrintedLine places;

	begin_stored_row(row, &line_type);
	store_integer(row, 0);
	store_rate_text(row, words->service);
	store_rate_text(row, fee != NULL ? fee->code_text : words->charge);
	store_rate_text(row, line->description != NULL ?
					line->description : words->description);
	places.quantity = row->used;
	store_decimal(row, printed_quantity(line->quantity));
	places.unit = row->used;
	store_rate_text(row, fee != NULL ? fee->unit : words->unit);
	store_decimal(row, printed_rate(line->rate));
	places.amount = row->used;
	store_decimal(row, (Decimal) {line->amount, 2});
	places.section = row->used;
	store_rate_text(row, line->section);
	store_rate_text(row, schedule->name_text);
	store_label(row, book, TYPE_CLASS, line->key.class_id);
	store_label(row, book, TYPE_SIZE, line->key.meter_id);
	store_label(row, book, TYPE_AREA, line->key.area_id);
	places.from_gallons = row->used;
	if (is_monthly(line))
		keep_line(row, &places, unconstify(RateText *, line->description));
}

/* The same where a line of the rate row was printed before. */
static void
copy_line(StoredRow *row, const PrintedLine *like, const BillLine *line)
{
	row->used = 0;
	row->column = 0;
	copy_columns(row, BILL_LINE_QUANTITY - BILL_LINE_LINE, like->bytes,
				 like->quantity);
	store_decimal(row, printed_quantity(line->quantity));
	copy_columns(row, BILL_LINE_AMOUNT - BILL_LINE_UNIT,
				 like->bytes + like->unit, like->amount - like->unit);
	store_decimal(row, (Decimal) {line->amount, 2});
	copy_columns(row, BILL_LINE_FROM_GALLONS - BILL_LINE_SECTION,
				 like->bytes + like->section,
				 like->from_gallons - like->section);
}

/* One line: the columns of bill_line. */
static void
store_line(StoredRow *row, const RatingCall *call, const BillLine *line,
		   int32 number)
{
	const PrintedLine *like = is_monthly(line) ?
		line->description->line : NULL;

	if (likely(like != NULL))
		copy_line(row, like, line);
	else
		make_line(row, call, line);
	memcpy((char *) row->header + row->header->t_hoff, &number,
		   sizeof(number));
	store_gallons(row, line->key.from_gallons);
	store_gallons(row, line->key.to_gallons);
}

/*
 * Where the rows go: a store that the executor takes over.  It is not told the
 * descriptor, which it would compare at each call: the columns are verified
 * here, once for each state of the type.
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
	HeapTupleData tuple = {.t_len = row->used,.t_data = row->header};

	tuplestore_puttuple(store, &tuple);
}

/*
 * Return the lines of a bill, where it was rated; a bill of none, and one that a
 * NULL kept from being made, is an empty set.
 */
Datum
return_lines(FunctionCallInfo fcinfo, const RatingCall *call, bool rated,
			 const Bill *bill)
{
	int			nlines = rated ? bill->nlines : 0;
	Tuplestorestate *store;
	StoredRow	row;

	if (!rated)
		null_or_error(call);
	store = begin_lines(fcinfo);
	make_stored_row(&row, LINE_ROOM);
	for (int i = 0; i < nlines; i++)
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
	store_rate_text(&row, call->schedule != NULL ?
					call->schedule->name_text : NULL);
	put_row(store, &row);
	return (Datum) 0;
}
