/*
 * rating_call.c
 *	  The schedule that a call is rated by.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "entry/rating_call.h"

PG_FUNCTION_INFO_V1(schedule_in_force);

/* The schedule in force on a date. */
static bool
find_by_date(Datum date, RatingCall *call)
{
	call->schedule = schedule_on(call->book, DatumGetDateADT(date));
	if (call->schedule != NULL)
		return true;
	call->problem.date = DatumGetDateADT(date);
	return problem(&call->problem, PROBLEM_NOT_IN_FORCE);
}

/* The schedule of a name, drafts included. */
static bool
find_by_name(Datum name, RatingCall *call)
{
	text	   *schedule = DatumGetTextPP(name);

	call->schedule = schedule_named(call->book, VARDATA_ANY(schedule),
									VARSIZE_ANY_EXHDR(schedule));
	if (call->schedule != NULL)
		return true;
	call->problem.text = text_to_cstring(schedule);
	return problem(&call->problem, PROBLEM_UNKNOWN_SCHEDULE);
}

/*
 * Find the schedule, and refuse one that is not whole: a restore under way,
 * say, that would bill too little.
 */
bool
find_schedule(FunctionCallInfo fcinfo, int date_argno, int schedule_argno,
			  RatingCall *call)
{
	bool		found;

	memset(&call->problem, 0, sizeof(call->problem));
	call->book = rate_book(fcinfo->flinfo->fn_oid);
	if (!PG_ARGISNULL(schedule_argno))
		found = find_by_name(PG_GETARG_DATUM(schedule_argno), call);
	else if (!PG_ARGISNULL(date_argno))
		found = find_by_date(PG_GETARG_DATUM(date_argno), call);
	else
		found = problem(&call->problem, PROBLEM_NO_DATE);
	if (!found)
		return false;
	call->problem.schedule = call->schedule;
	if (!is_whole(call->schedule))
		return problem(&call->problem, PROBLEM_BROKEN_SEAL);
	return true;
}

/*
 * schedule_in_force(service_date, schedule)
 *
 * The name of the schedule that a rating function would take: for reports
 * that are written in SQL, so that they raise the same errors.
 */
Datum
schedule_in_force(PG_FUNCTION_ARGS)
{
	RatingCall	call;

	if (!begin_rating(fcinfo, 0, &call))
		report_problem(&call);
	PG_RETURN_TEXT_P(cstring_to_text(call.schedule->name));
}
