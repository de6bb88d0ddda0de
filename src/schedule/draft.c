/*
 * draft.c
 *	  A new draft with a copy of every rate row of another schedule.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"

#include "book/fingerprint.h"
#include "schedule/arguments.h"
#include "schedule/draft.h"
#include "schedule/lock.h"
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
	if (read_schedule(schedule, GetActiveSnapshot()).known)
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
	if (query("SELECT s.schedule FROM mission_rates.schedule AS s"
			  " WHERE s.effective_from IS NOT NULL"
			  " ORDER BY s.effective_from DESC LIMIT 1", 0, NULL, NULL) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_NO_DATA_FOUND),
				 errmsg("no rate schedule has been adopted"),
				 errhint("Name the schedule that the draft is to be based"
						 " on.")));
	return result_text(0, 1);
}

/*
 * check_unchanged
 *		Refuse to copy a schedule that is not known, or an adopted one that is
 *		not what was adopted: the copy would have its faults, without notice.
 */
void
check_unchanged(const char *schedule)
{
	ScheduleRow row = read_schedule(schedule, GetActiveSnapshot());

	if (!row.known)
		refuse_unknown_schedule(schedule);
	if (row.adopted &&
		strcmp(row.fingerprint,
			   fingerprint_schedule(schedule, NULL, GetActiveSnapshot())) != 0)
		refuse_changed(schedule);
}

/*
 * draft_schedule(schedule, based_on) RETURNS void
 *		A new draft with a copy of every rate row of another schedule.
 *
 * All is read with one snapshot, so that the copy is of one state.  It is taken
 * after the tables are locked: one that was rewritten later is empty to it.
 */
Datum
draft_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");
	char	   *base = optional_text(fcinfo, 1);

	SPI_connect();
	hold_rate_tables();
	PushActiveSnapshot(GetTransactionSnapshot());
	check_name_is_free(schedule);
	if (base == NULL)
		base = last_adopted();
	check_unchanged(base);
	check_latest(base);
	copy_schedule(schedule, base);
	PopActiveSnapshot();
	log_event("draft", schedule, NULL,
			  "SELECT pg_catalog.jsonb_build_object('based_on', $1)",
			  1, (Oid[]) {TEXTOID}, (Datum[]) {CStringGetTextDatum(base)});
	SPI_finish();
	PG_RETURN_VOID();
}
