/*
 * check.c
 *	  What checks and reports in SQL ask of the schedules and their tables.
 */
#include "postgres.h"

#include "access/table.h"
#include "funcapi.h"
#include "utils/snapmgr.h"
#include "utils/tuplestore.h"

#include "book/book.h"
#include "schedule/schedule.h"
#include "tables/catalog.h"
#include "tables/scan.h"

PG_FUNCTION_INFO_V1(contradictions);
PG_FUNCTION_INFO_V1(known_schedule);
PG_FUNCTION_INFO_V1(compared_schedule);
PG_FUNCTION_INFO_V1(number_of_rate_rows);
PG_FUNCTION_INFO_V1(schedule_fingerprint);
PG_FUNCTION_INFO_V1(verify_tables);

/*
 * known_schedule(schedule) RETURNS text
 *		The name of a schedule, with the errors of the rating functions where
 *		there is none, or where the tables are not those of this version.
 */
Datum
known_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");

	verify_rate_tables();
	if (!read_schedule(schedule, GetActiveSnapshot()).known)
		refuse_unknown_schedule(schedule);
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/*
 * compared_schedule(schedule, argument) RETURNS text
 *		The same, with a warning where its rows are not those that were
 *		adopted: they are compared as they stand.
 */
Datum
compared_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0,
										 text_to_cstring(PG_GETARG_TEXT_PP(1)));

	if (!is_unchanged(schedule))
		warn_of_change(schedule, "They are compared as they stand.");
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/*
 * number_of_rate_rows(schedule) RETURNS bigint
 *		How many rate rows a schedule has, as the seal counts them.
 */
Datum
number_of_rate_rows(PG_FUNCTION_ARGS)
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

/*
 * verify_tables() RETURNS text
 *		NULL where the tables are as this library expects them, and nothing is
 *		attached to those that are written with others' rights.
 */
Datum
verify_tables(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	verify_rate_tables();
	table_close(open_unattached(log_table(), AccessShareLock), NoLock);
	table_close(open_unattached(label_table(), AccessShareLock), NoLock);
	PG_RETURN_NULL();
}

/*
 * contradictions(schedule) RETURNS SETOF record
 *		The rows of a schedule that contradict one another; none where nothing
 *		is rated by it.
 */
Datum
contradictions(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Problem		p = {0};
	const RateSchedule *schedule = schedule_named(PG_GETARG_TEXT_PP(0), &p);

	InitMaterializedSRF(fcinfo, 0);
	for (const Contradiction *found = schedule == NULL ? NULL :
		 schedule->contradictions; found != NULL; found = found->next)
	{
		Datum		values[] = {
			CStringGetTextDatum(found->rate_table),
			ObjectIdGetDatum(schedule->book->labels[TYPE_CLASS].ids[found->class]),
			CStringGetTextDatum(found->item),
			CStringGetTextDatum(found->problem)
		};
		bool		nulls[lengthof(values)] = {false};

		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	PG_RETURN_NULL();
}
