/*
 * catalog.c
 *	  Where the rate tables of the database are, and whether a book of them
 *	  may be kept.
 *
 * The answer is found through the schema of the function that asks, so that
 * neither search_path nor a temporary table can change it, and is kept until
 * the server tells of a change of one of the tables or of an enum type.  Such
 * a message also covers what no token tells: a changed trigger, a truncated or
 * rewritten table, a renamed label, DROP and CREATE EXTENSION.
 */
#include "postgres.h"

#include "access/relation.h"
#include "access/table.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_trigger.h"
#include "commands/trigger.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "book/catalog.h"

static const char *const table_names[NUM_RATE_TABLES] = {
	[TABLE_SCHEDULE] = "schedule",
	[TABLE_CLASS_RULE] = "class_rule",
	[TABLE_WATER_MINIMUM] = "water_minimum",
	[TABLE_WATER_VOLUME] = "water_volume",
	[TABLE_SEWER_RATE] = "sewer_rate",
	[TABLE_FEE] = "fee",
	[TABLE_DEPOSIT] = "deposit",
	[TABLE_WATER_TAP] = "water_tap",
	[TABLE_SEWER_PERMIT] = "sewer_permit",
};

/* The column that tells the OID of each enum type */
static const struct
{
	RateTable	table;
	AttrNumber	column;
}			type_columns[NUM_RATE_TYPES] = {
	[TYPE_CLASS] = {TABLE_CLASS_RULE, CLASS_RULE_CLASS},
	[TYPE_GROUP] = {TABLE_WATER_MINIMUM, WATER_MINIMUM_RATE_GROUP},
	[TYPE_SIZE] = {TABLE_WATER_MINIMUM, WATER_MINIMUM_METER_SIZE},
	[TYPE_AREA] = {TABLE_WATER_MINIMUM, WATER_MINIMUM_SERVICE_AREA},
	[TYPE_CATEGORY] = {TABLE_DEPOSIT, DEPOSIT_CATEGORY},
};

#define ROW_EVENTS \
	(TRIGGER_TYPE_INSERT | TRIGGER_TYPE_UPDATE | TRIGGER_TYPE_DELETE)
#define STATEMENT_EVENTS	(ROW_EVENTS | TRIGGER_TYPE_TRUNCATE)

static RateCatalog catalog;
static bool moved = false;

/*
 * A relation changed, or InvalidOid: perhaps any.  Only a flag is set: books
 * may be in use, and nothing may be looked up here.
 */
static void
relation_changed(Datum arg, Oid relation)
{
	(void) arg;
	if (relation == InvalidOid || relation == catalog.token_table)
		moved = true;
	for (int i = 0; i < NUM_RATE_TABLES; i++)
		if (relation == catalog.tables[i])
			moved = true;
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
	moved = true;
}

/*
 * catalog_init
 *		Ask the server for its messages; there is no way to unregister.
 */
void
catalog_init(void)
{
	CacheRegisterRelcacheCallback(relation_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(ENUMOID, label_changed, (Datum) 0);
}

/*
 * catalog_moved
 *		Take in the server's messages; true if every book is out of date.
 *
 * The flag is taken down before anything is read, so that a message that
 * comes while a book is being loaded is seen the next time.
 */
bool
catalog_moved(void)
{
	AcceptInvalidationMessages();
	if (!moved)
		return false;
	moved = false;
	catalog.schema = InvalidOid;
	return true;
}

/*
 * The OID of the trigger function that moves the token, InvalidOid if there
 * is none.
 */
static Oid
find_touch_function(Oid schema)
{
	oidvector  *no_arguments = buildoidvector(NULL, 0);

	return GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
						   CStringGetDatum("_rate_token_touch"),
						   PointerGetDatum(no_arguments),
						   ObjectIdGetDatum(schema));
}

/*
 * Does the trigger call the function whatever happens?  An ordinary trigger
 * does not fire under session_replication_role = replica.
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
 * (two clerks then wait for each other in good order), after each row (all
 * that logical replication fires) and after a statement (while one is half
 * done nothing is kept).
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
 * Open a rate table by its OID, which must be an ordinary table: anything
 * else could not be scanned.
 */
static Relation
open_rate_table(Oid oid, const char *name)
{
	Relation	table = table_open(oid, AccessShareLock);

	if (table->rd_rel->relkind != RELKIND_RELATION)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("rate table \"%s\" is not an ordinary table", name)));
	return table;
}

/*
 * Find one rate table.  Its OID is stored before it is opened, so that the
 * message of a change that comes after the triggers were looked at is not
 * taken for another table's.
 */
static void
look_up_table(Oid schema, RateTable index, Oid touch_function)
{
	const char *name = table_names[index];
	Oid			oid = get_relname_relid(name, schema);
	Relation	table;

	if (!OidIsValid(oid))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("rate table \"%s\" does not exist", name)));
	catalog.tables[index] = oid;
	table = open_rate_table(oid, name);
	if (!table_is_armed(table, touch_function))
		catalog.armed = false;
	for (int i = 0; i < NUM_RATE_TYPES; i++)
		if (type_columns[i].table == index)
			catalog.types[i] =
				TupleDescAttr(RelationGetDescr(table),
							  type_columns[i].column - 1)->atttypid;
	table_close(table, NoLock);
}

/*
 * catalog_of
 *		The rate tables of a schema.
 *
 * The schema is set last: an error leaves nothing half looked up.
 */
const RateCatalog *
catalog_of(Oid schema)
{
	Oid			touch_function;

	if (catalog.schema == schema)
		return &catalog;
	catalog.schema = InvalidOid;
	catalog.token_table = get_relname_relid(TOKEN_TABLE, schema);
	catalog.armed = OidIsValid(catalog.token_table);
	touch_function = find_touch_function(schema);
	for (int i = 0; i < NUM_RATE_TABLES; i++)
		look_up_table(schema, i, touch_function);
	catalog.schema = schema;
	return &catalog;
}
