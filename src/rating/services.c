/*
 * services.c
 *	  Service charges: which are on a bill, how many, and of what.
 *
 * A schedule without service charges does not use any of this.
 */
#include "rating/services.h"

#include <string.h>

/* The monthly charges that are rated as a fee */
static const struct
{
	LineKind	kind;
	FeeCode		fee;
}			monthly_fees[] = {
	{LINE_SEWER_FLAT, FEE_SEWER_FLAT},
	{LINE_DUMPING_STATION, FEE_DUMPING_STATION},
	{LINE_FIRE_SPRINKLER, FEE_FIRE_SPRINKLER},
};

/*
 * The kind of line of a monthly charge other than a service charge, by its
 * code; -1: the code is not that of one.
 */
int
monthly_charge_line(const char *code)
{
	for (int kind = 0; kind < LINE_SERVICE; kind++)
		if (line_words[kind].charge != NULL &&
			strcmp(line_words[kind].charge, code) == 0)
			return kind;
	for (size_t i = 0; i < sizeof(monthly_fees) / sizeof(monthly_fees[0]); i++)
		if (strcmp(fee_code_names[monthly_fees[i].fee], code) == 0)
			return monthly_fees[i].kind;
	return -1;
}

/* The charge of a code; NULL: there is none. */
static const ServiceCharge *
charge_with_code(const ClassRates *rates, const char *code)
{
	int			n = rates->nservices;

	/* those per dollar are few, and not in the order of codes */
	for (; n > 0 && rates->services[n - 1].unit == SERVICE_PER_DOLLAR; n--)
		if (strcmp(rates->services[n - 1].fee.code, code) == 0)
			return &rates->services[n - 1];
	return (const ServiceCharge *) find_fee(rates->services, n,
											sizeof(ServiceCharge), code,
											strlen(code));
}

/*
 * Put a request among those with a charge, in the order of charges; "last" was
 * put there before it, and most come in that order.
 */
static void
insert_request(ServiceRequests *services, ServiceRequest *last,
			   ServiceRequest *request)
{
	ServiceRequest **place = last != NULL && last->charge < request->charge ?
		&last->next : &services->first;

	while (*place != NULL && (*place)->charge < request->charge)
		place = &(*place)->next;
	request->next = *place;
	*place = request;
}

/*
 * Find the row of each request among those of the class whose rates apply;
 * "rates" is NULL where there is no such class.
 */
void
find_requested_charges(const ClassRates *rates, ServiceRequests *services)
{
	ServiceRequest *last = NULL;

	services->first = NULL;
	for (int i = 0; i < services->n; i++)
	{
		ServiceRequest *request = &services->requests[i];

		request->charge = rates == NULL || request->fault != NO_PROBLEM ?
			NULL : charge_with_code(rates, request->code);
		if (request->charge == NULL)
			continue;
		insert_request(services, last, request);
		last = request;
	}
}

/* Readable; zero or more, and except of "each" either 0 or 1. */
bool
check_request(const ServiceRequest *request, Problem *p)
{
	const Number *quantity = &request->quantity;

	p->other = request->code;
	p->text = quantity->text;
	if (request->fault != NO_PROBLEM)
		return note_problem(p, request->fault);
	if (number_is_negative(quantity))
		return note_problem(p, PROBLEM_SERVICE_NEGATIVE);
	if (quantity->status == DECIMAL_TOO_FINE)
		return note_problem(p, PROBLEM_SERVICE_TOO_FINE);
	if (quantity->status != DECIMAL_OK)
		return note_problem(p, PROBLEM_SERVICE_TOO_LARGE);
	if (request->charge == NULL || request->charge->unit == SERVICE_PER_EACH ||
		quantity->value.value == 0 ||
		decimal_compare(quantity->value, decimal_of_count(1)) == 0)
		return true;
	return note_problem(p, PROBLEM_SERVICE_NOT_ONCE);
}

/* The domains of the quantities; unknown codes are checked with the rates. */
bool
check_requests(const ServiceRequests *services, Problem *p)
{
	for (int i = 0; i < services->n; i++)
		if (!check_request(&services->requests[i], p))
			return false;
	return true;
}

/* Is a service among them that is more than nothing?  Then there is a bill. */
bool
asks_for_service(const ServiceRequests *services)
{
	for (int i = 0; i < services->n; i++)
		if (services->requests[i].quantity.value.value > 0)
			return true;
	return false;
}

/* Every service that was asked for must have a row, also at quantity 0. */
static bool
check_known(const ServiceRequests *services, Problem *p)
{
	for (int i = 0; i < services->n; i++)
		if (services->requests[i].charge == NULL)
		{
			p->other = services->requests[i].code;
			return note_problem(p, PROBLEM_SERVICE_UNKNOWN);
		}
	return true;
}

/*
 * The quantity of a charge: what the account says, or else one where the
 * charge is on every bill.  *next is the first request that has not been taken.
 */
static inline Decimal
take_quantity(const ServiceCharge *charge, const ServiceRequest **next)
{
	const ServiceRequest *request = *next;

	if (request == NULL || request->charge != charge)
		return decimal_of_count(charge->every_bill ? 1 : 0);
	*next = request->next;
	return request->quantity.value;
}

/*
 * The quantity of a charge that is not per dollar; per 1,000 gallons it is the
 * thousands of those above its threshold.
 */
static inline Decimal
service_quantity(const ServiceCharge *charge, const ServiceRequest **next,
				 ServiceVolume volume)
{
	Decimal		quantity = take_quantity(charge, next);
	int64_t		above = volume.gallons - charge->above;

	if (charge->unit == SERVICE_PER_1000_GALLONS && quantity.value != 0)
		return (Decimal) {volume.rated && above > 0 ? above : 0, 3};
	return quantity;
}

/*
 * Its amount.  One of a service is what most accounts have, and was rounded
 * when the schedule was loaded.
 */
static inline bool
service_amount(const ServiceCharge *charge, Decimal quantity, cents_t *amount)
{
	*amount = charge->amount_of_one;
	return (quantity.value == 1 && quantity.scale == 0) ||
		multiply_to_cents(quantity, service_rate(charge), amount);
}

/*
 * The dollars that a charge per dollar is a part of: the amounts of its base
 * charges as they are on this bill.
 */
static bool
base_dollars(const ServiceCharge *charge, const cents_t *sums,
			 const cents_t *amounts, Decimal *dollars)
{
	cents_t		sum = 0;

	for (int kind = 0; kind < LINE_SERVICE; kind++)
		if ((charge->base_lines & (UINT32_C(1) << kind)) != 0 &&
			__builtin_add_overflow(sum, sums[kind], &sum))
			return false;
	for (int i = 0; i < charge->nbase; i++)
		if (__builtin_add_overflow(sum, amounts[charge->base_charges[i]], &sum))
			return false;
	*dollars = (Decimal) {sum, 2};
	return true;
}

/* Add the line of a charge, if it has a quantity; *amount is zeroed before. */
static inline bool
add_service(const ServiceCharge *charge, uint32_t class_id,
			const ServiceRequest **next, ServiceVolume volume,
			const cents_t *amounts, cents_t *amount, Bill *bill, Problem *p)
{
	Decimal		quantity = service_quantity(charge, next, volume);
	LineKey		key = charge->unit == SERVICE_PER_1000_GALLONS ?
		block_key(class_id, charge->above, INT64_MAX) :
		line_key(class_id, 0, 0);

	if (quantity.value == 0)
		return true;
	if (charge->contradiction != NULL)
		return note_contradiction(p, charge->contradiction);
	if (charge->unit == SERVICE_PER_DOLLAR &&
		!base_dollars(charge, bill->sums, amounts, &quantity))
		return note_problem(p, PROBLEM_OUT_OF_RANGE);
	if (!service_amount(charge, quantity, amount))
		return note_problem(p, PROBLEM_OUT_OF_RANGE);
	return add_rated_line(bill, LINE_SERVICE, quantity, service_rate(charge),
						  *amount, &charge->fee, charge->fee.label,
						  charge->fee.section, key, p);
}

/*
 * The service charges of a bill: those that the account has and those on
 * every bill, by code, and last the ones that are a part of the dollars of
 * others, for which bill->sums must be kept, and "amounts" are room.
 */
bool
rate_service_charges(const ClassRates *rates, const ServiceRequests *services,
					 ServiceVolume volume, cents_t *amounts, Bill *bill,
					 Problem *p)
{
	const ServiceRequest *next = services == NULL ? NULL : services->first;

	if (services != NULL && !check_known(services, p))
		return false;
	for (int i = 0; rates != NULL && i < rates->nservices; i++)
	{
		cents_t		amount = 0;

		if (!add_service(&rates->services[i], rates->id, &next, volume,
						 amounts, &amount, bill, p))
			return false;
		if (amounts != NULL)
			amounts[i] = amount;
	}
	return true;
}
