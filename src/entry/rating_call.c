/*
 * rating_call.c
 *	  The schedule that a call is rated by.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "entry/rating_call.h"

PG_FUNCTION_INFO_V1(schedule_in_force);

/*
 * The schedule in force on a date, whole or not.  While rate rows name one that
 * is missing nobody knows: it may have come into force on any date.
 */
static bool
find_by_date(DateADT date, RatingCall *call)
{
	if (call->book->missing_schedule != NULL)
	{
		call->problem.text = call->book->missing_schedule;
		return note_problem(&call->problem, PROBLEM_UNFINISHED_RESTORE);
	}
	call->schedule = schedule_on(call->book, date);
	if (call->schedule != NULL)
		return true;
	call->problem.date = date;
	return note_problem(&call->problem, call->book->nadopted > 0 ?
						PROBLEM_NOT_IN_FORCE : PROBLEM_NONE_ADOPTED);
}

/*
 * Make sure that the schedule has been loaded.  Refuse an incomplete one:
 * while a restore is running, say, it would bill too little.
 */
static bool
load_whole(RatingCall *call)
{
	if (!call->schedule->loaded)
		rate_book_load_schedule(call->book, call->schedule);
	call->problem.schedule = call->schedule;
	return is_whole(call->schedule) ||
		note_problem(&call->problem, PROBLEM_BROKEN_SEAL);
}

/*
 * Move a call, whose book is at hand, to the schedule in force on another
 * date.
 */
bool
find_schedule_on(DateADT date, RatingCall *call)
{
	memset(&call->problem, 0, sizeof(call->problem));
	return find_by_date(date, call) && load_whole(call);
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
	return note_problem(&call->problem, PROBLEM_UNKNOWN_SCHEDULE);
}

/* Find the schedule that the arguments pick. */
bool
find_schedule(FunctionCallInfo fcinfo, int date_argno, int schedule_argno,
			  RatingCall *call)
{
	bool		found;

	memset(&call->problem, 0, sizeof(call->problem));
	call->book = rate_book();
	if (!PG_ARGISNULL(schedule_argno))
		found = find_by_name(PG_GETARG_DATUM(schedule_argno), call);
	else if (!PG_ARGISNULL(date_argno))
		found = find_by_date(PG_GETARG_DATEADT(date_argno), call);
	else
		found = note_problem(&call->problem, PROBLEM_NO_DATE);
	return found && load_whole(call);
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
