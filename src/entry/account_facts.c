/*
 * account_facts.c
 *	  A row of accounts becomes the facts of a bill.
 *
 * From there on it is rated by the same path as the arguments of bill().  What
 * only a row can have is handled here: the date that picks its schedule, and
 * problems that are errors because they concern every row.
 */
#include "postgres.h"

#include "access/htup_details.h"

#include "entry/account_facts.h"
#include "entry/account_row.h"
#include "rating/all_problems.h"

/* The date of a row */
static inline ValueState
read_date(const RowMap *map, DateADT *date)
{
	const ValuePlace *column = &map->columns[ROW_SERVICE_DATE];

	if (column->kind == KIND_ABSENT || map->nulls[column->at])
		return VALUE_NULL;
	return date_value(column->kind, map->values[column->at], date);
}

/*
 * Problems of a schedule that concern every row are errors; no schedule on the
 * row's date is a problem of that row.
 */
static bool
row_problem_or_error(const RatingCall *call)
{
	if (call->problem.code != PROBLEM_NOT_IN_FORCE &&
		call->problem.code != PROBLEM_NONE_ADOPTED)
		report_problem(call);
	return false;
}

/* So is a draft that contradicts itself, which shows when a bill is made. */
static bool
bill_problem_or_error(const RatingCall *call)
{
	if (call->problem.code == PROBLEM_CONTRADICTION)
		report_problem(call);
	return false;
}

/*
 * The argument after the row, a schedule's name: is one given?  One form of
 * account_revenue() has no such argument.
 */
static inline bool
schedule_is_named(FunctionCallInfo fcinfo, int argno)
{
	return argno < PG_NARGS() && !PG_ARGISNULL(argno);
}

/* The row has no date that could pick a schedule. */
static bool
note_no_date(const RowMap *map, ValueState state, RatingCall *call)
{
	const ValuePlace *column = &map->columns[ROW_SERVICE_DATE];
	const char *name = row_argument_name(ROW_SERVICE_DATE);

	memset(&call->problem, 0, sizeof(Problem));
	if (state == VALUE_NULL)
		return null_argument(&call->problem, name);
	call->problem.text = value_text(column->kind, map->values[column->at]);
	return argument_problem(&call->problem, PROBLEM_UNREADABLE_DATE, name);
}

/*
 * The schedule of a row: that which the call names, or the one in force on the
 * row's date.
 */
static inline bool
begin_row(FunctionCallInfo fcinfo, int schedule_argno, const RowMap *map,
		  RatingCall *call)
{
	NullableDatum by_date = {.isnull = true};
	NullableDatum by_name = {.isnull = true};
	DateADT		date = 0;

	call->schedule = NULL;
	if (schedule_is_named(fcinfo, schedule_argno))
		by_name = fcinfo->args[schedule_argno];
	else
	{
		ValueState	state = read_date(map, &date);

		if (state != VALUE_READ)
			return note_no_date(map, state, call);
		by_date.value = DateADTGetDatum(date);
		by_date.isnull = false;
	}
	return pick_schedule(by_date, by_name, call) || row_problem_or_error(call);
}

/* The row that is an argument, taken apart */
static inline RowMap *
open_row(FunctionCallInfo fcinfo, int account_argno)
{
	HeapTupleHeader header = PG_GETARG_HEAPTUPLEHEADER(account_argno);
	RowMap	   *map = row_map(fcinfo, header);
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header),
	.t_data = header};

	check_columns(map, !schedule_is_named(fcinfo, account_argno + 1));
	heap_deform_tuple(&tuple, map->descriptor, map->values, map->nulls);
	return map;
}

/* The values of a row, to be read as facts.  Rows are not guessed inside. */
static inline ValueReader
reader_of(const RowMap *map, const RatingCall *call)
{
	return (ValueReader)
	{
		.places = map->columns,
			.values = map->values,
			.nulls = map->nulls,
			.blank_is_null = true,
			.book = call->book,
			.schedule = call->schedule
	};
}

/*
 * Rate the row that is an argument and not NULL, by the schedule that the next
 * argument names, if there is one.  False: call->problem says why it cannot be
 * billed.  Whether sums are kept, the caller says with bill->sums.
 */
bool
rate_account(FunctionCallInfo fcinfo, int account_argno, bool with_lines,
			 RatingCall *call, ReadFacts *facts, Bill *bill)
{
	RowMap	   *map = open_row(fcinfo, account_argno);
	ValueReader reader;

	clear_facts(facts);
	if (!begin_row(fcinfo, account_argno + 1, map, call))
		return false;
	if (with_lines)
		bill->lines = palloc(sizeof(BillLine) *
							 max_bill_lines(call->schedule));
	reader = reader_of(map, call);
	facts->bill.required = BILL_ARGUMENT(BILL_AREA);
	read_bill_facts(&reader, facts);
	return rate_bill_as_read(call->book, call->schedule, &facts->bill,
							 &facts->unreadable, bill, &call->problem) ||
		bill_problem_or_error(call);
}

/* A book that has types and no labels, for a row that no schedule applies to */
static RateBook
book_of_types(const LabelTypes *types)
{
	static LabelSlot none = {0, -1};

	return (RateBook)
	{
		.labels = {
			[TYPE_CLASS] = {.slots = &none,.type = types->class},
			[TYPE_SIZE] = {.slots = &none,.type = types->meter},
			[TYPE_AREA] = {.slots = &none,.type = types->area}
		}
	};
}

/* Keep a problem in a list. */
static void
keep_problem(void *list, const Problem *p)
{
	List	  **problems = list;
	Problem    *kept = palloc(sizeof(Problem));

	*kept = *p;
	*problems = lappend(*problems, kept);
}

/*
 * Everything that is wrong with such a row, as Problems in the order in which
 * they are looked for.  Without a schedule what it would say is left out.
 */
List *
problems_of_account(FunctionCallInfo fcinfo, int account_argno,
					RatingCall *call)
{
	RowMap	   *map = open_row(fcinfo, account_argno);
	List	   *problems = NIL;
	List	   *faults = NIL;
	RateBook	no_book;
	ReadFacts	facts;
	ValueReader reader;

	clear_facts(&facts);
	if (!begin_row(fcinfo, account_argno + 1, map, call))
		keep_problem(&problems, &call->problem);
	reader = reader_of(map, call);
	if (call->schedule == NULL)
	{
		no_book = book_of_types(&map->label_types);
		reader.book = &no_book;
	}
	facts.bill.required = BILL_ARGUMENT(BILL_AREA);
	facts.sink = keep_problem;
	facts.kept = &faults;
	read_bill_facts(&reader, &facts);
	find_nulls(call->schedule, &facts.bill, keep_problem, &problems);
	problems = list_concat(problems, faults);
	find_clashes(reader.book, call->schedule, &facts.bill, facts.faulty,
				 keep_problem, &problems);
	if (problems == NIL)
	{
		Bill		bill = {0};

		if (!rate_bill(call->book, call->schedule, &facts.bill, &bill,
					   &call->problem) && !bill_problem_or_error(call))
			keep_problem(&problems, &call->problem);
	}
	return problems;
}
