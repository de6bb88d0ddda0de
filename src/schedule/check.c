/*
 * check.c
 *	  What check_schedule needs beside its SQL.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/builtins.h"

#include "schedule/arguments.h"
#include "schedule/query.h"

PG_FUNCTION_INFO_V1(known_schedule);

/*
 * Is there a schedule of that name?  Sees what the caller's query sees.
 */
static bool
is_known(const char *schedule)
{
	Oid			types[] = {TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(schedule)};
	uint64		rows;

	SPI_connect();
	if (SPI_execute_with_args("SELECT FROM mission_rates.schedule AS s"
							  " WHERE s.schedule" IS_EQUAL "$1",
							  lengthof(types), types, arguments, NULL,
							  true, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not read the schedules");
	rows = SPI_processed;
	SPI_finish();
	return rows > 0;
}

/*
 * known_schedule(schedule) RETURNS text
 *		The name again, an error where no schedule has it.
 */
Datum
known_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");

	if (!is_known(schedule))
		refuse_unknown_schedule(schedule);
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}
