/*
 * rating_call.c
 *	  The schedule that a call is rated by.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "entry/rating_call.h"

PG_FUNCTION_INFO_V1(schedule_in_force);

/*
 * find_schedule
 *		The schedule of a name, drafts included, or else the one in force on a
 *		date.
 */
bool
find_schedule(NullableDatum date, NullableDatum name, RatingCall *call)
{
	if (name.isnull && date.isnull)
	{
		memset(&call->problem, 0, sizeof(Problem));
		return note_problem(&call->problem, PROBLEM_NO_DATE);
	}
	call->schedule = name.isnull ?
		schedule_on(DatumGetDateADT(date.value), &call->problem) :
		schedule_named(DatumGetTextPP(name.value), &call->problem);
	return call->schedule != NULL;
}

/*
 * check_needed
 *		Note the first argument that is NULL and must not be: "needed" has the
 *		names of those, in the order of the arguments, and NULL for any other.
 */
bool
check_needed(FunctionCallInfo fcinfo, const char *const *needed, int nneeded,
			 Problem *p)
{
	for (int i = 0; i < nneeded; i++)
		if (needed[i] != NULL && PG_ARGISNULL(i))
			return null_argument(p, needed[i]);
	return true;
}

/*
 * return_row
 *		A row of the type that the function returns.
 */
Datum
return_row(FunctionCallInfo fcinfo, int ncolumns, Datum *values, bool *nulls)
{
	TupleDesc	descriptor;

	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE ||
		descriptor->natts != ncolumns)
		elog(ERROR, "function must return %d columns", ncolumns);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor),
											 values, nulls));
}

/*
 * schedule_in_force(service_date, schedule)
 *		The name of the schedule that a rating function would take.
 *
 * Reports in SQL ask for it, so that they raise the same errors.
 */
Datum
schedule_in_force(PG_FUNCTION_ARGS)
{
	RatingCall	call;

	if (!begin_rating(fcinfo, 0, &call))
		report_problem(&call);
	PG_RETURN_TEXT_P(cstring_to_text(call.schedule->name));
}
