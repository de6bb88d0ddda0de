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
#include "utils/fmgroids.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "book/scan.h"
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
