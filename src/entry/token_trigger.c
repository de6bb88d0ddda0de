/*
 * token_trigger.c
 *	  The triggers around the token of the rate book: that of the rate tables,
 *	  which replaces it, and that of its own tables, which guards them.
 */
#include "postgres.h"

#include "commands/trigger.h"
#include "fmgr.h"
#include "utils/rel.h"

#include "book/token.h"
#include "book/token_rows.h"

PG_FUNCTION_INFO_V1(rate_token_touch);
PG_FUNCTION_INFO_V1(rate_token_guard);

/*
 * rate_token_touch() RETURNS trigger
 *		Sits on every rate table, before and after statements and after rows.
 */
Datum
rate_token_touch(PG_FUNCTION_ARGS)
{
	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"%s\" was not called by a trigger",
						"rate_token_touch")));
	token_touch((TriggerData *) fcinfo->context, fcinfo->flinfo->fn_oid);
	return PointerGetDatum(NULL);
}

/*
 * rate_token_guard() RETURNS trigger
 *		Sits on the tables of the token, before rows and before TRUNCATE.
 */
Datum
rate_token_guard(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"%s\" was not called by a trigger",
						"_rate_token_guard")));
	if (!token_rows_open())
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table \"%s\" is written by the triggers of the rate"
						" tables alone",
						RelationGetRelationName(trigger->tg_relation)),
				 errdetail("Sessions keep rates in memory by what it says.")));
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
		return PointerGetDatum(trigger->tg_newtuple);
	return PointerGetDatum(trigger->tg_trigtuple);
}
