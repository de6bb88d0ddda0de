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

#include "book/load.h"
#include "book/texts.h"
#include "tables/datum.h"

/*
 * read_header
 *		Name, start and fingerprint of a row of the table schedule, in the
 *		current memory context.
 */
void
read_header(const RateRow *row, RateSchedule *schedule)
{
	memset(schedule, 0, sizeof(RateSchedule));
	schedule->name = TextDatumGetCString(row->values[SCHEDULE_NAME - 1]);
	schedule->draft = row->isnull[SCHEDULE_EFFECTIVE_FROM - 1];
	if (!schedule->draft)
		schedule->effective_from =
			DatumGetDateADT(row->values[SCHEDULE_EFFECTIVE_FROM - 1]);
	if (!row->isnull[SCHEDULE_FINGERPRINT - 1])
		schedule->fingerprint =
			TextDatumGetCString(row->values[SCHEDULE_FINGERPRINT - 1]);
}

/*
 * Refuse a row with a NULL in a column whose reader does not expect one.
 */
static void
verify_not_null(RateTable table, const RateRow *row)
{
	const RateTableColumns *columns = &rate_table_columns[table];

	for (int i = 0; i < columns->ncolumns; i++)
		if (row->isnull[i] && columns->columns[i].not_null)
			ereport(ERROR,
					errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					errmsg("a row of rate table \"%s\" has a NULL in column"
						   " \"%s\"", columns->name, columns->columns[i].name),
					errdetail("The row belongs to schedule \"%s\".",
							  TextDatumGetCString(row->values[SCHEDULE_NAME - 1])));
}

/*
 * load_table
 *		Give each row of the schedule in a table to the reader.
 */
void
load_table(RateLoad *load, RateTable table, RowReader reader)
{
	ListCell   *cell;

	foreach(cell, load->rows->rows[table])
	{
		const RateRow *row = lfirst(cell);

		verify_not_null(table, row);
		reader(load, row->values, row->isnull);
	}
}

/*
 * label_position
 *		The position of an enum value of a row.
 */
int
label_position(const RateLoad *load, RateType type, Datum value)
{
	int			position = label_index(&load->book->labels[type],
									   DatumGetObjectId(value));

	if (position < 0 && type != TYPE_AREA)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("a rate table contains the enum value %u, which has no"
					   " label", DatumGetObjectId(value)));
	return position;
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
	const char *label = load->book->labels[TYPE_CLASS].words[class];
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

/*
 * A whole number of days, NO_RATE where the schedule sets none.
 */
static int
days_or_none(Datum value, bool isnull)
{
	return isnull ? (int) NO_RATE : DatumGetInt32(value);
}

/*
 * The terms that a schedule sets for itself.
 */
static void
read_terms(RateLoad *load, const Datum *values, const bool *isnull)
{
	RateSchedule *schedule = load->schedule;

#define VALUE_OF(column)	values[(column) - 1], isnull[(column) - 1]
	schedule->name_text = keep_text(load, values[SCHEDULE_NAME - 1]);
	schedule->volume_step = DatumGetInt32(values[SCHEDULE_VOLUME_STEP - 1]);
	schedule->due_days = days_or_none(VALUE_OF(SCHEDULE_DUE_DAYS));
	schedule->notice_days = days_or_none(VALUE_OF(SCHEDULE_NOTICE_DAYS));
	schedule->included_pipe_feet =
		rate_or_none(VALUE_OF(SCHEDULE_INCLUDED_PIPE_FEET));
	schedule->boring_from_inches =
		rate_or_none(VALUE_OF(SCHEDULE_BORING_FROM_INCHES));
	schedule->boring_to_inches =
		rate_or_none(VALUE_OF(SCHEDULE_BORING_TO_INCHES));
	schedule->waiver_overcharge =
		rate_or_none(VALUE_OF(SCHEDULE_WAIVER_OVERCHARGE));
#undef VALUE_OF
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
	load_table(&load, TABLE_SCHEDULE, read_terms);
	load_monthly_rates(&load);
	load_service_charges(&load);
	load_onetime_rates(&load);
}
