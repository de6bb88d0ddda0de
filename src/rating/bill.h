/*
 * bill.h
 *	  A bill or quote: its lines, and their sum.
 */
#ifndef MISSION_RATES_BILL_H
#define MISSION_RATES_BILL_H

#include <stddef.h>

#include "rating/problem.h"

/*
 * The key of the rate row that a line was rated by, for ledgers: 0 where the
 * row has no such column, the line no volume, or the last block no end.
 */
typedef struct LineKey
{
	uint32_t	class_id;		/* whose rates apply */
	uint32_t	meter_id;
	uint32_t	area_id;
	int64_t		from_gallons;	/* the gallons of the block, ends included */
	int64_t		to_gallons;
} LineKey;

typedef struct BillLine
{
	LineKind	kind;
	Decimal		quantity;		/* in the unit that the rate is per */
	Decimal		rate;			/* dollars */
	cents_t		amount;			/* quantity * rate, rounded once */
	const Fee  *fee;			/* of a fee or service: its code and unit */
	const RateText *description;	/* of its rate row alone; NULL: that of the
									 * kind */
	const RateText *section;	/* NULL: no section sets it */
	LineKey		key;
	const RateSchedule *schedule;	/* NULL: that of the call */
} BillLine;

/* The key of a row without gallons; 0 where it has no such column */
inlined LineKey
line_key(uint32_t class_id, uint32_t meter_id, uint32_t area_id)
{
	return (LineKey) {class_id, meter_id, area_id, 0, 0};
}

/* A block that covers the gallons above "above" up to "upto". */
inlined LineKey
block_key(uint32_t class_id, int64_t above, int64_t upto)
{
	return (LineKey) {class_id, 0, 0, above + 1, upto == INT64_MAX ? 0 : upto};
}

/*
 * Lines and sums are kept only where the caller provides room for them; the
 * total always is. bill_total() and bill() share one path, so they cannot
 * differ.
 */
typedef struct Bill
{
	cents_t		total;
	int			nlines;
	BillLine   *lines;			/* room for as many as the rating can make */
	cents_t    *sums;			/* by monthly LineKind, zeroed by the caller */
} Bill;

/*
 * Add a line whose amount is known; one with a quantity of zero is left out.
 * Everything is passed by value: a BillLine costs more than the arithmetic, and
 * is made only where it is kept.
 */
inlined bool
add_rated_line(Bill *bill, LineKind kind, Decimal quantity, Decimal rate,
			   cents_t amount, const Fee *fee, const RateText *description,
			   const RateText *section, LineKey key, Problem *p)
{
	if (__builtin_add_overflow(bill->total, amount, &bill->total))
		return note_problem(p, PROBLEM_OUT_OF_RANGE);
	if (bill->sums != NULL &&
		__builtin_add_overflow(bill->sums[kind], amount, &bill->sums[kind]))
		return note_problem(p, PROBLEM_OUT_OF_RANGE);
	if (__builtin_expect(bill->lines == NULL, 1) || quantity.value == 0)
		return true;
	bill->lines[bill->nlines++] = (BillLine)
	{
		kind, quantity, rate, amount, fee, description, section, key, NULL
	};
	return true;
}

/*
 * Add a line: its amount is rounded once, and the bill is the sum of its lines
 * (G6, G7).  "fee" is NULL unless the rate row is a fee.
 */
inlined bool
add_line(Bill *bill, LineKind kind, Decimal quantity, Decimal rate,
		 const Fee *fee, const RateText *description, const RateText *section,
		 LineKey key, Problem *p)
{
	cents_t		amount;

	if (!multiply_to_cents(quantity, rate, &amount))
		return note_problem(p, PROBLEM_OUT_OF_RANGE);
	return add_rated_line(bill, kind, quantity, rate, amount, fee,
						  description, section, key, p);
}

/* Add a line for a fee, or nothing where the quantity is zero. */
inlined bool
add_fee_line(Bill *bill, LineKind kind, const RateSchedule *schedule,
			 FeeCode code, Decimal quantity, Problem *p)
{
	const Fee  *fee = schedule->known_fees[code];

	if (quantity.value == 0)
		return true;
	if (fee == NULL)
	{
		p->other = fee_code_names[code];
		return note_problem(p, PROBLEM_NO_FEE);
	}
	return add_line(bill, kind, quantity, decimal_of_rate(fee->amount), fee,
					fee->label, fee->section, line_key(0, 0, 0), p);
}

/* Add a line for an amount as it was passed, or nothing where it is zero. */
static inline bool
add_amount_line(Bill *bill, LineKind kind, Decimal amount,
				const RateText *section, Problem *p)
{
	return amount.value == 0 ||
		add_line(bill, kind, decimal_of_count(1), amount, NULL, NULL, section,
				 line_key(0, 0, 0), p);
}

#endif							/* MISSION_RATES_BILL_H */
