/*
 * rate_book.c
 *	  SQL entry points of the rate book itself: the trigger that moves its
 *	  token, and the count of its loads.
 */
#include "postgres.h"

#include "commands/trigger.h"
#include "fmgr.h"

#include "book/book.h"
#include "book/token.h"

PG_FUNCTION_INFO_V1(rate_token_touch);
PG_FUNCTION_INFO_V1(rate_loads);

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
 * rate_loads() RETURNS bigint
 *		How often this backend has read the rate tables.
 */
Datum
rate_loads(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_INT64(rate_book_loads());
}
