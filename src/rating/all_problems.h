/*
 * all_problems.h
 *	  Everything that keeps a bill from being made, for those who clean an
 *	  import.
 */
#ifndef MISSION_RATES_ALL_PROBLEMS_H
#define MISSION_RATES_ALL_PROBLEMS_H

#include "rating/monthly.h"

/* Takes a problem; "kept" is the caller's. */
typedef void (*ProblemSink) (void *kept, const Problem *p);

extern void find_nulls(const RateSchedule *schedule, const BillFacts *facts,
					   ProblemSink sink, void *kept);
extern void find_clashes(const RateBook *book, const RateSchedule *schedule,
						 const BillFacts *facts, unsigned faulty,
						 ProblemSink sink, void *kept);

#endif							/* MISSION_RATES_ALL_PROBLEMS_H */
