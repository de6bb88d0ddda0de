/*
 * explain.h
 *	  Which connections have a bill of exactly a given amount.
 */
#ifndef MISSION_RATES_EXPLAIN_H
#define MISSION_RATES_EXPLAIN_H

#include "rating/monthly.h"

/* How deep intervals of gallons are halved: 2^40 is more than MAX_GALLONS. */
#define EXPLAIN_DEPTH	44

/* Gallons that give the amount, ends included */
typedef struct GallonRun
{
	bool		any;			/* no charge depends on gallons */
	int64_t		from;
	int64_t		to;				/* MAX_GALLONS: no end */
} GallonRun;

/* A search for an amount */
typedef struct Explanation
{
	const RateSchedule *schedule;
	cents_t		amount;
	BillLine   *room;			/* explain_room() lines */
	Problem    *problem;		/* rows that contradict one another, if any */
	void		(*found) (void *context, const BillFacts *facts,
						  const GallonRun *run);
	void	   *context;
} Explanation;

extern bool explain_facts(const Explanation *search, BillFacts *facts);

/* How many lines a search needs room for. */
static inline int
explain_room(const RateSchedule *schedule)
{
	return 2 * EXPLAIN_DEPTH * max_bill_lines(schedule);
}

#endif							/* MISSION_RATES_EXPLAIN_H */
