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
	int64_t		sewer_gallons;	/* not given: the water of this meter */
	const Number *fire_sprinkler;	/* diameter in inches, where given */
	int32_t		dumping_stations;
	ServiceRequests *services;	/* NULL: none beside those on every bill */
} BillFacts;

static inline bool
is_given(const BillFacts *facts, BillArgument argument)
{
	return (facts->given & BILL_ARGUMENT(argument)) != 0;
}

extern bool rate_bill(const RateBook *book, const RateSchedule *schedule,
					  const BillFacts *facts, Bill *bill, Problem *p);

extern bool rate_bill_as_read(const RateBook *book,
							  const RateSchedule *schedule,
							  const BillFacts *facts,
							  const Problem *unreadable, Bill *bill,
							  Problem *p);

extern bool rate_charge_as_read(const RateBook *book,
								const RateSchedule *schedule,
								const BillFacts *facts,
								const Problem *unreadable, cents_t *charge,
								Problem *p);
extern bool rate_water_charge(const RateBook *book,
							  const RateSchedule *schedule, unsigned given,
							  Label class, Label meter, Label area,
							  int64_t gallons, cents_t *charge, Problem *p);
extern bool rate_sewer_charge(const RateBook *book,
							  const RateSchedule *schedule, unsigned given,
							  Label class, Label area, bool metered,
							  int64_t gallons, cents_t *charge, Problem *p);

/* Room for the lines of any bill of a schedule. */
static inline int
max_bill_lines(const RateSchedule *schedule)
{
	return schedule->max_blocks + schedule->max_sewer_blocks +
		schedule->max_services + 6;
}

#endif							/* MISSION_RATES_MONTHLY_H */
