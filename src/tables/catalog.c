/*
 * catalog.c
 *	  Where the rate tables of the database are, and whether a book of them
 *	  may be kept.
 *
 * The tables are found in the schema of the extension, which it cannot leave:
 * neither search_path nor a temporary table can change the answer.  The answer
 * is kept until an invalidation message arrives for one of the tables or for
 * an enum type.  Such a message also covers what does not change the token: an
 * altered trigger, a truncated or rewritten table, a renamed label, DROP and
 * CREATE EXTENSION.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_trigger.h"
#include "commands/extension.h"
#include "commands/trigger.h"
#include "common/hashfn.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "tables/catalog.h"

#define ROW_EVENTS \
	(TRIGGER_TYPE_INSERT | TRIGGER_TYPE_UPDATE | TRIGGER_TYPE_DELETE)
#define STATEMENT_EVENTS	(ROW_EVENTS | TRIGGER_TYPE_TRUNCATE)

static RateCatalog catalog;

/* How many messages about these tables and types have come so far */
static uint64 messages = 1;

/*
 * A relation changed, or InvalidOid: perhaps any.  Messages are only counted:
 * books may be in use, and nothing may be looked up here.
 */
static void
relation_changed(Datum arg, Oid relation)
{
	(void) arg;
	if (relation == InvalidOid || relation == catalog.token_table ||
		relation == catalog.missing_table)
		messages++;
	for (int i = 0; i < NUM_RATE_TABLES; i++)
		if (relation == catalog.tables[i])
			messages++;
}

/*
 * A label of some enum type was added or renamed.  Labels are part of the
 * book's texts, and their order gives the positions.
 */
static void
label_changed(Datum arg, int cacheid, uint32 hashvalue)
{
	(void) arg;
	(void) cacheid;
	(void) hashvalue;
	messages++;
}

/*
 * catalog_init
 *		Register the invalidation callbacks; they cannot be unregistered.
 */
void
catalog_init(void)
{
	CacheRegisterRelcacheCallback(relation_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(ENUMOID, label_changed, (Datum) 0);
}

/*
 * catalog_messages
 *		Accept pending invalidation messages; returns how many have come so
 *		far.
 *
 * A caller that keeps what it read remembers the count from before reading, so
 * that a message that arrives during the reading is not missed.
 */
uint64
catalog_messages(void)
{
	AcceptInvalidationMessages();
	return messages;
}

/*
 * The OID of a trigger function of the extension, InvalidOid if there is none.
 */
static Oid
find_trigger_function(const char *name, Oid schema)
{
	oidvector  *no_arguments = buildoidvector(NULL, 0);

	return GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
						   CStringGetDatum(name),
						   PointerGetDatum(no_arguments),
						   ObjectIdGetDatum(schema));
}

/*
 * Does the trigger always call the function?  An ordinary trigger does not
 * fire under session_replication_role = replica.
 */
static bool
always_calls(const Trigger *trigger, Oid function)
{
	return trigger->tgfoid == function &&
		trigger->tgenabled == TRIGGER_FIRES_ALWAYS &&
		trigger->tgqual == NULL &&
		trigger->tgnattr == 0;
}

/*
 * Are the token's triggers of a table in place?  They fire before a statement
 * (so that two clerks queue instead of deadlocking), after each row (the only
 * ones that logical replication fires) and after a statement (nothing is kept
 * while a statement is in progress).
 */
static bool
table_is_armed(Relation table, Oid function)
{
	TriggerDesc *triggers = table->trigdesc;
	int			before = 0;
	int			row = 0;
	int			after = 0;

	if (triggers == NULL || !OidIsValid(function))
		return false;
	for (int i = 0; i < triggers->numtriggers; i++)
	{
		const Trigger *trigger = &triggers->triggers[i];
		int			events = trigger->tgtype & STATEMENT_EVENTS;

		if (!always_calls(trigger, function))
			continue;
		if (TRIGGER_FOR_ROW(trigger->tgtype))
			row |= TRIGGER_FOR_AFTER(trigger->tgtype) ? events : 0;
		else if (TRIGGER_FOR_BEFORE(trigger->tgtype))
			before |= events;
		else
			after |= events;
	}
	return row == ROW_EVENTS && before == STATEMENT_EVENTS &&
		after == STATEMENT_EVENTS;
}

/*
 * Does the trigger keep everybody else from writing to a table of the token?
 */
static bool
table_is_guarded(Relation table, Oid function)
{
	TriggerDesc *triggers = table->trigdesc;
	int			guarded = 0;

	for (int i = 0; triggers != NULL && i < triggers->numtriggers; i++)
	{
		const Trigger *trigger = &triggers->triggers[i];

		if (always_calls(trigger, function) &&
			TRIGGER_FOR_BEFORE(trigger->tgtype))
			guarded |= trigger->tgtype & STATEMENT_EVENTS;
	}
	return guarded == STATEMENT_EVENTS;
}

/*
 * Mix the token's triggers of a table into a stamp: a trigger that is
 * disabled, enabled or created again is a new row version of pg_trigger,
 * written by another transaction.
 */
static uint64
add_to_stamp(uint64 stamp, Relation pg_trigger, Oid table, Oid function)
{
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	row;

	ScanKeyInit(&key, Anum_pg_trigger_tgrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(table));
	scan = systable_beginscan(pg_trigger, TriggerRelidNameIndexId, true, NULL,
							  1, &key);
	while (HeapTupleIsValid(row = systable_getnext(scan)))
	{
		Form_pg_trigger trigger = (Form_pg_trigger) GETSTRUCT(row);

		if (trigger->tgfoid == function)
			stamp = hash_combine64(stamp, ((uint64) trigger->oid << 32) |
								   HeapTupleHeaderGetRawXmin(row->t_data));
	}
	systable_endscan(scan);
	return stamp;
}

/*
 * Is the rate table there with its triggers in place?  Its OID is stored before
 * it is looked at, so that the message of a later change is not taken for
 * another table's.
 */
static bool
find_armed(Oid schema, RateTable index, Oid function)
{
	Oid			oid = get_relname_relid(rate_table_columns[index].name, schema);
	Relation	table;
	bool		armed;

	catalog.tables[index] = oid;
	table = OidIsValid(oid) ? try_table_open(oid, AccessShareLock) : NULL;
	if (table == NULL)
		return false;
	armed = table_is_armed(table, function);
	table_close(table, NoLock);
	return armed;
}

/*
 * trigger_stamp
 *		A number that stands for the token's triggers as they are; 0 if they
 *		are not all in place.
 *
 * The list of missing schedules is complete if it was searched under the same
 * stamp: since then the triggers have fired for every row.  Nothing is
 * verified here, as the tables may be written to in the middle of ALTER
 * EXTENSION ...  UPDATE.
 */
int64
trigger_stamp(Oid schema)
{
	static uint64 counted = 0;	/* messages, when it was worked out */
	static Oid	schema_then = InvalidOid;
	static uint64 stamp = 0;
	uint64		before = catalog_messages();
	Oid			function;
	Relation	pg_trigger;

	if (counted == before && schema_then == schema)
		return (int64) stamp;
	counted = 0;
	stamp = 1;
	function = find_trigger_function("_rate_token_touch", schema);
	pg_trigger = table_open(TriggerRelationId, AccessShareLock);
	for (int i = 0; i < NUM_RATE_TABLES && stamp != 0; i++)
		stamp = find_armed(schema, i, function) ?
			add_to_stamp(stamp, pg_trigger, catalog.tables[i], function) : 0;
	table_close(pg_trigger, AccessShareLock);
	schema_then = schema;
	counted = before;
	return (int64) stamp;
}

/*
 * Refuse a rate table that is not an ordinary table, or that inherits or is
 * inherited from: a statement on a parent does not fire the triggers of its
 * children, and a child's rows are not counted.
 */
static void
verify_relation(Relation table, const char *name)
{
	if (table->rd_rel->relkind != RELKIND_RELATION)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("rate table \"%s\" is not an ordinary table", name),
				 errhint_update()));
	if (has_superclass(RelationGetRelid(table)) ||
		(table->rd_rel->relhassubclass &&
		 find_inheritance_children(RelationGetRelid(table), NoLock) != NIL))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("rate table \"%s\" takes part in inheritance", name),
				 errhint("Undo it: ALTER TABLE ... NO INHERIT ...")));
}

/*
 * Find one table, store its OID, and check that it is as expected.  It is
 * returned open, to be closed with its lock kept.
 */
static Relation
look_up_table(const RateTableColumns *expected, Oid schema, Oid *oid)
{
	Relation	table;

	*oid = get_relname_relid(expected->name, schema);
	if (!OidIsValid(*oid))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("rate table \"%s\" does not exist", expected->name),
				 errhint_update()));
	table = try_table_open(*oid, AccessShareLock);
	if (table == NULL)
		refuse_dropped();
	verify_relation(table, expected->name);
	verify_columns(expected, RelationGetDescr(table), schema);
	return table;
}

/*
 * Lock the extension against DROP EXTENSION.  That takes this lock first and
 * then those of the tables, in an order of its own: a session that has this one
 * before it locks tables cannot deadlock with it.
 */
static void
lock_extension(Oid extension)
{
	LockDatabaseObject(ExtensionRelationId, extension, 0, AccessShareLock);
}

/*
 * Find the extension and lock it.  It may be dropped while the lock is waited
 * for.
 */
static Oid
find_extension(void)
{
	Oid			extension = get_extension_oid("mission_rates", true);

	if (!OidIsValid(extension))
		refuse_dropped();
	lock_extension(extension);
	if (get_extension_oid("mission_rates", true) != extension)
		refuse_dropped();
	return extension;
}

/*
 * Find the two tables of the token; are they written by the triggers alone?
 */
static bool
look_up_token(Oid schema)
{
	Oid			function = find_trigger_function("_rate_token_guard", schema);
	Relation	token;
	Relation	missing;
	bool		guarded;

	token = look_up_table(&rate_token_columns, schema, &catalog.token_table);
	missing = look_up_table(&missing_schedule_columns, schema,
							&catalog.missing_table);
	guarded = table_is_guarded(token, function) &&
		table_is_guarded(missing, function);
	table_close(missing, AccessShareLock);
	table_close(token, AccessShareLock);
	return guarded;
}

/*
 * rate_catalog
 *		The rate tables.
 *
 * The schema is set last: an error leaves nothing half looked up.  So is the
 * count of messages from before: a message that arrives in the meantime causes
 * a new look-up.
 */
const RateCatalog *
rate_catalog(void)
{
	uint64		before = catalog_messages();
	Oid			schema;

	if (OidIsValid(catalog.schema) && catalog.messages == before)
		return &catalog;
	catalog.schema = InvalidOid;
	schema = get_namespace_oid("mission_rates", true);
	if (!OidIsValid(schema))
		refuse_dropped();
	catalog.extension = find_extension();
	for (int i = 0; i < NUM_RATE_TYPES; i++)
		catalog.types[i] = column_type_oid((ColumnType) i, schema);
	for (int i = 0; i < NUM_RATE_TABLES; i++)
		table_close(look_up_table(&rate_table_columns[i], schema,
								  &catalog.tables[i]), NoLock);
	catalog.stamp = trigger_stamp(schema);
	catalog.armed = look_up_token(schema) && catalog.stamp != 0;
	catalog.messages = before;
	catalog.schema = schema;
	return &catalog;
}

/*
 * lock_rate_tables
 *		The rate tables, locked against a change of their columns
 *		until the end of the transaction.
 *
 * What was looked up before the locks were held may have changed; then the
 * tables are looked up, and locked, again.
 */
const RateCatalog *
lock_rate_tables(void)
{
	const RateCatalog *current = rate_catalog();
	uint64		before;

	do
	{
		before = current->messages;
		lock_extension(current->extension);
		for (int i = 0; i < NUM_RATE_TABLES; i++)
			LockRelationOid(current->tables[i], AccessShareLock);
		current = rate_catalog();
	} while (current->messages != before);
	return current;
}

/*
 * catalog_writing
 *		Has this transaction written to a rate table, or is it about to?
 *
 * Then its own rows may change while the snapshot stays the same.
 */
bool
catalog_writing(const RateCatalog *rates)
{
	bool		writing = false;

	for (int i = 0; i < NUM_RATE_TABLES && !writing; i++)
	{
		Relation	table = try_table_open(rates->tables[i], AccessShareLock);

		if (table == NULL)
			refuse_dropped();
		writing = CheckRelationLockedByMe(table, RowExclusiveLock, true);
		table_close(table, NoLock);
	}
	return writing;
}

/*
 * refuse_dropped
 *		Raise the error of a statement whose extension was dropped.
 */
void
refuse_dropped(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("extension \"mission_rates\" was dropped while a statement"
					" used it"),
			 errhint("Run the statement again.")));
}
