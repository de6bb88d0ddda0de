/*
 * catalog.c
 *	  The rate tables of the database: found, verified, opened.
 *
 * They are found in the extension's schema, which it cannot leave: neither
 * search_path nor a temporary table can change the answer.  What was found is
 * verified under the table's lock, and again after each invalidation message
 * about the table.  What is not supported is refused here, and nothing else
 * has to cope with it.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/tableam.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_am.h"
#include "catalog/pg_class.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_trigger.h"
#include "catalog/pg_type.h"
#include "replication/logicalworker.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "compat.h"
#include "tables/catalog.h"
#include "tables/session.h"

#define ALL_EVENTS \
	(TRIGGER_TYPE_INSERT | TRIGGER_TYPE_UPDATE | TRIGGER_TYPE_DELETE | \
	 TRIGGER_TYPE_TRUNCATE)

/* Raise the error of a statement whose extension was dropped. */
pg_noreturn static void
refuse_dropped(void)
{
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("extension \"mission_rates\" was dropped while a statement"
				   " used it"),
			errhint("Run the statement again."));
}

/*
 * rate_schema
 *		The schema of the rate tables.
 */
Oid
rate_schema(void)
{
	Oid			schema = get_namespace_oid("mission_rates", true);

	if (!OidIsValid(schema))
		refuse_dropped();
	return schema;
}

/*
 * rate_type_oid
 *		One of the extension's enum types.
 */
Oid
rate_type_oid(RateType type)
{
	return column_type_oid((ColumnType) type, rate_schema());
}

/*
 * enum_rows
 *		The rows of an enum type in pg_enum, in the order of its labels: in one
 *		scan, since a look-up for each label would be slow in a new backend.
 */
List *
enum_rows(Oid type)
{
	Relation	catalog = table_open(EnumRelationId, AccessShareLock);
	Relation	index = index_open(EnumTypIdSortOrderIndexId, AccessShareLock);
	List	   *rows = NIL;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_enum_enumtypid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(type));
	scan = systable_beginscan_ordered(catalog, index, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext_ordered(scan,
															 ForwardScanDirection)))
		rows = lappend(rows, GETSTRUCT(heap_copytuple(tuple)));
	systable_endscan_ordered(scan);
	index_close(index, AccessShareLock);
	table_close(catalog, AccessShareLock);
	return rows;
}

/* Refuse a rate table, with the reason. */
static void
refuse_table(const char *table, const char *reason, const char *command)
{
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("rate table \"%s\" %s", table, reason),
			errdetail("Rates are not read from a table in this state."),
			errhint("Undo it: %s.", command));
}

/* Refuse a table that reads or writes otherwise than its rows do. */
static void
verify_relation(Relation table, const char *name)
{
	Form_pg_class form = table->rd_rel;

	if (form->relkind != RELKIND_RELATION ||
		form->relpersistence != RELPERSISTENCE_PERMANENT ||
		table->rd_tableam != GetHeapamTableAmRoutine())
		refuse_table(name, "is not an ordinary permanent table",
					 "ALTER TABLE ... SET LOGGED, or restore the extension");
	if (form->relrowsecurity || form->relforcerowsecurity)
		refuse_table(name, "has row security enabled or forced",
					 "ALTER TABLE ... DISABLE ROW LEVEL SECURITY, NO FORCE"
					 " ROW LEVEL SECURITY");
	if (table->rd_rules != NULL && table->rd_rules->numLocks > 0)
		refuse_table(name, "has a rewrite rule", "DROP RULE ... ON ...");
	if (form->relispartition || has_superclass(RelationGetRelid(table)) ||
		(form->relhassubclass &&
		 find_inheritance_children(RelationGetRelid(table), NoLock) != NIL))
		refuse_table(name, "has a parent or a child",
					 "ALTER TABLE ... NO INHERIT ...");
}

/* An index that finds rows by a column: that of the primary key, or any. */
static RateIndex
find_index(Relation table, AttrNumber column, Oid type, bool primary)
{
	RateIndex	found = {InvalidOid, InvalidTransactionId};
	ListCell   *cell;

	foreach(cell, RelationGetIndexList(table))
	{
		Relation	index = index_open(lfirst_oid(cell), AccessShareLock);
		Form_pg_index form = index->rd_index;

		if (form->indisvalid && (form->indisprimary || !primary) &&
			form->indkey.values[0] == column &&
			index->rd_rel->relam == BTREE_AM_OID &&
			index->rd_opcintype[0] == type && index->rd_indoption[0] == 0 &&
			heap_attisnull(index->rd_indextuple, Anum_pg_index_indpred, NULL))
		{
			found.oid = lfirst_oid(cell);
			found.not_before = form->indcheckxmin ?
				HeapTupleHeaderGetXmin(index->rd_indextuple->t_data) :
				InvalidTransactionId;
		}
		index_close(index, AccessShareLock);
	}
	return found;
}

/*
 * Do triggers tell of the beginning and the end of every statement?  An
 * ordinary one does not fire under session_replication_role = replica.
 *
 * The list of triggers is taken after the look-up of their function: a message
 * that comes with it may replace the list.
 */
static bool
is_watched(Relation table)
{
	Oid			schema = get_namespace_oid("_mission_rates", true);
	Oid			function = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
										   CStringGetDatum("rate_statement"),
										   PointerGetDatum(buildoidvector(NULL, 0)),
										   ObjectIdGetDatum(schema));
	TriggerDesc *triggers = table->trigdesc;
	int			before = 0;
	int			after = 0;

	for (int i = 0; triggers != NULL && i < triggers->numtriggers; i++)
	{
		const Trigger *trigger = &triggers->triggers[i];

		if (trigger->tgfoid != function || TRIGGER_FOR_ROW(trigger->tgtype) ||
			trigger->tgenabled != TRIGGER_FIRES_ALWAYS ||
			trigger->tgqual != NULL || trigger->tgnattr != 0)
			continue;
		if (TRIGGER_FOR_BEFORE(trigger->tgtype))
			before |= trigger->tgtype & ALL_EVENTS;
		else
			after |= trigger->tgtype & ALL_EVENTS;
	}
	return before == ALL_EVENTS && after == ALL_EVENTS;
}

/* Refuse a table that is not as expected, and note what reading it takes. */
static void
verify_table(RateTable number, Relation table)
{
	const RateTableColumns *expected = &rate_table_columns[number];
	RateTableState *state = &rate_session.tables[number];
	uint64		messages = state->messages;

	verify_relation(table, expected->name);
	verify_columns(expected, RelationGetDescr(table), rate_schema());
	state->key = find_index(table, SCHEDULE_NAME, TEXTOID, true);
	if (!OidIsValid(state->key.oid))
		refuse_table(expected->name, "has no valid primary key",
					 "ALTER TABLE ... ADD PRIMARY KEY ..., or REINDEX TABLE"
					 " ...");
	if (number == TABLE_SCHEDULE)
		rate_session.starts = find_index(table, SCHEDULE_EFFECTIVE_FROM,
										 DATEOID, false);
	state->watched = is_watched(table);
	state->verified_at = messages;
}

static bool
is_verified(RateTable number)
{
	return rate_session.tables[number].verified_at ==
		rate_session.tables[number].messages;
}

/*
 * Find a table by its name.  In other tables than before, which a new
 * extension has, rows of no schedule are to be looked for again.
 */
static void
find_table(RateTable number)
{
	const char *name = rate_table_columns[number].name;
	Oid			oid = get_relname_relid(name, rate_schema());

	if (!OidIsValid(oid))
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("rate table \"%s\" does not exist", name),
				errhint_update());
	if (oid != rate_session.tables[number].oid)
		rate_session.no_orphans = false;
	rate_session.tables[number].oid = oid;
}

/*
 * open_rate_table
 *		A rate table, locked and verified; rates are locked only while they are
 *		read.
 *
 * The messages about what other sessions did to it come in with the lock.
 */
Relation
open_rate_table(RateTable number)
{
	Relation	table;

	if (!is_verified(number))
		find_table(number);
	table = try_table_open(rate_session.tables[number].oid, AccessShareLock);
	if (table == NULL)
		refuse_dropped();
	if (!is_verified(number))
		verify_table(number, table);
	return table;
}

/*
 * verify_rate_tables
 *		Refuse rate tables that are not as expected.
 */
void
verify_rate_tables(void)
{
	AcceptInvalidationMessages();
	for (int i = 0; i < NUM_RATE_TABLES; i++)
		if (!is_verified(i))
			table_close(open_rate_table(i), AccessShareLock);
}

/*
 * Do the triggers tell of every statement on a rate table?  Logical
 * replication fires none for statements.
 */
static bool
statements_are_watched(void)
{
	for (int i = 0; i < NUM_RATE_TABLES; i++)
		if (!rate_session.tables[i].watched || !is_verified(i))
			return false;
	return !IsLogicalWorker();
}

/*
 * rates_are_locked
 *		Has this transaction written to a rate table, or is it about to?
 */
bool
rates_are_locked(void)
{
	bool		locked = false;

	for (int i = 0; i < NUM_RATE_TABLES && !locked; i++)
	{
		Relation	table = open_rate_table(i);

		locked = CheckRelationLockedByMe(table, RowExclusiveLock, true);
		table_close(table, AccessShareLock);
	}
	return locked;
}

/*
 * rates_may_be_changing
 *		May a statement that is in progress change what a snapshot of this
 *		transaction sees?
 */
bool
rates_may_be_changing(void)
{
	return rate_session.open_statements > 0 ||
		(!statements_are_watched() && rates_are_locked());
}
