/*
 * scan.c
 *	  Rows of the rate tables that a snapshot sees.
 *
 * The tables are scanned directly: the result does not depend on privileges,
 * search_path or plan caches, it works in a parallel worker and on a standby,
 * and under SERIALIZABLE it takes predicate locks.
 */
#include "postgres.h"

#include "access/heapam.h"
#include "access/heaptoast.h"
#include "access/htup_details.h"
#include "access/transam.h"
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "storage/predicate.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

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
		bool		isnull;
		Datum		name = heap_getattr(row, SCHEDULE_NAME,
										RelationGetDescr(scan->table), &isnull);

		CHECK_FOR_INTERRUPTS();
		if (!isnull && same_bytes(DatumGetTextPP(name), scan->schedule))
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
	table_close(scan->table, AccessShareLock);
}

/*
 * copy_row
 *		A copy of a row that does not need its table.
 */
RateRow *
copy_row(RateTable number, Relation table, HeapTuple row)
{
	TupleDesc	columns = RelationGetDescr(table);
	RateRow    *copy = palloc(sizeof(RateRow));

	row = HeapTupleHasExternal(row) ? toast_flatten_tuple(row, columns) :
		heap_copytuple(row);
	copy->table = number;
	copy->values = palloc(columns->natts * sizeof(Datum));
	copy->isnull = palloc(columns->natts * sizeof(bool));
	heap_deform_tuple(row, columns, copy->values, copy->isnull);
	return copy;
}

/* The rows of a schedule in one table. */
static List *
read_rows(RateTable table, text *schedule, Snapshot snapshot)
{
	ScheduleScan scan;
	HeapTuple	row;
	List	   *rows = NIL;

	begin_schedule_scan(&scan, table, schedule, snapshot);
	while ((row = next_of_schedule(&scan)) != NULL)
		rows = lappend(rows, copy_row(table, scan.table, row));
	end_schedule_scan(&scan);
	return rows;
}

/*
 * read_rate_rows
 *		The rows of a schedule whose own row is there.
 */
void
read_rate_rows(RateRow *schedule, Snapshot snapshot, ScheduleRows *rows)
{
	text	   *name = DatumGetTextPP(row_value(schedule, SCHEDULE_NAME));

	rows->rows[TABLE_SCHEDULE] = list_make1(schedule);
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
		rows->rows[i] = read_rows(i, name, snapshot);
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
 * The nearest of the rows that pass the key, by a look at each of them: for a
 * table whose index by date the owner dropped.
 */
static RateRow *
search_nearest(Relation table, ScanKey key, bool before, Snapshot snapshot)
{
	SysScanDesc scan = systable_beginscan(table, InvalidOid, false, snapshot,
										  1, key);
	RateRow    *nearest = NULL;
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		RateRow    *row = copy_row(TABLE_SCHEDULE, table, tuple);

		CHECK_FOR_INTERRUPTS();
		if (nearest == NULL || (row_start(row) > row_start(nearest)) == before)
			nearest = row;
	}
	systable_endscan(scan);
	return nearest;
}

/* The same by the index. */
static RateRow *
find_nearest(Relation table, ScanKey key, bool before, Snapshot snapshot)
{
	Relation	index = index_open(rate_session.starts.oid, AccessShareLock);
	SysScanDesc scan = systable_beginscan_ordered(table, index, snapshot, 1,
												  key);
	HeapTuple	tuple = systable_getnext_ordered(scan, before ?
												 BackwardScanDirection :
												 ForwardScanDirection);
	RateRow    *nearest = HeapTupleIsValid(tuple) ?
		copy_row(TABLE_SCHEDULE, table, tuple) : NULL;

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
	Relation	table = open_rate_table(TABLE_SCHEDULE);
	RateRow    *nearest;
	ScanKeyData key;

	ScanKeyInit(&key, SCHEDULE_EFFECTIVE_FROM, side,
				before ? F_DATE_LE : F_DATE_GT, DateADTGetDatum(date));
	nearest = may_use(&rate_session.starts) ?
		find_nearest(table, &key, before, snapshot) :
		search_nearest(table, &key, before, snapshot);
	table_close(table, AccessShareLock);
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

/* The name in a row on a page; NULL: there is no row. */
static const text *
name_on_page(Page page, OffsetNumber number, HeapTuple row)
{
	ItemId		item = PageGetItemId(page, number);

	if (!ItemIdIsNormal(item))
		return NULL;
	row->t_data = (HeapTupleHeader) PageGetItem(page, item);
	row->t_len = ItemIdGetLength(item);
	if (HeapTupleHasNulls(row) &&
		att_isnull(SCHEDULE_NAME - 1, row->t_data->t_bits))
		return NULL;
	return (const text *) ((char *) row->t_data + row->t_data->t_hoff);
}

static bool
same_text(const text *a, const text *b)
{
	return VARSIZE_ANY(a) == VARSIZE_ANY(b) && memcmp(a, b, VARSIZE_ANY(a)) == 0;
}

/*
 * The names in the rows of a page that the snapshot sees, and how many; of rows
 * in line with the same name only the first is looked at.  They are those on
 * the page, where they stay while it is pinned.
 */
static int
names_on_page(Relation table, Buffer buffer, Snapshot snapshot,
			  const text **names)
{
	Page		page = BufferGetPage(buffer);
	HeapTupleData row = {.t_tableOid = RelationGetRelid(table)};
	OffsetNumber last;
	int			n = 0;

	LockBuffer(buffer, BUFFER_LOCK_SHARE);
	last = PageGetMaxOffsetNumber(page);
	for (OffsetNumber i = FirstOffsetNumber; i <= last; i++)
	{
		const text *name = name_on_page(page, i, &row);
		bool		visible;

		if (name == NULL || (n > 0 && same_text(name, names[n - 1])))
			continue;
		ItemPointerSet(&row.t_self, BufferGetBlockNumber(buffer), i);
		visible = HeapTupleSatisfiesVisibility(&row, snapshot, buffer);
		HeapCheckForSerializableConflictOut(visible, table, &row, buffer,
											snapshot);
		if (visible)
			names[n++] = name;
	}
	LockBuffer(buffer, BUFFER_LOCK_UNLOCK);
	return n;
}

/*
 * schedule_names
 *		The names of schedules in the rows of a table, as C strings; each of
 *		them at least once.
 *
 * A session asks for them before its first bill, in every table.  Reading pages
 * takes a quarter of the time of the functions that return row by row.
 */
List *
schedule_names(RateTable table, Snapshot snapshot)
{
	Relation	relation = open_rate_table(table);
	BlockNumber npages = RelationGetNumberOfBlocks(relation);
	const text *names[MaxHeapTuplesPerPage];
	List	   *result = NIL;

	PredicateLockRelation(relation, snapshot);
	for (BlockNumber page = 0; page < npages; page++)
	{
		Buffer		buffer = ReadBuffer(relation, page);
		int			n = names_on_page(relation, buffer, snapshot, names);

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < n; i++)
			result = lappend(result, text_to_cstring(names[i]));
		ReleaseBuffer(buffer);
	}
	table_close(relation, AccessShareLock);
	return result;
}

/*
 * compare_strings
 *		Order a list of C strings by their bytes: strcmp() compares unsigned
 *		characters.
 */
int
compare_strings(const ListCell *a, const ListCell *b)
{
	return strcmp(lfirst(a), lfirst(b));
}
