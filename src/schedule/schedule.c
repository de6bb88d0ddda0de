/*
 * schedule.c
 *	  What the files about the life of a schedule share: arguments, SQL, and
 *	  errors that several functions raise.
 */
#include "postgres.h"

#include "executor/spi.h"
#include "utils/snapmgr.h"

#include "schedule/schedule.h"

/* The most values that a command takes */
#define MAX_VALUES	8

/*
 * refuse_null
 *		Refuse an argument that is NULL.
 */
void
refuse_null(FunctionCallInfo fcinfo, int argno, const char *name)
{
	if (PG_ARGISNULL(argno))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("%s is NULL", name));
}

/*
 * text_argument
 *		A text that must be given, such as the name of a schedule.
 */
char *
text_argument(FunctionCallInfo fcinfo, int argno, const char *name)
{
	refuse_null(fcinfo, argno, name);
	return text_to_cstring(PG_GETARG_TEXT_PP(argno));
}

/*
 * optional_text
 *		A text that need not be given; NULL where it is not.
 */
char *
optional_text(FunctionCallInfo fcinfo, int argno)
{
	return PG_ARGISNULL(argno) ? NULL :
		text_to_cstring(PG_GETARG_TEXT_PP(argno));
}

/* Run a command; returns how many rows it read or wrote. */
static uint64
run(const char *command, int number, const SqlValue *values, Snapshot snapshot)
{
	Oid			types[MAX_VALUES];
	Datum		arguments[MAX_VALUES];
	char		nulls[MAX_VALUES];
	SPIPlanPtr	plan;
	int			result = SPI_ERROR_ARGUMENT;

	Assert(number <= MAX_VALUES);
	for (int i = 0; i < number; i++)
	{
		types[i] = values[i].type;
		arguments[i] = values[i].value;
		nulls[i] = values[i].isnull ? 'n' : ' ';
	}
	plan = SPI_prepare(command, number, types);
	if (plan != NULL)
		result = SPI_execute_snapshot(plan, arguments, nulls, snapshot,
									  InvalidSnapshot, false, true, 0);
	if (result < 0)
		elog(ERROR, "could not execute \"%s\": %s",
			 command, SPI_result_code_string(result));
	SPI_freeplan(plan);
	return SPI_processed;
}

/*
 * execute
 *		Run a command.  It sees what was committed before it, and what the ones
 *		before it did.
 */
uint64
execute(const char *command, int number, const SqlValue *values)
{
	return run(command, number, values, InvalidSnapshot);
}

/*
 * execute_seeing
 *		Run a command that sees what the active snapshot sees, and what the
 *		commands before it did.
 */
uint64
execute_seeing(const char *command, int number, const SqlValue *values)
{
	return run(command, number, values, GetActiveSnapshot());
}

/*
 * result_value
 *		A value of the first row that the last command returned; it is not NULL.
 */
Datum
result_value(int column)
{
	bool		isnull;

	return SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column,
						 &isnull);
}

/*
 * result_text
 *		The same as text; NULL where it is NULL.
 */
char *
result_text(int column)
{
	return SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column);
}

/*
 * refuse_unknown_schedule
 *		Raise the error that rating raises too.
 */
void
refuse_unknown_schedule(const char *schedule)
{
	ereport(ERROR,
			errcode(ERRCODE_NO_DATA_FOUND),
			errmsg("unknown rate schedule \"%s\"", schedule),
			errdetail("The table mission_rates.schedule has no row of that"
					  " name."),
			errhint("SELECT schedule FROM mission_rates.schedule lists the"
					" names."));
}

/*
 * refuse_change
 *		Refuse to change an adopted schedule.
 */
void
refuse_change(const char *schedule)
{
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("schedule \"%s\" is adopted, its rows cannot be changed",
				   schedule),
			errdetail("Bills were or will be made by it; adopted schedules"
					  " are kept as they were adopted."),
			errhint("Draft a new schedule: SELECT"
					" mission_rates.draft_schedule('new name', %s).",
					quote_literal_cstr(schedule)));
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

/*
 * check_written
 *		Refuse to go on where the row of a schedule was not written.
 */
void
check_written(const char *schedule, bool written)
{
	if (!written)
		ereport(ERROR,
				errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				errmsg("schedule \"%s\" could not be changed", schedule),
				errdetail("A trigger on the table mission_rates.schedule kept"
						  " its row from being written."));
}

/*
 * rate_table_named
 *		The rate table of a name, NUM_RATE_TABLES where it is not one.
 */
RateTable
rate_table_named(const char *name)
{
	RateTable	table = TABLE_SCHEDULE;

	while (table < NUM_RATE_TABLES &&
		   strcmp(name, rate_table_columns[table].name) != 0)
		table++;
	return table;
}
