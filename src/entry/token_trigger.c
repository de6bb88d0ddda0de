/*
 * token_trigger.c
 *	  The trigger of the rate tables that replaces the token of the rate book.
 */
#include "postgres.h"

#include "commands/trigger.h"
#include "fmgr.h"

#include "book/token.h"

PG_FUNCTION_INFO_V1(rate_token_touch);

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
