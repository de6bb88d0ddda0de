/*
 * scan.h
 *	  The rows of one schedule in a rate table.
 */
#ifndef MISSION_RATES_SCAN_H
#define MISSION_RATES_SCAN_H

#include "postgres.h"

#include "access/genam.h"
#include "utils/relcache.h"
#include "utils/snapshot.h"

typedef struct ScheduleScan
{
	Relation	table;
	SysScanDesc scan;
	text	   *schedule;
} ScheduleScan;

extern void begin_schedule_scan(ScheduleScan *scan, Oid table,
								text *schedule, Snapshot snapshot);
extern HeapTuple next_of_schedule(ScheduleScan *scan);
extern void end_schedule_scan(ScheduleScan *scan);

/*
 * Called with the names of schedules that a rate table has rows of; a name may
 * come more than once.
 */
typedef void (*NameVisitor) (text *schedule, void *arg);

extern void visit_schedule_names(Oid table, Snapshot snapshot,
								 NameVisitor visit, void *arg);
extern bool has_rows_of_schedule(Oid table, text *schedule,
								 Snapshot snapshot);

#endif							/* MISSION_RATES_SCAN_H */
