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
	const RateText *charge;		/* these four NULL: the words of the kind */
	const RateText *unit;
	const RateText *description;
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
 */
static inline bool
add_line(Bill *bill, const BillLine *line, Problem *p)
{
	cents_t		amount;

	if (line->quantity.value == 0)
		return true;
	if (!multiply_to_cents(line->quantity, line->rate, &amount) ||
		__builtin_add_overflow(bill->total, amount, &bill->total))
		return problem(p, PROBLEM_OUT_OF_RANGE);
	if (bill->lines != NULL)
	{
		bill->lines[bill->nlines] = *line;
		bill->lines[bill->nlines].amount = amount;
		bill->nlines++;
	}
	return true;
}

/* Add a line of a fee, or nothing where there is none of it. */
static inline bool
add_fee(Bill *bill, LineKind kind, const RateSchedule *schedule, FeeCode code,
		Decimal quantity, Problem *p)
{
	const Fee  *fee = schedule->known_fees[code];
	BillLine	line = {.kind = kind,.quantity = quantity};

	if (quantity.value == 0)
		return true;
	if (fee == NULL)
	{
		p->other = fee_code_names[code];
		return problem(p, PROBLEM_NO_FEE);
	}
	line.rate = decimal_of_rate(fee->amount);
	line.charge = fee->code_text;
	line.unit = fee->unit;
	line.description = fee->label;
	line.section = fee->section;
	return add_line(bill, &line, p);
}

/* Add an amount that the caller passed; zero gives no line. */
static inline bool
add_amount(Bill *bill, LineKind kind, Decimal amount, Problem *p)
{
	BillLine	line = {.kind = kind,.quantity = {1, 0},.rate = amount};

	return amount.value == 0 || add_line(bill, &line, p);
}

#endif							/* MISSION_RATES_BILL_H */
