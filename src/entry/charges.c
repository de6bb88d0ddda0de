/*
 * charges.c
 *	  The charges of a month's bill as columns.
 */
#include "postgres.h"

#include "utils/memutils.h"

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

/* 0.00, what most columns of most bills say; made once. */
static Datum
no_charge(void)
{
	static Datum zero = (Datum) 0;

	if (zero == (Datum) 0)
	{
		MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);

		zero = cents_to_numeric(0);
		MemoryContextSwitchTo(caller);
	}
	return zero;
}

/* Each charge in dollars; one that is not on the bill is 0.00. */
void
charges_to_numeric(const cents_t sums[NUM_LINE_KINDS],
				   Datum values[NUM_CHARGE_COLUMNS])
{
	for (int i = 0; i < NUM_CHARGE_COLUMNS; i++)
	{
		cents_t		sum = charge_of(sums, i);

		values[i] = sum == 0 ? no_charge() : cents_to_numeric(sum);
	}
}
