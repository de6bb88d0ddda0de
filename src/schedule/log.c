/*
 * log.c
 *	  The log of what was done to schedules.
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/rel.h"
#include "utils/timestamp.h"

#include "schedule/log.h"
#include "schedule/query.h"
#include "schedule/trigger.h"
#include "schedule/written.h"

PG_FUNCTION_INFO_V1(guard_log);

/*
 * Insert a row into the log as the owner of the table: a clerk needs no right
 * on it, and can forge nothing.
 *
 * The operation is restricted, and settings that are changed in it are set
 * back, as the server does where it runs code of a table's owner.
 */
static void
insert_log_row(Oid *types, Datum *values, const char *nulls)
{
	Relation	table = open_written(log_table());
	int			nest_level = NewGUCNestLevel();
	int			result;
	Oid			user;
	int			context;

	GetUserIdAndSecContext(&user, &context);
	SetUserIdAndSecContext(table->rd_rel->relowner,
						   context | SECURITY_LOCAL_USERID_CHANGE |
						   SECURITY_RESTRICTED_OPERATION);
	result = SPI_execute_with_args("INSERT INTO mission_rates.schedule_log"
								   " (at, event, schedule, role,"
								   " effective_from, fingerprint, detail)"
								   " VALUES ($1, $2, $3, $4, $5, $6, $7)",
								   strlen(nulls), types, values, nulls,
								   false, 0);
	AtEOXact_GUC(false, nest_level);
	SetUserIdAndSecContext(user, context);
	table_close(table, NoLock);
	if (result != SPI_OK_INSERT || SPI_processed != 1)
		elog(ERROR, "could not write the log of schedules: %s",
			 SPI_result_code_string(result));
}

/*
 * log_event
 *		Record in the log what was done to a schedule.
 *
 * The role is the one that logged in: SET ROLE and functions with their owner's
 * rights do not hide it.
 */
void
log_event(const char *event, const char *schedule, const ScheduleRow *adopted,
		  const char *detail, int narguments, Oid *types, Datum *arguments)
{
	Oid			column_types[] = {TIMESTAMPTZOID, TEXTOID, TEXTOID, TEXTOID,
	DATEOID, TEXTOID, JSONBOID};
	char		nulls[] = "       ";
	Datum		values[lengthof(column_types)] = {
		TimestampTzGetDatum(GetCurrentTimestamp()),
		CStringGetTextDatum(event),
		CStringGetTextDatum(schedule),
		CStringGetTextDatum(GetUserNameFromId(GetSessionUserId(), false))
	};
	bool		isnull;

	if (adopted != NULL)
	{
		values[4] = DateADTGetDatum(adopted->effective_from);
		values[5] = CStringGetTextDatum(adopted->fingerprint);
	}
	else
		nulls[4] = nulls[5] = 'n';
	execute(detail, narguments, types, arguments);
	values[6] = result_value(0, 1, &isnull);
	insert_log_row(column_types, values, nulls);
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
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the log of schedules cannot be changed"),
				 errdetail("What was done to schedules stays on record.")));
	if (!has_privs_of_role(GetUserId(),
						   trigger->tg_relation->rd_rel->relowner))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the log of schedules cannot be written by hand"),
				 errdetail("The functions that change schedules write it."),
				 errhint("Restoring a dump takes a superuser.")));
	return PointerGetDatum(NULL);
}
