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
}			rate_tables[] = {
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
 * copy_rate_rows
 *		Give a schedule a copy of every rate row of another.
 */
void
copy_rate_rows(const char *schedule, const char *base)
{
	Oid			types[] = {TEXTOID, TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(schedule),
	CStringGetTextDatum(base)};

	for (int i = 0; i < (int) lengthof(rate_tables); i++)
		execute(psprintf("INSERT INTO mission_rates.%s (schedule, %s)"
						 " SELECT $1, %s FROM mission_rates.%s AS r"
						 " WHERE r.schedule" IS_EQUAL "$2",
						 rate_tables[i].name, rate_tables[i].columns,
						 rate_tables[i].columns, rate_tables[i].name),
				lengthof(types), types, arguments);
}

/*
 * delete_rate_rows
 *		Delete all rate rows of a schedule; returns how many there were.
 */
uint64
delete_rate_rows(const char *schedule)
{
	uint64		rows = 0;

	for (int i = 0; i < (int) lengthof(rate_tables); i++)
		rows += execute_for(psprintf("DELETE FROM mission_rates.%s AS r"
								 " WHERE r.schedule" IS_EQUAL "$1",
								 rate_tables[i].name), schedule);
	return rows;
}
