/*
 * lock.c
 *	  The row of a schedule, and which sessions may change the schedule.
 *
 * An edit of rate rows locks the row of their schedule FOR KEY SHARE;
 * adoption, withdrawal, scaling and removal lock it FOR UPDATE.  So edits do
 * not wait for each other, and what was checked is what is sealed.
 *
 * A lock makes nothing visible: under REPEATABLE READ and SERIALIZABLE the
 * transaction still sees what was there when it began.  What it checks and
 * seals, or copies, must then be what is there now.
 */
#include "postgres.h"

#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/pg_class.h"
#include "executor/tuptable.h"
#include "storage/lmgr.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "book/book.h"
#include "schedule/schedule.h"
#include "tables/catalog.h"
#include "tables/scan.h"

/*
 * What a row says.  Nothing is NULL where effective_from is not, unless a
 * superuser dropped a constraint.
 */
static ScheduleRow
row_of(const RateRow *columns)
{
	ScheduleRow row = {.known = true,.fingerprint = ""};

	if (row_is_null(columns, SCHEDULE_EFFECTIVE_FROM))
		return row;
	row.adopted = true;
	row.effective_from = row_start(columns);
	if (!row_is_null(columns, SCHEDULE_SEALED_ROWS))
		row.sealed_rows = DatumGetInt32(row_value(columns,
												  SCHEDULE_SEALED_ROWS));
	if (!row_is_null(columns, SCHEDULE_FINGERPRINT))
		row.fingerprint = row_string(columns, SCHEDULE_FINGERPRINT);
	return row;
}

/*
 * read_schedule
 *		The row of a schedule as a snapshot sees it.
 */
ScheduleRow
read_schedule(const char *schedule, Snapshot snapshot)
{
	const RateRow *row = read_named_schedule(cstring_to_text(schedule),
											 snapshot);

	return row != NULL ? row_of(row) : (ScheduleRow) {0};
}

/*
 * Lock a row FOR KEY SHARE, in its latest version, and read it.  It is not
 * known where somebody has deleted it in the meantime.
 */
static ScheduleRow
lock_row(Relation table, ItemPointer tid, Snapshot snapshot)
{
	TupleTableSlot *slot = table_slot_create(table, NULL);
	TM_FailureData failure;
	TM_Result	result;
	ScheduleRow row = {0};

	result = table_tuple_lock(table, tid, snapshot, slot,
							  GetCurrentCommandId(true), LockTupleKeyShare,
							  LockWaitBlock,
							  TUPLE_LOCK_FLAG_LOCK_UPDATE_IN_PROGRESS |
							  TUPLE_LOCK_FLAG_FIND_LAST_VERSION, &failure);
	/* TM_SelfModified: this very statement has updated it, so it is locked */
	if (result == TM_Ok || result == TM_SelfModified)
		row = row_of(copy_row(TABLE_SCHEDULE, table,
							  ExecFetchSlotHeapTuple(slot, false, NULL)));
	else if (result != TM_Deleted)
		elog(ERROR, "unexpected result of locking a schedule: %d", result);
	ExecDropSingleTupleTableSlot(slot);
	return row;
}

/*
 * share_schedule
 *		The row of a schedule as it is now, which then stays so until the end
 *		of the transaction.
 *
 * The caller needs no right on the table, as SQL's FOR KEY SHARE would ask
 * for.  A schedule that was dropped may have been drafted anew.
 */
ScheduleRow
share_schedule(const char *schedule)
{
	ScheduleRow row = {0};
	bool		found;

	do
	{
		Snapshot	snapshot = RegisterSnapshot(GetLatestSnapshot());
		ScheduleScan scan;
		HeapTuple	tuple;

		begin_schedule_scan(&scan, TABLE_SCHEDULE, cstring_to_text(schedule),
							snapshot);
		tuple = next_of_schedule(&scan);
		found = tuple != NULL;
		if (found)
			row = lock_row(scan.table, &tuple->t_self, snapshot);
		end_schedule_scan(&scan);
		UnregisterSnapshot(snapshot);
	} while (found && !row.known);
	return row;
}

/*
 * is_unchanged
 *		Is a schedule a draft, or what was adopted?  One that is not known is an
 *		error.
 */
bool
is_unchanged(const char *schedule)
{
	Snapshot	snapshot = GetActiveSnapshot();
	ScheduleRow row;

	verify_rate_tables();
	row = read_schedule(schedule, snapshot);
	if (!row.known)
		refuse_unknown_schedule(schedule);
	return !row.adopted ||
		strcmp(row.fingerprint,
			   fingerprint_schedule(schedule, NULL, snapshot)) == 0;
}

/*
 * latest_fingerprint
 *		The fingerprint of a schedule as it is now.
 */
char *
latest_fingerprint(const char *schedule, const DateADT *effective_from)
{
	Snapshot	snapshot = RegisterSnapshot(GetLatestSnapshot());
	char	   *fingerprint = fingerprint_schedule(schedule, effective_from,
												   snapshot);

	UnregisterSnapshot(snapshot);
	return fingerprint != NULL ? fingerprint : "";
}

/* Raise the error that the server raises where a row was updated. */
pg_noreturn static void
refuse_older_snapshot(const char *what)
{
	ereport(ERROR,
			errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
			errmsg("could not serialize access due to a change of %s", what),
			errdetail("Another transaction changed it after this one began."),
			errhint("Try the transaction again."));
}

/*
 * check_latest
 *		Refuse to go on where the transaction does not see a schedule as it is
 *		now.
 */
void
check_latest(const char *schedule)
{
	char	   *seen;

	if (!IsolationUsesXactSnapshot())
		return;
	seen = fingerprint_schedule(schedule, NULL, GetTransactionSnapshot());
	if (strcmp(seen != NULL ? seen : "",
			   latest_fingerprint(schedule, NULL)) != 0)
		refuse_older_snapshot(psprintf("schedule \"%s\"", schedule));
}

/*
 * hold_rate_tables
 *		Keep the rate tables from being truncated or rewritten until the end of
 *		the transaction: rows that are gone without a trace belong to no
 *		snapshot.
 */
void
hold_rate_tables(void)
{
	for (int i = 0; i < NUM_RATE_TABLES; i++)
		table_close(open_rate_table(i), NoLock);
}

/*
 * lock_schedule
 *		The row of a schedule as it is now, with nobody else editing it until
 *		the end of the transaction.
 */
ScheduleRow
lock_schedule(const char *schedule)
{
	hold_rate_tables();
	execute("SELECT FROM mission_rates.schedule AS s"
			" WHERE s.schedule" IS_EQUAL "$1 FOR UPDATE",
			VALUES(text_value(schedule)));
	check_latest(schedule);
	return read_schedule(schedule, GetLatestSnapshot());
}

/* The adopted schedules that a snapshot sees, in one text. */
static char *
adopted_schedules(Snapshot snapshot)
{
	char	   *list;

	PushActiveSnapshot(snapshot);
	execute_seeing("SELECT pg_catalog.array_agg(s.fingerprint"
				   " ORDER BY s.effective_from)"
				   " FROM mission_rates.schedule AS s"
				   " WHERE s.effective_from IS NOT NULL", NO_VALUES);
	list = result_text(1);
	PopActiveSnapshot();
	return list != NULL ? list : "";
}

/*
 * lock_adoptions
 *		Wait for others who adopt or withdraw, and block them until the end of
 *		the transaction: dates are held against each other.
 *
 * It comes after lock_schedule(): a session that has edited a draft and adopts
 * it must not wait for one that waits for the end of that edit.
 */
void
lock_adoptions(void)
{
	Relation	table = open_rate_table(TABLE_SCHEDULE);

	LockDatabaseObject(RelationRelationId, RelationGetRelid(table), 0,
					   ExclusiveLock);
	table_close(table, AccessShareLock);
	if (IsolationUsesXactSnapshot() &&
		strcmp(adopted_schedules(GetTransactionSnapshot()),
			   adopted_schedules(GetLatestSnapshot())) != 0)
		refuse_older_snapshot("the adopted schedules");
}
