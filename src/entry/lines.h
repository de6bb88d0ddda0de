/*
 * lines.h
 *	  Bills and quotes as rows of the type bill_line.
 */
#ifndef MISSION_RATES_LINES_H
#define MISSION_RATES_LINES_H

#include "postgres.h"

#include "fmgr.h"

#include "entry/rating_call.h"
#include "rating/bill.h"

extern Datum return_lines(FunctionCallInfo fcinfo, const RatingCall *call,
						  const Bill *bill);
extern Datum return_problem_line(FunctionCallInfo fcinfo,
								 const RatingCall *call);

#endif							/* MISSION_RATES_LINES_H */
