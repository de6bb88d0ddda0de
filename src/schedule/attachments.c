/*
 * attachments.c
 *	  The tables that functions of the extension write with other rights than
 *	  their caller's: the log of schedules, and added labels, by a superuser.
 *
 * What somebody else attached to such a table would run with these rights, so
 * the functions refuse to write while anything is attached.  The lock keeps it
 * so until the transaction ends.
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_inherits.h"
#include "commands/policy.h"
#include "commands/trigger.h"
#include "rewrite/prs2lock.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "schedule/schedule.h"
#include "tables/catalog.h"

/* A table of the extension that is not a rate table. */
static Oid
other_table(const char *schema, const char *name)
{
	Oid			oid = get_relname_relid(name,
										get_namespace_oid(schema, false));

	if (!OidIsValid(oid))
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("table \"%s.%s\" does not exist", schema, name),
				errhint_update());
	return oid;
}

/* The log of what was done to schedules */
Oid
log_table(void)
{
	return other_table("mission_rates", "schedule_log");
}

/* The labels that a city added */
Oid
label_table(void)
{
	return other_table("_mission_rates", "added_label");
}

/*
 * A trigger that is not the extension's; NULL: none.  The list is copied: a
 * message that comes with a look-up may replace it.
 */
static const char *
foreign_trigger(Relation table)
{
	Oid			schema = get_namespace_oid("_mission_rates", false);
	TriggerDesc *triggers = CopyTriggerDesc(table->trigdesc);

	for (int i = 0; triggers != NULL && i < triggers->numtriggers; i++)
		if (get_func_namespace(triggers->triggers[i].tgfoid) != schema)
			return triggers->triggers[i].tgname;
	return NULL;
}

/* What is attached to a table that could run code; NULL: nothing. */
static const char *
attachment(Relation table)
{
	const char *trigger = foreign_trigger(table);

	if (trigger != NULL)
		return psprintf("a trigger \"%s\"", trigger);
	if (relation_has_policies(table))
		return "a policy";
	if (table->rd_rules != NULL && table->rd_rules->numLocks > 0)
		return "a rule";
	if (has_superclass(RelationGetRelid(table)))
		return "a parent";
	if (find_inheritance_children(RelationGetRelid(table), NoLock) != NIL)
		return "a child";
	return NULL;
}

/*
 * open_unattached
 *		Open a table, and refuse it where something is attached to it.
 */
Relation
open_unattached(Oid oid, LOCKMODE lock)
{
	Relation	table = table_open(oid, lock);
	const char *found = attachment(table);

	if (found != NULL)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("table \"%s\" has %s that mission_rates did not make",
					   RelationGetRelationName(table), found),
				errdetail("Code in it would run with the rights of the table's"
						  " owner."),
				errhint("Remove it, and ask who made it.  TRIGGER on the table"
						" is to be granted to nobody."));
	return table;
}
