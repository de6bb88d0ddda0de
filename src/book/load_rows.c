/*
 * load_rows.c
 *	  The rows of the rate tables, and the values in them.
 *
 * The tables are scanned directly: rights, row security, search_path and plan
 * caches have no say in what a book contains.
 */
#include "postgres.h"

#include "access/table.h"
#include "access/tableam.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/rel.h"

#include "book/load.h"
#include "compat.h"

/*
 * book_alloc
 *		Zeroed memory that lives as long as the book.
 */
void *
book_alloc(RateLoad *load, Size size)
{
	return MemoryContextAllocZero(load->context, Max(size, 1));
}

/*
 * The schedule that a rate row belongs to; NULL for a row of no schedule,
 * which check_schedule reports and the book ignores.
 */
static RateSchedule *
schedule_of_row(RateLoad *load, Datum value)
{
	text	   *words = DatumGetTextPP(value);
	const char *name = VARDATA_ANY(words);
	size_t		length = VARSIZE_ANY_EXHDR(words);

	if (load->current == NULL ||
		strncmp(load->current->name, name, length) != 0 ||
		load->current->name[length] != '\0')
		load->current = unconstify(RateSchedule *,
								   schedule_named(load->book, name, length));
	return load->current;
}

/*
 * Refuse a row with a NULL where the readers do not look for one.
 */
static void
verify_not_null(RateTable table, const Datum *values, const bool *isnull)
{
	const RateTableColumns *columns = &rate_table_columns[table];

	for (int i = 0; i < columns->ncolumns; i++)
		if (isnull[i] && columns->columns[i].not_null)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("a row of rate table \"%s\" has a NULL in column"
							" \"%s\"", columns->name,
							columns->columns[i].name),
					 isnull[SCHEDULE_NAME - 1] ? 0 :
					 errdetail("The row belongs to schedule \"%s\".",
							   TextDatumGetCString(values[SCHEDULE_NAME - 1]))));
}

/*
 * Hand one row to its reader, and count it if it is a rate row.
 */
static void
read_row(RateLoad *load, RateTable table, RowReader reader,
		 const TupleTableSlot *slot)
{
	RateSchedule *schedule = NULL;

	verify_not_null(table, slot->tts_values, slot->tts_isnull);
	if (table != TABLE_SCHEDULE)
	{
		schedule = schedule_of_row(load, slot->tts_values[SCHEDULE_NAME - 1]);
		if (schedule == NULL)
			return;
		schedule->rows++;
	}
	reader(load, schedule, slot->tts_values, slot->tts_isnull);
}

/*
 * read_rate_table
 *		Give each row of a table that the snapshot sees to the reader.
 */
void
read_rate_table(RateLoad *load, RateTable table, RowReader reader)
{
	Relation	relation = table_open(load->catalog->tables[table],
									  AccessShareLock);
	TupleTableSlot *slot = table_slot_create(relation, NULL);
	TableScanDesc scan = begin_table_scan(relation, load->snapshot);

	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		CHECK_FOR_INTERRUPTS();
		slot_getallattrs(slot);
		read_row(load, table, reader, slot);
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	table_close(relation, NoLock);
}

/*
 * Refuse a number that the tables' constraints would not have let in.
 */
static void
refuse_number(const char *number)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("a rate table contains %s", number),
			 errdetail("Numbers of rate tables are at least 0, below"
					   " 1,000,000,000 and have at most four decimals.")));
}

/*
 * rate_from_numeric
 *		A number of a rate table in ten-thousandths, exactly.
 */
rate_t
rate_from_numeric(Datum value)
{
	char	   *number = DatumGetCString(DirectFunctionCall1(numeric_out,
															 value));
	const char *at = number;
	rate_t		result = 0;
	int			decimals = -1;	/* -1: before the point */

	for (; *at == '.' || (*at >= '0' && *at <= '9'); at++)
	{
		if (*at == '.')
			decimals = 0;
		else if (decimals < RATE_SCALE)
		{
			result = result * 10 + (*at - '0');
			decimals += (decimals >= 0) ? 1 : 0;
		}
		else if (*at != '0')
			refuse_number(number);
		if (result > INT64_C(1000000000) * RATE_UNIT)
			refuse_number(number);
	}
	if (*at != '\0')
		refuse_number(number);	/* a sign, NaN, an infinity */
	for (decimals = Max(decimals, 0); decimals < RATE_SCALE; decimals++)
		result *= 10;
	pfree(number);
	return result;
}

/*
 * rate_or_none
 *		The same for a column that may be empty.
 */
rate_t
rate_or_none(Datum value, bool isnull)
{
	return isnull ? NO_RATE : rate_from_numeric(value);
}

/*
 * label_position
 *		The position of an enum value of a row.
 */
int
label_position(const RateLoad *load, RateType type, Datum value)
{
	const LabelIndex *indexes[NUM_RATE_TYPES] = {
		[TYPE_CLASS] = &load->book->classes,
		[TYPE_GROUP] = &load->book->groups,
		[TYPE_SIZE] = &load->book->sizes,
		[TYPE_AREA] = &load->book->areas,
		[TYPE_CATEGORY] = &load->book->categories,
	};

	int			position = label_index(indexes[type], DatumGetObjectId(value));

	if (position < 0 && type != TYPE_AREA)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("a rate table contains the enum value %u, which has no"
						" label", DatumGetObjectId(value))));
	return position;
}
