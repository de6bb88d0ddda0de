/*
 * one_time.h
 *	  One-time charges: fees, meter tests, taps, permits, deposits.
 */
#ifndef MISSION_RATES_ONE_TIME_H
#define MISSION_RATES_ONE_TIME_H

#include "rating/bill.h"

typedef struct TapFacts
{
	Label		meter;
	Label		area;
	bool		compound;
	Number		market_price;
} TapFacts;

typedef struct PermitFacts
{
	Number		line_inches;
	Number		determined_fee;
} PermitFacts;

typedef struct DepositFacts
{
	Label		category;
	Number		square_feet;
} DepositFacts;

extern bool rate_fee(const RateSchedule *schedule, const char *code,
					 size_t length, const Number *quantity, Bill *bill,
					 Problem *p);
extern bool rate_late_fee(const RateSchedule *schedule, const Number *unpaid,
						  Bill *bill, Problem *p);
extern bool rate_meter_test(const RateSchedule *schedule, const Number *billed,
							const Number *corrected, Bill *bill, Problem *p);
extern bool rate_fire_sprinkler(const RateSchedule *schedule,
								const Number *diameter, Bill *bill,
								Problem *p);
extern bool rate_tap(const RateSchedule *schedule, const TapFacts *facts,
					 Bill *bill, Problem *p);
extern bool rate_permit(const RateSchedule *schedule, const PermitFacts *facts,
						Bill *bill, Problem *p);
extern bool find_deposit(const RateSchedule *schedule,
						 const DepositFacts *facts, const DepositStep **step,
						 Problem *p);
extern bool rate_deposit(const RateSchedule *schedule,
						 const DepositFacts *facts, cents_t *deposit,
						 cents_t *service_fee, Problem *p);

#endif							/* MISSION_RATES_ONE_TIME_H */
