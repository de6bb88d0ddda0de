/*
 * bill.h
 *	  A bill or quote: its lines, and their sum.
 */
#ifndef MISSION_RATES_BILL_H
#define MISSION_RATES_BILL_H

#include <stddef.h>

#include "rating/problem.h"

typedef struct BillLine
{
	LineKind	kind;
	Decimal		quantity;		/* in the unit that the rate is per */
	Decimal		rate;			/* dollars */
	cents_t		amount;			/* quantity * rate, rounded once */
	const Fee  *fee;			/* a fee's line: its code and its unit */
	const RateText *description;	/* NULL: that of the kind */
	const RateText *section;	/* NULL: no section sets it */
} BillLine;

/*
 * Where "lines" is NULL only the total is kept: bill_total() and bill() take
 * one path, and cannot differ.
 */
typedef struct Bill
{
	cents_t		total;
	int			nlines;
	BillLine   *lines;			/* room for as many as the rating can make */
} Bill;

/*
 * Add a line: its amount is rounded once, and the bill is the sum of its
 * lines (G6, G7).  A line of no quantity is left out.
 *
 * All is passed by value and a BillLine is made only where one is kept: a
 * struct assembled in memory and read back at once would cost more than the
 * arithmetic.
 */
inlined bool
add_charge(Bill *bill, LineKind kind, Decimal quantity, Decimal rate,
		   const Fee *fee, const RateText *description,
		   const RateText *section, Problem *p)
{
	cents_t		amount;

	if (!multiply_to_cents(quantity, rate, &amount) ||
		__builtin_add_overflow(bill->total, amount, &bill->total))
		return problem(p, PROBLEM_OUT_OF_RANGE);
	if (__builtin_expect(bill->lines == NULL, 1) || quantity.value == 0)
		return true;
	bill->lines[bill->nlines++] = (BillLine)
	{
		kind, quantity, rate, amount, fee, description, section
	};
	return true;
}

/* Add a line of a rate row that is no fee. */
inlined bool
add_line(Bill *bill, LineKind kind, Decimal quantity, Decimal rate,
		 const RateText *description, const RateText *section, Problem *p)
{
	return add_charge(bill, kind, quantity, rate, NULL, description, section,
					  p);
}

/* Add a line of a fee, or nothing where there is none of it. */
inlined bool
add_fee(Bill *bill, LineKind kind, const RateSchedule *schedule, FeeCode code,
		Decimal quantity, Problem *p)
{
	const Fee  *fee = schedule->known_fees[code];

	if (quantity.value == 0)
		return true;
	if (fee == NULL)
	{
		p->other = fee_code_names[code];
		return problem(p, PROBLEM_NO_FEE);
	}
	return add_charge(bill, kind, quantity, decimal_of_rate(fee->amount), fee,
					  fee->label, fee->section, p);
}

/* Add an amount that the caller passed; zero gives no line. */
static inline bool
add_amount(Bill *bill, LineKind kind, Decimal amount,
		   const RateText *description, const RateText *section, Problem *p)
{
	return amount.value == 0 ||
		add_line(bill, kind, decimal_of_count(1), amount, description,
				 section, p);
}

#endif							/* MISSION_RATES_BILL_H */
