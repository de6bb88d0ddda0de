/*
 * rating_call.h
 *	  What every rating entry point begins and ends with: the schedule, and
 *	  the problem if there is one.
 */
#ifndef MISSION_RATES_RATING_CALL_H
#define MISSION_RATES_RATING_CALL_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/date.h"

#include "book/book.h"
#include "compat.h"
#include "rating/problem.h"

typedef struct RatingCall
{
	const RateBook *book;
	const RateSchedule *schedule;
	Problem		problem;
} RatingCall;

extern bool find_schedule(FunctionCallInfo fcinfo, int date_argno,
						  int schedule_argno, RatingCall *call);
extern bool find_schedule_on(DateADT date, RatingCall *call);
extern char *problem_message(const RatingCall *call);
extern text *problem_message_text(const RatingCall *call);
extern char *problem_code(const RatingCall *call);
pg_noreturn extern void report_problem(const RatingCall *call);

/*
 * The schedule that a call is rated by: the one it names, or the one in force
 * on its date (G3, G4).  Every rating function takes these two arguments
 * last, date first.  False: call->problem says why there is none.
 *
 * Nearly every call has a date whose schedule has been loaded and can be used.
 */
static inline bool
begin_rating(FunctionCallInfo fcinfo, int date_argno, RatingCall *call)
{
	int			schedule_argno = date_argno + 1;

	if (likely(PG_ARGISNULL(schedule_argno) && !PG_ARGISNULL(date_argno)))
	{
		call->book = rate_book();
		call->schedule = schedule_on(call->book,
									 PG_GETARG_DATEADT(date_argno));
		if (likely(call->schedule != NULL && call->schedule->billable))
		{
			call->problem = (Problem)
			{
				.schedule = call->schedule
			};
			return true;
		}
		return find_schedule_on(PG_GETARG_DATEADT(date_argno), call);
	}
	return find_schedule(fcinfo, date_argno, schedule_argno, call);
}

/*
 * A NULL argument gives NULL; every other problem is raised as an error.  To
 * be called where rating returned false; returns only where the result is
 * NULL.
 */
static inline void
null_or_error(const RatingCall *call)
{
	if (call->problem.code != PROBLEM_NULL)
		report_problem(call);
}

#endif							/* MISSION_RATES_RATING_CALL_H */
