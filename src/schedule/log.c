/*
 * log.c
 *	  The log of what was done to schedules.
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/timestamp.h"

#include "schedule/log.h"
#include "schedule/owner.h"
#include "schedule/query.h"
#include "schedule/trigger.h"

PG_FUNCTION_INFO_V1(guard_log);

/*
 * Refuse a trigger on the log that is not of the extension.  It would run with
 * the rights of the table's owner, at the call of any clerk.
 */
static void
check_log_triggers(Oid table)
{
	Relation	relation = table_open(table, RowExclusiveLock);
	TriggerDesc *triggers = relation->trigdesc;

	for (int i = 0; triggers != NULL && i < triggers->numtriggers; i++)
		if (get_func_namespace(triggers->triggers[i].tgfoid) !=
			get_namespace_oid("_mission_rates", false))
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("table \"%s\" has a trigger \"%s\" that"
							" mission_rates did not make",
							RelationGetRelationName(relation),
							triggers->triggers[i].tgname),
					 errdetail("It would run with the rights of the table's"
							   " owner."),
					 errhint("Drop the trigger.")));
	table_close(relation, NoLock);
}

/*
 * Insert a row into the log, as the owner of the table.
 */
static void
insert_log_row(Oid *types, Datum *values, const char *nulls)
{
	Oid			table = rate_table("schedule_log");
	OwnerState	before;
	int			result;

	check_log_triggers(table);
	owner_begin(table, &before);
	result = SPI_execute_with_args("INSERT INTO mission_rates.schedule_log"
								   " (at, event, schedule, role,"
								   " effective_from, fingerprint, detail)"
								   " VALUES ($1, $2, $3, $4, $5, $6,"
								   " $7::pg_catalog.jsonb)",
								   strlen(nulls), types, values, nulls,
								   false, 0);
	owner_end(&before);
	if (result != SPI_OK_INSERT || SPI_processed != 1)
		ereport(ERROR,
				(errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				 errmsg("the log of schedules could not be written"),
				 errdetail("A rule on the table mission_rates.schedule_log"
						   " kept the row from being inserted.")));
}

/*
 * log_event
 *		Record in the log what was done to a schedule.
 *
 * Written as the owner of the table.  The role is the one that logged in:
 * SET ROLE and functions with their owner's rights do not hide it.
 */
void
log_event(const char *event, const char *schedule, const ScheduleRow *adopted,
		  StringInfo detail)
{
	Oid			types[] = {TIMESTAMPTZOID, TEXTOID, TEXTOID, TEXTOID, DATEOID,
	TEXTOID, TEXTOID};
	char		nulls[] = "       ";
	Datum		values[lengthof(types)] = {
		TimestampTzGetDatum(GetCurrentTimestamp()),
		CStringGetTextDatum(event),
		CStringGetTextDatum(schedule),
		CStringGetTextDatum(GetUserNameFromId(GetSessionUserId(), false))
	};

	appendStringInfoChar(detail, '}');
	values[6] = CStringGetTextDatum(detail->data);
	if (adopted != NULL)
		values[4] = DateADTGetDatum(adopted->effective_from);
	else
		nulls[4] = 'n';
	if (adopted != NULL && adopted->fingerprint != NULL)
		values[5] = CStringGetTextDatum(adopted->fingerprint);
	else
		nulls[5] = 'n';
	insert_log_row(types, values, nulls);
}

/*
 * detail_begin
 *		Begin a JSON object.
 */
void
detail_begin(StringInfo detail)
{
	initStringInfo(detail);
	appendStringInfoChar(detail, '{');
}

/*
 * detail_json
 *		Add a key with a value that is JSON.
 */
void
detail_json(StringInfo detail, const char *key, const char *value)
{
	if (detail->len > 1)
		appendStringInfoString(detail, ", ");
	escape_json(detail, key);
	appendStringInfo(detail, ": %s", value);
}

/*
 * detail_text
 *		Add a key with a text; none where it is NULL.
 */
void
detail_text(StringInfo detail, const char *key, const char *value)
{
	StringInfoData json;

	if (value == NULL)
		return;
	initStringInfo(&json);
	escape_json(&json, value);
	detail_json(detail, key, json.data);
}

/*
 * detail_number
 *		Add a key with a number.
 */
void
detail_number(StringInfo detail, const char *key, int64 value)
{
	detail_json(detail, key, psprintf(INT64_FORMAT, value));
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

	if (strcmp(RelationGetRelationName(trigger->tg_relation),
			   "schedule_log") != 0)
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
				 errhint("A restore takes the owner of the table"
						 " mission_rates.schedule_log or a superuser.")));
	return PointerGetDatum(NULL);
}
