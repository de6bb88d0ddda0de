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
#include "utils/date.h"
#include "utils/relcache.h"
#include "utils/snapshot.h"

#include "tables/descriptor.h"

/* A scan of the rows of one schedule in a table */
typedef struct ScheduleScan
{
	Relation	table;
	SysScanDesc scan;
	text	   *schedule;
} ScheduleScan;

/* A row, with its values as the descriptor orders them */
typedef struct RateRow
{
	Datum	   *values;
	bool	   *isnull;
} RateRow;

/* The rows of a schedule, its own included: RateRow *, by table */
typedef struct ScheduleRows
{
	List	   *rows[NUM_RATE_TABLES];
} ScheduleRows;

/* Called with the name in each row; a name comes more than once. */
typedef void (*NameVisitor) (const text *schedule, void *arg);

extern void begin_schedule_scan(ScheduleScan *scan, RateTable table,
								text *schedule, Snapshot snapshot);
extern HeapTuple next_of_schedule(ScheduleScan *scan);
extern void end_schedule_scan(ScheduleScan *scan);

extern void read_rate_rows(text *schedule, Snapshot snapshot,
						   ScheduleRows *rows);
extern RateRow *read_named_schedule(text *schedule, Snapshot snapshot);
extern RateRow *read_nearest_schedule(DateADT date, StrategyNumber side,
									  Snapshot snapshot);
extern int64 count_rate_rows(text *schedule, Snapshot snapshot);
extern void visit_schedule_names(RateTable table, Snapshot snapshot,
								 NameVisitor visit, void *arg);

#endif							/* MISSION_RATES_SCAN_H */
