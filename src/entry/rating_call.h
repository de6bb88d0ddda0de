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
#include "rating/bill.h"

typedef struct RatingCall
{
	const RateSchedule *schedule;
	Problem		problem;
} RatingCall;

extern bool find_schedule(NullableDatum date, NullableDatum name,
						  RatingCall *call);
extern bool check_needed(FunctionCallInfo fcinfo, const char *const *needed,
						 int nneeded, Problem *p);
extern text *problem_message(const RatingCall *call);
extern text *problem_code(const RatingCall *call);
pg_noreturn extern void report_problem(const RatingCall *call);
extern Datum return_row(FunctionCallInfo fcinfo, int ncolumns, Datum *values,
						bool *nulls);

/* lines.c: bills and quotes as rows of the type bill_line */
extern Datum return_lines(FunctionCallInfo fcinfo, const RatingCall *call,
						  bool rated, const Bill *bill);
extern Datum return_problem_line(FunctionCallInfo fcinfo,
								 const RatingCall *call);

/*
 * Defines a function and its text form, which takes codes as text; "body" is
 * told which of the two it is.
 */
#define TWO_FORMS(name, body) \
	PG_FUNCTION_INFO_V1(name); \
	PG_FUNCTION_INFO_V1(name##_text); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		return body(fcinfo, false); \
	} \
	Datum \
	name##_text(PG_FUNCTION_ARGS) \
	{ \
		return body(fcinfo, true); \
	} \
	extern Datum name(PG_FUNCTION_ARGS)

/*
 * Find the schedule that a call is rated by: the one it names, or the one in
 * force on its date (G3, G4).  False: call->problem says why.
 *
 * Nearly every call has a date whose schedule is at hand.
 */
static pg_attribute_always_inline bool
pick_schedule(NullableDatum date, NullableDatum name, RatingCall *call)
{
	if (likely(name.isnull && !date.isnull))
	{
		call->schedule = schedule_at_hand(DatumGetDateADT(date.value));
		if (likely(call->schedule != NULL))
		{
			call->problem = (Problem) {.schedule = call->schedule};
			return true;
		}
	}
	return find_schedule(date, name, call);
}

/*
 * The same from the arguments of a rating function, which takes these two last,
 * date first.
 */
static pg_attribute_always_inline bool
begin_rating(FunctionCallInfo fcinfo, int date_argno, RatingCall *call)
{
	return pick_schedule(fcinfo->args[date_argno],
						 fcinfo->args[date_argno + 1], call);
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
