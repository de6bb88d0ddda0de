/*
 * bill_checks.h
 *		Invariants of every bill and quote, whatever the rates and the facts.
 */
#ifndef MISSION_RATES_BILL_CHECKS_H
#define MISSION_RATES_BILL_CHECKS_H

#include "exact.h"
#include "rating/bill.h"

/*
 * Each line has a quantity and is quantity times rate, rounded once; the
 * total is the sum of the lines; and there are no more lines than promised.
 */
static inline bool
adds_up(const Bill *bill, int room)
{
	int64_t		total = 0;

	if (bill->nlines > room)
		return false;
	for (int i = 0; i < bill->nlines; i++)
	{
		const BillLine *line = &bill->lines[i];
		int64_t		cents;

		if (line->quantity.value == 0 ||
			!exact_cents(line->quantity, line->rate, &cents) ||
			cents != line->amount ||
			__builtin_add_overflow(total, cents, &total))
			return false;
	}
	return total == bill->total;
}

#endif							/* MISSION_RATES_BILL_CHECKS_H */
