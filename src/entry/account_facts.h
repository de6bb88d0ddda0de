/*
 * account_facts.h
 *	  A row of accounts as the facts of a bill.
 */
#ifndef MISSION_RATES_ACCOUNT_FACTS_H
#define MISSION_RATES_ACCOUNT_FACTS_H

#include "postgres.h"

#include "fmgr.h"

#include "entry/rating_call.h"
#include "rating/bill.h"
#include "rating/monthly.h"

/* What a row says; all other rules are bill()'s. */
typedef struct AccountFacts
{
	BillFacts	bill;
	Number		diameter;		/* what bill.fire_sprinkler points to */
	Problem		unreadable;		/* the first value that cannot be read */
} AccountFacts;

extern bool rate_account(FunctionCallInfo fcinfo, int account_argno,
						 bool with_lines, RatingCall *call,
						 AccountFacts *facts, Bill *bill);

#endif							/* MISSION_RATES_ACCOUNT_FACTS_H */
