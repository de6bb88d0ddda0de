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
#include "schedule/draft.h"
#include "schedule/log.h"
#include "schedule/query.h"
#include "schedule/rate_rows.h"

PG_FUNCTION_INFO_V1(draft_schedule);

/*
 * check_name_is_free
 *		Refuse the name of a new draft that is taken, even by rate rows alone:
 *		they would become part of the draft unnoticed.
 */
void
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
 * Refuse to copy an adopted schedule that does not have the rows that it was
 * adopted with: what is missing would be missing from the draft too, without
 * notice.
 */
static void
check_base(const char *base)
{
	ScheduleRow row = read_schedule(base);
	int			rows = count_rows_of(base);

	if (row.adopted && rows != row.sealed_rows)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("schedule \"%s\" has %d rate rows but was adopted with"
						" %d", base, rows, row.sealed_rows),
				 errdetail("A copy of it would not be what was adopted.")));
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
	StringInfoData detail;

	SPI_connect();
	lock_rates();
	check_name_is_free(schedule);
	base = find_base(base);
	check_base(base);
	copy_schedule(schedule, base);
	detail_begin(&detail);
	detail_text(&detail, "based_on", base);
	log_event("draft", schedule, NULL, &detail);
	SPI_finish();
	PG_RETURN_VOID();
}
