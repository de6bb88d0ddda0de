/*
 * account_facts.h
 *	  A row of accounts as the facts of a bill.
 */
#ifndef MISSION_RATES_ACCOUNT_FACTS_H
#define MISSION_RATES_ACCOUNT_FACTS_H

#include "postgres.h"

#include "fmgr.h"
#include "nodes/pg_list.h"

#include "entry/bill_facts.h"
#include "entry/rating_call.h"
#include "rating/bill.h"

extern bool rate_account(FunctionCallInfo fcinfo, int account_argno,
						 bool with_lines, RatingCall *call,
						 ReadFacts *facts, Bill *bill);
extern List *problems_of_account(FunctionCallInfo fcinfo, int account_argno,
								 RatingCall *call);

#endif							/* MISSION_RATES_ACCOUNT_FACTS_H */
