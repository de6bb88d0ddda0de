/*
 * scan.c
 *	  The rows of one schedule in a rate table.
 *
 * The tables are scanned directly: the result does not depend on privileges,
 * row security, search_path, inheritance or plan caches.  The primary key
 * begins with the schedule, so its index finds the rows; a table whose key was
 * dropped or is being rebuilt is read from end to end.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/pg_am.h"
#include "catalog/pg_opfamily.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "tables/scan.h"
#include "compat.h"

/* The schedule is the first column of every rate table. */
#define SCHEDULE_COLUMN		1

/*
 * Can the index find every row of a schedule that the snapshot sees?  An index
 * that was built over rows which old snapshots see differently must not be
 * used by them (see get_relation_info() in the planner).
 */
static bool
index_is_usable(Relation index)
{
	Form_pg_index form = index->rd_index;

	return form->indisvalid &&
		index->rd_rel->relam == BTREE_AM_OID &&
		form->indkey.values[0] == SCHEDULE_COLUMN &&
		index->rd_opfamily[0] == TEXT_BTREE_FAM_OID &&
		(!form->indcheckxmin ||
		 TransactionIdPrecedes(HeapTupleHeaderGetXmin(index->rd_indextuple->t_data),
							   TransactionXmin));
}

/*
 * The index of the primary key, and how it compares; InvalidOid if there is
 * none that can be used.
 */
static Oid
usable_index(Relation table, Oid *collation)
{
	Oid			oid;
	Relation	index;
	bool		usable;

	list_free(RelationGetIndexList(table));
	oid = table->rd_pkindex;
	if (!OidIsValid(oid))
		return InvalidOid;
	index = index_open(oid, AccessShareLock);
	usable = index_is_usable(index);
	if (usable)
		*collation = index->rd_indcollation[0];
	index_close(index, AccessShareLock);
	return usable ? oid : InvalidOid;
}

/*
 * begin_schedule_scan
 *		Look for the rows of a schedule that the snapshot sees.
 */
void
begin_schedule_scan(ScheduleScan *scan, Oid table, text *schedule,
					Snapshot snapshot)
{
	Oid			collation;
	Oid			index;
	ScanKeyData key;

	scan->table = table_open(table, AccessShareLock);
	scan->schedule = schedule;
	collation = TupleDescAttr(RelationGetDescr(scan->table),
							  SCHEDULE_COLUMN - 1)->attcollation;
	index = usable_index(scan->table, &collation);
	ScanKeyEntryInitialize(&key, 0, SCHEDULE_COLUMN, BTEqualStrategyNumber,
						   InvalidOid, collation, F_TEXTEQ,
						   PointerGetDatum(schedule));
	scan->scan = systable_beginscan(scan->table, index, OidIsValid(index),
									snapshot, 1, &key);
}

/*
 * Does the row have exactly this name?  A collation may call others equal.
 */
static bool
is_of_schedule(const ScheduleScan *scan, HeapTuple row)
{
	bool		isnull;
	Datum		value = heap_getattr(row, SCHEDULE_COLUMN,
									 RelationGetDescr(scan->table), &isnull);
	text	   *name;

	if (isnull)
		return false;
	name = DatumGetTextPP(value);
	return VARSIZE_ANY_EXHDR(name) == VARSIZE_ANY_EXHDR(scan->schedule) &&
		memcmp(VARDATA_ANY(name), VARDATA_ANY(scan->schedule),
			   VARSIZE_ANY_EXHDR(name)) == 0;
}

/*
 * next_of_schedule
 *		The next row, valid until the next call; NULL after the last one.
 */
HeapTuple
next_of_schedule(ScheduleScan *scan)
{
	HeapTuple	row;

	do
	{
		CHECK_FOR_INTERRUPTS();
		row = systable_getnext(scan->scan);
	} while (HeapTupleIsValid(row) && !is_of_schedule(scan, row));
	return row;
}

/*
 * end_schedule_scan
 *		Done; the table stays locked until the end of the transaction.
 */
void
end_schedule_scan(ScheduleScan *scan)
{
	systable_endscan(scan->scan);
	table_close(scan->table, NoLock);
}

/*
 * has_rows_of_schedule
 *		Has the table a row of the schedule that the snapshot sees?
 */
bool
has_rows_of_schedule(Oid table, text *schedule, Snapshot snapshot)
{
	ScheduleScan scan;
	bool		found;

	begin_schedule_scan(&scan, table, schedule, snapshot);
	found = next_of_schedule(&scan) != NULL;
	end_schedule_scan(&scan);
	return found;
}

/*
 * The name in a row, as a copy; NULL where the column is.
 */
static text *
copy_name(Relation table, HeapTuple row)
{
	bool		isnull;
	Datum		value = heap_getattr(row, SCHEDULE_COLUMN,
									 RelationGetDescr(table), &isnull);

	return isnull ? NULL : DatumGetTextPCopy(value);
}

/*
 * The first name in the order of the index that comes after the given one;
 * NULL after the last.
 */
static text *
next_name(Relation table, Relation index, Oid collation, text *after,
		  Snapshot snapshot)
{
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	row;
	text	   *name;

	if (after != NULL)
		ScanKeyEntryInitialize(&key, 0, SCHEDULE_COLUMN,
							   BTGreaterStrategyNumber, InvalidOid, collation,
							   F_TEXT_GT, PointerGetDatum(after));
	scan = systable_beginscan_ordered(table, index, snapshot,
									  after != NULL ? 1 : 0, &key);
	row = systable_getnext_ordered(scan, ForwardScanDirection);
	name = HeapTupleIsValid(row) ? copy_name(table, row) : NULL;
	systable_endscan_ordered(scan);
	return name;
}

/*
 * Visit every name once, from one to the next in the index.
 */
static void
visit_by_index(Relation table, Oid oid, Oid collation, Snapshot snapshot,
			   NameVisitor visit, void *arg)
{
	Relation	index = index_open(oid, AccessShareLock);
	text	   *name = NULL;

	while ((name = next_name(table, index, collation, name, snapshot)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		visit(name, arg);
	}
	index_close(index, AccessShareLock);
}

/*
 * Visit the name in every row.
 */
static void
visit_by_row(Relation table, Snapshot snapshot, NameVisitor visit, void *arg)
{
	SysScanDesc scan = systable_beginscan(table, InvalidOid, false, snapshot,
										  0, NULL);
	HeapTuple	row;

	while (HeapTupleIsValid(row = systable_getnext(scan)))
	{
		text	   *name = copy_name(table, row);

		CHECK_FOR_INTERRUPTS();
		if (name != NULL)
		{
			visit(name, arg);
			pfree(name);
		}
	}
	systable_endscan(scan);
}

/*
 * visit_schedule_names
 *		The names of the schedules that a table has rows of.
 */
void
visit_schedule_names(Oid table, Snapshot snapshot, NameVisitor visit,
					 void *arg)
{
	Relation	relation = table_open(table, AccessShareLock);
	Oid			collation;
	Oid			index = usable_index(relation, &collation);

	if (OidIsValid(index))
		visit_by_index(relation, index, collation, snapshot, visit, arg);
	else
		visit_by_row(relation, snapshot, visit, arg);
	table_close(relation, NoLock);
}
