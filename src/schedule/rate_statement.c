/*
 * rate_statement.c
 *	  The trigger that tells of statements on rate tables.
 */
#include "postgres.h"

#include "fmgr.h"

#include "tables/session.h"

PG_FUNCTION_INFO_V1(rate_statement);

/*
 * rate_statement() RETURNS trigger
 *		Sits on every rate table, before and after each statement.
 */
Datum
rate_statement(PG_FUNCTION_ARGS)
{
	const TriggerData *trigger = (const TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo) ||
		!TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event))
		ereport(ERROR,
				errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				errmsg("function \"%s\" must be called by a trigger FOR EACH"
					   " STATEMENT", "rate_statement"));
	note_statement(trigger->tg_event);
	return PointerGetDatum(NULL);
}
