/*
 * load_services.c
 *	  The table of service charges (§ 114-61).
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "book/load.h"
#include "book/texts.h"
#include "rating/services.h"
#include "tables/datum.h"

/* One row, until the rows of a class are collected */
typedef struct ServiceRow
{
	int			class;
	ServiceCharge charge;
	int			ncodes;			/* of taken_of */
	Datum	   *codes;
} ServiceRow;

static ServiceUnit
service_unit(const char *words)
{
	for (int unit = 0; unit < NUM_SERVICE_UNITS; unit++)
		if (strcmp(service_unit_names[unit], words) == 0)
			return unit;
	elog(ERROR, "unknown unit of a service charge: \"%s\"", words);
}

/*
 * What a charge has in common with a fee: code, words, amount.
 */
static void
read_fee_part(RateLoad *load, const Datum *values, ServiceCharge *charge)
{
	Fee		   *fee = &charge->fee;
	const char *unit = keep_string(load, values[SERVICE_CHARGE_UNIT - 1]);

	fee->code = keep_string(load, values[SERVICE_CHARGE_CODE - 1]);
	fee->code_text = keep_words(load->context, fee->code);
	fee->label = keep_text(load, values[SERVICE_CHARGE_LABEL - 1]);
	fee->unit = keep_words(load->context, unit);
	fee->section = keep_text(load, values[SERVICE_CHARGE_SECTION - 1]);
	fee->amount = signed_rate_from_numeric(values[SERVICE_CHARGE_AMOUNT - 1]);
	charge->unit = service_unit(unit);
	(void) multiply_to_cents(decimal_of_count(1), decimal_of_rate(fee->amount),
							 &charge->amount_of_one);
}

/*
 * service_charge: one code of a class.
 */
static void
read_service_charge(RateLoad *load, const Datum *values, const bool *isnull)
{
	ServiceRow *row = palloc0(sizeof(ServiceRow));
	ServiceCharge *charge = &row->charge;

	row->class = label_position(load, TYPE_CLASS,
								values[SERVICE_CHARGE_CLASS - 1]);
	read_fee_part(load, values, charge);
	charge->above = DatumGetInt64(values[SERVICE_CHARGE_ABOVE_GALLONS - 1]);
	charge->every_bill = DatumGetBool(values[SERVICE_CHARGE_EVERY_BILL - 1]);
	if (!isnull[SERVICE_CHARGE_TAKEN_OF - 1])
		deconstruct_array(DatumGetArrayTypePCopy(values[SERVICE_CHARGE_TAKEN_OF - 1]),
						  TEXTOID, -1, false, TYPALIGN_INT, &row->codes, NULL,
						  &row->ncodes);
	load->services = lappend(load->services, row);
}

/*
 * Order charges by class, those per dollar last, then by code.
 */
static int
compare_services(const ListCell *a, const ListCell *b)
{
	const ServiceRow *row_a = lfirst(a);
	const ServiceRow *row_b = lfirst(b);
	bool		last_a = row_a->charge.unit == SERVICE_PER_DOLLAR;
	bool		last_b = row_b->charge.unit == SERVICE_PER_DOLLAR;

	if (row_a->class != row_b->class)
		return (row_a->class < row_b->class) ? -1 : 1;
	if (last_a != last_b)
		return last_a ? 1 : -1;
	return strcmp(row_a->charge.fee.code, row_b->charge.fee.code);
}

/*
 * The position of a charge that is not per dollar among those of its class; -1
 * where the class has no such charge.
 */
static int
position_of_service(const ClassRates *rates, const char *code)
{
	for (int i = 0; i < rates->nservices; i++)
		if (rates->services[i].unit != SERVICE_PER_DOLLAR &&
			strcmp(rates->services[i].fee.code, code) == 0)
			return i;
	return -1;
}

static bool
is_among(const int *positions, int n, int position)
{
	for (int i = 0; i < n; i++)
		if (positions[i] == position)
			return true;
	return false;
}

/*
 * The charges that a charge per dollar is taken of, each once.  A charge that
 * the class does not have adds nothing; check_schedule() reports it.
 */
static void
resolve_taken_of(RateLoad *load, const ServiceRow *row, const ClassRates *rates,
				 ServiceCharge *charge)
{
	int		   *positions = book_alloc(load->context, row->ncodes * sizeof(int));

	charge->taken_of = positions;
	for (int i = 0; i < row->ncodes; i++)
	{
		const char *code = TextDatumGetCString(row->codes[i]);
		int			kind = monthly_charge_line(code);
		int			position = position_of_service(rates, code);

		if (kind >= 0)
			charge->taken_of_lines |= UINT32_C(1) << kind;
		else if (position >= 0 &&
				 !is_among(positions, charge->ntaken_of, position))
			positions[charge->ntaken_of++] = position;
	}
}

/*
 * Collect the charges of each class.
 */
static void
finish_services(RateLoad *load)
{
	RateSchedule *schedule = load->schedule;
	int			n = list_length(load->services);
	ServiceCharge *charges = book_alloc(load->context, n * sizeof(ServiceCharge));

	list_sort(load->services, compare_services);
	for (int i = 0; i < n; i++)
	{
		const ServiceRow *row = list_nth(load->services, i);
		ClassRates *rates = &load->classes[row->class];

		charges[i] = row->charge;
		if (rates->nservices++ == 0)
			rates->services = &charges[i];
		if (row->charge.unit == SERVICE_PER_DOLLAR)
		{
			resolve_taken_of(load, row, rates, &charges[i]);
			schedule->has_dollar_charges = true;
		}
		schedule->max_services = Max(schedule->max_services, rates->nservices);
	}
}

/*
 * load_service_charges
 *		Read the table.
 */
void
load_service_charges(RateLoad *load)
{
	load_table(load, TABLE_SERVICE_CHARGE, read_service_charge);
	finish_services(load);
}
