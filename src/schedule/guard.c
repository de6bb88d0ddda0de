/*
 * guard.c
 *	  The guard on adopted schedules: their rows are history.
 *
 * A schedule is adopted with a seal, the number of its rate rows.  From then
 * on no row of it can be changed or deleted, and rows can be added only while
 * there are fewer than the seal says: that is how a restore brings an adopted
 * schedule back.  Drafts are free to edit; whoever edits one keeps others from
 * adopting it until his transaction ends.  Rate rows without a schedule are
 * written by a restore only.
 *
 * The triggers are ordinary ones: they do not fire where a subscriber applies
 * changes that were guarded at their origin.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "schedule/schedule.h"
#include "tables/catalog.h"
#include "tables/scan.h"

PG_FUNCTION_INFO_V1(guard_rate_rows);
PG_FUNCTION_INFO_V1(guard_schedule);
PG_FUNCTION_INFO_V1(guard_truncate);

/*
 * May the user restore rows of adopted schedules?  The owner of the table and
 * superusers may.
 */
static bool
may_restore(const TriggerData *trigger)
{
	return has_privs_of_role(GetUserId(),
							 trigger->tg_relation->rd_rel->relowner);
}

/* Refuse a date or seal that is set by hand. */
pg_noreturn static void
refuse_date(const char *schedule)
{
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("effective_from, sealed_rows and fingerprint of schedule"
				   " \"%s\" cannot be set by hand", schedule),
			errdetail("A schedule comes into force when it has been checked"
					  " and sealed."),
			errhint("Leave them NULL, and adopt the draft: SELECT"
					" mission_rates.adopt_schedule(%s, 'its first day').",
					quote_literal_cstr(schedule)));
}

/*
 * The name of the schedule that a row belongs to; NULL where a constraint will
 * refuse the row.
 */
static const char *
schedule_of(const TriggerData *trigger, RateTable table, HeapTuple row)
{
	return trigger_text(trigger, row, &rate_table_columns[table],
						SCHEDULE_NAME);
}

/*
 * Has this statement already warned of this name?  The server keeps fn_extra
 * of a BEFORE trigger for the duration of the statement.
 */
static bool
was_warned(FmgrInfo *call, const char *schedule)
{
	List	   *warned = call->fn_extra;
	MemoryContext before;
	ListCell   *name;

	foreach(name, warned)
		if (strcmp(lfirst(name), schedule) == 0)
			return true;
	before = MemoryContextSwitchTo(call->fn_mcxt);
	call->fn_extra = lappend(warned, pstrdup(schedule));
	MemoryContextSwitchTo(before);
	return false;
}

/*
 * A rate row is written whose schedule does not exist.  A restore passes here:
 * in a dump the rate rows come before the schedules.  For everybody else it is
 * a mistake, and until the schedule exists no charge can be rated.
 */
static void
report_orphan(const TriggerData *trigger, FmgrInfo *call, const char *schedule)
{
	const char *table = RelationGetRelationName(trigger->tg_relation);

	if (!may_restore(trigger))
		ereport(ERROR,
				errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
				errmsg("there is no schedule \"%s\" that a row of table \"%s\""
					   " could belong to", schedule, table),
				errdetail("The table mission_rates.schedule has no row of"
						  " that name."),
				errhint("Draft the schedule first: SELECT"
						" mission_rates.draft_schedule(%s).  Restoring a dump"
						" takes a superuser.",
						quote_literal_cstr(schedule)));
	if (TRIGGER_FIRED_BEFORE(trigger->tg_event) &&
		!was_warned(call, schedule))
		ereport(WARNING,
				errcode(ERRCODE_WARNING),
				errmsg("rows of table \"%s\" belong to a schedule \"%s\" that"
					   " does not exist yet", table, schedule),
				errdetail("During a restore this is normal.  Until the schedule"
						  " exists, charges that it could concern are errors."),
				errhint("If no restore is running, remove the rows: SELECT"
						" mission_rates.drop_draft(%s).",
						quote_literal_cstr(schedule)));
}

/*
 * A row is added to a schedule.  The schedule must exist; if it is adopted, it
 * must have fewer rows than its seal, which is how a restore fills it.
 * Checked before and after the row is written.
 */
static void
check_arrival(const TriggerData *trigger, FmgrInfo *call, const char *schedule)
{
	int			to_come = TRIGGER_FIRED_BEFORE(trigger->tg_event) ? 1 : 0;
	ScheduleRow row;

	if (schedule == NULL)
		return;
	row = share_schedule(schedule);
	if (!row.known)
		report_orphan(trigger, call, schedule);
	if (!row.adopted)
		return;
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ||
		count_rows_of(schedule) + to_come > row.sealed_rows)
		refuse_change(schedule);
}

/*
 * Before a row of a rate table is written, and after: in between, a user's
 * trigger may have changed it.
 */
static void
guard_rate_row(const TriggerData *trigger, RateTable table, FmgrInfo *call)
{
	const char *schedule = schedule_of(trigger, table, trigger->tg_trigtuple);

	if (TRIGGER_FIRED_BY_INSERT(trigger->tg_event))
	{
		check_arrival(trigger, call, schedule);
		return;
	}
	if (TRIGGER_FIRED_BEFORE(trigger->tg_event) && schedule != NULL &&
		share_schedule(schedule).adopted)
		refuse_change(schedule);
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
		check_arrival(trigger, call,
					  schedule_of(trigger, table, trigger->tg_newtuple));
}

/* Does a row of the table schedule have what only an adopted schedule has? */
static bool
is_adopted(const TriggerData *trigger, HeapTuple row)
{
	static const int columns[] = {SCHEDULE_EFFECTIVE_FROM,
	SCHEDULE_SEALED_ROWS, SCHEDULE_FINGERPRINT};

	for (int i = 0; i < (int) lengthof(columns); i++)
	{
		bool		isnull;

		trigger_value(trigger, row, &rate_table_columns[TABLE_SCHEDULE],
					  columns[i], &isnull);
		if (!isnull)
			return true;
	}
	return false;
}

/*
 * Refuse to change the name of a draft: its rate rows would keep the old one.
 */
static void
check_renaming(const TriggerData *trigger, const char *schedule)
{
	const char *name = schedule_of(trigger, TABLE_SCHEDULE,
								   trigger->tg_newtuple);

	if (name == NULL || strcmp(name, schedule) == 0)
		return;
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("the name of draft \"%s\" cannot be changed", schedule),
			errdetail("Its rate rows belong to it by that name."),
			errhint("Draft it anew: SELECT mission_rates.draft_schedule(%s,"
					" %s), then drop the old one: SELECT"
					" mission_rates.drop_draft(%s).",
					quote_literal_cstr(name), quote_literal_cstr(schedule),
					quote_literal_cstr(schedule)));
}

/* A draft is deleted by hand: its rate rows must have gone before. */
static void
check_deletion(const char *schedule)
{
	int			rows = count_rows_of(schedule);

	if (rows > 0)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg_plural("draft \"%s\" still has %d rate row",
							  "draft \"%s\" still has %d rate rows", rows,
							  schedule, rows),
				errdetail("Without their schedule they keep charges from being"
						  " rated."),
				errhint("Remove both: SELECT mission_rates.drop_draft(%s).",
						quote_literal_cstr(schedule)));
}

/*
 * Before a row of the table schedule is written, and after.
 *
 * A restore inserts adopted schedules as the owner of the table or as a
 * superuser; nobody else may.
 */
static void
guard_schedule_row(const TriggerData *trigger)
{
	HeapTuple	row = trigger->tg_trigtuple;
	const char *schedule = schedule_of(trigger, TABLE_SCHEDULE, row);

	if (TRIGGER_FIRED_BY_INSERT(trigger->tg_event))
	{
		if (schedule != NULL && is_adopted(trigger, row) &&
			!may_restore(trigger))
			refuse_date(schedule);
		return;
	}
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) &&
		seal_is_unlocked(schedule))
		return;
	if (is_adopted(trigger, row))
		refuse_change(schedule);
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
	{
		if (is_adopted(trigger, trigger->tg_newtuple))
			refuse_date(schedule);
		check_renaming(trigger, schedule);
	}
	else
		check_deletion(schedule);
}

/*
 * Are there rows of adopted schedules in the table?  It is locked, and what
 * was committed before that counts.
 */
static bool
has_adopted_rows(RateTable table)
{
	Snapshot	snapshot = RegisterSnapshot(GetLatestSnapshot());
	bool		found = false;
	ListCell   *name;

	foreach(name, schedule_names(table, snapshot))
		found = found || read_schedule(lfirst(name), snapshot).adopted;
	UnregisterSnapshot(snapshot);
	return found;
}

/* Which rate table the trigger is on. */
static RateTable
rate_table_of(const TriggerData *trigger, FunctionCallInfo fcinfo)
{
	Relation	relation = trigger->tg_relation;
	RateTable	table = rate_table_named(RelationGetRelationName(relation));

	if (table == NUM_RATE_TABLES ||
		RelationGetNamespace(relation) != rate_schema())
		refuse_trigger_table(fcinfo);
	return table;
}

/*
 * guard_rate_rows() RETURNS trigger
 *		Before and after a row of a rate table is written.
 */
Datum
guard_rate_rows(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = row_trigger(fcinfo);
	RateTable	table = rate_table_of(trigger, fcinfo);

	if (table == TABLE_SCHEDULE)
		refuse_trigger_table(fcinfo);
	guard_rate_row(trigger, table, fcinfo->flinfo);
	return pass_row(trigger);
}

/*
 * guard_schedule() RETURNS trigger
 *		Before and after a row of the table schedule is written.
 */
Datum
guard_schedule(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = row_trigger(fcinfo);

	if (rate_table_of(trigger, fcinfo) != TABLE_SCHEDULE)
		refuse_trigger_table(fcinfo);
	guard_schedule_row(trigger);
	return pass_row(trigger);
}

/*
 * guard_truncate() RETURNS trigger
 *		Before a rate table or the table schedule is truncated.
 */
Datum
guard_truncate(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = statement_trigger(fcinfo);

	if (has_adopted_rows(rate_table_of(trigger, fcinfo)))
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("table \"%s\" has rows of adopted schedules, it cannot be"
					   " truncated",
					   RelationGetRelationName(trigger->tg_relation)),
				errdetail("Adopted schedules are kept as they were adopted."),
				errhint("To remove a draft: SELECT"
						" mission_rates.drop_draft('its name')."));
	return PointerGetDatum(NULL);
}
