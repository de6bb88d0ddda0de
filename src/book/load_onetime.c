/*
 * load_onetime.c
 *	  The tables of other charges: fee, deposit, water_tap and sewer_permit
 *	  (§§ 114-52, 114-54(b)(1) and (c)(1), 114-55, 114-59, 114-61, 114-63).
 */
#include "postgres.h"

#include "book/load.h"
#include "book/texts.h"

/* Rows that are put together by schedule once all are read */
typedef struct FeeRow
{
	RateSchedule *schedule;
	Fee			fee;
} FeeRow;

typedef struct DepositRow
{
	RateSchedule *schedule;
	DepositStep step;
} DepositRow;

typedef struct PermitRow
{
	RateSchedule *schedule;
	PermitRate	permit;
} PermitRow;

/*
 * fee: one code.  Things are charged whole where the fee is for each of them
 * or for a month or a fraction of one.
 */
static void
read_fee(RateLoad *load, RateSchedule *schedule, const Datum *values,
		 const bool *isnull)
{
	FeeRow	   *row = palloc0(sizeof(FeeRow));
	Fee		   *fee = &row->fee;
	const char *unit = keep_string(load, values[FEE_UNIT - 1]);

	(void) isnull;
	row->schedule = schedule;
	fee->code = keep_string(load, values[FEE_CODE - 1]);
	fee->code_text = keep_words(load, fee->code);
	fee->label = keep_text(load, values[FEE_LABEL - 1]);
	fee->unit = keep_words(load, unit);
	fee->section = keep_text(load, values[FEE_SECTION - 1]);
	fee->amount = rate_from_numeric(values[FEE_AMOUNT - 1]);
	fee->whole = strcmp(unit, "each") == 0 || strcmp(unit, "month") == 0;
	load->fees = lappend(load->fees, row);
}

/*
 * deposit: one step of a category.
 */
static void
read_deposit(RateLoad *load, RateSchedule *schedule, const Datum *values,
			 const bool *isnull)
{
	DepositRow *row = palloc0(sizeof(DepositRow));
	DepositStep *step = &row->step;

	(void) isnull;
	row->schedule = schedule;
	step->category = label_position(load, TYPE_CATEGORY,
									values[DEPOSIT_CATEGORY - 1]);
	step->above = rate_from_numeric(values[DEPOSIT_ABOVE_SQUARE_FEET - 1]);
	step->deposit = rate_from_numeric(values[DEPOSIT_DEPOSIT - 1]);
	step->service_fee = rate_from_numeric(values[DEPOSIT_SERVICE_FEE - 1]);
	step->section = keep_text(load, values[DEPOSIT_SECTION - 1]);
	load->deposits = lappend(load->deposits, row);
}

/*
 * water_tap: a cell of the table of taps.  One without an amount is at market
 * price (T5).
 */
static void
read_water_tap(RateLoad *load, RateSchedule *schedule, const Datum *values,
			   const bool *isnull)
{
	int			size = label_position(load, TYPE_SIZE,
									  values[WATER_TAP_METER_SIZE - 1]);
	int			area = label_position(load, TYPE_AREA,
									  values[WATER_TAP_SERVICE_AREA - 1]);
	bool		compound = DatumGetBool(values[WATER_TAP_COMPOUND - 1]);
	TapRate    *tap;

	if (area < 0)
		return;
	tap = unconstify(TapRate *, tap_rate(schedule, size, compound, area));
	tap->present = true;
	tap->amount = rate_or_none(values[WATER_TAP_AMOUNT - 1],
							   isnull[WATER_TAP_AMOUNT - 1]);
	tap->description = describe_tap(load, size, compound, area);
	tap->section = keep_text(load, values[WATER_TAP_SECTION - 1]);
}

/*
 * sewer_permit: one line size.  One without an amount is as determined by the
 * city (T2).
 */
static void
read_sewer_permit(RateLoad *load, RateSchedule *schedule, const Datum *values,
				  const bool *isnull)
{
	PermitRow  *row = palloc0(sizeof(PermitRow));
	PermitRate *permit = &row->permit;

	row->schedule = schedule;
	permit->line_inches =
		rate_from_numeric(values[SEWER_PERMIT_LINE_INCHES - 1]);
	permit->larger_than = DatumGetBool(values[SEWER_PERMIT_LARGER_THAN - 1]);
	permit->amount = rate_or_none(values[SEWER_PERMIT_AMOUNT - 1],
								  isnull[SEWER_PERMIT_AMOUNT - 1]);
	permit->description = describe_permit(load, permit->line_inches,
										  permit->larger_than);
	permit->section = keep_text(load, values[SEWER_PERMIT_SECTION - 1]);
	load->permits = lappend(load->permits, row);
}

/* Which of two numbers comes first, as qsort wants it told */
#define COMPARE(a, b)	(((a) > (b)) - ((a) < (b)))

/*
 * Order fees by schedule, then by code.
 */
static int
compare_fees(const ListCell *a, const ListCell *b)
{
	const FeeRow *row_a = lfirst(a);
	const FeeRow *row_b = lfirst(b);

	if (row_a->schedule != row_b->schedule)
		return COMPARE(row_a->schedule, row_b->schedule);
	return strcmp(row_a->fee.code, row_b->fee.code);
}

/*
 * Order deposits by schedule, category and building size.
 */
static int
compare_deposits(const ListCell *a, const ListCell *b)
{
	const DepositRow *row_a = lfirst(a);
	const DepositRow *row_b = lfirst(b);

	if (row_a->schedule != row_b->schedule)
		return COMPARE(row_a->schedule, row_b->schedule);
	if (row_a->step.category != row_b->step.category)
		return COMPARE(row_a->step.category, row_b->step.category);
	return COMPARE(row_a->step.above, row_b->step.above);
}

/*
 * Order permits by schedule and line, a listed size before the larger ones.
 */
static int
compare_permits(const ListCell *a, const ListCell *b)
{
	const PermitRow *row_a = lfirst(a);
	const PermitRow *row_b = lfirst(b);

	if (row_a->schedule != row_b->schedule)
		return COMPARE(row_a->schedule, row_b->schedule);
	if (row_a->permit.line_inches != row_b->permit.line_inches)
		return COMPARE(row_a->permit.line_inches, row_b->permit.line_inches);
	return COMPARE(row_a->permit.larger_than, row_b->permit.larger_than);
}

/*
 * Put the fees of each schedule together.
 */
static void
finish_fees(RateLoad *load)
{
	Fee		   *fees = book_alloc(load, list_length(load->fees) * sizeof(Fee));
	ListCell   *cell;

	list_sort(load->fees, compare_fees);
	foreach(cell, load->fees)
	{
		FeeRow	   *row = lfirst(cell);

		*fees = row->fee;
		if (row->schedule->nfees++ == 0)
			row->schedule->fees = fees;
		fees++;
	}
}

/*
 * Put the deposits of each schedule together; a step ends where the next of
 * its category begins.
 */
static void
finish_deposits(RateLoad *load)
{
	int			nsteps = list_length(load->deposits);
	DepositStep *steps = book_alloc(load, nsteps * sizeof(DepositStep));

	list_sort(load->deposits, compare_deposits);
	for (int i = 0; i < nsteps; i++)
	{
		DepositRow *row = list_nth(load->deposits, i);
		DepositRow *next = (i + 1 < nsteps) ?
			list_nth(load->deposits, i + 1) : NULL;
		bool		last = next == NULL || next->schedule != row->schedule ||
			next->step.category != row->step.category;

		row->step.description =
			describe_deposit(load, row->step.category, row->step.above,
							 last ? INT64_MAX : next->step.above);
		steps[i] = row->step;
		if (row->schedule->ndeposits++ == 0)
			row->schedule->deposits = &steps[i];
	}
}

/*
 * Put the permits of each schedule together.
 */
static void
finish_permits(RateLoad *load)
{
	PermitRate *permits = book_alloc(load, list_length(load->permits) *
									 sizeof(PermitRate));
	ListCell   *cell;

	list_sort(load->permits, compare_permits);
	foreach(cell, load->permits)
	{
		PermitRow  *row = lfirst(cell);

		*permits = row->permit;
		if (row->schedule->npermits++ == 0)
			row->schedule->permits = permits;
		permits++;
	}
}

/*
 * load_onetime_rates
 *		Read the tables.
 */
void
load_onetime_rates(RateLoad *load)
{
	read_rate_table(load, TABLE_FEE, read_fee);
	finish_fees(load);
	read_rate_table(load, TABLE_DEPOSIT, read_deposit);
	finish_deposits(load);
	read_rate_table(load, TABLE_WATER_TAP, read_water_tap);
	read_rate_table(load, TABLE_SEWER_PERMIT, read_sewer_permit);
	finish_permits(load);
}
