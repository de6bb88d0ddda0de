/*
 * load_services.c
 *	  The table of service charges (§ 114-61).
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
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
	int			place;			/* among those of the class; -1: none yet */
	ServiceCharge charge;
	int			ncodes;			/* of base_charges */
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
	charge->unit = service_unit(unit);
	fee->amount = signed_rate_from_numeric(values[SERVICE_CHARGE_AMOUNT - 1],
										   service_rate(charge).scale);
	(void) multiply_to_cents(decimal_of_count(1), service_rate(charge),
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

	row->place = -1;
	row->class = label_position(load, TYPE_CLASS,
								values[SERVICE_CHARGE_CLASS - 1]);
	read_fee_part(load, values, charge);
	charge->above = DatumGetInt64(values[SERVICE_CHARGE_ABOVE_GALLONS - 1]);
	charge->every_bill = DatumGetBool(values[SERVICE_CHARGE_EVERY_BILL - 1]);
	if (!isnull[SERVICE_CHARGE_BASE_CHARGES - 1])
		deconstruct_array(DatumGetArrayTypePCopy(values[SERVICE_CHARGE_BASE_CHARGES - 1]),
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
 * The row of a code among those of a class, which begin at "first"; NULL: the
 * class has no such charge.
 */
static ServiceRow *
row_of_code(const List *rows, int first, const char *code)
{
	int			class = ((ServiceRow *) list_nth(rows, first))->class;

	for (int i = first; i < list_length(rows); i++)
	{
		ServiceRow *row = list_nth(rows, i);

		if (row->class != class)
			break;
		if (strcmp(row->charge.fee.code, code) == 0)
			return row;
	}
	return NULL;
}

/*
 * Have all service charges that a charge is a part of got a place?
 */
static bool
is_ready(const RateLoad *load, int first, const ServiceRow *row)
{
	for (int i = 0; i < row->ncodes; i++)
	{
		const ServiceRow *base = row_of_code(load->services, first,
											 TextDatumGetCString(row->codes[i]));

		if (base != NULL && base->place < 0)
			return false;
	}
	return true;
}

/*
 * The next charge of a class to be placed: in the order of codes, those per
 * dollar last and each after what it is a part of.  NULL: all have a place.
 * Where every one of the rest waits for another there is a circle.
 */
static ServiceRow *
next_service(const RateLoad *load, int first, int from, int end, bool *circle)
{
	ServiceRow *waiting = NULL;

	for (int i = from; i < end; i++)
	{
		ServiceRow *row = list_nth(load->services, i);

		if (row->place < 0 && is_ready(load, first, row))
			return row;
		if (row->place < 0 && waiting == NULL)
			waiting = row;
	}
	*circle = waiting != NULL;
	return waiting;
}

/*
 * What a charge per dollar is a part of.  What its class does not have is a
 * contradiction.
 */
static void
resolve_base_charges(RateLoad *load, int first, ServiceRow *row)
{
	ServiceCharge *charge = &row->charge;
	const char *label = load->book->labels[TYPE_CLASS].words[row->class];
	int		   *places = book_alloc(load->context, row->ncodes * sizeof(int));

	charge->base_charges = places;
	for (int i = 0; i < row->ncodes; i++)
	{
		const char *code = TextDatumGetCString(row->codes[i]);
		int			kind = monthly_charge_line(code);
		const ServiceRow *base = row_of_code(load->services, first, code);

		if (kind >= 0)
			charge->base_lines |= UINT32_C(1) << kind;
		else if (base == NULL)
			charge->contradiction =
				add_contradiction(load, "service_charge", row->class,
								  charge->fee.code,
								  psprintf("based on \"%s\", which class %s"
										   " does not have", code, label));
		else if (base->place >= 0)
			places[charge->nbase++] = base->place;
	}
}

/*
 * Place the charges of a class, rows "first" to before "end".
 */
static void
place_services(RateLoad *load, ServiceCharge *charges, int first, int end)
{
	bool		circle = false;
	int			from = first;	/* all before have a place */
	ServiceRow *row;

	while ((row = next_service(load, first, from, end, &circle)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		if (row->ncodes > 0)
			resolve_base_charges(load, first, row);
		if (circle)
			row->charge.contradiction =
				add_contradiction(load, "service_charge", row->class,
								  row->charge.fee.code,
								  "its base_charges lead into a circle");
		row->place = load->classes[row->class].nservices++;
		charges[row->place] = row->charge;
		while (from < end &&
			   ((ServiceRow *) list_nth(load->services, from))->place >= 0)
			from++;
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
	int			end;

	list_sort(load->services, compare_services);
	for (int first = 0; first < n; first = end)
	{
		const ServiceRow *row = list_nth(load->services, first);
		ClassRates *rates = &load->classes[row->class];

		for (end = first; end < n; end++)
		{
			row = list_nth(load->services, end);
			if (&load->classes[row->class] != rates)
				break;
			schedule->has_dollar_charges |=
				row->charge.unit == SERVICE_PER_DOLLAR;
		}
		rates->services = &charges[first];
		place_services(load, &charges[first], first, end);
		schedule->max_services = Max(schedule->max_services, rates->nservices);
	}
	if (schedule->has_dollar_charges)
		schedule->service_amounts = book_alloc(load->context, sizeof(cents_t) *
											   schedule->max_services);
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
