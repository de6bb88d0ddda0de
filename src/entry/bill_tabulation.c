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

/* The bills that end in one step; step 0 is that of no consumption. */
typedef struct Step
{
	int64		bills;
	WideInt		gallons;
} Step;

/* Consumption as bill() takes it */
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

/* The readings that are not NULL; returns how many there are. */
static int
read_readings(ArrayType *array, int64 **readings)
{
	int			count = 0;
	Datum	   *values;
	bool	   *nulls;
	int			n;

	deconstruct_array(array, INT8OID, sizeof(int64), FLOAT8PASSBYVAL,
					  TYPALIGN_DOUBLE, &values, &nulls, &n);
	*readings = palloc(sizeof(int64) * n);
	for (int i = 0; i < n; i++)
		if (!nulls[i])
		{
			check_reading(DatumGetInt64(values[i]));
			(*readings)[count++] = DatumGetInt64(values[i]);
		}
	return count;
}

/* The step that a reading ends in: 0 in the first, 1 to "step" in the next. */
static int64
step_of(int64 gallons, int64 step)
{
	return gallons == 0 ? 0 : (gallons - 1) / step + 1;
}

/* The step of the largest reading */
static int64
last_step(const int64 *readings, int count, int64 step)
{
	int64		most = 0;

	for (int i = 0; i < count; i++)
		most = Max(most, readings[i]);
	if (step_of(most, step) > MAX_STEPS)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("more than %d steps", MAX_STEPS),
				errdetail("The largest reading is " INT64_FORMAT
						  " gallons, a step " INT64_FORMAT ".", most, step),
				errhint("Pass a larger step."));
	return step_of(most, step);
}

/* Return a step that ends at so many gallons, and the sums up to it. */
static void
put_step(ReturnSetInfo *result, const Step *step, int64 from, int64 upto,
		 const Step *lower, int64 higher_bills)
{
	WideInt		consolidated = lower->gallons;
	Datum		values[] = {
		Int64GetDatum(from),
		Int64GetDatum(upto),
		Int64GetDatum(step->bills),
		wide_to_numeric(step->gallons, 0),
		Int64GetDatum(lower->bills),
		wide_to_numeric(lower->gallons, 0),
		0
	};
	bool		nulls[lengthof(values)] = {false};

	wide_add(&consolidated, wide_product(higher_bills, upto));
	values[lengthof(values) - 1] = wide_to_numeric(consolidated, 0);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/*
 * bill_tabulation(readings, step)
 *		How many bills ended in each step of consumption.
 */
Datum
bill_tabulation(PG_FUNCTION_ARGS)
{
	int64		size;
	int64	   *readings;
	int			count;
	int64		last;
	Step	   *steps;
	Step		lower = {0};

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	size = PG_GETARG_INT64(1);
	if (size < 1)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("step is less than 1: " INT64_FORMAT, size),
				errdetail("A step is a number of gallons."));
	count = read_readings(PG_GETARG_ARRAYTYPE_P(0), &readings);
	if (count == 0)
		return (Datum) 0;
	last = last_step(readings, count, size);
	steps = palloc0(sizeof(Step) * (last + 1));
	for (int i = 0; i < count; i++)
	{
		Step	   *step = &steps[step_of(readings[i], size)];

		step->bills++;
		wide_add(&step->gallons, wide_of(readings[i]));
	}
	for (int64 i = 0; i <= last; i++)
	{
		lower.bills += steps[i].bills;
		wide_add(&lower.gallons, steps[i].gallons);
		put_step((ReturnSetInfo *) fcinfo->resultinfo, &steps[i],
				 i == 0 ? 0 : (i - 1) * size + 1, i * size, &lower,
				 count - lower.bills);
	}
	return (Datum) 0;
}
