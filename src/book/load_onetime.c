/*
 * load_onetime.c
 *	  The tables of other charges: fee, deposit, water_tap and sewer_permit
 *	  (§§ 114-52, 114-54(b)(1) and (c)(1), 114-55, 114-59, 114-61, 114-63).
 */
#include "postgres.h"

#include "book/load.h"
#include "book/texts.h"
#include "tables/datum.h"

/*
 * fee: one code.  Things are charged whole where the fee is for each of them
 * or for a month or a fraction of one.
 */
static void
read_fee(RateLoad *load, const Datum *values, const bool *isnull)
{
	Fee		   *fee = palloc0(sizeof(Fee));
	const char *unit = keep_string(load, values[FEE_UNIT - 1]);

	(void) isnull;
	fee->code = keep_string(load, values[FEE_CODE - 1]);
	fee->code_text = keep_words(load->context, fee->code);
	fee->label = keep_text(load, values[FEE_LABEL - 1]);
	fee->unit = keep_words(load->context, unit);
	fee->section = keep_text(load, values[FEE_SECTION - 1]);
	fee->amount = rate_from_numeric(values[FEE_AMOUNT - 1]);
	fee->whole = strcmp(unit, "each") == 0 || strcmp(unit, "month") == 0;
	load->fees = lappend(load->fees, fee);
}

/*
 * deposit: one step of a category.
 */
static void
read_deposit(RateLoad *load, const Datum *values, const bool *isnull)
{
	DepositStep *step = palloc0(sizeof(DepositStep));

	(void) isnull;
	step->category = label_position(load, TYPE_CATEGORY,
									values[DEPOSIT_CATEGORY - 1]);
	step->above = rate_from_numeric(values[DEPOSIT_ABOVE_SQUARE_FEET - 1]);
	step->deposit = rate_from_numeric(values[DEPOSIT_DEPOSIT - 1]);
	step->service_fee = rate_from_numeric(values[DEPOSIT_SERVICE_FEE - 1]);
	step->section = keep_text(load, values[DEPOSIT_SECTION - 1]);
	load->deposits = lappend(load->deposits, step);
}

/*
 * water_tap: a cell of the table of taps.  One without an amount is at market
 * price (T5).
 */
static void
read_water_tap(RateLoad *load, const Datum *values, const bool *isnull)
{
	int			size = label_position(load, TYPE_SIZE,
									  values[WATER_TAP_METER_SIZE - 1]);
	int			area = label_position(load, TYPE_AREA,
									  values[WATER_TAP_SERVICE_AREA - 1]);
	bool		compound = DatumGetBool(values[WATER_TAP_COMPOUND - 1]);
	TapRate    *tap;

	if (area < 0)
		return;
	tap = &load->taps[tap_cell(size, compound, area)];
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
read_sewer_permit(RateLoad *load, const Datum *values, const bool *isnull)
{
	PermitRate *permit = palloc0(sizeof(PermitRate));

	permit->line_inches =
		rate_from_numeric(values[SEWER_PERMIT_LINE_INCHES - 1]);
	permit->larger_than = DatumGetBool(values[SEWER_PERMIT_LARGER_THAN - 1]);
	permit->amount = rate_or_none(values[SEWER_PERMIT_AMOUNT - 1],
								  isnull[SEWER_PERMIT_AMOUNT - 1]);
	permit->description = describe_permit(load, permit->line_inches,
										  permit->larger_than);
	permit->section = keep_text(load, values[SEWER_PERMIT_SECTION - 1]);
	load->permits = lappend(load->permits, permit);
}

/* Which of two numbers comes first, as qsort wants it told */
#define COMPARE(a, b)	(((a) > (b)) - ((a) < (b)))

/*
 * Order fees by code.
 */
static int
compare_fees(const ListCell *a, const ListCell *b)
{
	return strcmp(((const Fee *) lfirst(a))->code,
				  ((const Fee *) lfirst(b))->code);
}

/*
 * Order deposits by category and building size.
 */
static int
compare_deposits(const ListCell *a, const ListCell *b)
{
	const DepositStep *step_a = lfirst(a);
	const DepositStep *step_b = lfirst(b);

	if (step_a->category != step_b->category)
		return COMPARE(step_a->category, step_b->category);
	return COMPARE(step_a->above, step_b->above);
}

/*
 * Order permits by line, a listed size before the larger ones.
 */
static int
compare_permits(const ListCell *a, const ListCell *b)
{
	const PermitRate *permit_a = lfirst(a);
	const PermitRate *permit_b = lfirst(b);

	if (permit_a->line_inches != permit_b->line_inches)
		return COMPARE(permit_a->line_inches, permit_b->line_inches);
	return COMPARE(permit_a->larger_than, permit_b->larger_than);
}

/*
 * Put the fees together, and point to those that the rating functions need by
 * name.
 */
static void
finish_fees(RateLoad *load)
{
	RateSchedule *schedule = load->schedule;
	Fee		   *fees = book_alloc(load->context, list_length(load->fees) * sizeof(Fee));
	ListCell   *cell;

	list_sort(load->fees, compare_fees);
	foreach(cell, load->fees)
		fees[schedule->nfees++] = *(Fee *) lfirst(cell);
	schedule->fees = fees;
	for (int i = 0; i < NUM_FEE_CODES; i++)
		schedule->known_fees[i] = find_fee(fees, schedule->nfees, sizeof(Fee),
										   fee_code_names[i],
										   strlen(fee_code_names[i]));
}

/*
 * Put the deposits together; a step ends where the next of its category
 * begins.
 */
static void
finish_deposits(RateLoad *load)
{
	int			nsteps = list_length(load->deposits);
	DepositStep *steps = book_alloc(load->context, nsteps * sizeof(DepositStep));

	list_sort(load->deposits, compare_deposits);
	for (int i = 0; i < nsteps; i++)
	{
		DepositStep *step = list_nth(load->deposits, i);
		DepositStep *next = (i + 1 < nsteps) ?
			list_nth(load->deposits, i + 1) : NULL;
		bool		last = next == NULL || next->category != step->category;

		step->description = describe_deposit(load, step->category, step->above,
											 last ? INT64_MAX : next->above);
		steps[i] = *step;
	}
	load->schedule->deposits = steps;
	load->schedule->ndeposits = nsteps;
}

/*
 * Put the permits together.
 */
static void
finish_permits(RateLoad *load)
{
	RateSchedule *schedule = load->schedule;
	PermitRate *permits = book_alloc(load->context, list_length(load->permits) *
									 sizeof(PermitRate));
	ListCell   *cell;

	list_sort(load->permits, compare_permits);
	foreach(cell, load->permits)
		permits[schedule->npermits++] = *(PermitRate *) lfirst(cell);
	schedule->permits = permits;
}

/*
 * load_onetime_rates
 *		Read the tables.
 */
void
load_onetime_rates(RateLoad *load)
{
	load->taps = book_alloc(load->context,
							(Size) load->book->labels[TYPE_SIZE].nlabels * 2 *
							NUM_AREAS * sizeof(TapRate));
	load->schedule->taps = load->taps;
	load_table(load, TABLE_FEE, read_fee);
	finish_fees(load);
	load_table(load, TABLE_DEPOSIT, read_deposit);
	finish_deposits(load);
	load_table(load, TABLE_WATER_TAP, read_water_tap);
	load_table(load, TABLE_SEWER_PERMIT, read_sewer_permit);
	finish_permits(load);
}
