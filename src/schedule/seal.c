/*
 * seal.c
 *	  Setting and clearing the date and the seal of a schedule.
 */
#include "postgres.h"

#include "schedule/query.h"
#include "schedule/seal.h"

/* The schedule whose date and seal adopt or withdraw is just setting */
static const char *unlocked = NULL;

/*
 * seal_is_unlocked
 *		May the date and the seal of this schedule be set at the moment?
 */
bool
seal_is_unlocked(const char *schedule)
{
	return unlocked != NULL && strcmp(schedule, unlocked) == 0;
}

/*
 * check_schedule_row
 *		Refuse to go on where the row of a schedule was not written.
 */
void
check_schedule_row(const char *schedule, uint64 rows)
{
	if (rows != 1)
		ereport(ERROR,
				(errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				 errmsg("schedule \"%s\" could not be changed", schedule),
				 errdetail("A trigger on the table"
						   " mission_rates.schedule kept its row from being"
						   " written.")));
}

/*
 * write_seal
 *		Set or clear the date and the seal of a schedule: the only update of
 *		them that the guard lets pass.
 */
void
write_seal(const char *command, const char *schedule, int narguments,
		   Oid *types, Datum *arguments)
{
	const char *before = unlocked;
	uint64		rows = 0;

	PG_TRY();
	{
		unlocked = schedule;
		rows = execute(command, narguments, types, arguments);
	}
	PG_FINALLY();
	{
		unlocked = before;
	}
	PG_END_TRY();
	check_schedule_row(schedule, rows);
}
