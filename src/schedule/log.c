/*
 * log.c
 *	  The log of what was done to schedules.
 */
#include "postgres.h"

#include "access/table.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/guc.h"
#include "utils/rel.h"

#include "schedule/schedule.h"

PG_FUNCTION_INFO_V1(guard_log);

/*
 * Insert a row into the log as the owner of the table: a clerk needs no right
 * on it, and can forge nothing.
 *
 * The operation is restricted, and settings that are changed in it are set
 * back, as the server does where it runs code of a table's owner.  The role is
 * the one that logged in: SET ROLE and functions with their owner's rights do
 * not hide it.
 */
static void
insert_log_row(int number, const SqlValue *values)
{
	Relation	table = open_unattached(log_table(), RowExclusiveLock);
	int			nest_level = NewGUCNestLevel();
	uint64		rows;
	Oid			user;
	int			context;

	GetUserIdAndSecContext(&user, &context);
	SetUserIdAndSecContext(table->rd_rel->relowner,
						   context | SECURITY_LOCAL_USERID_CHANGE |
						   SECURITY_RESTRICTED_OPERATION);
	rows = execute("INSERT INTO mission_rates.schedule_log"
				   " (at, role, event, schedule, effective_from, fingerprint,"
				   " detail) VALUES (pg_catalog.clock_timestamp(),"
				   " SESSION_USER, $1, $2, $3, $4, $5)", number, values);
	AtEOXact_GUC(false, nest_level);
	SetUserIdAndSecContext(user, context);
	table_close(table, NoLock);
	if (rows != 1)
		elog(ERROR, "could not write the log of schedules");
}

/*
 * log_event
 *		Record in the log what was done to a schedule.
 */
void
log_event(const char *event, const char *schedule, const ScheduleRow *adopted,
		  const char *detail, int number, const SqlValue *values)
{
	execute(detail, number, values);
	insert_log_row(VALUES(text_value(event), text_value(schedule),
						  adopted == NULL ? null_value(DATEOID) :
						  day_value(adopted->effective_from),
						  text_value(adopted == NULL ? NULL :
									 adopted->fingerprint),
						  sql_value(JSONBOID, result_value(1))));
}

/*
 * guard_log() RETURNS trigger
 *		Before a statement on the log: rows of the log cannot be changed or
 *		deleted, and only the functions, which act as the owner, and a restore
 *		add rows.
 */
Datum
guard_log(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = statement_trigger(fcinfo);

	if (RelationGetRelid(trigger->tg_relation) != log_table())
		refuse_trigger_table(fcinfo);
	if (!TRIGGER_FIRED_BY_INSERT(trigger->tg_event))
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("the log of schedules cannot be changed"),
				errdetail("What was done to schedules stays on record."));
	if (!has_privs_of_role(GetUserId(),
						   trigger->tg_relation->rd_rel->relowner))
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("the log of schedules cannot be written by hand"),
				errdetail("The functions that change schedules write it."),
				errhint("Restoring a dump takes a superuser."));
	return PointerGetDatum(NULL);
}
