/*
 * charges.c
 *	  The charges of a month's bill as columns.
 */
#include "postgres.h"

#include "entry/charges.h"

const LineKind charge_columns[NUM_CHARGE_COLUMNS] = {
	LINE_WATER_MINIMUM,
	LINE_WATER_VOLUME,
	LINE_SEWER_FIXED,
	LINE_SEWER_VOLUME,
	LINE_SEWER_FLAT,
	LINE_DUMPING_STATION,
	LINE_FIRE_SPRINKLER,
	LINE_SERVICE,
};

/* Each charge in dollars; one that is not on the bill is 0.00. */
void
store_charges(StoredRow *row, const cents_t sums[NUM_LINE_KINDS])
{
	for (int i = 0; i < NUM_CHARGE_COLUMNS; i++)
		store_decimal(row, (Decimal) {charge_of(sums, i), 2});
}
