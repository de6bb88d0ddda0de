/*
 * scan.h
 *	  Rows of the rate tables that a snapshot sees.
 */
#ifndef MISSION_RATES_SCAN_H
#define MISSION_RATES_SCAN_H

#include "postgres.h"

#include "access/genam.h"
#include "access/stratnum.h"
#include "nodes/pg_list.h"
#include "utils/relcache.h"
#include "utils/snapshot.h"

#include "tables/row.h"

/* A scan of the rows of one schedule in a table */
typedef struct ScheduleScan
{
	Relation	table;
	SysScanDesc scan;
	text	   *schedule;
} ScheduleScan;

/* The rows of a schedule, its own included: RateRow *, by table */
typedef struct ScheduleRows
{
	List	   *rows[NUM_RATE_TABLES];
} ScheduleRows;

extern void begin_schedule_scan(ScheduleScan *scan, RateTable table,
								text *schedule, Snapshot snapshot);
extern HeapTuple next_of_schedule(ScheduleScan *scan);
extern void end_schedule_scan(ScheduleScan *scan);

extern RateRow *read_named_schedule(text *schedule, Snapshot snapshot);
extern RateRow *read_nearest_schedule(DateADT date, StrategyNumber side,
									  Snapshot snapshot);
extern void read_rate_rows(RateRow *schedule, Snapshot snapshot,
						   ScheduleRows *rows);
extern int64 count_rate_rows(text *schedule, Snapshot snapshot);
extern List *schedule_names(RateTable table, Snapshot snapshot);
extern int	compare_strings(const ListCell *a, const ListCell *b);

#endif							/* MISSION_RATES_SCAN_H */
