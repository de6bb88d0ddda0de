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
#include "utils/datetime.h"
#include "utils/snapmgr.h"

#include "book/fingerprint.h"
#include "schedule/arguments.h"
#include "schedule/day.h"
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

	return execute_as_owner("SELECT FROM ONLY mission_rates.schedule AS s"
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

	execute_as_owner("SELECT pg_catalog.min(s.effective_from),"
					 " pg_catalog.max(s.effective_from)"
					 " FROM ONLY mission_rates.schedule AS s", 0, NULL, NULL);
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
			 errmsg("draft \"%s\" is not fit to adopt: %s, %s", schedule,
					count_of(errors, "error"), count_of(warnings, "warning")),
			 errdetail_internal("%s", problems.data),
			 errors > 0 ?
			 errhint("Correct the draft, then adopt it.") :
			 errhint("Correct the draft, or adopt it with accept_warnings =>"
					 " true if all of this is meant.")));
}

/*
 * The warnings that were accepted, as a JSON array.
 */
static char *
accepted_warnings(uint64 warnings)
{
	StringInfoData list;

	initStringInfo(&list);
	for (uint64 i = 0; i < warnings; i++)
	{
		StringInfoData warning;

		detail_begin(&warning);
		detail_text(&warning, "rate_table", result_text(i, 2));
		detail_text(&warning, "item", result_text(i, 3));
		detail_text(&warning, "problem", result_text(i, 4));
		appendStringInfo(&list, "%s%s}", i > 0 ? ", " : "", warning.data);
	}
	return psprintf("[%s]", list.data);
}

/*
 * Check a draft; returns the warnings, which were accepted, as JSON.
 */
static char *
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

	rows = execute_as_owner("SELECT p.severity, p.rate_table, p.item,"
							" p.problem"
							" FROM _mission_rates.schedule_problems($1, $2,"
							" $3) AS p", lengthof(types), types, arguments);
	for (uint64 i = 0; i < rows; i++)
		if (strcmp(result_text(i, 1), "error") == 0)
			errors++;
	if (errors > 0 || (rows > 0 && !accept_warnings))
		refuse_problems(schedule, errors, rows - errors);
	return accepted_warnings(rows);
}

/*
 * Refuse to adopt what is not a draft.
 */
static void
check_is_draft(const char *schedule)
{
	ScheduleRow row = read_schedule(schedule);

	if (!row.known)
		refuse_unknown_schedule(schedule);
	if (row.adopted)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("schedule \"%s\" is adopted already", schedule),
				 errdetail("It is in force from %s.",
						   date_text(row.effective_from))));
}

/*
 * The fingerprint of a draft that is to start on a date.
 */
static char *
fingerprint_of(const char *schedule, DateADT effective_from)
{
	char	   *fingerprint;

	PushActiveSnapshot(GetLatestSnapshot());
	fingerprint = fingerprint_schedule(schedule, &effective_from,
									   GetActiveSnapshot());
	PopActiveSnapshot();
	return fingerprint;
}

/*
 * Put a draft in force from a date, sealed with the number of its rate rows.
 */
static void
seal_draft(const char *schedule, DateADT effective_from, DateADT adopted_on,
		   const char *adopted_by)
{
	Oid			types[] = {TEXTOID, DATEOID, DATEOID, TEXTOID, INT4OID,
	TEXTOID};
	Datum		arguments[] = {
		CStringGetTextDatum(schedule),
		DateADTGetDatum(effective_from),
		DateADTGetDatum(adopted_on),
		CStringGetTextDatum(adopted_by != NULL ? adopted_by : ""),
		Int32GetDatum(count_rows_of(schedule)),
		CStringGetTextDatum(fingerprint_of(schedule, effective_from))
	};

	write_seal(adopted_by != NULL ?
			   "UPDATE mission_rates.schedule AS s"
			   " SET effective_from = $2, adopted_on = $3, adopted_by = $4,"
			   " sealed_rows = $5, fingerprint = $6"
			   " WHERE s.schedule" IS_EQUAL "$1" :
			   "UPDATE mission_rates.schedule AS s"
			   " SET effective_from = $2, adopted_on = $3, sealed_rows = $5,"
			   " fingerprint = $6"
			   " WHERE s.schedule" IS_EQUAL "$1",
			   schedule, lengthof(types), types, arguments);
}

/*
 * A date as the log keeps it, whatever DateStyle is.
 */
static char *
iso_date(DateADT date)
{
	char	   *text = palloc(MAXDATELEN + 1);
	struct pg_tm tm;

	j2date(date + POSTGRES_EPOCH_JDATE, &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
	EncodeDateOnly(&tm, USE_ISO_DATES, text);
	return text;
}

/*
 * Record an adoption in the log.
 */
static void
log_adoption(const char *schedule, DateADT adopted_on, const char *adopted_by,
			 const char *warnings)
{
	ScheduleRow row = read_schedule(schedule);
	StringInfoData detail;

	detail_begin(&detail);
	detail_text(&detail, "adopted_on", iso_date(adopted_on));
	detail_text(&detail, "adopted_by", adopted_by);
	detail_number(&detail, "sealed_rows", row.sealed_rows);
	detail_json(&detail, "warnings", warnings);
	log_event("adopt", schedule, &row, &detail);
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
	DateADT		adopted_on = day_argument(fcinfo, 2, "adopted_on");
	char	   *adopted_by = optional_text(fcinfo, 3);
	char	   *warnings;

	refuse_null(fcinfo, 4, "accept_warnings");
	SPI_connect();
	lock_rates();
	check_is_draft(schedule);
	check_date(schedule, effective_from);
	warnings = check_draft(schedule, effective_from, adopted_on,
						   PG_GETARG_BOOL(4));
	seal_draft(schedule, effective_from, adopted_on, adopted_by);
	log_adoption(schedule, adopted_on, adopted_by, warnings);
	SPI_finish();
	PG_RETURN_VOID();
}
