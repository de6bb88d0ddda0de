/*
 * draft.c
 *	  Drafting a schedule: a copy of another one, free to edit.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/builtins.h"

#include "schedule/arguments.h"
#include "schedule/query.h"
#include "schedule/rate_rows.h"

PG_FUNCTION_INFO_V1(draft_schedule);

/* The columns of the table schedule that a draft takes over */
#define TERMS \
	"volume_step, due_days, notice_days, included_pipe_feet," \
	" boring_from_inches, boring_to_inches, waiver_overcharge"

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
	if (count_rows_of(schedule) > 0)
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
 * The schedule that a draft is based on by default: the adopted one that
 * starts last, be it in the future.  A copy of the one in force today would
 * undo an increase that is adopted already.
 */
static char *
last_adopted(void)
{
	if (execute_as_owner("SELECT s.schedule"
						 " FROM ONLY mission_rates.schedule AS s"
						 " WHERE s.effective_from IS NOT NULL"
						 " ORDER BY s.effective_from DESC LIMIT 1",
						 0, NULL, NULL) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_NO_DATA_FOUND),
				 errmsg("no rate schedule has been adopted"),
				 errhint("Name the schedule that the draft is to be based"
						 " on.")));
	return result_text(0, 1);
}

/*
 * The schedule that a draft is based on.
 */
static char *
find_base(char *based_on)
{
	if (based_on == NULL)
		return last_adopted();
	if (!read_schedule(based_on).known)
		refuse_unknown_schedule(based_on);
	return based_on;
}

/*
 * The row of the draft, with the terms of the schedule that it is based on.
 */
static void
copy_terms(const char *schedule, const char *base)
{
	Oid			types[] = {TEXTOID, TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(schedule),
	CStringGetTextDatum(base)};

	execute("INSERT INTO mission_rates.schedule (schedule, " TERMS ")"
			" SELECT $1, " TERMS " FROM mission_rates.schedule AS r"
			" WHERE r.schedule" IS_EQUAL "$2",
			lengthof(types), types, arguments);
}

/*
 * draft_schedule(schedule, based_on) RETURNS void
 *		A new draft with a copy of every rate row of another schedule.
 */
Datum
draft_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");
	char	   *base = optional_text(fcinfo, 1);

	SPI_connect();
	lock_rates();
	check_name_is_free(schedule);
	base = find_base(base);
	copy_terms(schedule, base);
	copy_rate_rows(schedule, base);
	SPI_finish();
	PG_RETURN_VOID();
}
