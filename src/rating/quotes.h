/*
 * quotes.h
 *	  What is due at the counter: opening an account, turning a meter on
 *	  again, and where an unpaid bill stands.
 */
#ifndef MISSION_RATES_QUOTES_H
#define MISSION_RATES_QUOTES_H

#include "rating/one_time.h"

typedef struct OpeningFacts
{
	bool		with_deposit;	/* category is not NULL */
	DepositFacts deposit;
	Number		deposit_held;
	bool		connection;
	Number		final_bill;
	bool		with_tap;		/* tap_meter is not NULL */
	TapFacts	tap;
	Number		pipe_feet;
	Number		excess_pipe_quote;
	Number		asphalt_feet;
	Number		concrete_feet;
	Number		boring_feet;
	Number		boring_line_inches;
	PermitFacts permit;			/* line_inches given: a permit is asked for */
} OpeningFacts;

#define MAX_OPENING_LINES	12

typedef struct ReconnectionFacts
{
	Number		unpaid;
	bool		late;
	const RateSchedule *late_schedule;	/* of the late fee, where late */
	int32_t		meters;
	int32_t		unauthorized;
	int32_t		tampering;
	Number		other_due;
} ReconnectionFacts;

#define MAX_RECONNECTION_LINES	8

/* Dates are days, as PostgreSQL counts them. */
typedef struct DelinquencyFacts
{
	int32_t		mailed_on;
	Number		unpaid;
	int32_t		as_of;
	bool		noticed;		/* noticed_on is not NULL */
	int32_t		noticed_on;
	bool		own_due_days;	/* due_days is not NULL */
	int32_t		due_days;
	int32_t		first_date;		/* the range of dates that exist */
	int32_t		last_date;
} DelinquencyFacts;

typedef enum DelinquencyStatus
{
	DELINQUENCY_CURRENT,
	DELINQUENCY_LATE,
	DELINQUENCY_DISCONNECTABLE
} DelinquencyStatus;

typedef struct Delinquency
{
	DelinquencyStatus status;
	int32_t		due_on;
	int32_t		late_from;
	cents_t		late_fee;
	bool		disconnection;	/* the next two are known */
	int32_t		last_day;
	int32_t		disconnect_from;
	cents_t		amount_due;
} Delinquency;

extern bool rate_opening(const RateSchedule *schedule,
						 const OpeningFacts *facts, Bill *bill, Problem *p);
extern bool rate_reconnection(const RateSchedule *schedule,
							  const ReconnectionFacts *facts, Bill *bill,
							  Problem *p);
extern bool rate_delinquency(const RateSchedule *schedule,
							 const DelinquencyFacts *facts,
							 Delinquency *result, Problem *p);

#endif							/* MISSION_RATES_QUOTES_H */
