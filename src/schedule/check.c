/*
 * check.c
 *	  Checking a schedule, and what else reads the rate tables by SQL.
 *
 * A check decides whether a draft is adopted.  It sees what rating sees: the
 * rate tables as their owner does, without row security and without tables that
 * inherit from them.  That is so for reports, too; and nothing that the owner
 * of the tables may have made of them runs with the rights of who asks.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"
#include "utils/tuplestore.h"

#include "book/fingerprint.h"
#include "schedule/arguments.h"
#include "schedule/owner.h"
#include "schedule/query.h"
#include "tables/catalog.h"
#include "tables/scan.h"

PG_FUNCTION_INFO_V1(check_schedule);
PG_FUNCTION_INFO_V1(schedule_fingerprint);
PG_FUNCTION_INFO_V1(rate_values);
PG_FUNCTION_INFO_V1(rate_rows);
PG_FUNCTION_INFO_V1(count_of_rate_rows);

/*
 * Run a query with the snapshot of the caller's, as the owner of the tables.
 */
static void
read_rows(const char *query, int narguments, Oid *types, Datum *arguments)
{
	OwnerState	before;
	int			result;

	owner_begin(rate_table("schedule"), &before);
	result = SPI_execute_with_args(query, narguments, types, arguments, NULL,
								   true, 0);
	owner_end(&before);
	if (result != SPI_OK_SELECT)
		elog(ERROR, "could not execute \"%s\": %s",
			 query, SPI_result_code_string(result));
}

/*
 * Return what a query gives.  Where the tables are not those that the library
 * expects, that is the error, and not what the server makes of the query.
 */
static void
return_query(FunctionCallInfo fcinfo, const char *query, int narguments,
			 Oid *types, Datum *arguments)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	verify_rate_tables();
	InitMaterializedSRF(fcinfo, 0);
	read_rows(query, narguments, types, arguments);
	for (uint64 i = 0; i < SPI_processed; i++)
		tuplestore_puttuple(result->setResult, SPI_tuptable->vals[i]);
}

/*
 * check_schedule(schedule) RETURNS SETOF record
 *		The problems of a schedule, as its own dates have it.
 */
Datum
check_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");
	Oid			types[] = {TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(schedule)};

	SPI_connect();
	read_rows("SELECT FROM ONLY mission_rates.schedule AS s"
			  " WHERE s.schedule" IS_EQUAL "$1",
			  lengthof(types), types, arguments);
	if (SPI_processed == 0)
		refuse_unknown_schedule(schedule);
	return_query(fcinfo, "SELECT p.severity, p.rate_table, p.item, p.problem"
				 " FROM _mission_rates.schedule_problems($1, NULL, NULL) AS p",
				 lengthof(types), types, arguments);
	SPI_finish();
	PG_RETURN_NULL();
}

/*
 * rate_values(schedule) RETURNS SETOF record
 *		Every value of a schedule, for reports and checks.
 */
Datum
rate_values(PG_FUNCTION_ARGS)
{
	Oid			types[] = {TEXTOID};
	Datum		arguments[] = {PG_GETARG_DATUM(0)};

	SPI_connect();
	return_query(fcinfo,
				 "SELECT v.* FROM _mission_rates.stored_values($1) AS v",
				 lengthof(types), types, arguments);
	SPI_finish();
	PG_RETURN_NULL();
}

/*
 * rate_rows() RETURNS SETOF record
 *		How many rows each table has of each schedule, be the schedule known or
 *		not.
 */
Datum
rate_rows(PG_FUNCTION_ARGS)
{
	StringInfoData query;

	initStringInfo(&query);
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
	{
		const char *name = rate_table_columns[i].name;

		appendStringInfo(&query, "%sSELECT '%s'::pg_catalog.text, r.schedule,"
						 " pg_catalog.count(*)"
						 " FROM ONLY mission_rates.%s AS r GROUP BY r.schedule",
						 query.len > 0 ? " UNION ALL " : "", name,
						 quote_identifier(name));
	}
	SPI_connect();
	return_query(fcinfo, query.data, 0, NULL, NULL);
	SPI_finish();
	PG_RETURN_NULL();
}

/*
 * count_of_rate_rows(schedule) RETURNS bigint
 *		How many rate rows a schedule has, as the seal counts them.
 */
Datum
count_of_rate_rows(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(count_rate_rows(PG_GETARG_TEXT_PP(0), GetActiveSnapshot()));
}

/*
 * schedule_fingerprint(schedule) RETURNS text
 *		As the caller's query sees the schedule.
 */
Datum
schedule_fingerprint(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");
	char	   *fingerprint = fingerprint_schedule(schedule, NULL,
											   GetActiveSnapshot());

	if (fingerprint == NULL)
		refuse_unknown_schedule(schedule);
	PG_RETURN_TEXT_P(cstring_to_text(fingerprint));
}
