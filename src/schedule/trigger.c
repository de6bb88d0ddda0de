/*
 * trigger.c
 *	  What fired a trigger function, with an error where the function was not
 *	  written for it.
 *
 * A superuser can put any trigger function on any table, even on a foreign
 * table or one with other columns, for rows or for statements.  Rows are read
 * by column number, so the functions look at the table and the event first.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "schedule/schedule.h"
#include "tables/session.h"

PG_FUNCTION_INFO_V1(rate_statement);

/*
 * refuse_trigger_table
 *		Refuse a table that the function was not written for.
 */
void
refuse_trigger_table(FunctionCallInfo fcinfo)
{
	const TriggerData *trigger = (const TriggerData *) fcinfo->context;

	ereport(ERROR,
			errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
			errmsg("function \"%s\" cannot be a trigger of table \"%s\"",
				   get_func_name(fcinfo->flinfo->fn_oid),
				   RelationGetRelationName(trigger->tg_relation)));
}

/* Refuse a trigger for other events. */
pg_noreturn static void
refuse_event(FunctionCallInfo fcinfo, const char *wanted)
{
	ereport(ERROR,
			errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
			errmsg("function \"%s\" must be a trigger %s",
				   get_func_name(fcinfo->flinfo->fn_oid), wanted));
}

/* The trigger, if it is one. */
static TriggerData *
trigger_of(FunctionCallInfo fcinfo)
{
	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				errmsg("function \"%s\" was not called by a trigger",
					   get_func_name(fcinfo->flinfo->fn_oid)));
	return (TriggerData *) fcinfo->context;
}

/*
 * row_trigger
 *		The trigger that was fired for a row.
 */
TriggerData *
row_trigger(FunctionCallInfo fcinfo)
{
	TriggerData *trigger = trigger_of(fcinfo);

	if (!TRIGGER_FIRED_FOR_ROW(trigger->tg_event))
		refuse_event(fcinfo, "FOR EACH ROW");
	return trigger;
}

/*
 * statement_trigger
 *		The trigger that was fired for a statement, before it.
 */
TriggerData *
statement_trigger(FunctionCallInfo fcinfo)
{
	TriggerData *trigger = trigger_of(fcinfo);

	if (!TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event) ||
		!TRIGGER_FIRED_BEFORE(trigger->tg_event))
		refuse_event(fcinfo, "BEFORE ... FOR EACH STATEMENT");
	return trigger;
}

/*
 * trigger_value
 *		A column of a row that a trigger was fired for.  The owner may have
 *		changed the table: what is not as the code reads it is an error.
 */
Datum
trigger_value(const TriggerData *trigger, HeapTuple row,
			  const RateTableColumns *table, int column, bool *isnull)
{
	Relation	relation = trigger->tg_relation;

	verify_column_number(table, column, RelationGetDescr(relation),
						 RelationGetNamespace(relation));
	return heap_getattr(row, column, RelationGetDescr(relation), isnull);
}

/*
 * trigger_text
 *		The same of a column of texts; NULL where it is NULL.
 */
char *
trigger_text(const TriggerData *trigger, HeapTuple row,
			 const RateTableColumns *table, int column)
{
	bool		isnull;
	Datum		value = trigger_value(trigger, row, table, column, &isnull);

	return isnull ? NULL : TextDatumGetCString(value);
}

/*
 * pass_row
 *		A BEFORE ROW trigger lets a row pass by returning it; what an AFTER
 *		trigger returns is not looked at.
 */
Datum
pass_row(const TriggerData *trigger)
{
	return PointerGetDatum(TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ?
						   trigger->tg_newtuple : trigger->tg_trigtuple);
}

/*
 * rate_statement() RETURNS trigger
 *		Before and after each statement on a rate table: tells the session.
 */
Datum
rate_statement(PG_FUNCTION_ARGS)
{
	const TriggerData *trigger = trigger_of(fcinfo);

	if (!TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event))
		refuse_event(fcinfo, "FOR EACH STATEMENT");
	note_statement(trigger->tg_event);
	return PointerGetDatum(NULL);
}
