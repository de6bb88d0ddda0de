/*
 * bill_tabulation.c
 *	  bill_tabulation: the bill frequency table of AWWA manual M1.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/tuplestore.h"

#include "entry/number.h"
#include "rating/rates.h"
#include "rating/wide.h"

PG_FUNCTION_INFO_V1(bill_tabulation);

#define MAX_STEPS	100000

/* The columns that are returned */
enum
{
	COLUMN_FROM_GALLONS,
	COLUMN_TO_GALLONS,
	COLUMN_BILLS,
	COLUMN_GALLONS,
	COLUMN_CUMULATIVE_BILLS,
	COLUMN_CUMULATIVE_GALLONS,
	COLUMN_CONSOLIDATED_GALLONS,
	NUM_COLUMNS
};

/* The bills that end in one step; step 0 is that of no consumption. */
typedef struct Step
{
	int64		bills;
	WideInt		gallons;
} Step;

typedef struct Tabulation
{
	int64		step;			/* gallons */
	int64		bills;
	int64		last;			/* the step of the largest bill */
	Step	   *steps;
} Tabulation;

/* The step that a reading ends in: 0 in the first, 1 to "step" in the next. */
static int64
step_of(int64 gallons, int64 step)
{
	return gallons == 0 ? 0 : (gallons - 1) / step + 1;
}

/* Consumption as bill() takes it. */
static void
check_reading(int64 gallons)
{
	if (gallons < 0)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("reading is negative: " INT64_FORMAT, gallons));
	if (gallons > MAX_GALLONS)
		ereport(ERROR,
				errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				errmsg("reading is more than " INT64_FORMAT " gallons: " INT64_FORMAT,
					   (int64) MAX_GALLONS, gallons));
}

/* Find the last step, and make room for all of them. */
static void
measure(Tabulation *table, const Datum *readings, const bool *nulls, int count)
{
	int64		most = 0;

	for (int i = 0; i < count; i++)
	{
		if (nulls[i])
			continue;
		check_reading(DatumGetInt64(readings[i]));
		most = Max(most, DatumGetInt64(readings[i]));
		table->bills++;
	}
	table->last = step_of(most, table->step);
	if (table->last > MAX_STEPS)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("more than %d steps", MAX_STEPS),
				errdetail("The largest reading is " INT64_FORMAT
						  " gallons, a step " INT64_FORMAT ".",
						  most, table->step),
				errhint("Pass a larger step."));
	table->steps = palloc0(sizeof(Step) * (table->last + 1));
}

/* The gallons that all bills used up to a number of gallons. */
static Datum
consolidated(WideInt gallons_of_lower, int64 higher_bills, int64 upto)
{
	wide_add(&gallons_of_lower, wide_product(higher_bills, upto));
	return wide_to_numeric(gallons_of_lower, 0);
}

/* Return the steps, adding them up. */
static void
put_steps(ReturnSetInfo *result, const Tabulation *table)
{
	int64		bills = 0;
	WideInt		gallons = {0, 0};

	for (int64 i = 0; i <= table->last; i++)
	{
		Datum		values[NUM_COLUMNS];
		bool		nulls[NUM_COLUMNS] = {false};
		int64		upto = i * table->step;

		bills += table->steps[i].bills;
		wide_add(&gallons, table->steps[i].gallons);
		values[COLUMN_FROM_GALLONS] =
			Int64GetDatum(i == 0 ? 0 : upto - table->step + 1);
		values[COLUMN_TO_GALLONS] = Int64GetDatum(upto);
		values[COLUMN_BILLS] = Int64GetDatum(table->steps[i].bills);
		values[COLUMN_GALLONS] = wide_to_numeric(table->steps[i].gallons, 0);
		values[COLUMN_CUMULATIVE_BILLS] = Int64GetDatum(bills);
		values[COLUMN_CUMULATIVE_GALLONS] = wide_to_numeric(gallons, 0);
		values[COLUMN_CONSOLIDATED_GALLONS] =
			consolidated(gallons, table->bills - bills, upto);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
}

/*
 * bill_tabulation(readings, step)
 *
 * How many bills ended in each step of consumption.
 */
Datum
bill_tabulation(PG_FUNCTION_ARGS)
{
	Tabulation	table = {0};
	Datum	   *readings;
	bool	   *nulls;
	int			count;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	table.step = PG_GETARG_INT64(1);
	if (table.step < 1)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("step is less than 1: " INT64_FORMAT, table.step),
				errdetail("A step is a number of gallons."));
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), INT8OID, sizeof(int64),
					  FLOAT8PASSBYVAL, TYPALIGN_DOUBLE, &readings, &nulls,
					  &count);
	measure(&table, readings, nulls, count);
	for (int i = 0; i < count; i++)
	{
		Step	   *step;

		if (nulls[i])
			continue;
		step = &table.steps[step_of(DatumGetInt64(readings[i]), table.step)];
		step->bills++;
		wide_add(&step->gallons, wide_of(DatumGetInt64(readings[i])));
	}
	if (table.bills > 0)
		put_steps((ReturnSetInfo *) fcinfo->resultinfo, &table);
	return (Datum) 0;
}
