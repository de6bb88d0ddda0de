/*
 * rate_rows.c
 *	  The rate rows of a schedule: copying and deleting all of them.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"

#include "schedule/query.h"
#include "schedule/rate_rows.h"

/* The tables of rate rows, and their columns beside the schedule */
static const struct
{
	const char *name;
	const char *columns;
}			copied_tables[] = {
	{"class_rule", "class, label, rate_group, service_area, outside_class"},
	{"water_minimum", "rate_group, meter_size, service_area, amount, section"},
	{"water_volume", "class, above_gallons, rate_per_1000, section"},
	{"sewer_rate", "class, fixed, rate_per_1000, factor, section"},
	{"fee", "code, amount, unit, label, section"},
	{"deposit", "category, above_square_feet, deposit, service_fee, section"},
	{"water_tap", "meter_size, compound, service_area, amount, section"},
	{"sewer_permit", "line_inches, larger_than, amount, section"},
};

/*
 * count_rows_of
 *		How many rate rows a schedule has, whoever asks.
 */
int
count_rows_of(const char *schedule)
{
	Oid			types[] = {TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(schedule)};
	int64		rows = 0;
	bool		isnull;

	for (int i = 0; i < (int) lengthof(copied_tables); i++)
	{
		execute_as_owner(psprintf("SELECT pg_catalog.count(*)"
								  " FROM ONLY mission_rates.%s AS r"
								  " WHERE r.schedule" IS_EQUAL "$1",
								  copied_tables[i].name),
						 lengthof(types), types, arguments);
		rows += DatumGetInt64(result_value(0, 1, &isnull));
	}
	return (int) rows;
}

/*
 * Refuse a copy that a policy, or a trigger of the city's own, kept from being
 * whole: rates would be missing from the draft without a word.
 */
static void
check_copy(const char *schedule, const char *base)
{
	int			there = count_rows_of(schedule);
	int			wanted = count_rows_of(base);

	if (there < wanted)
		ereport(ERROR,
				(errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				 errmsg("only %d of %d rate rows of schedule \"%s\" could be"
						" copied", there, wanted, base),
				 errdetail("A trigger or a policy on a rate table kept the"
						   " others from being copied.")));
}

/*
 * copy_rate_rows
 *		Give a schedule a copy of every rate row of another.
 */
void
copy_rate_rows(const char *schedule, const char *base)
{
	Oid			types[] = {TEXTOID, TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(schedule),
	CStringGetTextDatum(base)};

	for (int i = 0; i < (int) lengthof(copied_tables); i++)
		execute(psprintf("INSERT INTO mission_rates.%s (schedule, %s)"
						 " SELECT $1, %s FROM mission_rates.%s AS r"
						 " WHERE r.schedule" IS_EQUAL "$2",
						 copied_tables[i].name, copied_tables[i].columns,
						 copied_tables[i].columns, copied_tables[i].name),
				lengthof(types), types, arguments);
	check_copy(schedule, base);
}

/*
 * Refuse to leave rate rows behind that a policy, or a trigger of the city's
 * own, kept from being deleted: they would belong to no schedule.
 */
static void
check_deleted(const char *schedule)
{
	int			left = count_rows_of(schedule);

	if (left > 0)
		ereport(ERROR,
				(errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				 errmsg("%d rate rows of schedule \"%s\" could not be"
						" deleted", left, schedule),
				 errdetail("A trigger or a policy on a rate table kept them"
						   " from being deleted.")));
}

/*
 * delete_rate_rows
 *		Delete all rate rows of a schedule; returns how many there were.
 */
uint64
delete_rate_rows(const char *schedule)
{
	uint64		rows = 0;

	for (int i = 0; i < (int) lengthof(copied_tables); i++)
		rows += execute_for(psprintf("DELETE FROM mission_rates.%s AS r"
								 " WHERE r.schedule" IS_EQUAL "$1",
								 copied_tables[i].name), schedule);
	check_deleted(schedule);
	return rows;
}
