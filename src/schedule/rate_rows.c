/*
 * rate_rows.c
 *	  The rate rows of a schedule: counting, copying and deleting them.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"

#include "schedule/query.h"
#include "schedule/rate_rows.h"
#include "schedule/seal.h"
#include "tables/scan.h"

/*
 * count_rows_of
 *		How many rate rows a schedule has, whatever the caller may see:
 *		including what has been committed by now and what this transaction has
 *		done.
 */
int
count_rows_of(const char *schedule)
{
	Snapshot	snapshot;
	int64		rows;

	CommandCounterIncrement();
	snapshot = RegisterSnapshot(GetLatestSnapshot());
	rows = count_rate_rows(cstring_to_text(schedule), snapshot);
	UnregisterSnapshot(snapshot);
	return (int) rows;
}

/*
 * Some of a table's columns, as a list for SQL.
 */
static char *
columns_from_to(RateTable table, int first, int last)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = first; i <= last; i++)
	{
		const char *name = rate_table_columns[table].columns[i - 1].name;

		appendStringInfo(&list, "%s%s", i > first ? ", " : "",
						 quote_identifier(name));
	}
	return list.data;
}

/*
 * Refuse a copy that a user's trigger made incomplete: rates would
 * be missing from the draft without notice.
 */
static void
check_copy(const char *schedule, const char *base)
{
	int			there = count_rows_of(schedule);
	int			wanted = (int) count_rate_rows(cstring_to_text(base),
											   GetActiveSnapshot());

	if (there < wanted)
		ereport(ERROR,
				(errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				 errmsg("only %d of %d rate rows of schedule \"%s\" could be"
						" copied", there, wanted, base),
				 errdetail("A trigger on a rate table kept the"
						   " others from being copied.")));
}

/*
 * Copy the rows of a schedule in one table, with some of their columns;
 * returns how many there were.
 */
static uint64
copy_rows(RateTable table, const char *columns, const char *schedule,
		  const char *base)
{
	const char *name = rate_table_columns[table].name;
	Oid			types[] = {TEXTOID, TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(schedule),
	CStringGetTextDatum(base)};

	return execute_seeing(psprintf("INSERT INTO mission_rates.%s (schedule, %s)"
								   " SELECT $1, %s FROM mission_rates.%s AS r"
								   " WHERE r.schedule" IS_EQUAL "$2",
								   name, columns, columns, name),
						  lengthof(types), types, arguments);
}

/*
 * copy_schedule
 *		A draft with the terms and every rate row of another schedule, as the
 *		active snapshot sees it.
 */
void
copy_schedule(const char *schedule, const char *base)
{
	check_schedule_row(schedule,
					   copy_rows(TABLE_SCHEDULE,
								 columns_from_to(TABLE_SCHEDULE,
												 SCHEDULE_VOLUME_STEP,
												 SCHEDULE_WAIVER_OVERCHARGE),
								 schedule, base));
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
		copy_rows(i, columns_from_to(i, SCHEDULE_NAME + 1,
									 rate_table_columns[i].ncolumns),
				  schedule, base);
	check_copy(schedule, base);
}

/*
 * Refuse to leave rate rows behind that a user's trigger kept from
 * being deleted: they would belong to no schedule.
 */
static void
check_deleted(const char *schedule)
{
	int			left = count_rows_of(schedule);

	if (left > 0)
		ereport(ERROR,
				(errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				 errmsg_plural("%d rate row of schedule \"%s\" could not be"
							   " deleted",
							   "%d rate rows of schedule \"%s\" could not be"
							   " deleted", left, left, schedule),
				 errdetail("A trigger on a rate table kept them"
						   " from being deleted.")));
}

/*
 * delete_rate_rows
 *		Delete all rate rows of a schedule; returns how many there were.
 */
uint64
delete_rate_rows(const char *schedule)
{
	uint64		rows = 0;

	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
		rows += execute_for(psprintf("DELETE FROM mission_rates.%s AS r"
								 " WHERE r.schedule" IS_EQUAL "$1",
								 rate_table_columns[i].name), schedule);
	check_deleted(schedule);
	return rows;
}
