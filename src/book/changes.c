/*
 * changes.c
 *	  Changing rates: drafts, their adoption and withdrawal.
 *
 * All is done in SQL with the rights of the caller, so that whoever may write
 * to the rate tables may use these functions, and triggers of the city's own
 * fire.  Every name and operator is qualified: search_path has no say.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "book/changes.h"
#include "book/guard.h"

#define IS_EQUAL	" OPERATOR(pg_catalog.=) "

/* The tables of rate rows, and their columns beside the schedule */
static const struct
{
	const char *name;
	const char *columns;
}			rate_tables[] = {
	{"class_rule", "class, label, rate_group, service_area, outside_class"},
	{"water_minimum", "rate_group, meter_size, service_area, amount, section"},
	{"water_volume", "class, above_gallons, rate_per_1000, section"},
	{"sewer_rate", "class, fixed, rate_per_1000, factor, section"},
	{"fee", "code, amount, unit, label, section"},
	{"deposit", "category, above_square_feet, deposit, service_fee, section"},
	{"water_tap", "meter_size, compound, service_area, amount, section"},
	{"sewer_permit", "line_inches, larger_than, amount, section"},
};

/* The columns of the table schedule that a draft takes over */
#define TERMS \
	"volume_step, due_days, notice_days, included_pipe_feet," \
	" boring_from_inches, boring_to_inches, waiver_overcharge"

/* A row of the table schedule, as far as it matters here */
typedef struct ScheduleRow
{
	bool		known;
	bool		adopted;
	DateADT		effective_from; /* of an adopted one */
} ScheduleRow;

/*
 * Run a command.  Each sees what was committed before it, and what the ones
 * before it did.
 */
static uint64
run(const char *command, int narguments, Oid *types, Datum *arguments)
{
	int			result = SPI_execute_with_args(command, narguments, types,
											   arguments, NULL, false, 0);

	if (result < 0)
		elog(ERROR, "could not execute \"%s\": %s",
			 command, SPI_result_code_string(result));
	return SPI_processed;
}

/*
 * The same with the name of a schedule as the only argument.
 */
static uint64
run_for(const char *command, const char *schedule)
{
	Oid			types[] = {TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(schedule)};

	return run(command, lengthof(types), types, arguments);
}

/*
 * A value of the result of the last command.
 */
static Datum
result_value(uint64 row, int column, bool *isnull)
{
	return SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc,
						 column, isnull);
}

static char *
result_text(uint64 row, int column)
{
	return SPI_getvalue(SPI_tuptable->vals[row], SPI_tuptable->tupdesc,
						column);
}

static char *
date_text(DateADT date)
{
	return DatumGetCString(DirectFunctionCall1(date_out,
											   DateADTGetDatum(date)));
}

/*
 * Wait for whoever else is changing rates, and keep others waiting until the
 * end of the transaction.
 *
 * Every statement on a rate table locks the token before it does anything, one
 * that changes no row too.  What is looked at afterwards is looked at with a
 * new snapshot: nothing can change between a check and what is done upon it.
 */
static void
lock_rates(void)
{
	run("UPDATE mission_rates.schedule SET title = title WHERE false",
		0, NULL, NULL);
}

/*
 * Look a schedule up.
 */
static ScheduleRow
read_schedule(const char *schedule)
{
	ScheduleRow row = {0};
	bool		isnull;

	if (run_for("SELECT s.effective_from FROM mission_rates.schedule AS s"
				" WHERE s.schedule" IS_EQUAL "$1", schedule) > 0)
	{
		row.known = true;
		row.effective_from = DatumGetDateADT(result_value(0, 1, &isnull));
		row.adopted = !isnull;
	}
	return row;
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
 * schedule_is_known
 *		Is there a schedule of that name?  Sees what the caller's query sees.
 */
bool
schedule_is_known(const char *schedule)
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
 * Delete all rate rows of a schedule; returns how many there were.
 */
static uint64
delete_rate_rows(const char *schedule)
{
	uint64		rows = 0;

	for (int i = 0; i < (int) lengthof(rate_tables); i++)
		rows += run_for(psprintf("DELETE FROM mission_rates.%s AS r"
								 " WHERE r.schedule" IS_EQUAL "$1",
								 rate_tables[i].name), schedule);
	return rows;
}

/*
 * Refuse the name of a new draft that is taken, be it by rate rows alone:
 * they would get into the draft unseen.
 */
static void
check_name_is_free(const char *schedule)
{
	if (read_schedule(schedule).known)
		ereport(ERROR,
				(errcode(ERRCODE_UNIQUE_VIOLATION),
				 errmsg("schedule \"%s\" exists already", schedule),
				 errhint("Choose another name.")));
	if (run_for("SELECT FROM mission_rates._rate_rows() AS r"
				" WHERE r.schedule" IS_EQUAL "$1", schedule) > 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNIQUE_VIOLATION),
				 errmsg("rate rows of a schedule \"%s\" exist already",
						schedule),
				 errdetail("They have no row in the table"
						   " mission_rates.schedule."),
				 errhint("Remove them: SELECT mission_rates.drop_draft(%s).",
						 quote_literal_cstr(schedule))));
}

/*
 * The schedule that a draft is based on: the one that is named, or the one in
 * force today.  Rating's own errors say what is wrong with it.
 */
static char *
find_base(const char *based_on)
{
	if (based_on == NULL)
		run("SELECT mission_rates._schedule_in_force(CURRENT_DATE, NULL)",
			0, NULL, NULL);
	else
		run_for("SELECT mission_rates._schedule_in_force(NULL, $1)", based_on);
	return result_text(0, 1);
}

/*
 * create_draft
 *		A new draft with a copy of every rate row of another schedule.
 */
void
create_draft(const char *schedule, const char *based_on)
{
	Oid			types[] = {TEXTOID, TEXTOID};
	Datum		arguments[2];

	SPI_connect();
	lock_rates();
	check_name_is_free(schedule);
	arguments[0] = CStringGetTextDatum(schedule);
	arguments[1] = CStringGetTextDatum(find_base(based_on));
	run("INSERT INTO mission_rates.schedule (schedule, " TERMS ")"
		" SELECT $1, " TERMS " FROM mission_rates.schedule AS r"
		" WHERE r.schedule" IS_EQUAL "$2",
		lengthof(types), types, arguments);
	for (int i = 0; i < (int) lengthof(rate_tables); i++)
		run(psprintf("INSERT INTO mission_rates.%s (schedule, %s)"
					 " SELECT $1, %s FROM mission_rates.%s AS r"
					 " WHERE r.schedule" IS_EQUAL "$2",
					 rate_tables[i].name, rate_tables[i].columns,
					 rate_tables[i].columns, rate_tables[i].name),
			lengthof(types), types, arguments);
	SPI_finish();
}

/*
 * Refuse a date between or on those of the schedules that are adopted: bills
 * for such a date may have been made.  Before the first one every bill was an
 * error, so none changes.
 */
static void
check_date(const char *schedule, DateADT effective_from)
{
	DateADT		first;
	DateADT		last;
	bool		isnull;

	run("SELECT pg_catalog.min(s.effective_from),"
		" pg_catalog.max(s.effective_from)"
		" FROM mission_rates.schedule AS s", 0, NULL, NULL);
	first = DatumGetDateADT(result_value(0, 1, &isnull));
	if (isnull)
		return;
	last = DatumGetDateADT(result_value(0, 2, &isnull));
	if (effective_from < first || effective_from > last)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("draft \"%s\" cannot start on %s",
					schedule, date_text(effective_from)),
			 errdetail("The first adopted schedule starts on %s, the last on"
					   " %s; a new one starts before the first or after the"
					   " last.", date_text(first), date_text(last))));
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
check_draft(const char *schedule, DateADT effective_from,
			bool accept_warnings)
{
	Oid			types[] = {TEXTOID, DATEOID};
	Datum		arguments[] = {CStringGetTextDatum(schedule),
	DateADTGetDatum(effective_from)};
	StringInfoData problems;
	uint64		errors = 0;
	uint64		rows;

	rows = run("SELECT p.severity, p.rate_table, p.item, p.problem"
			   " FROM mission_rates._schedule_problems($1, $2) AS p",
			   lengthof(types), types, arguments);
	initStringInfo(&problems);
	for (uint64 i = 0; i < rows; i++)
	{
		char	   *severity = result_text(i, 1);

		if (strcmp(severity, "error") == 0)
			errors++;
		appendStringInfo(&problems, "%s%s: %s, %s: %s", i > 0 ? "\n" : "",
						 severity, result_text(i, 2), result_text(i, 3),
						 result_text(i, 4));
	}
	if (errors == 0 && (rows == 0 || accept_warnings))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("draft \"%s\" is not fit to adopt: %s, %s", schedule,
					count_of(errors, "error"),
					count_of(rows - errors, "warning")),
			 errdetail_internal("%s", problems.data),
			 errors > 0 ?
			 errhint("Correct the draft, then adopt it.") :
			 errhint("Correct the draft, or adopt it with accept_warnings =>"
					 " true if all of this is meant.")));
}

/*
 * Set or clear the date and the seal of a schedule: the only update of them
 * that the guard lets pass.
 */
static void
write_seal(const char *command, const char *schedule, int narguments,
		   Oid *types, Datum *arguments)
{
	const char *before = guard_unlock(schedule);
	uint64		rows = 0;

	PG_TRY();
	{
		rows = run(command, narguments, types, arguments);
	}
	PG_FINALLY();
	{
		guard_unlock(before);
	}
	PG_END_TRY();
	if (rows != 1)
		ereport(ERROR,
				(errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				 errmsg("schedule \"%s\" could not be changed", schedule),
				 errdetail("A trigger or a policy on the table"
						   " mission_rates.schedule kept its row from being"
						   " updated.")));
}

/*
 * adopt_draft
 *		Check a draft, and put it in force from a date with its rows sealed.
 */
void
adopt_draft(const char *schedule, DateADT effective_from, DateADT adopted_on,
			bool accept_warnings)
{
	Oid			types[] = {TEXTOID, DATEOID, DATEOID};
	Datum		arguments[] = {
		CStringGetTextDatum(schedule),
		DateADTGetDatum(effective_from),
		DateADTGetDatum(adopted_on)
	};
	ScheduleRow row;

	SPI_connect();
	lock_rates();
	row = read_schedule(schedule);
	if (!row.known)
		refuse_unknown_schedule(schedule);
	if (row.adopted)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("schedule \"%s\" is adopted already", schedule),
				 errdetail("It is in force from %s.",
						   date_text(row.effective_from))));
	check_date(schedule, effective_from);
	check_draft(schedule, effective_from, accept_warnings);
	write_seal("UPDATE mission_rates.schedule AS s"
			   " SET effective_from = $2, adopted_on = $3, sealed_rows ="
			   " (SELECT pg_catalog.count(*)::pg_catalog.int4"
			   " FROM mission_rates._rate_rows() AS r"
			   " WHERE r.schedule" IS_EQUAL "$1)"
			   " WHERE s.schedule" IS_EQUAL "$1",
			   schedule, lengthof(types), types, arguments);
	SPI_finish();
}

/*
 * withdraw_adopted
 *		Make an adopted schedule that is not in force yet a draft again.
 */
void
withdraw_adopted(const char *schedule)
{
	Oid			types[] = {TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(schedule)};
	ScheduleRow row;

	SPI_connect();
	lock_rates();
	row = read_schedule(schedule);
	if (!row.known)
		refuse_unknown_schedule(schedule);
	if (!row.adopted)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("schedule \"%s\" is a draft, there is nothing to"
						" withdraw", schedule)));
	if (row.effective_from <= GetSQLCurrentDate())
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("schedule \"%s\" is or was in force, it cannot be"
						" withdrawn", schedule),
				 errdetail("It took effect on %s; bills may have been made by"
						   " it.", date_text(row.effective_from)),
				 errhint("Draft a new schedule and adopt it from a later"
						 " date.")));
	write_seal("UPDATE mission_rates.schedule AS s"
			   " SET effective_from = NULL, adopted_on = NULL,"
			   " sealed_rows = NULL"
			   " WHERE s.schedule" IS_EQUAL "$1",
			   schedule, lengthof(types), types, arguments);
	SPI_finish();
}

/*
 * remove_draft
 *		Remove a draft, or rate rows that have no schedule.
 */
void
remove_draft(const char *schedule)
{
	ScheduleRow row;
	uint64		rows;

	SPI_connect();
	lock_rates();
	row = read_schedule(schedule);
	if (row.adopted)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("schedule \"%s\" is adopted, it cannot be dropped",
						schedule),
				 errdetail("It is in force from %s.",
						   date_text(row.effective_from)),
				 row.effective_from > GetSQLCurrentDate() ?
				 errhint("Withdraw it first: SELECT"
						 " mission_rates.withdraw_schedule(%s).",
						 quote_literal_cstr(schedule)) : 0));
	rows = delete_rate_rows(schedule);
	rows += run_for("DELETE FROM mission_rates.schedule AS s"
					" WHERE s.schedule" IS_EQUAL "$1", schedule);
	if (rows == 0 && !row.known)
		refuse_unknown_schedule(schedule);
	SPI_finish();
}
