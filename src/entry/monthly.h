/*
 * monthly.h
 *	  Arguments of the monthly functions.
 */
#ifndef MISSION_RATES_ENTRY_MONTHLY_H
#define MISSION_RATES_ENTRY_MONTHLY_H

#include "postgres.h"

#include "fmgr.h"

#include "entry/rating_call.h"
#include "rating/monthly.h"

extern void read_shared_arguments(FunctionCallInfo fcinfo,
								  const RateSchedule *schedule,
								  BillFacts *facts, Number *diameter);

#endif							/* MISSION_RATES_ENTRY_MONTHLY_H */
