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
#include "executor/spi.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "book/catalog.h"
#include "book/token.h"
#include "compat.h"

/* The column of the token table that is read */
#define TOKEN_TOKEN			2

/*
 * The subtransaction that wrote a token which this backend has not read since.
 */
static SubTransactionId unread_in = InvalidSubTransactionId;

/* How many statements on rate tables are in progress */
static int	open_statements = 0;

/* The subtransaction in which the outermost of them began */
static SubTransactionId opened_in = InvalidSubTransactionId;

/* The kept plan that writes the token, and the table it writes to */
static SPIPlanPtr write_plan = NULL;
static Oid	write_plan_table = InvalidOid;

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
token_read(Oid table, Snapshot snapshot, pg_uuid_t *token)
{
	Relation	relation = try_table_open(table, AccessShareLock);
	TupleTableSlot *slot;
	TableScanDesc scan;
	bool		isnull = true;

	if (relation == NULL)
		refuse_dropped();
	slot = table_slot_create(relation, NULL);
	scan = begin_table_scan(relation, snapshot);
	if (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		Datum		value = slot_getattr(slot, TOKEN_TOKEN, &isnull);

		if (!isnull)
			*token = *DatumGetUUIDP(value);
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	table_close(relation, AccessShareLock);
	if (open_statements == 0)
		unread_in = InvalidSubTransactionId;
	return !isnull;
}

/*
 * The plan that writes a fresh token, and the row itself where it is missing.
 * It is kept for the session, and prepared again when the table is a different
 * one (DROP and CREATE EXTENSION).
 */
static SPIPlanPtr
token_write_plan(Relation table)
{
	SPIPlanPtr	plan;
	char	   *name;
	char	   *command;

	if (write_plan_table == RelationGetRelid(table))
		return write_plan;
	name = quote_qualified_identifier(get_namespace_name(RelationGetNamespace(table)),
									  RelationGetRelationName(table));
	command = psprintf("INSERT INTO %s (token)"
					   " VALUES (pg_catalog.gen_random_uuid())"
					   " ON CONFLICT (only_row)"
					   " DO UPDATE SET token = excluded.token", name);
	plan = SPI_prepare(command, 0, NULL);
	if (plan == NULL || SPI_keepplan(plan) != 0)
		elog(ERROR, "could not prepare \"%s\": %s",
			 command, SPI_result_code_string(SPI_result));
	write_plan_table = InvalidOid;
	if (write_plan != NULL)
		SPI_freeplan(write_plan);
	write_plan = plan;
	write_plan_table = RelationGetRelid(table);
	return write_plan;
}

/*
 * Write a fresh token as the owner of its table, as the server's own foreign
 * keys do: a clerk who may write rates has no right on the token.
 */
static void
write_token(Oid token_table)
{
	Relation	table = table_open(token_table, RowExclusiveLock);
	Oid			user;
	int			context;
	int			result;

	GetUserIdAndSecContext(&user, &context);
	SetUserIdAndSecContext(table->rd_rel->relowner,
						   context | SECURITY_LOCAL_USERID_CHANGE |
						   SECURITY_NOFORCE_RLS);
	SPI_connect();
	result = SPI_execute_plan(token_write_plan(table), NULL, NULL, false, 0);
	if (result != SPI_OK_INSERT)
		elog(ERROR, "could not write the token: %s",
			 SPI_result_code_string(result));
	SPI_finish();
	SetUserIdAndSecContext(user, context);
	table_close(table, NoLock);
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
	Oid			token_table;

	if (RelationGetNamespace(trigger->tg_relation) != schema)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("table \"%s\" is not a rate table",
						RelationGetRelationName(trigger->tg_relation))));
	note_statement(trigger->tg_event);
	if (unread_in == GetCurrentSubTransactionId())
		return;
	token_table = get_relname_relid(TOKEN_TABLE, schema);
	if (!OidIsValid(token_table))
		return;					/* no book is kept without it */
	write_token(token_table);
	unread_in = GetCurrentSubTransactionId();
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
	if (event == SUBXACT_EVENT_ABORT_SUB && opened_in >= subtransaction)
		open_statements = 0;
}
