/*
 * adopt.c
 *	  Adopting a draft: it is checked, sealed and put in force from a date.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/fmgrprotos.h"
#include "utils/snapmgr.h"

#include "schedule/arguments.h"
#include "schedule/day.h"
#include "schedule/lock.h"
#include "schedule/log.h"
#include "schedule/query.h"
#include "schedule/rate_rows.h"
#include "schedule/seal.h"

PG_FUNCTION_INFO_V1(adopt_schedule);

/*
 * Is another schedule adopted from the same day?
 */
static bool
day_is_taken(DateADT effective_from)
{
	Oid			types[] = {DATEOID};
	Datum		arguments[] = {DateADTGetDatum(effective_from)};

	return execute("SELECT FROM mission_rates.schedule AS s"
				   " WHERE s.effective_from" IS_EQUAL "$1",
				   lengthof(types), types, arguments) > 0;
}

/*
 * Refuse a date for which bills may have been made: one that has begun, unless
 * every adopted schedule starts before it (an ordinance that was entered late)
 * or after it (before the first one every bill was an error).
 *
 * Between two schedules that are still to come, or before them, a date is
 * allowed: no bill has been made by them, and so a plan can be amended.
 */
static void
check_date(const char *schedule, DateADT effective_from)
{
	DateADT		first;
	DateADT		last;
	bool		isnull;

	execute("SELECT pg_catalog.min(s.effective_from),"
			" pg_catalog.max(s.effective_from)"
			" FROM mission_rates.schedule AS s", 0, NULL, NULL);
	first = DatumGetDateADT(result_value(0, 1, &isnull));
	if (isnull)
		return;
	last = DatumGetDateADT(result_value(0, 2, &isnull));
	if ((effective_from < first || effective_from > last ||
		 effective_from > last_day_begun()) && !day_is_taken(effective_from))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("draft \"%s\" cannot start on %s",
					schedule, date_text(effective_from)),
			 errdetail("A schedule starts on a day that has not begun anywhere"
					   " on earth, or after the last adopted schedule (%s), or"
					   " before the first (%s), and never on the same day as"
					   " another.", date_text(last), date_text(first))));
}

/*
 * "1 error", "2 errors"
 */
static char *
count_of(uint64 number, const char *noun)
{
	return psprintf(UINT64_FORMAT " %s%s", number, noun,
					number == 1 ? "" : "s");
}

/*
 * Refuse a draft with problems: any error, or warnings that were not accepted.
 */
static void
refuse_problems(const char *schedule, uint64 errors, uint64 warnings)
{
	StringInfoData problems;

	initStringInfo(&problems);
	for (uint64 i = 0; i < errors + warnings; i++)
		appendStringInfo(&problems, "%s%s: %s, %s: %s", i > 0 ? "\n" : "",
						 result_text(i, 1), result_text(i, 2),
						 result_text(i, 3), result_text(i, 4));
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("draft \"%s\" cannot be adopted: %s, %s", schedule,
					count_of(errors, "error"), count_of(warnings, "warning")),
			 errdetail_internal("%s", problems.data),
			 errors > 0 ?
			 errhint("Correct the draft, then adopt it.") :
			 errhint("Correct the draft, or adopt it with accept_warnings =>"
					 " true if all of this is meant.")));
}

/*
 * Check a draft; returns the warnings, which were accepted, as jsonb.
 */
static Datum
check_draft(const char *schedule, DateADT effective_from, DateADT adopted_on,
			bool accept_warnings)
{
	Oid			types[] = {TEXTOID, DATEOID, DATEOID};
	Datum		arguments[] = {
		CStringGetTextDatum(schedule),
		DateADTGetDatum(effective_from),
		DateADTGetDatum(adopted_on)
	};
	uint64		errors = 0;
	uint64		rows;
	bool		isnull;

	rows = execute("SELECT p.severity, p.rate_table, p.item, p.problem,"
				   " pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object("
				   "'rate_table', p.rate_table, 'item', p.item,"
				   " 'problem', p.problem)) OVER ()"
				   " FROM _mission_rates.schedule_problems($1, $2, $3) AS p",
				   lengthof(types), types, arguments);
	for (uint64 i = 0; i < rows; i++)
		if (strcmp(result_text(i, 1), "error") == 0)
			errors++;
	if (errors > 0 || (rows > 0 && !accept_warnings))
		refuse_problems(schedule, errors, rows - errors);
	return rows > 0 ? result_value(0, 5, &isnull) :
		DirectFunctionCall1(jsonb_in, CStringGetDatum("[]"));
}

/*
 * Refuse to adopt what is not a draft.
 */
static void
check_is_draft(const char *schedule, const ScheduleRow *row)
{
	if (!row->known)
		refuse_unknown_schedule(schedule);
	if (row->adopted)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("schedule \"%s\" is adopted already", schedule),
				 errdetail("It is in force from %s.",
						   date_text(row->effective_from))));
}

/*
 * The day on which it was passed: the argument, else what the draft says, else
 * today.
 */
static DateADT
day_of_adoption(FunctionCallInfo fcinfo, int argno, const char *schedule)
{
	bool		isnull;

	if (!PG_ARGISNULL(argno))
		return day_argument(fcinfo, argno, "adopted_on");
	execute_for("SELECT COALESCE(s.adopted_on, CURRENT_DATE)"
				" FROM mission_rates.schedule AS s"
				" WHERE s.schedule" IS_EQUAL "$1", schedule);
	return DatumGetDateADT(result_value(0, 1, &isnull));
}

/*
 * Put a draft in force from a date, sealed with the number of its rate rows and
 * with its fingerprint; returns the row.
 *
 * A user's trigger on the table may have made something else of it.
 */
static ScheduleRow
seal_draft(const char *schedule, DateADT effective_from, DateADT adopted_on,
		   const char *adopted_by)
{
	Oid			types[] = {TEXTOID, DATEOID, DATEOID, TEXTOID, INT4OID,
	TEXTOID};
	char	   *fingerprint = latest_fingerprint(schedule, &effective_from);
	Datum		arguments[] = {
		CStringGetTextDatum(schedule),
		DateADTGetDatum(effective_from),
		DateADTGetDatum(adopted_on),
		CStringGetTextDatum(adopted_by != NULL ? adopted_by : ""),
		Int32GetDatum(count_rows_of(schedule)),
		CStringGetTextDatum(fingerprint)
	};
	ScheduleRow row;

	write_seal(psprintf("UPDATE mission_rates.schedule AS s"
						" SET effective_from = $2, adopted_on = $3,"
						" adopted_by = %s, sealed_rows = $5, fingerprint = $6"
						" WHERE s.schedule" IS_EQUAL "$1",
						adopted_by != NULL ? "$4" : "s.adopted_by"),
			   schedule, lengthof(types), types, arguments);
	row = read_schedule(schedule, GetLatestSnapshot());
	check_schedule_row(schedule,
					   strcmp(row.fingerprint, fingerprint) == 0 &&
					   strcmp(latest_fingerprint(schedule, NULL),
							  fingerprint) == 0 ? 1 : 0);
	return row;
}

/*
 * Record an adoption in the log, with what was written.
 */
static void
log_adoption(const char *schedule, const ScheduleRow *row, Datum warnings)
{
	log_event("adopt", schedule, row,
			  "SELECT pg_catalog.jsonb_strip_nulls("
			  "pg_catalog.jsonb_build_object('adopted_on', s.adopted_on,"
			  " 'adopted_by', s.adopted_by, 'sealed_rows', s.sealed_rows,"
			  " 'warnings', $2))"
			  " FROM mission_rates.schedule AS s"
			  " WHERE s.schedule" IS_EQUAL "$1",
			  2, (Oid[]) {TEXTOID, JSONBOID},
			  (Datum[]) {CStringGetTextDatum(schedule), warnings});
}

/*
 * adopt_schedule(schedule, effective_from, adopted_on, adopted_by,
 *				  accept_warnings) RETURNS void
 *		Check a draft, seal it, and put it in force.
 */
Datum
adopt_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");
	DateADT		effective_from = day_argument(fcinfo, 1, "effective_from");
	char	   *adopted_by = optional_text(fcinfo, 3);
	DateADT		adopted_on;
	ScheduleRow row;
	Datum		warnings;

	refuse_null(fcinfo, 4, "accept_warnings");
	SPI_connect();
	row = lock_schedule(schedule);
	check_is_draft(schedule, &row);
	lock_adoptions();
	check_date(schedule, effective_from);
	adopted_on = day_of_adoption(fcinfo, 2, schedule);
	warnings = check_draft(schedule, effective_from, adopted_on,
						   PG_GETARG_BOOL(4));
	row = seal_draft(schedule, effective_from, adopted_on, adopted_by);
	log_adoption(schedule, &row, warnings);
	SPI_finish();
	PG_RETURN_VOID();
}
