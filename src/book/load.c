/*
 * load.c
 *	  Compiling the rows of a schedule.
 *
 * They were read with one snapshot, so they are one state of the rates,
 * whatever is committed in the meantime.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/date.h"

#include "book/book.h"
#include "book/load.h"

/* Keep bytes as a text that needs no detoasting. */
static const RateText *
keep_bytes(MemoryContext context, const char *bytes, int length)
{
	RateText   *kept = book_alloc(context, offsetof(RateText, value) +
								  VARHDRSZ + length);

	SET_VARSIZE(kept->value, VARHDRSZ + length);
	memcpy(VARDATA(kept->value), bytes, length);
	return kept;
}

/*
 * keep_words
 *		A C string as a text that is kept; NULL stays NULL.
 */
const RateText *
keep_words(MemoryContext context, const char *words)
{
	return words == NULL ? NULL : keep_bytes(context, words, strlen(words));
}

/*
 * row_text
 *		A text of a row as a text that is kept.
 */
const RateText *
row_text(const RateLoad *load, const RateRow *row, AttrNumber column)
{
	text	   *words = DatumGetTextPP(row_value(row, column));

	return keep_bytes(load->context, VARDATA_ANY(words),
					  VARSIZE_ANY_EXHDR(words));
}

/*
 * row_position
 *		The position of an enum value of a row; -1: it is NULL, or an area that
 *		the ordinance does not know.
 */
int
row_position(const RateLoad *load, const RateRow *row, AttrNumber column)
{
	RateType	type = (RateType) rate_column(row->table, column)->type;
	Oid			label;
	int			position;

	if (row_is_null(row, column))
		return -1;
	label = DatumGetObjectId(row_value(row, column));
	position = label_index(&load->book->labels[type], label);
	if (position < 0 && type != TYPE_AREA)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("a rate table contains the enum value %u, which has no"
					   " label", label));
	return position;
}

/*
 * read_fee_words
 *		Code, unit, label and section of a fee or a service charge.
 */
void
read_fee_words(const RateLoad *load, const RateRow *row, Fee *fee,
			   AttrNumber code, AttrNumber unit, AttrNumber label,
			   AttrNumber section)
{
	fee->code = MemoryContextStrdup(load->context, row_string(row, code));
	fee->code_text = row_text(load, row, code);
	fee->label = row_text(load, row, label);
	fee->unit = row_text(load, row, unit);
	fee->section = row_text(load, row, section);
}

/*
 * add_contradiction
 *		Note rows that contradict one another: of a class, and of a code where
 *		the table has codes.
 */
const Contradiction *
add_contradiction(RateLoad *load, const char *rate_table, int class,
				  const char *code, const char *problem)
{
	Contradiction *found = book_alloc(load->context, sizeof(Contradiction));
	const char *label = label_word(load, TYPE_CLASS, class);
	const char *item = code == NULL ? psprintf("class %s", label) :
		psprintf("%s, class %s", code, label);

	found->rate_table = rate_table;
	found->class = class;
	found->item = MemoryContextStrdup(load->context, item);
	found->problem = MemoryContextStrdup(load->context, problem);
	found->next = load->schedule->contradictions;
	load->schedule->contradictions = found;
	return found;
}

/* Refuse a row with a NULL in a column whose reader does not expect one. */
static void
verify_not_null(const RateRow *row)
{
	const RateTableColumns *columns = &rate_table_columns[row->table];

	for (int i = 0; i < columns->ncolumns; i++)
		if (row->isnull[i] && columns->columns[i].not_null)
			ereport(ERROR,
					errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					errmsg("a row of rate table \"%s\" has a NULL in column"
						   " \"%s\"", columns->name, columns->columns[i].name),
					errdetail("The row belongs to schedule \"%s\".",
							  row_string(row, SCHEDULE_NAME)));
}

/*
 * read_array
 *		The rows of a table, as elements of that size in an array in that order.
 */
void *
read_array(RateLoad *load, RateTable table, RowReader reader, Size size,
		   Order order, MemoryContext context)
{
	int			n = count_rows(load, table);
	char	   *array = book_alloc(context, n * size);
	ListCell   *cell;

	foreach(cell, load->rows->rows[table])
	{
		verify_not_null(lfirst(cell));
		reader(load, lfirst(cell), array + foreach_current_index(cell) * size);
	}
	if (order != NULL)
		qsort(array, n, size, order);
	return array;
}

/*
 * read_table
 *		The rows of a table, each to where it belongs.
 */
void
read_table(RateLoad *load, RateTable table, RowReader reader)
{
	(void) read_array(load, table, reader, 0, NULL, CurrentMemoryContext);
}

/*
 * read_header
 *		A schedule in a memory context, with name, start and fingerprint from a
 *		row of the table schedule.
 */
RateSchedule *
read_header(const RateRow *row, MemoryContext context)
{
	MemoryContext caller = MemoryContextSwitchTo(context);
	RateSchedule *schedule = palloc0(sizeof(RateSchedule));

	schedule->name = row_string(row, SCHEDULE_NAME);
	schedule->draft = row_is_null(row, SCHEDULE_EFFECTIVE_FROM);
	if (!schedule->draft)
		schedule->effective_from = row_start(row);
	if (!row_is_null(row, SCHEDULE_FINGERPRINT))
		schedule->fingerprint = row_string(row, SCHEDULE_FINGERPRINT);
	MemoryContextSwitchTo(caller);
	return schedule;
}

/* A whole number of days, NO_RATE where the schedule sets none. */
static int
row_days(const RateRow *row, AttrNumber column)
{
	return row_is_null(row, column) ? (int) NO_RATE :
		DatumGetInt32(row_value(row, column));
}

/* The terms that a schedule sets for itself. */
static void
read_terms(RateLoad *load, const RateRow *row, void *element)
{
	RateSchedule *schedule = load->schedule;

	(void) element;
	schedule->name_text = row_text(load, row, SCHEDULE_NAME);
	schedule->volume_step = DatumGetInt32(row_value(row, SCHEDULE_VOLUME_STEP));
	schedule->due_days = row_days(row, SCHEDULE_DUE_DAYS);
	schedule->notice_days = row_days(row, SCHEDULE_NOTICE_DAYS);
	schedule->included_pipe_feet = row_rate(row, SCHEDULE_INCLUDED_PIPE_FEET);
	schedule->boring_from_inches = row_rate(row, SCHEDULE_BORING_FROM_INCHES);
	schedule->boring_to_inches = row_rate(row, SCHEDULE_BORING_TO_INCHES);
	schedule->waiver_overcharge = row_rate(row, SCHEDULE_WAIVER_OVERCHARGE);
}

/* The cells of the schedule, all empty. */
static void
make_room(RateLoad *load)
{
	const LabelIndex *labels = load->book->labels;
	int			nclasses = labels[TYPE_CLASS].nlabels;
	int			nsizes = labels[TYPE_SIZE].nlabels;
	int			nminimums = labels[TYPE_GROUP].nlabels * nsizes * NUM_AREAS;

	load->class_names = palloc0(nclasses * sizeof(char *));
	load->classes = book_alloc(load->context, nclasses * sizeof(ClassRates));
	load->minimums = book_alloc(load->context, nminimums *
								sizeof(MinimumCharge));
	load->taps = book_alloc(load->context, (Size) nsizes * 2 * NUM_AREAS *
							sizeof(TapRate));
	for (int i = 0; i < nclasses; i++)
	{
		load->classes[i].id = labels[TYPE_CLASS].ids[i];
		load->classes[i].group = -1;
		load->classes[i].area = -1;
	}
	for (int i = 0; i < nminimums; i++)
		load->minimums[i].amount = NO_RATE;
	load->schedule->classes = load->classes;
	load->schedule->minimums = load->minimums;
	load->schedule->taps = load->taps;
}

/*
 * load_rates
 *		Compile the rows into a schedule whose header is there, in the given
 *		context.
 */
void
load_rates(const RateBook *book, const ScheduleRows *rows,
		   RateSchedule *schedule, MemoryContext context)
{
	RateLoad	load = {
		.context = context,
		.book = book,
		.rows = rows,
		.schedule = schedule
	};

	schedule->book = book;
	make_room(&load);
	read_table(&load, TABLE_SCHEDULE, read_terms);
	load_monthly_rates(&load);
	load_service_charges(&load);
	load_onetime_rates(&load);
}
