/*
 * account_facts.c
 *	  A row of accounts becomes the facts of a bill.
 *
 * From there on it is rated by the same path as the arguments of bill().  What
 * only a row can have is handled here: the date that picks its schedule, and
 * problems that are errors because they concern every row.
 */
#include "postgres.h"

#include "entry/account_row.h"
#include "tables/catalog.h"

/* A row of accounts, ready to be read */
typedef struct AccountRow
{
	const AccountCall *known;
	const NullableDatum *values;	/* by argument of bill(), then the date */
	NullableDatum schedule;		/* the name that the call gives, if it does */
} AccountRow;

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
 * The date of a row, of whatever type it is; NULL: call->problem says why there
 * is none that could pick a schedule.
 */
static pg_noinline NullableDatum
read_date(const AccountRow *row, RatingCall *call)
{
	const char *name = row_argument_name(ROW_SERVICE_DATE);
	ValueKind	kind = row->known->kinds[ROW_SERVICE_DATE];
	NullableDatum column = row->values[ROW_SERVICE_DATE];
	ValueState	state = VALUE_NULL;
	DateADT		date;

	if (kind != KIND_ABSENT && !column.isnull)
		state = date_value(kind, column.value, &date);
	if (state == VALUE_READ)
		return (NullableDatum) {DateADTGetDatum(date), false};
	memset(&call->problem, 0, sizeof(Problem));
	if (state == VALUE_NULL)
		(void) null_argument(&call->problem, name);
	else
	{
		call->problem.text = value_text(kind, column.value);
		(void) argument_problem(&call->problem, PROBLEM_UNREADABLE_DATE, name);
	}
	return (NullableDatum) {.isnull = true};
}

/*
 * The schedule of a row: that which the call names, or the one in force on the
 * row's date.
 */
inlined bool
begin_row(const AccountRow *row, RatingCall *call)
{
	NullableDatum date = row->values[ROW_SERVICE_DATE];

	call->schedule = NULL;
	if (row->schedule.isnull &&
		(row->known->kinds[ROW_SERVICE_DATE] != KIND_DATE || date.isnull))
	{
		date = read_date(row, call);
		if (date.isnull)
			return false;
	}
	return pick_schedule(date, row->schedule, call) ||
		row_problem_or_error(call);
}

/*
 * A row that is an argument, taken apart.  A schedule's name comes next; one
 * form of account_revenue() has no such argument.
 */
static AccountRow
open_whole_row(FunctionCallInfo fcinfo, int argno, AccountCall *known)
{
	AccountRow	row = {known, known->values, {.isnull = true}};

	if (argno + 1 < PG_NARGS())
		row.schedule = fcinfo->args[argno + 1];
	take_row_apart(known, PG_GETARG_HEAPTUPLEHEADER(argno),
				   row.schedule.isnull);
	return row;
}

/* The row that a call is over, or its columns */
static inline AccountRow
open_row(FunctionCallInfo fcinfo, int account_argno)
{
	AccountCall *known = account_call(fcinfo);

	if (is_over_columns(fcinfo))
		return (AccountRow) {known, fcinfo->args,
			fcinfo->args[NUM_ROW_ARGUMENTS]};
	return open_whole_row(fcinfo, account_argno, known);
}

/* The values of a row, to be read as facts; a blank is NULL. */
static inline ValueReader
reader_of(const AccountRow *row, const RatingCall *call, const RateBook *book)
{
	return (ValueReader)
	{
		.kinds = row->known->kinds,
			.values = row->values,
			.blank_is_null = true,
			.book = book,
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
	AccountRow	row = open_row(fcinfo, account_argno);
	ValueReader reader;

	clear_facts(facts);
	if (!begin_row(&row, call))
		return false;
	if (with_lines)
		bill->lines = palloc(sizeof(BillLine) *
							 max_bill_lines(call->schedule));
	reader = reader_of(&row, call, call->schedule->book);
	facts->bill.required = BILL_ARGUMENT(BILL_AREA);
	read_bill_facts(&reader, facts);
	return rate_bill(call->schedule, &facts->bill, bill, &call->problem) ||
		bill_problem_or_error(call);
}

/* A book that has types and no labels, for a row that no schedule applies to */
static RateBook
book_of_types(void)
{
	static LabelSlot none = {0, -1};

	return (RateBook)
	{
		.labels = {
			[TYPE_CLASS] = {.slots = &none,.type = rate_type_oid(TYPE_CLASS)},
			[TYPE_SIZE] = {.slots = &none,.type = rate_type_oid(TYPE_SIZE)},
			[TYPE_AREA] = {.slots = &none,.type = rate_type_oid(TYPE_AREA)}
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
	AccountRow	row = open_row(fcinfo, account_argno);
	List	   *problems = NIL;
	List	   *faults = NIL;
	RateBook	no_book;
	ReadFacts	facts;
	ValueReader reader;

	clear_facts(&facts);
	if (!begin_row(&row, call))
		keep_problem(&problems, &call->problem);
	if (call->schedule == NULL)
		no_book = book_of_types();
	reader = reader_of(&row, call, call->schedule == NULL ? &no_book :
					   call->schedule->book);
	facts.bill.required = BILL_ARGUMENT(BILL_AREA);
	facts.sink = keep_problem;
	facts.kept = &faults;
	read_bill_facts(&reader, &facts);
	find_nulls(call->schedule, &facts.bill, keep_problem, &problems);
	problems = list_concat(problems, faults);
	find_clashes(call->schedule, &facts.bill, facts.faulty, keep_problem,
				 &problems);
	if (problems == NIL)
	{
		Bill		bill = {0};

		if (!rate_bill(call->schedule, &facts.bill, &bill, &call->problem) &&
			!bill_problem_or_error(call))
			keep_problem(&problems, &call->problem);
	}
	return problems;
}
