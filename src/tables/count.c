/*
 * count.c
 *	  How many rate rows a schedule has.
 *
 * A schedule is sealed with this number, and is whole as long as it has as
 * many.  So there is one function that counts them: over the tables as they
 * are, whatever row security or the rights of the caller would show.
 */
#include "postgres.h"

#include "tables/catalog.h"
#include "tables/count.h"
#include "tables/scan.h"

/*
 * The rows of a schedule in one table.
 */
static int64
count_in_table(Oid table, text *schedule, Snapshot snapshot)
{
	ScheduleScan scan;
	int64		rows = 0;

	begin_schedule_scan(&scan, table, schedule, snapshot);
	while (next_of_schedule(&scan) != NULL)
		rows++;
	end_schedule_scan(&scan);
	return rows;
}

/*
 * count_rate_rows
 *		The rate rows of a schedule in all tables.
 */
int64
count_rate_rows(text *schedule, Snapshot snapshot)
{
	RateCatalog catalog = *rate_catalog();
	int64		rows = 0;

	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
		rows += count_in_table(catalog.tables[i], schedule, snapshot);
	return rows;
}
