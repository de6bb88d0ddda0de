/*
 * guard.c
 *	  The guard on adopted schedules: their rows are history.
 *
 * A schedule is adopted with a seal, the number of its rate rows.  No row of it
 * is changed or taken away from then on, and rows are added only while there
 * are fewer than the seal says: that is how a restore brings an adopted
 * schedule back.  Drafts, and rate rows without a schedule, are free to edit.
 *
 * The triggers are ordinary ones: they do not fire where a subscriber applies
 * changes that were guarded at their origin.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "book/catalog.h"
#include "compat.h"
#include "schedule/owner.h"
#include "schedule/seal.h"

PG_FUNCTION_INFO_V1(guard_rate_rows);
PG_FUNCTION_INFO_V1(guard_schedule);
PG_FUNCTION_INFO_V1(guard_truncate);

/* What is to be known of a schedule before its rows are written to */
typedef struct Seal
{
	bool		adopted;
	int64		sealed_rows;	/* of an adopted schedule */
	int64		rows;			/* the rate rows that are there */
} Seal;

/*
 * One row for an adopted schedule, none for a draft and an unknown name.  The
 * rows are only counted where they matter.
 */
static const char seal_query[] =
"SELECT s.sealed_rows::pg_catalog.int8,"
" (SELECT pg_catalog.count(*) FROM ONLY mission_rates.class_rule AS r"
"  WHERE r.schedule OPERATOR(pg_catalog.=) $1)"
" OPERATOR(pg_catalog.+)"
" (SELECT pg_catalog.count(*) FROM ONLY mission_rates.water_minimum AS r"
"  WHERE r.schedule OPERATOR(pg_catalog.=) $1)"
" OPERATOR(pg_catalog.+)"
" (SELECT pg_catalog.count(*) FROM ONLY mission_rates.water_volume AS r"
"  WHERE r.schedule OPERATOR(pg_catalog.=) $1)"
" OPERATOR(pg_catalog.+)"
" (SELECT pg_catalog.count(*) FROM ONLY mission_rates.sewer_rate AS r"
"  WHERE r.schedule OPERATOR(pg_catalog.=) $1)"
" OPERATOR(pg_catalog.+)"
" (SELECT pg_catalog.count(*) FROM ONLY mission_rates.fee AS r"
"  WHERE r.schedule OPERATOR(pg_catalog.=) $1)"
" OPERATOR(pg_catalog.+)"
" (SELECT pg_catalog.count(*) FROM ONLY mission_rates.deposit AS r"
"  WHERE r.schedule OPERATOR(pg_catalog.=) $1)"
" OPERATOR(pg_catalog.+)"
" (SELECT pg_catalog.count(*) FROM ONLY mission_rates.water_tap AS r"
"  WHERE r.schedule OPERATOR(pg_catalog.=) $1)"
" OPERATOR(pg_catalog.+)"
" (SELECT pg_catalog.count(*) FROM ONLY mission_rates.sewer_permit AS r"
"  WHERE r.schedule OPERATOR(pg_catalog.=) $1)"
" FROM ONLY mission_rates.schedule AS s"
" WHERE s.schedule OPERATOR(pg_catalog.=) $1"
" AND s.effective_from IS NOT NULL";

static SPIPlanPtr seal_plan = NULL;

/*
 * The kept plan of the query on seals.
 */
static SPIPlanPtr
prepared_seal_query(void)
{
	Oid			types[] = {TEXTOID};
	SPIPlanPtr	plan;

	if (seal_plan != NULL)
		return seal_plan;
	plan = SPI_prepare(seal_query, lengthof(types), types);
	if (plan == NULL || SPI_keepplan(plan) != 0)
		elog(ERROR, "could not prepare the query on seals: %s",
			 SPI_result_code_string(SPI_result));
	seal_plan = plan;
	return seal_plan;
}

/*
 * Run a plan that reads, as the owner of the table.
 *
 * It reads with the latest snapshot: since the statement began, another
 * session may have adopted the schedule, and the statement itself has written
 * rows.  That is what read_only false is for; the plan writes nothing.
 */
static void
run_as_owner(const TriggerData *trigger, SPIPlanPtr plan, Datum *arguments)
{
	OwnerState	before;
	int			result;

	owner_begin(RelationGetRelid(trigger->tg_relation), &before);
	result = SPI_execute_snapshot(plan, arguments, NULL, GetLatestSnapshot(),
								  InvalidSnapshot, false, false, 1);
	owner_end(&before);
	if (result != SPI_OK_SELECT)
		elog(ERROR, "could not read the schedules: %s",
			 SPI_result_code_string(result));
}

/*
 * The seal of a schedule.
 */
static Seal
read_seal(const TriggerData *trigger, Datum schedule)
{
	Seal		seal = {0};

	SPI_connect();
	run_as_owner(trigger, prepared_seal_query(), &schedule);
	if (SPI_processed > 0)
	{
		HeapTuple	row = SPI_tuptable->vals[0];
		TupleDesc	columns = SPI_tuptable->tupdesc;
		bool		isnull;

		seal.adopted = true;
		seal.sealed_rows = DatumGetInt64(SPI_getbinval(row, columns, 1, &isnull));
		seal.rows = DatumGetInt64(SPI_getbinval(row, columns, 2, &isnull));
	}
	SPI_finish();
	return seal;
}

/*
 * Refuse to change an adopted schedule.
 */
pg_noreturn static void
refuse_change(const char *schedule)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("schedule \"%s\" is adopted, its rows cannot be changed",
					schedule),
			 errdetail("Bills were or will be made by it; adopted schedules"
					   " are kept as they were adopted."),
			 errhint("Draft a new schedule: SELECT"
					 " mission_rates.draft_schedule('new name', %s).",
					 quote_literal_cstr(schedule))));
}

/*
 * The same where all rows of a table were to go.
 */
pg_noreturn static void
refuse_truncation(const char *table)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("table \"%s\" has rows of adopted schedules, it cannot be"
					" truncated", table),
			 errdetail("Adopted schedules are kept as they were adopted."),
			 errhint("To remove a draft: SELECT"
					 " mission_rates.drop_draft('its name').")));
}

/*
 * Refuse a date or seal that is set by hand.
 */
pg_noreturn static void
refuse_date(const char *schedule)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("effective_from, sealed_rows and fingerprint of schedule"
					" \"%s\" cannot be set by hand", schedule),
			 errdetail("A schedule comes into force when it has been checked"
					   " and sealed."),
			 errhint("Leave them NULL, and adopt the draft: SELECT"
					 " mission_rates.adopt_schedule(%s, 'its first day').",
					 quote_literal_cstr(schedule))));
}

/*
 * A column of a row that the trigger is fired for.
 */
static Datum
column_of(const TriggerData *trigger, HeapTuple row, int column, bool *isnull)
{
	return heap_getattr(row, column, RelationGetDescr(trigger->tg_relation),
						isnull);
}

/*
 * The name of the schedule that a row belongs to; NULL where a constraint will
 * refuse the row.
 */
static const char *
schedule_of(const TriggerData *trigger, HeapTuple row)
{
	bool		isnull;
	Datum		name = column_of(trigger, row, SCHEDULE_NAME, &isnull);

	return isnull ? NULL : TextDatumGetCString(name);
}

/*
 * Refuse to change a row of an adopted schedule.
 */
static void
check_adopted(const TriggerData *trigger, const char *schedule)
{
	if (schedule != NULL &&
		read_seal(trigger, CStringGetTextDatum(schedule)).adopted)
		refuse_change(schedule);
}

/*
 * Refuse to add a row to an adopted schedule that has all of its rows.  Before
 * the row is there it must find room, afterwards it must have found it.
 */
static void
check_room(const TriggerData *trigger, const char *schedule)
{
	int			to_come = TRIGGER_FIRED_BEFORE(trigger->tg_event) ? 1 : 0;
	Seal		seal;

	if (schedule == NULL)
		return;
	seal = read_seal(trigger, CStringGetTextDatum(schedule));
	if (seal.adopted && seal.rows + to_come > seal.sealed_rows)
		refuse_change(schedule);
}

/*
 * Before a row of a rate table is written, and after: in between, a trigger of
 * the city's own may have changed it.
 */
static void
guard_rate_row(const TriggerData *trigger)
{
	const char *schedule = schedule_of(trigger, trigger->tg_trigtuple);
	const char *moved_to;

	if (TRIGGER_FIRED_BY_INSERT(trigger->tg_event))
	{
		check_room(trigger, schedule);
		return;
	}
	if (TRIGGER_FIRED_BEFORE(trigger->tg_event))
		check_adopted(trigger, schedule);
	if (!TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
		return;
	moved_to = schedule_of(trigger, trigger->tg_newtuple);
	if (moved_to != NULL && strcmp(moved_to, schedule) != 0)
		check_adopted(trigger, moved_to);
}

/*
 * Has a row of the table schedule what only an adopted schedule has?
 */
static bool
is_adopted(const TriggerData *trigger, HeapTuple row)
{
	bool		no_date;
	bool		no_seal;
	bool		no_fingerprint;

	column_of(trigger, row, SCHEDULE_EFFECTIVE_FROM, &no_date);
	column_of(trigger, row, SCHEDULE_SEALED_ROWS, &no_seal);
	column_of(trigger, row, SCHEDULE_FINGERPRINT, &no_fingerprint);
	return !no_date || !no_seal || !no_fingerprint;
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
	const char *schedule = schedule_of(trigger, row);

	if (TRIGGER_FIRED_BY_INSERT(trigger->tg_event))
	{
		if (schedule != NULL && is_adopted(trigger, row) &&
			!has_privs_of_role(GetUserId(),
							   trigger->tg_relation->rd_rel->relowner))
			refuse_date(schedule);
		return;
	}
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) &&
		seal_is_unlocked(schedule))
		return;
	if (is_adopted(trigger, row))
		refuse_change(schedule);
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) &&
		is_adopted(trigger, trigger->tg_newtuple))
		refuse_date(schedule);
}

/*
 * Before a rate table, or the table schedule, is truncated.
 */
static void
guard_truncation(const TriggerData *trigger)
{
	const char *table = RelationGetRelationName(trigger->tg_relation);
	char	   *query;
	SPIPlanPtr	plan;
	uint64		rows;

	SPI_connect();
	query = psprintf("SELECT 1 FROM ONLY mission_rates.%s AS r"
					 " JOIN ONLY mission_rates.schedule AS s"
					 " ON s.schedule OPERATOR(pg_catalog.=) r.schedule"
					 " WHERE s.effective_from IS NOT NULL",
					 quote_identifier(table));
	plan = SPI_prepare(query, 0, NULL);
	if (plan == NULL)
		elog(ERROR, "could not prepare \"%s\": %s",
			 query, SPI_result_code_string(SPI_result));
	run_as_owner(trigger, plan, NULL);
	rows = SPI_processed;
	SPI_finish();
	if (rows > 0)
		refuse_truncation(table);
}

/*
 * What fired a trigger function.
 */
static TriggerData *
trigger_of(FunctionCallInfo fcinfo)
{
	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function %u was not called by a trigger",
						fcinfo->flinfo->fn_oid)));
	return (TriggerData *) fcinfo->context;
}

/*
 * A BEFORE ROW trigger lets a row pass by returning it; what an AFTER trigger
 * returns is not looked at.
 */
static Datum
pass_row(const TriggerData *trigger)
{
	return PointerGetDatum(TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ?
						   trigger->tg_newtuple : trigger->tg_trigtuple);
}

/*
 * guard_rate_rows() RETURNS trigger
 *		Before and after a row of a rate table is written.
 */
Datum
guard_rate_rows(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = trigger_of(fcinfo);

	guard_rate_row(trigger);
	return pass_row(trigger);
}

/*
 * guard_schedule() RETURNS trigger
 *		Before and after a row of the table schedule is written.
 */
Datum
guard_schedule(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = trigger_of(fcinfo);

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
	guard_truncation(trigger_of(fcinfo));
	return PointerGetDatum(NULL);
}
