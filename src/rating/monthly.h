/*
 * monthly.h
 *	  Monthly charges: water, sewer, fire sprinklers, dumping stations.
 */
#ifndef MISSION_RATES_MONTHLY_H
#define MISSION_RATES_MONTHLY_H

#include "rating/services.h"

/* The arguments of bill(), in their order. */
typedef enum BillArgument
{
	BILL_CLASS,
	BILL_METER,
	BILL_GALLONS,
	BILL_AREA,
	BILL_METERED,
	BILL_WATER,
	BILL_SEWER,
	BILL_SEWER_GALLONS,
	BILL_FIRE_SPRINKLER,
	BILL_DUMPING_STATIONS,
	BILL_SERVICES,
	NUM_BILL_ARGUMENTS
} BillArgument;

extern const char *const bill_argument_names[NUM_BILL_ARGUMENTS];

#define BILL_ARGUMENT(argument)	(1U << (argument))

typedef struct BillFacts
{
	unsigned	given;			/* BILL_ARGUMENT() of each that is not NULL */
	unsigned	required;		/* and of those that the caller must know, be
								 * they needed for the bill or not */
	Label		class;
	Label		meter;
	Label		area;			/* not given: as the class's rule says */
	int64_t		gallons;
	bool		metered;
	bool		water;
	bool		sewer;
	int32_t		dumping_stations;
	int64_t		sewer_gallons;	/* not given: the water of this meter */
	const Number *fire_sprinkler;	/* diameter in inches, where given */
	ServiceRequests *services;	/* NULL: none beside those on every bill */
	const Problem *unreadable;	/* the first value, in the order of the
								 * arguments, that cannot be read or is out of
								 * its own domain; NULL: all are good */
} BillFacts;

static inline bool
is_given(const BillFacts *facts, BillArgument argument)
{
	return (facts->given & BILL_ARGUMENT(argument)) != 0;
}

extern bool rate_bill(const RateSchedule *schedule, const BillFacts *facts,
					  Bill *bill, Problem *p);
extern bool rate_charge(const RateSchedule *schedule, const BillFacts *facts,
						cents_t *charge, Problem *p);
extern bool rate_water_charge(const RateSchedule *schedule, unsigned given,
							  Label class, Label meter, Label area,
							  int64_t gallons, cents_t *charge, Problem *p);
extern bool rate_sewer_charge(const RateSchedule *schedule, unsigned given,
							  Label class, Label area, bool metered,
							  int64_t gallons, cents_t *charge, Problem *p);

/* Takes a problem; "kept" is the caller's. */
typedef void (*ProblemSink) (void *kept, const Problem *p);

/* all_problems.c: everything that keeps a bill from being made */
extern void find_nulls(const RateSchedule *schedule, const BillFacts *facts,
					   ProblemSink sink, void *kept);
extern void find_clashes(const RateSchedule *schedule, const BillFacts *facts,
						 unsigned faulty, ProblemSink sink, void *kept);

/* Room for the lines of any bill of a schedule */
static inline int
max_bill_lines(const RateSchedule *schedule)
{
	return schedule->max_blocks + schedule->max_sewer_blocks +
		schedule->max_services + 6;
}

/*
 * explain.c: which connections have a bill of exactly a given amount.  Intervals
 * of gallons are halved so often; 2^40 is more than MAX_GALLONS.
 */
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

#endif							/* MISSION_RATES_MONTHLY_H */
