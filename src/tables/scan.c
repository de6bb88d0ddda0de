/*
 * scan.c
 *	  Rows of the rate tables that a snapshot sees.
 *
 * The tables are scanned directly: the result does not depend on privileges,
 * search_path or plan caches, it works in a parallel worker and on a standby,
 * and under SERIALIZABLE it takes predicate locks.
 */
#include "postgres.h"

#include "access/heaptoast.h"
#include "access/htup_details.h"
#include "access/tableam.h"
#include "access/transam.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "compat.h"
#include "tables/catalog.h"
#include "tables/scan.h"
#include "tables/session.h"

static bool
may_use(const RateIndex *index)
{
	return OidIsValid(index->oid) &&
		(!TransactionIdIsValid(index->not_before) ||
		 TransactionIdPrecedes(index->not_before, TransactionXmin));
}

/*
 * begin_schedule_scan
 *		Look for the rows of a schedule in a table, which stays open until the
 *		end of the scan.
 */
void
begin_schedule_scan(ScheduleScan *scan, RateTable table, text *schedule,
					Snapshot snapshot)
{
	const RateIndex *key = &rate_session.tables[table].key;
	ScanKeyData equal;

	scan->table = open_rate_table(table);
	scan->schedule = schedule;
	ScanKeyEntryInitialize(&equal, 0, SCHEDULE_NAME, BTEqualStrategyNumber,
						   InvalidOid,
						   TupleDescAttr(RelationGetDescr(scan->table),
										 SCHEDULE_NAME - 1)->attcollation,
						   F_TEXTEQ, PointerGetDatum(schedule));
	scan->scan = systable_beginscan(scan->table, key->oid, may_use(key),
									snapshot, 1, &equal);
}

/*
 * The name of the schedule in a row.
 */
static const text *
name_in(Relation table, HeapTuple row)
{
	bool		isnull;
	Datum		name = heap_getattr(row, SCHEDULE_NAME,
									RelationGetDescr(table), &isnull);

	return isnull ? NULL : DatumGetTextPP(name);
}

static bool
same_bytes(const text *a, const text *b)
{
	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

/*
 * next_of_schedule
 *		The next row, valid until the next call; NULL after the last one.  A
 *		collation may call other names equal.
 */
HeapTuple
next_of_schedule(ScheduleScan *scan)
{
	HeapTuple	row;

	while (HeapTupleIsValid(row = systable_getnext(scan->scan)))
	{
		const text *name = name_in(scan->table, row);

		CHECK_FOR_INTERRUPTS();
		if (name != NULL && same_bytes(name, scan->schedule))
			break;
	}
	return row;
}

/*
 * end_schedule_scan
 *		Done.
 */
void
end_schedule_scan(ScheduleScan *scan)
{
	systable_endscan(scan->scan);
	close_rate_table(scan->table);
}

/*
 * A copy of a row that does not need its table.
 */
static RateRow *
copy_row(Relation table, HeapTuple row)
{
	TupleDesc	columns = RelationGetDescr(table);
	RateRow    *copy = palloc(sizeof(RateRow));

	row = HeapTupleHasExternal(row) ? toast_flatten_tuple(row, columns) :
		heap_copytuple(row);
	copy->values = palloc(columns->natts * sizeof(Datum));
	copy->isnull = palloc(columns->natts * sizeof(bool));
	heap_deform_tuple(row, columns, copy->values, copy->isnull);
	return copy;
}

/*
 * The rows of a schedule in one table.
 */
static List *
read_rows(RateTable table, text *schedule, Snapshot snapshot)
{
	ScheduleScan scan;
	HeapTuple	row;
	List	   *rows = NIL;

	begin_schedule_scan(&scan, table, schedule, snapshot);
	while ((row = next_of_schedule(&scan)) != NULL)
		rows = lappend(rows, copy_row(scan.table, row));
	end_schedule_scan(&scan);
	return rows;
}

/*
 * read_rate_rows
 *		The rate rows of a schedule.
 */
void
read_rate_rows(text *schedule, Snapshot snapshot, ScheduleRows *rows)
{
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
		rows->rows[i] = read_rows(i, schedule, snapshot);
}

/*
 * read_named_schedule
 *		The row of a schedule in the table schedule; NULL: there is none.
 */
RateRow *
read_named_schedule(text *schedule, Snapshot snapshot)
{
	List	   *rows = read_rows(TABLE_SCHEDULE, schedule, snapshot);

	return rows == NIL ? NULL : linitial(rows);
}

/*
 * The day that a schedule starts on.
 */
static DateADT
start_in(Relation table, HeapTuple row)
{
	bool		isnull;

	return DatumGetDateADT(heap_getattr(row, SCHEDULE_EFFECTIVE_FROM,
										RelationGetDescr(table), &isnull));
}

/*
 * The nearest of the rows that pass the key, by a look at each of them: for a
 * table whose index by date the owner dropped.
 */
static RateRow *
search_nearest(Relation table, ScanKey key, ScanDirection direction,
			   Snapshot snapshot)
{
	SysScanDesc scan = systable_beginscan(table, InvalidOid, false, snapshot,
										  1, key);
	RateRow    *nearest = NULL;
	HeapTuple	row;

	while (HeapTupleIsValid(row = systable_getnext(scan)))
	{
		DateADT		start = start_in(table, row);
		DateADT		best = nearest == NULL ? start :
			DatumGetDateADT(nearest->values[SCHEDULE_EFFECTIVE_FROM - 1]);

		CHECK_FOR_INTERRUPTS();
		if (nearest == NULL || (ScanDirectionIsForward(direction) ?
								start < best : start > best))
			nearest = copy_row(table, row);
	}
	systable_endscan(scan);
	return nearest;
}

/*
 * The same by the index.
 */
static RateRow *
find_nearest(Relation table, ScanKey key, ScanDirection direction,
			 Snapshot snapshot)
{
	Relation	index = index_open(rate_session.starts.oid, AccessShareLock);
	SysScanDesc scan = systable_beginscan_ordered(table, index, snapshot, 1,
												  key);
	HeapTuple	row = systable_getnext_ordered(scan, direction);
	RateRow    *nearest = HeapTupleIsValid(row) ? copy_row(table, row) : NULL;

	systable_endscan_ordered(scan);
	index_close(index, AccessShareLock);
	return nearest;
}

/*
 * read_nearest_schedule
 *		The adopted schedule that starts nearest to a date: on it or before it
 *		(BTLessEqualStrategyNumber), or after it (BTGreaterStrategyNumber).
 */
RateRow *
read_nearest_schedule(DateADT date, StrategyNumber side, Snapshot snapshot)
{
	bool		before = side == BTLessEqualStrategyNumber;
	ScanDirection direction = before ? BackwardScanDirection :
		ForwardScanDirection;
	Relation	table = open_rate_table(TABLE_SCHEDULE);
	RateRow    *nearest;
	ScanKeyData key;

	ScanKeyInit(&key, SCHEDULE_EFFECTIVE_FROM, side,
				before ? F_DATE_LE : F_DATE_GT, DateADTGetDatum(date));
	nearest = may_use(&rate_session.starts) ?
		find_nearest(table, &key, direction, snapshot) :
		search_nearest(table, &key, direction, snapshot);
	close_rate_table(table);
	return nearest;
}

/*
 * count_rate_rows
 *		The rate rows of a schedule in all tables.  Seal and guard both mean
 *		this number.
 */
int64
count_rate_rows(text *schedule, Snapshot snapshot)
{
	int64		rows = 0;

	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
	{
		ScheduleScan scan;

		begin_schedule_scan(&scan, i, schedule, snapshot);
		while (next_of_schedule(&scan) != NULL)
			rows++;
		end_schedule_scan(&scan);
	}
	return rows;
}

/*
 * visit_schedule_names
 *		The names of schedules in all rows of a table.  To look at each row is
 *		faster than to go from one name to the next in the index.
 */
void
visit_schedule_names(RateTable table, Snapshot snapshot, NameVisitor visit,
					 void *arg)
{
	Relation	relation = open_rate_table(table);
	TupleTableSlot *slot = table_slot_create(relation, NULL);
	TableScanDesc scan = begin_table_scan(relation, snapshot);

	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		CHECK_FOR_INTERRUPTS();
		slot_getsomeattrs(slot, SCHEDULE_NAME);
		if (!slot->tts_isnull[SCHEDULE_NAME - 1])
			visit(DatumGetTextPP(slot->tts_values[SCHEDULE_NAME - 1]), arg);
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	close_rate_table(relation);
}
