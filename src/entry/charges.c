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
charges_to_numeric(const cents_t sums[NUM_LINE_KINDS],
				   Datum values[NUM_CHARGE_COLUMNS])
{
	for (int i = 0; i < NUM_CHARGE_COLUMNS; i++)
	{
		cents_t		sum = charge_of(sums, i);
		bool		fixed = sum == 0 || charge_columns[i] == LINE_WATER_MINIMUM ||
			charge_columns[i] == LINE_SEWER_FIXED;

		values[i] = fixed ? lasting_numeric((Decimal) {sum, 2}) :
			cents_to_numeric(sum);
	}
}
