/*
 * query.c
 *	  The SQL by which schedules are changed.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "tables/catalog.h"
#include "schedule/owner.h"
#include "schedule/query.h"

/*
 * rate_table
 *		A table of the extension.
 */
Oid
rate_table(const char *name)
{
	Oid			schema = get_namespace_oid("mission_rates", true);
	Oid			oid;

	if (!OidIsValid(schema))
		refuse_dropped();
	oid = get_relname_relid(name, schema);
	if (!OidIsValid(oid))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table \"mission_rates.%s\" does not exist", name),
				 errhint_update()));
	return oid;
}

/*
 * execute
 *		Run a command; returns how many rows it read or wrote.
 *
 * Each command sees what was committed before it, and what the ones before it
 * did.
 */
uint64
execute(const char *command, int narguments, Oid *types, Datum *arguments)
{
	int			result = SPI_execute_with_args(command, narguments, types,
											   arguments, NULL, false, 0);

	if (result < 0)
		elog(ERROR, "could not execute \"%s\": %s",
			 command, SPI_result_code_string(result));
	return SPI_processed;
}

/*
 * execute_for
 *		The same with the name of a schedule as the only argument.
 */
uint64
execute_for(const char *command, const char *schedule)
{
	Oid			types[] = {TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(schedule)};

	return execute(command, lengthof(types), types, arguments);
}

/*
 * execute_as_owner
 *		The same for a query that decides something, as the owner of the rate
 *		tables: what it sees depends neither on the rights of the caller nor on
 *		row security, and so agrees with what rating sees.
 */
uint64
execute_as_owner(const char *query, int narguments, Oid *types,
				 Datum *arguments)
{
	OwnerState	before;
	uint64		rows;

	owner_begin(rate_table("schedule"), &before);
	rows = execute(query, narguments, types, arguments);
	owner_end(&before);
	return rows;
}

/*
 * result_value
 *		A value of the result of the last command.
 */
Datum
result_value(uint64 row, int column, bool *isnull)
{
	return SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc,
						 column, isnull);
}

/*
 * result_text
 *		The same as text; NULL where it is NULL.
 */
char *
result_text(uint64 row, int column)
{
	return SPI_getvalue(SPI_tuptable->vals[row], SPI_tuptable->tupdesc,
						column);
}

/*
 * lock_rates
 *		Wait for other sessions that are changing rates, and block them until
 *		the end of the transaction.
 *
 * Later queries use a new snapshot, so nothing can change between a check and
 * the action that follows it.
 */
void
lock_rates(void)
{
	execute("UPDATE mission_rates.schedule SET title = title WHERE false",
			0, NULL, NULL);
	for (int i = 0; i < NUM_RATE_TABLES; i++)
		LockRelationOid(rate_table(rate_table_columns[i].name),
						ShareRowExclusiveLock);
}

/*
 * read_schedule
 *		Look a schedule up.
 */
ScheduleRow
read_schedule(const char *schedule)
{
	Oid			types[] = {TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(schedule)};
	ScheduleRow row = {0};
	bool		isnull;

	if (execute_as_owner("SELECT s.effective_from, s.sealed_rows,"
						 " s.fingerprint FROM ONLY mission_rates.schedule AS s"
						 " WHERE s.schedule" IS_EQUAL "$1",
						 lengthof(types), types, arguments) > 0)
	{
		row.known = true;
		row.effective_from = DatumGetDateADT(result_value(0, 1, &isnull));
		row.adopted = !isnull;
		row.sealed_rows = DatumGetInt32(result_value(0, 2, &isnull));
		row.fingerprint = result_text(0, 3);
	}
	return row;
}

/*
 * date_text
 *		A date as messages print it.
 */
char *
date_text(DateADT date)
{
	return DatumGetCString(DirectFunctionCall1(date_out,
											   DateADTGetDatum(date)));
}

/*
 * refuse_unknown_schedule
 *		Raise the error that rating raises too.
 */
void
refuse_unknown_schedule(const char *schedule)
{
	ereport(ERROR,
			(errcode(ERRCODE_NO_DATA_FOUND),
			 errmsg("unknown rate schedule \"%s\"", schedule),
			 errdetail("The table mission_rates.schedule has no row of that"
					   " name."),
			 errhint("SELECT schedule FROM mission_rates.schedule lists the"
					 " names.")));
}

/*
 * refuse_change
 *		Refuse to change an adopted schedule.
 */
void
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
