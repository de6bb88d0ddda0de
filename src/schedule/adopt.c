/*
 * adopt.c
 *	  Adopting a draft: it is checked, sealed and put in force from a date; and
 *	  withdrawing it before that date.
 */
#include "postgres.h"

#include "datatype/timestamp.h"
#include "executor/spi.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "schedule/schedule.h"
#include "tables/scan.h"

PG_FUNCTION_INFO_V1(last_day_begun_sql);
PG_FUNCTION_INFO_V1(adopt_schedule);
PG_FUNCTION_INFO_V1(withdraw_schedule);

/* A day begins first in the time zone UTC+14. */
#define FIRST_MIDNIGHT	(14 * USECS_PER_HOUR)

/* The schedule whose date and seal are just being set or cleared */
static const char *unlocked = NULL;

/*
 * last_day_begun
 *		The last day that has begun anywhere on earth.  Every later day is
 *		still to come, and no bill can have been made for it.
 *
 * By the clock: the session's time zone can be set so that any day is today,
 * and a transaction may have begun days ago.  A timestamp counts microseconds
 * of UTC from the day that dates are counted from.
 */
DateADT
last_day_begun(void)
{
	return (GetCurrentTimestamp() + FIRST_MIDNIGHT) / USECS_PER_DAY;
}

/* last_day_begun() RETURNS date */
Datum
last_day_begun_sql(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_DATEADT(last_day_begun());
}

/*
 * seal_is_unlocked
 *		May the date and the seal of this schedule be set at the moment?
 */
bool
seal_is_unlocked(const char *schedule)
{
	return unlocked != NULL && strcmp(schedule, unlocked) == 0;
}

/*
 * Set or clear the date and the seal of a schedule.  It is the only update of
 * them that the guard lets pass.
 */
static void
write_seal(const char *command, const char *schedule, int number,
		   const SqlValue *values)
{
	const char *before = unlocked;
	uint64		rows = 0;

	PG_TRY();
	{
		unlocked = schedule;
		rows = execute(command, number, values);
	}
	PG_FINALLY();
	{
		unlocked = before;
	}
	PG_END_TRY();
	check_written(schedule, rows == 1);
}

/* The argument effective_from, which is NULL where it was not given. */
static DateADT
start_argument(FunctionCallInfo fcinfo, const char *schedule)
{
	if (PG_ARGISNULL(1))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("effective_from is NULL"),
				errhint("Say from which day on: SELECT"
						" mission_rates.adopt_schedule(%s, 'its first day').",
						quote_literal_cstr(schedule)));
	return PG_GETARG_DATEADT(1);
}

/* Refuse a date that is not a day of the calendar. */
static void
check_finite(DateADT date, const char *argument)
{
	if (DATE_NOT_FINITE(date))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("%s is infinite", argument),
				errdetail("It must be a day of the calendar."));
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
check_start(const char *schedule, DateADT effective_from)
{
	DateADT		first;
	DateADT		last;
	bool		is_taken;

	execute("SELECT pg_catalog.min(s.effective_from),"
			" pg_catalog.max(s.effective_from),"
			" pg_catalog.bool_or(s.effective_from" IS_EQUAL "$1)"
			" FROM mission_rates.schedule AS s",
			VALUES(day_value(effective_from)));
	if (result_text(1) == NULL)
		return;
	first = DatumGetDateADT(result_value(1));
	last = DatumGetDateADT(result_value(2));
	is_taken = DatumGetBool(result_value(3));
	if ((effective_from < first || effective_from > last ||
		 effective_from > last_day_begun()) && !is_taken)
		return;
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("draft \"%s\" cannot start on %s",
				   schedule, date_text(effective_from)),
			errdetail("A schedule starts on a day that has not begun anywhere"
					  " on earth, or after the last adopted schedule (%s), or"
					  " before the first (%s), and never on the same day as"
					  " another.", date_text(last), date_text(first)));
}

/* "1 error", "2 errors" */
static char *
count_of(int64 number, const char *noun)
{
	return psprintf(INT64_FORMAT " %s%s", number, noun,
					number == 1 ? "" : "s");
}

/*
 * Check a draft: refuse any error, and warnings that were not accepted.
 * Returns the warnings as jsonb.
 */
static Datum
check_draft(const char *schedule, DateADT effective_from, DateADT adopted_on,
			bool accept_warnings)
{
	int64		errors;
	int64		warnings;

	execute("SELECT pg_catalog.count(*) FILTER"
			" (WHERE p.severity" IS_EQUAL "'error'),"
			" pg_catalog.count(*) FILTER"
			" (WHERE p.severity" IS_EQUAL "'warning'),"
			" COALESCE(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object("
			"'rate_table', p.rate_table, 'item', p.item,"
			" 'problem', p.problem)), '[]'),"
			" pg_catalog.string_agg(pg_catalog.concat(p.severity, ': ',"
			" p.rate_table, ', ', p.item, ': ', p.problem), E'\\n')"
			" FROM _mission_rates.schedule_problems($1, $2, $3) AS p",
			VALUES(text_value(schedule), day_value(effective_from),
				   day_value(adopted_on)));
	errors = DatumGetInt64(result_value(1));
	warnings = DatumGetInt64(result_value(2));
	if (errors > 0 || (warnings > 0 && !accept_warnings))
		ereport(ERROR,
				errcode(ERRCODE_CHECK_VIOLATION),
				errmsg("draft \"%s\" cannot be adopted: %s, %s", schedule,
					   count_of(errors, "error"),
					   count_of(warnings, "warning")),
				errdetail_internal("%s", result_text(4)),
				errors > 0 ?
				errhint("Correct the draft, then adopt it.") :
				errhint("Correct the draft, or adopt it with accept_warnings"
						" => true if all of this is meant."));
	return result_value(3);
}

/* Refuse to adopt what is not a draft. */
static void
check_is_draft(const char *schedule, const ScheduleRow *row)
{
	if (!row->known)
		refuse_unknown_schedule(schedule);
	if (row->adopted)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("schedule \"%s\" is adopted already", schedule),
				errdetail("It is in force from %s.",
						  date_text(row->effective_from)));
}

/*
 * The day on which it was passed: the argument, else what the draft says, else
 * today.
 */
static DateADT
day_of_adoption(FunctionCallInfo fcinfo, const char *schedule)
{
	if (!PG_ARGISNULL(2))
		return PG_GETARG_DATEADT(2);
	execute("SELECT COALESCE(s.adopted_on, CURRENT_DATE)"
			" FROM mission_rates.schedule AS s"
			" WHERE s.schedule" IS_EQUAL "$1", VALUES(text_value(schedule)));
	return DatumGetDateADT(result_value(1));
}

/*
 * Put a draft in force from a date, sealed with the number of its rate rows
 * and with its fingerprint; returns the row.
 *
 * A user's trigger on the table may have made something else of it.
 */
static ScheduleRow
seal_draft(const char *schedule, DateADT effective_from, DateADT adopted_on,
		   const char *adopted_by)
{
	char	   *fingerprint = latest_fingerprint(schedule, &effective_from);
	ScheduleRow row;

	write_seal("UPDATE mission_rates.schedule AS s"
			   " SET effective_from = $2, adopted_on = $3,"
			   " adopted_by = COALESCE($4, s.adopted_by), sealed_rows = $5,"
			   " fingerprint = $6 WHERE s.schedule" IS_EQUAL "$1", schedule,
			   VALUES(text_value(schedule), day_value(effective_from),
					  day_value(adopted_on), text_value(adopted_by),
					  bigint_value(count_rows_of(schedule)),
					  text_value(fingerprint)));
	row = read_schedule(schedule, GetLatestSnapshot());
	check_written(schedule, strcmp(row.fingerprint, fingerprint) == 0 &&
				  strcmp(latest_fingerprint(schedule, NULL),
						 fingerprint) == 0);
	return row;
}

/* Record an adoption in the log, with what was written. */
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
			  VALUES(text_value(schedule), sql_value(JSONBOID, warnings)));
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
	DateADT		effective_from = start_argument(fcinfo, schedule);
	DateADT		adopted_on;
	ScheduleRow row;
	Datum		warnings;

	check_finite(effective_from, "effective_from");
	refuse_null(fcinfo, 4, "accept_warnings");
	SPI_connect();
	row = lock_schedule(schedule);
	check_is_draft(schedule, &row);
	lock_adoptions();
	check_start(schedule, effective_from);
	adopted_on = day_of_adoption(fcinfo, schedule);
	check_finite(adopted_on, "adopted_on");
	warnings = check_draft(schedule, effective_from, adopted_on,
						   PG_GETARG_BOOL(4));
	row = seal_draft(schedule, effective_from, adopted_on,
					 optional_text(fcinfo, 3));
	log_adoption(schedule, &row, warnings);
	SPI_finish();
	PG_RETURN_VOID();
}

/* Refuse to withdraw what is not adopted, or what is or was in force. */
static void
check_withdrawal(const char *schedule, const ScheduleRow *row)
{
	if (!row->known)
		refuse_unknown_schedule(schedule);
	if (!row->adopted)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("schedule \"%s\" is a draft, there is nothing to"
					   " withdraw", schedule));
	if (row->effective_from <= last_day_begun())
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("schedule \"%s\" is or was in force, it cannot be"
					   " withdrawn", schedule),
				errdetail("It took effect on %s; bills may have been made by"
						  " it.", date_text(row->effective_from)),
				errhint("Draft a new schedule and adopt it from a later"
						" date."));
}

/*
 * withdraw_schedule(schedule) RETURNS void
 *		Make an adopted schedule that is not in force yet a draft again.
 */
Datum
withdraw_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");
	ScheduleRow row;
	bool		changed;

	SPI_connect();
	row = lock_schedule(schedule);
	check_withdrawal(schedule, &row);
	lock_adoptions();
	changed = strcmp(latest_fingerprint(schedule, NULL),
					 row.fingerprint) != 0;
	if (changed)
		warn_of_change(schedule, "The draft has them as they stand.");
	write_seal("UPDATE mission_rates.schedule AS s"
			   " SET effective_from = NULL, adopted_on = NULL,"
			   " adopted_by = NULL, sealed_rows = NULL, fingerprint = NULL"
			   " WHERE s.schedule" IS_EQUAL "$1", schedule,
			   VALUES(text_value(schedule)));
	log_event("withdraw", schedule, &row, changed ?
			  "SELECT pg_catalog.jsonb_build_object('changed', true)" :
			  "SELECT pg_catalog.jsonb_build_object()", NO_VALUES);
	SPI_finish();
	PG_RETURN_VOID();
}
