/*
 * charges.h
 *	  The codes of charges that the ordinance and its functions know.
 */
#ifndef MISSION_RATES_CHARGES_H
#define MISSION_RATES_CHARGES_H

#include "postgres.h"

#include "rating/rates.h"

typedef struct ChargeCode
{
	const char *charge;
	const char *service;
	bool		is_fee;			/* false: rated by a table of its own, or passed */
	bool		needed;			/* a fee that a function rates by */
	bool		monthly;		/* a charge of the monthly bill */
} ChargeCode;

/* Fees that the ordinance lists and no function rates by */
#define NUM_OTHER_FEES		3
#define MAX_CHARGE_CODES	(NUM_LINE_KINDS + NUM_FEE_CODES + NUM_OTHER_FEES)

extern int	list_charge_codes(ChargeCode *codes);
extern bool is_reserved_code(const char *code, bool for_fee);

#endif							/* MISSION_RATES_CHARGES_H */
