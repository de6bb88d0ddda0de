/*
 * bill_facts.h
 *	  The facts of a bill out of values as cities keep them: those of a row of
 *	  accounts, and the arguments of the text forms.
 */
#ifndef MISSION_RATES_BILL_FACTS_H
#define MISSION_RATES_BILL_FACTS_H

#include "postgres.h"

#include "utils/array.h"
#include "utils/jsonb.h"

#include "entry/values.h"
#include "rating/monthly.h"

/* Values to be read, by argument of bill() */
typedef struct ValueReader
{
	const ValueKind *kinds;
	const NullableDatum *values;
	bool		blank_is_null;	/* else a blank code is one that is unknown */
	const RateBook *book;
	const RateSchedule *schedule;	/* NULL: not known, for what is wrong */
} ValueReader;

/* What the values say; all other rules are bill()'s. */
typedef struct ReadFacts
{
	BillFacts	bill;
	Number		diameter;		/* what bill.fire_sprinkler points to */
	Problem		unreadable;		/* what bill.unreadable points to */
	unsigned	faulty;			/* BILL_ARGUMENT() of each of those */
	ProblemSink sink;			/* takes all of them; NULL: one is enough */
	void	   *kept;			/* where it keeps them */
} ReadFacts;

extern void read_bill_facts(const ValueReader *reader, ReadFacts *facts);

/* Nothing has been read yet. */
static inline void
clear_facts(ReadFacts *facts)
{
	memset(&facts->bill, 0, sizeof(BillFacts));
	facts->faulty = 0;
	facts->sink = NULL;
}

/* service_requests.c: the services that an account has, as callers pass them */
extern ServiceRequests *services_from_jsonb(Jsonb *jsonb);
extern ServiceRequests *services_from_array(ArrayType *codes);

#endif							/* MISSION_RATES_BILL_FACTS_H */
