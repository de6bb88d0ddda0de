/*
 * load_rows.c
 *	  The rows of the rate tables, and the values in them.
 *
 * The tables are scanned directly: a book does not depend on privileges, row
 * security, search_path or plan caches.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/tableam.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/rel.h"

#include "book/load.h"
#include "tables/scan.h"
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
 * Refuse a row with a NULL in a column whose reader does not expect one.
 */
static void
verify_not_null(RateTable table, int ncolumns, const Datum *values,
				const bool *isnull)
{
	const RateTableColumns *columns = &rate_table_columns[table];

	for (int i = 0; i < ncolumns; i++)
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
 * read_schedules
 *		Give the first columns of each row of the table schedule that the
 *		snapshot sees to the reader.
 */
void
read_schedules(RateLoad *load, RowReader reader, int ncolumns)
{
	Relation	relation = table_open(load->catalog->tables[TABLE_SCHEDULE],
									  AccessShareLock);
	TupleTableSlot *slot = table_slot_create(relation, NULL);
	TableScanDesc scan = begin_table_scan(relation, load->snapshot);

	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		CHECK_FOR_INTERRUPTS();
		slot_getsomeattrs(slot, ncolumns);
		verify_not_null(TABLE_SCHEDULE, ncolumns, slot->tts_values,
						slot->tts_isnull);
		reader(load, slot->tts_values, slot->tts_isnull);
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	table_close(relation, NoLock);
}

/*
 * read_rate_rows
 *		Give each row of the load's schedule in a table that the snapshot sees
 *		to the reader; returns how many there are.
 */
int64
read_rate_rows(RateLoad *load, RateTable table, RowReader reader)
{
	ScheduleScan scan;
	HeapTuple	row;
	Datum	   *values;
	bool	   *isnull;
	int64		rows = 0;

	begin_schedule_scan(&scan, load->catalog->tables[table],
						cstring_to_text(load->schedule->name),
						load->snapshot);
	values = palloc(RelationGetNumberOfAttributes(scan.table) * sizeof(Datum));
	isnull = palloc(RelationGetNumberOfAttributes(scan.table) * sizeof(bool));
	while ((row = next_of_schedule(&scan)) != NULL)
	{
		heap_deform_tuple(row, RelationGetDescr(scan.table), values, isnull);
		verify_not_null(table, rate_table_columns[table].ncolumns, values,
						isnull);
		reader(load, values, isnull);
		rows++;
	}
	end_schedule_scan(&scan);
	return rows;
}

/*
 * Refuse a number that violates the constraints of the tables.
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
 * A number, and where its digits begin, in ten-thousandths.
 */
static rate_t
rate_from_digits(const char *number, const char *at)
{
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
	return result;
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
	rate_t		result = rate_from_digits(number, number);

	pfree(number);
	return result;
}

/*
 * signed_rate_from_numeric
 *		The same where the number may be negative: a credit.
 */
rate_t
signed_rate_from_numeric(Datum value)
{
	char	   *number = DatumGetCString(DirectFunctionCall1(numeric_out,
															 value));
	bool		negative = number[0] == '-';
	rate_t		result = rate_from_digits(number, number + (negative ? 1 : 0));

	pfree(number);
	return negative ? -result : result;
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
