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
 * Take the schedule that was found, if one was.
 */
static bool
take_schedule(const RateSchedule *schedule, RatingCall *call)
{
	call->schedule = schedule;
	call->book = schedule == NULL ? NULL : schedule->book;
	return schedule != NULL;
}

/*
 * Find the schedule of a name, drafts included, or else the one in force on a
 * date.
 */
bool
find_schedule(NullableDatum date, NullableDatum name, RatingCall *call)
{
	if (!name.isnull)
		return take_schedule(schedule_named(DatumGetTextPP(name.value),
											&call->problem), call);
	if (!date.isnull)
		return take_schedule(schedule_on(DatumGetDateADT(date.value),
										 &call->problem), call);
	memset(&call->problem, 0, sizeof(call->problem));
	return note_problem(&call->problem, PROBLEM_NO_DATE);
}

/*
 * Find the schedule in force on another date; the one that was found before
 * for the same call stays valid.
 */
bool
find_second_schedule(DateADT date, RatingCall *call)
{
	return take_schedule(schedule_also_on(date, &call->problem), call);
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
