/*
 * services.h
 *	  Service charges: what else is on a monthly bill, by the schedule's table
 *	  service_charge (§ 114-61: garbage; drainage, a surcharge, a credit, ...).
 */
#ifndef MISSION_RATES_SERVICES_H
#define MISSION_RATES_SERVICES_H

#include "rating/bill.h"

/*
 * A service that an account has, and how many of it.  What is written like
 * nothing that it should be has a fault, and then only what was passed.
 */
typedef struct ServiceRequest
{
	ProblemCode fault;			/* NO_PROBLEM: it can be read */
	const char *code;
	Number		quantity;

	/* set by find_requested_charges() */
	const ServiceCharge *charge;	/* NULL: there is none */
	struct ServiceRequest *next;	/* of those with a charge, in its order */
} ServiceRequest;

typedef struct ServiceRequests
{
	int			n;
	ServiceRequest *requests;
	ServiceRequest *first;		/* in the order of charges */
} ServiceRequests;

/* What charges by gallons depend on */
typedef struct ServiceVolume
{
	bool		rated;			/* there is water, and its meter works */
	int64_t		gallons;		/* volume step applied */
} ServiceVolume;

extern int monthly_charge_line(const char *code);
extern void find_requested_charges(const ClassRates *rates,
								   ServiceRequests *services);
extern bool check_request(const ServiceRequest *request, Problem *p);
extern bool check_requests(const ServiceRequests *services, Problem *p);
extern bool asks_for_service(const ServiceRequests *services);
extern bool rate_service_charges(const ClassRates *rates,
								 const ServiceRequests *services,
								 ServiceVolume volume, cents_t *amounts,
								 Bill *bill, Problem *p);

/* The dollars per unit; per dollar with six decimals, such as 0.06875. */
static inline Decimal
service_rate(const ServiceCharge *charge)
{
	return (Decimal) {charge->fee.amount, charge->unit == SERVICE_PER_DOLLAR ?
		DOLLAR_RATE_SCALE : RATE_SCALE};
}

#endif							/* MISSION_RATES_SERVICES_H */
