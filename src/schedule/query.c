/*
 * query.c
 *	  The SQL by which schedules are changed.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"

#include "schedule/query.h"

/*
 * Run a command or a query; returns how many rows it read or wrote.
 */
static uint64
run(const char *command, int narguments, Oid *types, Datum *arguments,
	bool read_only)
{
	int			result = SPI_execute_with_args(command, narguments, types,
											   arguments, NULL, read_only, 0);

	if (result < 0)
		elog(ERROR, "could not execute \"%s\": %s",
			 command, SPI_result_code_string(result));
	return SPI_processed;
}

/*
 * execute
 *		Run a command.  It sees what was committed before it, and what the ones
 *		before it did.
 */
uint64
execute(const char *command, int narguments, Oid *types, Datum *arguments)
{
	return run(command, narguments, types, arguments, false);
}

/*
 * query
 *		Run a query, which sees what the active snapshot sees.
 */
uint64
query(const char *query, int narguments, Oid *types, Datum *arguments)
{
	return run(query, narguments, types, arguments, true);
}

/*
 * execute_seeing
 *		Run a command that sees what the active snapshot sees, and what the
 *		commands before it did.
 */
uint64
execute_seeing(const char *command, int narguments, Oid *types,
			   Datum *arguments)
{
	SPIPlanPtr	plan = SPI_prepare(command, narguments, types);
	int			result;

	if (plan == NULL)
		elog(ERROR, "could not prepare \"%s\": %s",
			 command, SPI_result_code_string(SPI_result));
	result = SPI_execute_snapshot(plan, arguments, NULL, GetActiveSnapshot(),
								  InvalidSnapshot, false, true, 0);
	if (result < 0)
		elog(ERROR, "could not execute \"%s\": %s",
			 command, SPI_result_code_string(result));
	SPI_freeplan(plan);
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

/*
 * refuse_changed
 *		Refuse to go on where an adopted schedule is not what was adopted.
 */
void
refuse_changed(const char *schedule)
{
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("rates of schedule \"%s\" are not those that were adopted",
				   schedule),
			errdetail("Its rows do not give the fingerprint that it was"
					  " adopted with."),
			errhint("SELECT * FROM mission_rates.self_test() tells more.  Where"
					" a restore has not ended yet, finish it."));
}

/*
 * warn_of_change
 *		The same as a warning, where rows that were changed do no harm.
 */
void
warn_of_change(const char *schedule, const char *consequence)
{
	ereport(WARNING,
			errcode(ERRCODE_WARNING),
			errmsg("rates of schedule \"%s\" are not those that were adopted",
				   schedule),
			errdetail_internal("%s", consequence));
}
