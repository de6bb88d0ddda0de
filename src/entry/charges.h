/*
 * charges.h
 *	  The charges of a month's bill as columns, which account_charges() and
 *	  account_revenue() both return.
 */
#ifndef MISSION_RATES_ENTRY_CHARGES_H
#define MISSION_RATES_ENTRY_CHARGES_H

#include "postgres.h"

#include "entry/stored_row.h"
#include "rating/rates.h"

#define NUM_CHARGE_COLUMNS	8

/* In the order of the columns */
extern const LineKind charge_columns[NUM_CHARGE_COLUMNS];

extern void store_charges(StoredRow *row, const cents_t sums[NUM_LINE_KINDS]);

/* The sum of a column's charge. */
static inline cents_t
charge_of(const cents_t sums[NUM_LINE_KINDS], int column)
{
	return sums[charge_columns[column]];
}

#endif							/* MISSION_RATES_ENTRY_CHARGES_H */
