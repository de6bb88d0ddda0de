/*
 * account_facts.c
 *	  A row of accounts becomes the facts of a bill.
 *
 * From there on it is rated by the same path as the arguments of bill().  What
 * only a row can have is handled here: blanks, which are NULL, and values that
 * cannot be read.  The first of these, in the order of bill()'s arguments, is
 * the row's problem unless something is NULL.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "utils/date.h"
#include "utils/fmgrprotos.h"

#include "entry/account_facts.h"
#include "entry/account_row.h"
#include "entry/account_values.h"
#include "entry/services.h"

/* A row that is being read. */
typedef struct RowReader
{
	const RowMap *map;
	const RateBook *book;
	const RateSchedule *schedule;
	AccountFacts *facts;
} RowReader;

/* Is there no such column, or NULL in it? */
static inline bool
is_null(const RowReader *row, int argument)
{
	const RowColumn *column = &row->map->columns[argument];

	return column->kind == COLUMN_ABSENT || row->map->nulls[column->at];
}

/* What a column that is there holds. */
static inline Datum
value_of(const RowReader *row, int argument)
{
	return row->map->values[row->map->columns[argument].at];
}

/* How a column is read. */
static inline ColumnKind
kind_of(const RowReader *row, int argument)
{
	return row->map->columns[argument].kind;
}

/*
 * Where a check is to note what it finds: only the first problem of a row
 * counts.
 */
static Problem *
place_for_problem(const RowReader *row, Problem *other)
{
	Problem    *place = row->facts->unreadable.code == NO_PROBLEM ?
		&row->facts->unreadable : other;

	*place = (Problem)
	{
		.schedule = row->schedule
	};
	return place;
}

/* A value cannot be read as what its column should hold. */
static void
note_unreadable(const RowReader *row, int argument, ProblemCode code)
{
	Problem		other;
	Problem    *p = place_for_problem(row, &other);

	p->text = column_text(kind_of(row, argument), value_of(row, argument));
	(void) argument_problem(p, code, row_argument_name(argument));
}

/* The value of a code in text or, for a size, a number; false: it is blank. */
static inline bool
code_in_column(const RowReader *row, int argument, Oid type,
			   Oid (*convert) (Oid, const char *, size_t), Oid *value)
{
	ColumnKind	kind = kind_of(row, argument);
	Datum		datum = value_of(row, argument);
	Span		span;

	if (kind == COLUMN_NUMERIC)
	{
		*value = numeric_size_value(type, datum);
		return true;
	}
	if (kind == COLUMN_TEXT)
		span = text_span(datum);
	else
	{
		span.start = column_text(kind, datum);
		span.length = strlen(span.start);
	}
	if (span.length == 0)
		return false;
	*value = convert(type, span.start, span.length);
	return true;
}

/* A class, a size, a place */
static inline Label
read_label(const RowReader *row, int argument, const LabelIndex *labels,
		   Oid type, Oid (*convert) (Oid, const char *, size_t),
		   ProblemCode failure)
{
	Oid			value = InvalidOid;

	if (is_null(row, argument))
		return label_of(labels, InvalidOid);
	if (kind_of(row, argument) == COLUMN_LABEL)
		value = DatumGetObjectId(value_of(row, argument));
	else if (!code_in_column(row, argument, type, convert, &value))
		return label_of(labels, InvalidOid);
	row->facts->bill.given |= BILL_ARGUMENT(argument);
	if (!OidIsValid(value))
		note_unreadable(row, argument, failure);
	return label_of(labels, value);
}

/* A number that is no integer of the server's, or NULL. */
static bool
read_number(const RowReader *row, int argument, Number *number)
{
	ValueState	state = number_value(kind_of(row, argument),
									 value_of(row, argument), number);

	if (state == VALUE_NULL)
		return false;
	row->facts->bill.given |= BILL_ARGUMENT(argument);
	if (state == VALUE_UNREADABLE)
		note_unreadable(row, argument, PROBLEM_NOT_A_NUMBER);
	return state == VALUE_READ;
}

/* Consumption that has to be looked at more closely */
static pg_noinline int64
read_gallons_number(const RowReader *row, int argument)
{
	Problem		other;
	Number		number;
	int64		gallons = 0;
	Problem    *p;

	if (!read_number(row, argument, &number))
		return 0;
	p = place_for_problem(row, &other);
	if (gallons_from_number(&number, row_argument_name(argument), &gallons, p))
		(void) check_gallons(gallons, row_argument_name(argument), p);
	return gallons;
}

/* Consumption; nearly always it is a whole number that can be rated. */
static inline int64
read_gallons(const RowReader *row, int argument)
{
	int64		gallons;

	if (is_null(row, argument))
		return 0;
	if (unlikely(!whole_value(kind_of(row, argument), value_of(row, argument),
							  &gallons) ||
				 (uint64) gallons > (uint64) MAX_GALLONS))
		return read_gallons_number(row, argument);
	row->facts->bill.given |= BILL_ARGUMENT(argument);
	return gallons;
}

/*
 * A flag, which is "standard" where the row has no such column.  One that
 * cannot be read counts as false when it is asked what must not be NULL.
 */
static inline bool
read_flag(const RowReader *row, int argument, bool standard)
{
	ValueState	state = VALUE_READ;
	bool		flag = standard;

	if (kind_of(row, argument) != COLUMN_ABSENT)
	{
		flag = false;
		state = is_null(row, argument) ? VALUE_NULL :
			flag_value(kind_of(row, argument), value_of(row, argument), &flag);
	}
	if (state != VALUE_NULL)
		row->facts->bill.given |= BILL_ARGUMENT(argument);
	if (state == VALUE_UNREADABLE)
		note_unreadable(row, argument, PROBLEM_INVALID_FLAG);
	return flag;
}

/* The diameter of a sprinkler connection, in inches */
static void
read_sprinkler(const RowReader *row)
{
	AccountFacts *facts = row->facts;
	Problem		other;

	if (is_null(row, BILL_FIRE_SPRINKLER) ||
		!read_number(row, BILL_FIRE_SPRINKLER, &facts->diameter))
		return;
	facts->bill.fire_sprinkler = &facts->diameter;
	(void) check_positive(&facts->diameter,
						  row_argument_name(BILL_FIRE_SPRINKLER),
						  place_for_problem(row, &other));
}

/* How many dumping stations; none where the row has no such column. */
static int32
read_stations(const RowReader *row)
{
	const char *name = row_argument_name(BILL_DUMPING_STATIONS);
	Problem		other;
	Problem    *p;
	Number		number;
	int32		stations = 0;

	if (kind_of(row, BILL_DUMPING_STATIONS) == COLUMN_ABSENT)
	{
		row->facts->bill.given |= BILL_ARGUMENT(BILL_DUMPING_STATIONS);
		return 0;
	}
	if (is_null(row, BILL_DUMPING_STATIONS) ||
		!read_number(row, BILL_DUMPING_STATIONS, &number))
		return 0;
	p = place_for_problem(row, &other);
	if (count_from_number(&number, name, &stations, p))
		(void) check_count(stations, name, p);
	return stations;
}

/* The services of a row; what makes no sense is looked at when it is rated. */
static void
read_row_services(const RowReader *row)
{
	const RateSchedule *schedule = row->schedule;
	Datum		value;

	if (is_null(row, BILL_SERVICES))
		return;
	value = value_of(row, BILL_SERVICES);
	row->facts->bill.services =
		kind_of(row, BILL_SERVICES) == COLUMN_TEXT_ARRAY ?
		services_from_array(DatumGetArrayTypeP(value), schedule) :
		services_from_jsonb(DatumGetJsonbP(value), schedule);
}

/* All columns but the date, in the order of bill()'s arguments. */
static void
read_facts(const RowReader *row)
{
	const RateBook *book = row->book;
	const LabelTypes *types = &row->map->label_types;
	BillFacts  *facts = &row->facts->bill;

	facts->required = BILL_ARGUMENT(BILL_AREA);
	facts->class = read_label(row, BILL_CLASS, &book->classes, types->class,
							  code_value, PROBLEM_INVALID_CLASS);
	facts->meter = read_label(row, BILL_METER, &book->sizes, types->meter,
							  size_value, PROBLEM_INVALID_METER);
	facts->gallons = read_gallons(row, BILL_GALLONS);
	facts->area = read_label(row, BILL_AREA, &book->areas, types->area,
							 code_value, PROBLEM_INVALID_AREA);
	facts->metered = read_flag(row, BILL_METERED, true);
	facts->water = read_flag(row, BILL_WATER, true);
	facts->sewer = read_flag(row, BILL_SEWER, true);
	facts->sewer_gallons = read_gallons(row, BILL_SEWER_GALLONS);
	read_sprinkler(row);
	facts->dumping_stations = read_stations(row);
	read_row_services(row);
}

/* The date of a row; false: it is NULL. */
static inline bool
read_date(const RowMap *map, DateADT *date)
{
	const RowColumn *column = &map->columns[ROW_SERVICE_DATE];
	Datum		value;

	if (column->kind == COLUMN_ABSENT || map->nulls[column->at])
		return false;
	value = map->values[column->at];
	if (column->kind == COLUMN_TIMESTAMP)
		value = DirectFunctionCall1(timestamp_date, value);
	*date = DatumGetDateADT(value);
	return true;
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

/*
 * The argument after the row, a schedule's name: is one given?  One form of
 * account_revenue() has no such argument.
 */
static inline bool
schedule_is_named(FunctionCallInfo fcinfo, int argno)
{
	return argno < PG_NARGS() && !PG_ARGISNULL(argno);
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
	else if (read_date(map, &date))
	{
		by_date.value = DateADTGetDatum(date);
		by_date.isnull = false;
	}
	else
	{
		memset(&call->problem, 0, sizeof(Problem));
		return null_argument(&call->problem,
							 row_argument_name(ROW_SERVICE_DATE));
	}
	return pick_schedule(by_date, by_name, call) || row_problem_or_error(call);
}

/*
 * Rate the row that is an argument and not NULL, by the schedule that the next
 * argument names, if there is one.  False: call->problem says why it cannot be
 * billed.  Whether sums are kept, the caller says with bill->sums.
 */
bool
rate_account(FunctionCallInfo fcinfo, int account_argno, bool with_lines,
			 RatingCall *call, AccountFacts *facts, Bill *bill)
{
	HeapTupleHeader header = PG_GETARG_HEAPTUPLEHEADER(account_argno);
	RowMap	   *map = row_map(fcinfo, header);
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header),
	.t_data = header};
	RowReader	row = {map, NULL, NULL, facts};

	check_columns(map, !schedule_is_named(fcinfo, account_argno + 1));
	heap_deform_tuple(&tuple, map->descriptor, map->values, map->nulls);
	memset(&facts->bill, 0, sizeof(BillFacts));
	facts->unreadable.code = NO_PROBLEM;	/* the rest when there is one */
	if (!begin_row(fcinfo, account_argno + 1, map, call))
		return false;
	if (with_lines)
		bill->lines = palloc(sizeof(BillLine) *
							 max_bill_lines(call->schedule));
	row.book = call->book;
	row.schedule = call->schedule;
	read_facts(&row);
	return rate_bill_as_read(call->book, call->schedule, &facts->bill,
							 &facts->unreadable, bill, &call->problem);
}
