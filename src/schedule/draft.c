/*
 * draft.c
 *	  A new draft with a copy of every rate row of another schedule, and
 *	  dropping a draft.
 */
#include "postgres.h"

#include "access/xact.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "utils/snapmgr.h"

#include "schedule/schedule.h"
#include "tables/scan.h"

PG_FUNCTION_INFO_V1(draft_schedule);
PG_FUNCTION_INFO_V1(drop_draft);

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
 * check_name_is_free
 *		Refuse the name of a new draft that is taken, even by rate rows alone:
 *		they would become part of the draft unnoticed.
 */
void
check_name_is_free(const char *schedule)
{
	if (read_schedule(schedule, GetActiveSnapshot()).known)
		ereport(ERROR,
				errcode(ERRCODE_UNIQUE_VIOLATION),
				errmsg("schedule \"%s\" exists already", schedule),
				errhint("Choose another name."));
	if (count_rows_of(schedule) > 0)
		ereport(ERROR,
				errcode(ERRCODE_UNIQUE_VIOLATION),
				errmsg("rate rows of a schedule \"%s\" exist already",
					   schedule),
				errdetail("They have no row in the table"
						  " mission_rates.schedule."),
				errhint("Remove them: SELECT mission_rates.drop_draft(%s).",
						quote_literal_cstr(schedule)));
}

/*
 * The schedule that a draft is based on by default: the adopted one that
 * starts last, be it in the future.  A copy of the one in force today would
 * undo an increase that is adopted already.
 */
static char *
last_adopted(void)
{
	if (execute_seeing("SELECT s.schedule FROM mission_rates.schedule AS s"
					   " WHERE s.effective_from IS NOT NULL"
					   " ORDER BY s.effective_from DESC LIMIT 1",
					   NO_VALUES) == 0)
		ereport(ERROR,
				errcode(ERRCODE_NO_DATA_FOUND),
				errmsg("no rate schedule has been adopted"),
				errhint("Name the schedule that the draft is to be based"
						" on."));
	return result_text(1);
}

/*
 * columns_from_to
 *		Some of a table's columns, as a list for SQL.
 */
char *
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
 * Copy the rows of a schedule in one table, with some of their columns;
 * returns how many there were.
 */
static uint64
copy_rows(RateTable table, const char *columns, const char *schedule,
		  const char *base)
{
	const char *name = rate_table_columns[table].name;

	return execute_seeing(psprintf("INSERT INTO mission_rates.%s (schedule, %s)"
								   " SELECT $1, %s FROM mission_rates.%s AS r"
								   " WHERE r.schedule" IS_EQUAL "$2",
								   name, columns, columns, name),
						  VALUES(text_value(schedule), text_value(base)));
}

/*
 * Refuse a copy that a user's trigger made incomplete: rates would be missing
 * from the draft without notice.
 */
static void
check_copy(const char *schedule, const char *base)
{
	int			there = count_rows_of(schedule);
	int			wanted = (int) count_rate_rows(cstring_to_text(base),
											   GetActiveSnapshot());

	if (there < wanted)
		ereport(ERROR,
				errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				errmsg("only %d of %d rate rows of schedule \"%s\" could be"
					   " copied", there, wanted, base),
				errdetail("A trigger on a rate table kept the others from"
						  " being copied."));
}

/*
 * Make a draft with the terms and every rate row of another schedule, as the
 * active snapshot sees it.
 */
static void
copy_schedule(const char *schedule, const char *base)
{
	uint64		rows = copy_rows(TABLE_SCHEDULE,
								 columns_from_to(TABLE_SCHEDULE,
												 SCHEDULE_VOLUME_STEP,
												 SCHEDULE_WAIVER_OVERCHARGE),
								 schedule, base);

	check_written(schedule, rows == 1);
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
		copy_rows(i, columns_from_to(i, SCHEDULE_NAME + 1,
									 rate_table_columns[i].ncolumns),
				  schedule, base);
	check_copy(schedule, base);
}

/*
 * draft_schedule(schedule, based_on) RETURNS void
 *		A new draft with a copy of every rate row of another schedule.
 *
 * All is read with one snapshot, so that the copy is of one state.  It is
 * taken after the tables are locked: one that was rewritten later is empty to
 * it.  A copy of a schedule that is not what was adopted would have its
 * faults.
 */
Datum
draft_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");
	char	   *base = optional_text(fcinfo, 1);

	SPI_connect();
	hold_rate_tables();
	PushActiveSnapshot(GetTransactionSnapshot());
	check_name_is_free(schedule);
	if (base == NULL)
		base = last_adopted();
	if (!is_unchanged(base))
		refuse_changed(base);
	check_latest(base);
	copy_schedule(schedule, base);
	PopActiveSnapshot();
	log_event("draft", schedule, NULL,
			  "SELECT pg_catalog.jsonb_build_object('based_on', $1)",
			  VALUES(text_value(base)));
	SPI_finish();
	PG_RETURN_VOID();
}

/* Refuse to drop an adopted schedule. */
static void
check_drop(const char *schedule, const ScheduleRow *row)
{
	if (!row->adopted)
		return;
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("schedule \"%s\" is adopted, it cannot be dropped",
				   schedule),
			errdetail("It is in force from %s.",
					  date_text(row->effective_from)),
			row->effective_from > last_day_begun() ?
			errhint("Withdraw it first: SELECT"
					" mission_rates.withdraw_schedule(%s).",
					quote_literal_cstr(schedule)) : 0);
}

/*
 * Refuse to leave rate rows behind that a user's trigger kept from being
 * deleted.
 */
static void
check_deleted(const char *schedule)
{
	int			left = count_rows_of(schedule);

	if (left > 0)
		ereport(ERROR,
				errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				errmsg_plural("%d rate row of schedule \"%s\" could not be"
							  " deleted",
							  "%d rate rows of schedule \"%s\" could not be"
							  " deleted", left, left, schedule),
				errdetail("A trigger on a rate table kept them from being"
						  " deleted."));
}

/* Delete the rows of a schedule in one table; returns how many there were. */
static uint64
delete_rows(RateTable table, const char *schedule)
{
	return execute(psprintf("DELETE FROM mission_rates.%s AS r"
							" WHERE r.schedule" IS_EQUAL "$1",
							rate_table_columns[table].name),
				   VALUES(text_value(schedule)));
}

/*
 * drop_draft(schedule) RETURNS void
 *		Remove a draft, or rate rows that have no schedule.
 */
Datum
drop_draft(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");
	ScheduleRow row;
	int64		rows = 0;

	SPI_connect();
	row = lock_schedule(schedule);
	check_drop(schedule, &row);
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
		rows += delete_rows(i, schedule);
	check_deleted(schedule);
	if (row.known)
		check_written(schedule, delete_rows(TABLE_SCHEDULE, schedule) == 1);
	else if (rows == 0)
		refuse_unknown_schedule(schedule);
	log_event("drop", schedule, NULL,
			  "SELECT pg_catalog.jsonb_build_object('rate_rows', $1)",
			  VALUES(bigint_value(rows)));
	SPI_finish();
	PG_RETURN_VOID();
}
