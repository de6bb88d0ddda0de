/*
 * arguments.c
 *	  The arguments of the functions that change schedules.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "schedule/arguments.h"

/*
 * refuse_null
 *		Refuse an argument that is NULL.
 */
void
refuse_null(FunctionCallInfo fcinfo, int argno, const char *name)
{
	if (PG_ARGISNULL(argno))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is NULL", name)));
}

/*
 * text_argument
 *		A text that must be given, such as the name of a schedule.
 */
char *
text_argument(FunctionCallInfo fcinfo, int argno, const char *name)
{
	refuse_null(fcinfo, argno, name);
	return text_to_cstring(PG_GETARG_TEXT_PP(argno));
}

/*
 * optional_text
 *		A text that need not be given; NULL where it is not.
 */
char *
optional_text(FunctionCallInfo fcinfo, int argno)
{
	return PG_ARGISNULL(argno) ? NULL :
		text_to_cstring(PG_GETARG_TEXT_PP(argno));
}

/*
 * day_argument
 *		A day of the calendar.
 */
DateADT
day_argument(FunctionCallInfo fcinfo, int argno, const char *name)
{
	DateADT		date;

	refuse_null(fcinfo, argno, name);
	date = PG_GETARG_DATEADT(argno);
	if (DATE_NOT_FINITE(date))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is infinite", name),
				 errdetail("It must be a day of the calendar.")));
	return date;
}
