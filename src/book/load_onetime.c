/*
 * load_onetime.c
 *	  The tables of other charges: fee, deposit, water_tap and sewer_permit
 *	  (§§ 114-52, 114-54(b)(1) and (c)(1), 114-55, 114-59, 114-61, 114-63).
 */
#include "postgres.h"

#include "book/book.h"
#include "book/load.h"

/*
 * fee: one code.  Things are charged whole where the fee is for each of them
 * or for a month or a fraction of one.
 */
static void
read_fee(RateLoad *load, const RateRow *row, void *element)
{
	Fee		   *fee = element;

	read_fee_words(load, row, fee, FEE_CODE, FEE_UNIT, FEE_LABEL, FEE_SECTION);
	fee->amount = row_rate(row, FEE_AMOUNT);
	fee->whole = row_has_words(row, FEE_UNIT, "each") ||
		row_has_words(row, FEE_UNIT, "month");
}

/* deposit: one step of a category. */
static void
read_deposit(RateLoad *load, const RateRow *row, void *element)
{
	DepositStep *step = element;

	step->category = row_position(load, row, DEPOSIT_CATEGORY);
	step->above = row_rate(row, DEPOSIT_ABOVE_SQUARE_FEET);
	step->deposit = row_rate(row, DEPOSIT_DEPOSIT);
	step->service_fee = row_rate(row, DEPOSIT_SERVICE_FEE);
	step->section = row_text(load, row, DEPOSIT_SECTION);
}

/*
 * water_tap: a cell of the table of taps.  One without an amount is at market
 * price (T5).
 */
static void
read_water_tap(RateLoad *load, const RateRow *row, void *element)
{
	int			size = row_position(load, row, WATER_TAP_METER_SIZE);
	int			area = row_position(load, row, WATER_TAP_SERVICE_AREA);
	bool		compound = DatumGetBool(row_value(row, WATER_TAP_COMPOUND));
	TapRate    *tap;

	(void) element;
	if (area < 0)
		return;
	tap = &load->taps[tap_cell(size, compound, area)];
	tap->present = true;
	tap->amount = row_rate(row, WATER_TAP_AMOUNT);
	tap->section = row_text(load, row, WATER_TAP_SECTION);
	tap->description = describe(load, "Water tap, %s inch%s, %s",
								label_word(load, TYPE_SIZE, size),
								compound ? " compound" : "",
								label_word(load, TYPE_AREA, area));
}

/*
 * sewer_permit: one line size.  One without an amount is as determined by the
 * city (T2).
 */
static void
read_sewer_permit(RateLoad *load, const RateRow *row, void *element)
{
	PermitRate *permit = element;

	permit->line_inches = row_rate(row, SEWER_PERMIT_LINE_INCHES);
	permit->larger_than = DatumGetBool(row_value(row,
												 SEWER_PERMIT_LARGER_THAN));
	permit->amount = row_rate(row, SEWER_PERMIT_AMOUNT);
	permit->section = row_text(load, row, SEWER_PERMIT_SECTION);
	permit->description = describe(load, "Sewer connection permit, %s",
								   line_size_words(permit->line_inches,
												   permit->larger_than));
}

/* Order fees by code. */
static int
compare_fees(const void *a, const void *b)
{
	return strcmp(((const Fee *) a)->code, ((const Fee *) b)->code);
}

/* Order deposits by category and building size. */
static int
compare_deposits(const void *a, const void *b)
{
	const DepositStep *step_a = a;
	const DepositStep *step_b = b;

	if (step_a->category != step_b->category)
		return COMPARE(step_a->category, step_b->category);
	return COMPARE(step_a->above, step_b->above);
}

/* Order permits by line, a listed size before the larger ones. */
static int
compare_permits(const void *a, const void *b)
{
	const PermitRate *permit_a = a;
	const PermitRate *permit_b = b;

	if (permit_a->line_inches != permit_b->line_inches)
		return COMPARE(permit_a->line_inches, permit_b->line_inches);
	return COMPARE(permit_a->larger_than, permit_b->larger_than);
}

/* The fees, and which of them the rating functions need by name. */
static void
load_fees(RateLoad *load)
{
	RateSchedule *schedule = load->schedule;

	schedule->nfees = count_rows(load, TABLE_FEE);
	schedule->fees = read_array(load, TABLE_FEE, read_fee, sizeof(Fee),
								compare_fees, load->context);
	for (int i = 0; i < NUM_FEE_CODES; i++)
		schedule->known_fees[i] = find_fee(schedule->fees, schedule->nfees,
										   sizeof(Fee), fee_code_names[i],
										   strlen(fee_code_names[i]));
}

/*
 * "Deposit, commercial, above 2,000 to 5,000 square feet": the category is its
 * label with blanks for underscores.
 */
static const RateText *
describe_deposit(RateLoad *load, const DepositStep *step, rate_t upto)
{
	char	   *category = pstrdup(label_word(load, TYPE_CATEGORY,
											  step->category));

	for (char *at = category; *at != '\0'; at++)
		if (*at == '_')
			*at = ' ';
	return describe(load, "Deposit, %s%s", category,
					square_feet_words(step->above, upto));
}

/* The deposits; a step ends where the next of its category begins. */
static void
load_deposits(RateLoad *load)
{
	int			n = count_rows(load, TABLE_DEPOSIT);
	DepositStep *steps = read_array(load, TABLE_DEPOSIT, read_deposit,
									sizeof(DepositStep), compare_deposits,
									load->context);

	for (int i = 0; i < n; i++)
	{
		bool		last = i + 1 == n ||
			steps[i + 1].category != steps[i].category;

		steps[i].description = describe_deposit(load, &steps[i], last ?
												INT64_MAX : steps[i + 1].above);
	}
	load->schedule->deposits = steps;
	load->schedule->ndeposits = n;
}

/*
 * load_onetime_rates
 *		Read the tables.
 */
void
load_onetime_rates(RateLoad *load)
{
	load_fees(load);
	load_deposits(load);
	read_table(load, TABLE_WATER_TAP, read_water_tap);
	load->schedule->npermits = count_rows(load, TABLE_SEWER_PERMIT);
	load->schedule->permits = read_array(load, TABLE_SEWER_PERMIT,
										 read_sewer_permit, sizeof(PermitRate),
										 compare_permits, load->context);
}
