/*
 * day.c
 *	  Which days are still to come.
 */
#include "postgres.h"

#include "datatype/timestamp.h"
#include "fmgr.h"
#include "utils/date.h"
#include "utils/timestamp.h"

#include "schedule/day.h"

/* A day begins first in the time zone UTC+14. */
#define FIRST_MIDNIGHT	(14 * USECS_PER_HOUR)

PG_FUNCTION_INFO_V1(last_day_begun_sql);

/*
 * last_day_begun
 *		The last day that has begun anywhere on earth.  Every later day is
 *		still to come, and no bill can have been made for it.
 *
 * By the clock: the session's time zone can be set so that any day is today,
 * and a transaction may have begun days ago.  A timestamp counts microseconds
 * of UTC from the day that dates are counted from.
 */
DateADT
last_day_begun(void)
{
	return (GetCurrentTimestamp() + FIRST_MIDNIGHT) / USECS_PER_DAY;
}

/*
 * last_day_begun() RETURNS date
 */
Datum
last_day_begun_sql(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_DATEADT(last_day_begun());
}
