/*
 * changes.c
 *	  SQL entry points of changing rates, and the guard's triggers.
 */
#include "postgres.h"

#include "commands/trigger.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "book/changes.h"
#include "book/guard.h"

PG_FUNCTION_INFO_V1(draft_schedule);
PG_FUNCTION_INFO_V1(known_schedule);
PG_FUNCTION_INFO_V1(adopt_schedule);
PG_FUNCTION_INFO_V1(withdraw_schedule);
PG_FUNCTION_INFO_V1(drop_draft);
PG_FUNCTION_INFO_V1(guard_rate_rows);
PG_FUNCTION_INFO_V1(guard_schedule);
PG_FUNCTION_INFO_V1(guard_truncate);

/*
 * Refuse an argument that is NULL: what is not known is not guessed.
 */
static void
refuse_null(FunctionCallInfo fcinfo, int argno, const char *name)
{
	if (PG_ARGISNULL(argno))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is NULL", name)));
}

/*
 * The name of a schedule.
 */
static char *
schedule_argument(FunctionCallInfo fcinfo, int argno)
{
	refuse_null(fcinfo, argno, "schedule");
	return text_to_cstring(PG_GETARG_TEXT_PP(argno));
}

/*
 * A day of the calendar.
 */
static DateADT
day_argument(FunctionCallInfo fcinfo, int argno, const char *name)
{
	DateADT		date;

	refuse_null(fcinfo, argno, name);
	date = PG_GETARG_DATEADT(argno);
	if (DATE_NOT_FINITE(date))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is infinite", name),
				 errdetail("It must be a day of the calendar.")));
	return date;
}

/*
 * draft_schedule(schedule, based_on) RETURNS void
 *		A new draft, a copy of another schedule.
 */
Datum
draft_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = schedule_argument(fcinfo, 0);

	create_draft(schedule,
				 PG_ARGISNULL(1) ? NULL :
				 text_to_cstring(PG_GETARG_TEXT_PP(1)));
	PG_RETURN_VOID();
}

/*
 * known_schedule(schedule) RETURNS text
 *		The name again, an error where no schedule bears it.
 */
Datum
known_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = schedule_argument(fcinfo, 0);

	if (!schedule_is_known(schedule))
		refuse_unknown_schedule(schedule);
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/*
 * adopt_schedule(schedule, effective_from, adopted_on, accept_warnings)
 * RETURNS void
 *		Check a draft, seal it, and put it in force.
 */
Datum
adopt_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = schedule_argument(fcinfo, 0);
	DateADT		effective_from = day_argument(fcinfo, 1, "effective_from");
	DateADT		adopted_on = day_argument(fcinfo, 2, "adopted_on");

	refuse_null(fcinfo, 3, "accept_warnings");
	adopt_draft(schedule, effective_from, adopted_on, PG_GETARG_BOOL(3));
	PG_RETURN_VOID();
}

/*
 * withdraw_schedule(schedule) RETURNS void
 *		Make an adopted schedule that is not in force yet a draft again.
 */
Datum
withdraw_schedule(PG_FUNCTION_ARGS)
{
	withdraw_adopted(schedule_argument(fcinfo, 0));
	PG_RETURN_VOID();
}

/*
 * drop_draft(schedule) RETURNS void
 *		Remove a draft.
 */
Datum
drop_draft(PG_FUNCTION_ARGS)
{
	remove_draft(schedule_argument(fcinfo, 0));
	PG_RETURN_VOID();
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
