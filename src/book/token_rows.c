/*
 * token_rows.c
 *	  Writing the token and the list of missing schedules.
 *
 * Both are written as the owner of their tables, as the server's foreign key
 * checks do: a clerk who may write rates has no privilege on them.  A trigger
 * refuses all other writes, whatever privileges were granted: if an old token
 * came back, sessions would use old rates.
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "tables/catalog.h"
#include "tables/descriptor.h"
#include "book/token_rows.h"

/* A statement of this file is being executed */
static bool writing = false;

/* The kept plan that writes the token, and the table it writes to */
static SPIPlanPtr token_plan = NULL;
static Oid	token_plan_table = InvalidOid;

/* What is restored after a statement as the owner */
typedef struct OwnStatement
{
	Relation	table;
	Oid			user;
	int			context;
} OwnStatement;

/*
 * token_rows_open
 *		May the tables be written to?
 */
bool
token_rows_open(void)
{
	return writing;
}

/*
 * token_rows_transaction_event
 *		A statement that was interrupted by an error has ended.
 */
void
token_rows_transaction_event(void)
{
	writing = false;
}

/*
 * Refuse a trigger of somebody else's on a table that is written as its owner:
 * it would run with the owner's rights.  The right to make one comes with ALL
 * TABLES.
 */
static void
check_triggers(Relation table)
{
	TriggerDesc *triggers = table->trigdesc;

	for (int i = 0; triggers != NULL && i < triggers->numtriggers; i++)
		if (get_func_namespace(triggers->triggers[i].tgfoid) !=
			RelationGetNamespace(table))
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("table \"%s\" has a trigger \"%s\" that"
							" mission_rates did not make",
							RelationGetRelationName(table),
							triggers->triggers[i].tgname),
					 errdetail("It would run with the rights of the table's"
							   " owner."),
					 errhint("Drop the trigger.")));
}

/*
 * Connect to SPI as the owner of a table, which is locked and so cannot be
 * dropped.
 */
static void
begin_own_statement(OwnStatement *statement, Oid schema,
					const RateTableColumns *table)
{
	Oid			oid = get_relname_relid(table->name, schema);

	statement->table = OidIsValid(oid) ?
		try_table_open(oid, RowExclusiveLock) : NULL;
	if (statement->table == NULL)
		refuse_dropped();
	check_triggers(statement->table);
	GetUserIdAndSecContext(&statement->user, &statement->context);
	SetUserIdAndSecContext(statement->table->rd_rel->relowner,
						   statement->context |
						   SECURITY_LOCAL_USERID_CHANGE |
						   SECURITY_NOFORCE_RLS);
	SPI_connect();
	writing = true;
}

static void
end_own_statement(OwnStatement *statement)
{
	writing = false;
	SPI_finish();
	SetUserIdAndSecContext(statement->user, statement->context);
	table_close(statement->table, NoLock);
}

/*
 * The qualified name of a table.
 */
static char *
qualified_name(Relation table)
{
	return quote_qualified_identifier(get_namespace_name(RelationGetNamespace(table)),
									  RelationGetRelationName(table));
}

/*
 * Raise the error of a statement that did not do what it should.
 */
static void
check_result(int result, int expected)
{
	if (result != expected)
		elog(ERROR, "could not write the token of the rate tables: %s",
			 SPI_result_code_string(result));
}

/*
 * The plan that writes a new token, and the row itself where it is missing.
 * It is kept for the session, and prepared again when the table is a different
 * one (DROP and CREATE EXTENSION).
 */
static SPIPlanPtr
prepared_token_plan(Relation table)
{
	SPIPlanPtr	plan;
	char	   *command;

	if (token_plan_table == RelationGetRelid(table))
		return token_plan;
	command = psprintf("INSERT INTO %s AS t (token)"
					   " VALUES (pg_catalog.gen_random_uuid())"
					   " ON CONFLICT (only_row)"
					   " DO UPDATE SET token = excluded.token"
					   " RETURNING t.searched_under",
					   qualified_name(table));
	plan = SPI_prepare(command, 0, NULL);
	if (plan == NULL || SPI_keepplan(plan) != 0)
		elog(ERROR, "could not prepare \"%s\": %s",
			 command, SPI_result_code_string(SPI_result));
	token_plan_table = InvalidOid;
	if (token_plan != NULL)
		SPI_freeplan(token_plan);
	token_plan = plan;
	token_plan_table = RelationGetRelid(table);
	return token_plan;
}

/*
 * write_token
 *		Write a new token; returns the stamp of the triggers under which the
 *		list of missing schedules was made.
 */
int64
write_token(Oid schema)
{
	OwnStatement statement;
	bool		isnull = true;
	int64		searched_under = 0;

	begin_own_statement(&statement, schema, &rate_token_columns);
	check_result(SPI_execute_plan(prepared_token_plan(statement.table), NULL,
								  NULL, false, 0), SPI_OK_INSERT_RETURNING);
	if (SPI_processed > 0)
		searched_under = DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0],
													 SPI_tuptable->tupdesc, 1,
													 &isnull));
	end_own_statement(&statement);
	return isnull ? 0 : searched_under;
}

/*
 * write_searched_under
 *		Note the stamp of the triggers under which the list was made.
 */
void
write_searched_under(Oid schema, int64 stamp)
{
	Oid			types[] = {INT8OID};
	Datum		arguments[] = {Int64GetDatum(stamp)};
	OwnStatement statement;

	begin_own_statement(&statement, schema, &rate_token_columns);
	check_result(SPI_execute_with_args(psprintf("UPDATE %s SET searched_under = $1",
												qualified_name(statement.table)),
									   lengthof(types), types, arguments, NULL,
									   false, 0), SPI_OK_UPDATE);
	end_own_statement(&statement);
}

/*
 * Execute a statement on the list; its argument is a schedule, or nothing.
 */
static void
write_list(Oid schema, const char *command, text *schedule, int expected)
{
	Oid			types[] = {TEXTOID};
	Datum		arguments[] = {PointerGetDatum(schedule)};
	OwnStatement statement;

	begin_own_statement(&statement, schema, &missing_schedule_columns);
	check_result(SPI_execute_with_args(psprintf(command, qualified_name(statement.table)),
									   schedule != NULL ? lengthof(types) : 0,
									   types, arguments, NULL, false, 0),
				 expected);
	end_own_statement(&statement);
}

/*
 * list_missing, unlist_missing, unlist_all_missing
 *		Put a schedule into the list, take it out, take all out.
 */
void
list_missing(Oid schema, text *schedule)
{
	write_list(schema, "INSERT INTO %s (schedule) VALUES ($1)"
			   " ON CONFLICT (schedule) DO NOTHING", schedule, SPI_OK_INSERT);
}

void
unlist_missing(Oid schema, text *schedule)
{
	write_list(schema, "DELETE FROM %s AS m"
			   " WHERE m.schedule OPERATOR(pg_catalog.=) $1", schedule,
			   SPI_OK_DELETE);
}

void
unlist_all_missing(Oid schema)
{
	write_list(schema, "DELETE FROM %s", NULL, SPI_OK_DELETE);
}
