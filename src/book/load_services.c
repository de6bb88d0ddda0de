/*
 * load_services.c
 *	  The table of service charges (§ 114-61).
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"

#include "book/load.h"
#include "rating/services.h"

/* One row, until the rows of a class are collected */
typedef struct ServiceRow
{
	int			class;
	bool		is_placed;
	int			place;			/* among those of the class */
	ServiceCharge charge;
	int			ncodes;			/* of base_charges */
	Datum	   *codes;
} ServiceRow;

/* The rows of a class, by code, those per dollar last */
typedef struct ClassRows
{
	ServiceRow *rows;
	int			n;
	int			first;			/* all before have a place */
} ClassRows;

static ServiceUnit
service_unit(const RateRow *row)
{
	for (int unit = 0; unit < NUM_SERVICE_UNITS; unit++)
		if (row_has_words(row, SERVICE_CHARGE_UNIT, service_unit_names[unit]))
			return unit;
	elog(ERROR, "unknown unit of a service charge: \"%s\"",
		 row_string(row, SERVICE_CHARGE_UNIT));
}

/* service_charge: one code of a class. */
static void
read_service_charge(RateLoad *load, const RateRow *row, void *element)
{
	ServiceRow *service = element;
	ServiceCharge *charge = &service->charge;

	service->class = row_position(load, row, SERVICE_CHARGE_CLASS);
	read_fee_words(load, row, &charge->fee, SERVICE_CHARGE_CODE,
				   SERVICE_CHARGE_UNIT, SERVICE_CHARGE_LABEL,
				   SERVICE_CHARGE_SECTION);
	charge->unit = service_unit(row);
	charge->fee.amount =
		rate_from_numeric(row_value(row, SERVICE_CHARGE_AMOUNT),
						  service_rate(charge).scale);
	(void) multiply_to_cents(decimal_of_count(1), service_rate(charge),
							 &charge->amount_of_one);
	charge->above = DatumGetInt64(row_value(row, SERVICE_CHARGE_ABOVE_GALLONS));
	charge->every_bill = DatumGetBool(row_value(row,
												SERVICE_CHARGE_EVERY_BILL));
	if (!row_is_null(row, SERVICE_CHARGE_BASE_CHARGES))
		deconstruct_array(DatumGetArrayTypeP(row_value(row,
													   SERVICE_CHARGE_BASE_CHARGES)),
						  TEXTOID, -1, false, TYPALIGN_INT, &service->codes,
						  NULL, &service->ncodes);
}

/* Order charges by class, those per dollar last, then by code. */
static int
compare_services(const void *a, const void *b)
{
	const ServiceRow *row_a = a;
	const ServiceRow *row_b = b;
	bool		last_a = row_a->charge.unit == SERVICE_PER_DOLLAR;
	bool		last_b = row_b->charge.unit == SERVICE_PER_DOLLAR;

	if (row_a->class != row_b->class)
		return COMPARE(row_a->class, row_b->class);
	if (last_a != last_b)
		return COMPARE(last_a, last_b);
	return strcmp(row_a->charge.fee.code, row_b->charge.fee.code);
}

/* The row of a code in a class; NULL: it has no such charge. */
static ServiceRow *
row_of_code(const ClassRows *class, const char *code)
{
	for (int i = 0; i < class->n; i++)
		if (strcmp(class->rows[i].charge.fee.code, code) == 0)
			return &class->rows[i];
	return NULL;
}

/* Do all service charges that a charge is a part of have a place? */
static bool
is_ready(const ClassRows *class, const ServiceRow *row)
{
	for (int i = 0; i < row->ncodes; i++)
	{
		const ServiceRow *base = row_of_code(class,
											 TextDatumGetCString(row->codes[i]));

		if (base != NULL && !base->is_placed)
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
next_service(ClassRows *class, bool *circle)
{
	ServiceRow *waiting = NULL;

	while (class->first < class->n && class->rows[class->first].is_placed)
		class->first++;
	for (int i = class->first; i < class->n; i++)
	{
		ServiceRow *row = &class->rows[i];

		if (!row->is_placed && is_ready(class, row))
			return row;
		if (!row->is_placed && waiting == NULL)
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
resolve_base_charges(RateLoad *load, const ClassRows *class, ServiceRow *row)
{
	ServiceCharge *charge = &row->charge;
	int		   *places = book_alloc(load->context, row->ncodes * sizeof(int));

	charge->base_charges = places;
	for (int i = 0; i < row->ncodes; i++)
	{
		const char *code = TextDatumGetCString(row->codes[i]);
		int			kind = monthly_charge_line(code);
		const ServiceRow *base = row_of_code(class, code);

		if (kind >= 0)
			charge->base_lines |= UINT32_C(1) << kind;
		else if (base == NULL)
			charge->contradiction =
				add_contradiction(load, "service_charge", row->class,
								  charge->fee.code,
								  psprintf("based on \"%s\", which class %s"
										   " does not have", code,
										   label_word(load, TYPE_CLASS,
													  row->class)));
		else if (base->is_placed)
			places[charge->nbase++] = base->place;
	}
}

/* Put the charges of a class into their places. */
static void
place_services(RateLoad *load, ClassRows *class, ServiceCharge *charges)
{
	bool		circle = false;
	ServiceRow *row;

	for (int place = 0; (row = next_service(class, &circle)) != NULL; place++)
	{
		CHECK_FOR_INTERRUPTS();
		if (row->ncodes > 0)
			resolve_base_charges(load, class, row);
		if (circle)
			row->charge.contradiction =
				add_contradiction(load, "service_charge", row->class,
								  row->charge.fee.code,
								  "its base_charges lead into a circle");
		row->is_placed = true;
		row->place = place;
		charges[place] = row->charge;
	}
}

/*
 * load_service_charges
 *		Read the table, and collect the charges of each class.
 */
void
load_service_charges(RateLoad *load)
{
	RateSchedule *schedule = load->schedule;
	int			n = count_rows(load, TABLE_SERVICE_CHARGE);
	ServiceRow *rows = read_array(load, TABLE_SERVICE_CHARGE,
								  read_service_charge, sizeof(ServiceRow),
								  compare_services, CurrentMemoryContext);
	ServiceCharge *charges = book_alloc(load->context,
										n * sizeof(ServiceCharge));
	bool		has_dollar_charges = false;
	ClassRows	class;

	for (int first = 0; first < n; first += class.n)
	{
		ClassRates *rates = &load->classes[rows[first].class];

		class = (ClassRows) {.rows = &rows[first]};
		while (first + class.n < n &&
			   class.rows[class.n].class == class.rows->class)
			class.n++;
		rates->services = &charges[first];
		rates->nservices = class.n;
		place_services(load, &class, &charges[first]);
		schedule->max_services = Max(schedule->max_services, class.n);
		has_dollar_charges |=
			class.rows[class.n - 1].charge.unit == SERVICE_PER_DOLLAR;
	}
	if (has_dollar_charges)
		schedule->service_amounts = book_alloc(load->context, sizeof(cents_t) *
											   schedule->max_services);
}
