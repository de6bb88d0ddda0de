/*
 * token.c
 *	  Reading the token, and replacing it when a rate changes.
 *
 * The triggers write a new random value before each statement, after each row
 * and after each statement on a rate table:
 *
 * - before: two clerks then queue for each other instead of
 *   deadlocking, and a user's trigger that fires first sees a new token;
 * - after each row: the only triggers that logical replication fires;
 * - after: until then the statement is in progress.  Volatile code that runs
 *   inside it (a BEFORE trigger, a function in SET) sees some of its rows,
 *   more at each call, although its snapshot stays the same, so nothing is
 *   kept until then.
 *
 * A value that nobody has read does not have to be replaced, so the writes of
 * a bulk load are one write.
 */
#include "postgres.h"

#include "access/table.h"
#include "access/tableam.h"
#include "executor/tuptable.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "tables/catalog.h"
#include "book/missing.h"
#include "book/token.h"
#include "book/token_rows.h"
#include "compat.h"

/*
 * The subtransaction that wrote a token which this backend has not read since.
 */
static SubTransactionId unread_in = InvalidSubTransactionId;

/* How many statements on rate tables are in progress */
static int	open_statements = 0;

/* The subtransaction in which the outermost of them began */
static SubTransactionId opened_in = InvalidSubTransactionId;

/*
 * token_read
 *		The token as the snapshot sees it; false if it sees none.
 *
 * A direct scan: it does not depend on privileges, row security or
 * search_path, it works in a parallel worker and on a standby, and under
 * SERIALIZABLE it takes the predicate lock that makes every change of a rate a
 * conflict.  The table is not kept locked: a transaction that loads rates
 * later must not hold it when it waits for DROP EXTENSION to end.
 */
bool
token_read(Oid table, Snapshot snapshot, RateToken *token)
{
	Relation	relation = try_table_open(table, AccessShareLock);
	TupleTableSlot *slot;
	TableScanDesc scan;
	bool		found = false;

	if (relation == NULL)
		refuse_dropped();
	slot = table_slot_create(relation, NULL);
	scan = begin_table_scan(relation, snapshot);
	if (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		slot_getallattrs(slot);
		found = !slot->tts_isnull[RATE_TOKEN_TOKEN - 1] &&
			!slot->tts_isnull[RATE_TOKEN_SEARCHED_UNDER - 1];
		if (found)
		{
			token->value = *DatumGetUUIDP(slot->tts_values[RATE_TOKEN_TOKEN - 1]);
			token->searched_under =
				DatumGetInt64(slot->tts_values[RATE_TOKEN_SEARCHED_UNDER - 1]);
		}
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	table_close(relation, AccessShareLock);
	if (open_statements == 0)
		unread_in = InvalidSubTransactionId;
	return found;
}

/*
 * Count the statements that are in progress.
 */
static void
note_statement(TriggerEvent event)
{
	if (TRIGGER_FIRED_FOR_ROW(event))
		return;
	if (TRIGGER_FIRED_BEFORE(event))
	{
		if (open_statements++ == 0)
			opened_in = GetCurrentSubTransactionId();
	}
	else if (open_statements > 0)
		open_statements--;
}

/*
 * Write a fresh token, unless nobody has read the one that is there.  Where the
 * triggers were not in place since the list of missing schedules was made, it
 * is made anew.
 */
static void
renew_token(Oid schema)
{
	int64		searched_under;
	int64		stamp;

	if (unread_in == GetCurrentSubTransactionId())
		return;
	searched_under = write_token(schema);
	unread_in = GetCurrentSubTransactionId();
	stamp = trigger_stamp(schema);
	if (stamp == 0 || stamp == searched_under)
		return;
	missing_list_all(schema);
	write_searched_under(schema, stamp);
}

/*
 * Refuse a trigger that is not on a rate table, or that would keep rows from
 * being written.  Rows are read by the number of the column: that is looked at
 * first, since the owner may have changed the table.
 */
static void
check_trigger(const TriggerData *trigger, Oid schema)
{
	Relation	relation = trigger->tg_relation;
	const char *name = RelationGetRelationName(relation);
	bool		for_row = TRIGGER_FIRED_FOR_ROW(trigger->tg_event);
	int			table = 0;

	while (table < NUM_RATE_TABLES &&
		   strcmp(name, rate_table_columns[table].name) != 0)
		table++;
	if (table == NUM_RATE_TABLES ||
		relation->rd_rel->relkind != RELKIND_RELATION ||
		RelationGetNamespace(relation) != schema)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("table \"%s\" is not a rate table", name)));
	if (for_row && !TRIGGER_FIRED_AFTER(trigger->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"%s\" must be a trigger AFTER a row",
						"_rate_token_touch")));
	if (for_row)
		verify_column_number(&rate_table_columns[table], SCHEDULE_NAME,
							 RelationGetDescr(relation), schema);
}

/*
 * token_touch
 *		A rate table changes: make sure that the token differs from any that a
 *		book may have been kept under.
 *
 * The table must be in the schema of the trigger function: a user who puts the
 * trigger on another table cannot lock the token, and with it all clerks.
 */
void
token_touch(const TriggerData *trigger, Oid function)
{
	Oid			schema = get_func_namespace(function);
	TriggerEvent event = trigger->tg_event;

	check_trigger(trigger, schema);
	note_statement(event);
	renew_token(schema);
	if (TRIGGER_FIRED_FOR_ROW(event))
		missing_after_row(trigger, schema);
	else if (TRIGGER_FIRED_AFTER(event) && TRIGGER_FIRED_BY_TRUNCATE(event))
		missing_after_truncation(schema);
}

/*
 * token_statement_open
 *		Is a statement on a rate table in progress?
 */
bool
token_statement_open(void)
{
	return open_statements > 0;
}

/*
 * token_transaction_event
 *		The transaction ends, and its statements with it.
 */
void
token_transaction_event(void)
{
	unread_in = InvalidSubTransactionId;
	open_statements = 0;
	missing_transaction_event();
	token_rows_transaction_event();
}

/*
 * token_subtransaction_event
 *		A subtransaction begins or ends.
 *
 * Its rollback undoes its token and its statements.  Subtransactions are
 * numbered upward: a statement that began in this one or inside it is gone.
 * If the outermost one continues, inner ones that were aborted stay counted,
 * and nothing is kept until the transaction ends: slower, never wrong.
 */
void
token_subtransaction_event(SubXactEvent event,
						   SubTransactionId subtransaction)
{
	unread_in = InvalidSubTransactionId;
	missing_transaction_event();
	if (event == SUBXACT_EVENT_ABORT_SUB)
		token_rows_transaction_event();
	if (event == SUBXACT_EVENT_ABORT_SUB && opened_in >= subtransaction)
		open_statements = 0;
}
