/*
 * withdraw.c
 *	  Withdrawing an adopted schedule before it starts, and dropping a draft.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/builtins.h"

#include "schedule/arguments.h"
#include "schedule/day.h"
#include "schedule/lock.h"
#include "schedule/log.h"
#include "schedule/query.h"
#include "schedule/rate_rows.h"
#include "schedule/seal.h"

PG_FUNCTION_INFO_V1(withdraw_schedule);
PG_FUNCTION_INFO_V1(drop_draft);

/*
 * Refuse to withdraw what is not adopted, or what is or was in force.
 */
static void
check_withdrawal(const char *schedule, const ScheduleRow *row)
{
	if (!row->known)
		refuse_unknown_schedule(schedule);
	if (!row->adopted)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("schedule \"%s\" is a draft, there is nothing to"
						" withdraw", schedule)));
	if (row->effective_from <= last_day_begun())
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("schedule \"%s\" is or was in force, it cannot be"
						" withdrawn", schedule),
				 errdetail("It took effect on %s; bills may have been made by"
						   " it.", date_text(row->effective_from)),
				 errhint("Draft a new schedule and adopt it from a later"
						 " date.")));
}

/*
 * withdraw_schedule(schedule) RETURNS void
 *		Make an adopted schedule that is not in force yet a draft again.
 */
Datum
withdraw_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");
	Oid			types[] = {TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(schedule)};
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
			   " WHERE s.schedule" IS_EQUAL "$1",
			   schedule, lengthof(types), types, arguments);
	log_event("withdraw", schedule, &row, changed ?
			  "SELECT pg_catalog.jsonb_build_object('changed', true)" :
			  "SELECT pg_catalog.jsonb_build_object()", 0, NULL, NULL);
	SPI_finish();
	PG_RETURN_VOID();
}

/*
 * Refuse to drop an adopted schedule.
 */
static void
check_drop(const char *schedule, const ScheduleRow *row)
{
	if (!row->adopted)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("schedule \"%s\" is adopted, it cannot be dropped",
					schedule),
			 errdetail("It is in force from %s.",
					   date_text(row->effective_from)),
			 row->effective_from > last_day_begun() ?
			 errhint("Withdraw it first: SELECT"
					 " mission_rates.withdraw_schedule(%s).",
					 quote_literal_cstr(schedule)) : 0));
}

/*
 * drop_draft(schedule) RETURNS void
 *		Remove a draft, or rate rows that have no schedule.
 */
Datum
drop_draft(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");
	ScheduleRow row;
	uint64		rows;

	SPI_connect();
	row = lock_schedule(schedule);
	check_drop(schedule, &row);
	rows = delete_rate_rows(schedule);
	if (row.known)
		check_schedule_row(schedule,
						   execute_for("DELETE FROM mission_rates.schedule"
									   " AS s WHERE s.schedule" IS_EQUAL "$1",
									   schedule));
	else if (rows == 0)
		refuse_unknown_schedule(schedule);
	log_event("drop", schedule, NULL,
			  "SELECT pg_catalog.jsonb_build_object('rate_rows', $1)",
			  1, (Oid[]) {INT8OID}, (Datum[]) {Int64GetDatum(rows)});
	SPI_finish();
	PG_RETURN_VOID();
}
