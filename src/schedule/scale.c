/*
 * scale.c
 *	  Raising the amounts of a draft by a percent.
 *
 * Only the SQL function charge_group() knows which amounts belong to which
 * kind of charge.  It is asked for every column of every rate table, so a new
 * table or column needs no change here.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"

#include "tables/descriptor.h"
#include "schedule/arguments.h"
#include "schedule/lock.h"
#include "schedule/log.h"
#include "schedule/query.h"

PG_FUNCTION_INFO_V1(scale_schedule);

/* The kinds of charges, as charge_group() calls them */
static const char *const charge_groups[] = {
	"water", "sewer", "services", "fees", "deposits", "taps", "permits"
};

#define MAX_DECIMALS	4

/*
 * Refuse an unknown kind of charge.
 */
static void
check_charge_group(const char *name)
{
	for (int i = 0; i < (int) lengthof(charge_groups); i++)
		if (strcmp(name, charge_groups[i]) == 0)
			return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid kind of charges: \"%s\"", name),
			 errhint("It is one of water, sewer, services, fees, deposits,"
					 " taps and permits.")));
}

/*
 * Refuse unknown kinds of charges, and an empty list.
 */
static void
check_charges(ArrayType *charges)
{
	Datum	   *names;
	bool	   *nulls;
	int			number;

	deconstruct_array(charges, TEXTOID, -1, false, TYPALIGN_INT,
					  &names, &nulls, &number);
	if (number == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("charges is empty")));
	for (int i = 0; i < number; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("charges holds a NULL")));
		check_charge_group(TextDatumGetCString(names[i]));
	}
}

/*
 * Refuse a percent of -100 or less, or one that is not a number.
 */
static void
check_percent(Datum percent)
{
	Datum		hundred = DirectFunctionCall1(int4_numeric, Int32GetDatum(-100));
	Numeric		number = DatumGetNumeric(percent);

	if (!numeric_is_nan(number) && !numeric_is_inf(number) &&
		DatumGetBool(DirectFunctionCall2(numeric_gt, percent, hundred)))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid percent: %s",
					DatumGetCString(DirectFunctionCall1(numeric_out,
														percent))),
			 errdetail("It must be a number above -100.")));
}

/*
 * Refuse arguments that are NULL or outside their domain.
 */
static void
check_arguments(FunctionCallInfo fcinfo)
{
	refuse_null(fcinfo, 0, "schedule");
	refuse_null(fcinfo, 1, "percent");
	refuse_null(fcinfo, 2, "charges");
	refuse_null(fcinfo, 3, "decimals");
	check_percent(PG_GETARG_DATUM(1));
	check_charges(PG_GETARG_ARRAYTYPE_P(2));
	if (PG_GETARG_INT32(3) < 0 || PG_GETARG_INT32(3) > MAX_DECIMALS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid decimals: %d", PG_GETARG_INT32(3)),
				 errdetail("It must be from 0 to %d.", MAX_DECIMALS)));
}

/*
 * Lock a schedule, and refuse one that is not a draft.
 */
static void
lock_draft(const char *schedule)
{
	ScheduleRow row = lock_schedule(schedule);

	if (!row.known)
		refuse_unknown_schedule(schedule);
	if (row.adopted)
		refuse_change(schedule);
}

/*
 * A column as a reference to the row that is updated, NULL where the table has
 * none of that name.
 */
static const char *
column_if_there(const RateTableColumns *table, const char *name)
{
	for (int i = 0; i < table->ncolumns; i++)
		if (strcmp(table->columns[i].name, name) == 0)
			return psprintf("r.%s", quote_identifier(name));
	return "NULL";
}

/*
 * Scale one column of one rate table; returns how many amounts it scaled.  The
 * arguments are those of scale_schedule.
 */
static uint64
scale_column(const RateTableColumns *table, const char *column,
			 Oid *types, Datum *arguments)
{
	const char *name = quote_identifier(column);

	return execute(psprintf("UPDATE mission_rates.%s AS r"
							" SET %s = _mission_rates.scaled_amount(r.%s, $2, $4)"
							" WHERE r.schedule" IS_EQUAL "$1"
							" AND r.%s IS NOT NULL"
							" AND _mission_rates.charge_group(%s, %s, %s, %s)"
							" OPERATOR(pg_catalog.=) ANY ($3)",
							quote_identifier(table->name), name, name, name,
							quote_literal_cstr(table->name),
							quote_literal_cstr(column),
							column_if_there(table, "code"),
							column_if_there(table, "unit")),
				   4, types, arguments);
}

/*
 * Scale all amounts; returns how many there were.
 */
static uint64
scale_amounts(Oid *types, Datum *arguments)
{
	uint64		amounts = 0;

	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
	{
		const RateTableColumns *table = &rate_table_columns[i];

		for (int column = 0; column < table->ncolumns; column++)
			if (table->columns[column].type == OF_RATE ||
				table->columns[column].type == OF_NUMERIC)
				amounts += scale_column(table, table->columns[column].name,
										types, arguments);
	}
	return amounts;
}

/* What is to be scaled: three arrays, of tables, items and amounts */
typedef struct AmountsBefore
{
	uint64		number;
	Datum		arrays[3];
} AmountsBefore;

/*
 * The amounts before they are scaled.
 */
static AmountsBefore
read_amounts(Datum schedule, Datum charges)
{
	Oid			types[] = {TEXTOID, TEXTARRAYOID};
	Datum		arguments[] = {schedule, charges};
	AmountsBefore before;
	bool		isnull;

	execute("SELECT pg_catalog.count(*),"
			" COALESCE(pg_catalog.array_agg(v.rate_table), '{}'),"
			" COALESCE(pg_catalog.array_agg(v.item), '{}'),"
			" COALESCE(pg_catalog.array_agg(v.amount), '{}')"
			" FROM _mission_rates.scaled_values($1, $2) AS v",
			lengthof(types), types, arguments);
	before.number = DatumGetInt64(result_value(0, 1, &isnull));
	for (int i = 0; i < (int) lengthof(before.arrays); i++)
		before.arrays[i] = result_value(0, i + 2, &isnull);
	return before;
}

/*
 * Are two numbers equal?
 */
static bool
is_equal(Datum a, Datum b)
{
	return DatumGetBool(DirectFunctionCall2(numeric_eq, a, b));
}

/*
 * Warn of amounts that rounding left as they were: 0.06 percent, where 6 was
 * meant, changes only the large ones.
 */
static void
warn_of_unchanged(Datum percent, uint64 rows)
{
	Datum		zero = NumericGetDatum(int64_to_numeric(0));
	uint64		unchanged = 0;
	bool		isnull;

	for (uint64 i = 0; i < rows && !is_equal(percent, zero); i++)
	{
		Datum		old = result_value(i, 3, &isnull);

		if (!is_equal(old, zero) && is_equal(old, result_value(i, 4, &isnull)))
			unchanged++;
	}
	if (unchanged > 0)
		ereport(WARNING,
				errcode(ERRCODE_WARNING),
				errmsg("rounding left " UINT64_FORMAT " of " UINT64_FORMAT
					   " amounts as they were", unchanged, rows),
				errdetail("The percent was %s.",
						  DatumGetCString(DirectFunctionCall1(numeric_out,
															  percent))),
				errhint("6 is six percent.  More decimals keep small amounts"
						" apart."));
}

/*
 * Return each amount as it was and as it is.
 */
static void
return_amounts(FunctionCallInfo fcinfo, const AmountsBefore *before)
{
	Oid			types[] = {TEXTOID, TEXTARRAYOID, TEXTARRAYOID, TEXTARRAYOID,
	NUMERICARRAYOID};
	Datum		arguments[] = {PG_GETARG_DATUM(0), PG_GETARG_DATUM(2),
	before->arrays[0], before->arrays[1], before->arrays[2]};
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	uint64		rows;

	rows = execute("SELECT s.rate_table, s.item, s.old, s.new, s.percent"
				   " FROM _mission_rates.scaled_from($1, $2, $3, $4, $5) AS s",
				   lengthof(types), types, arguments);
	for (uint64 i = 0; i < rows; i++)
		tuplestore_puttuple(result->setResult, SPI_tuptable->vals[i]);
	warn_of_unchanged(PG_GETARG_DATUM(1), rows);
}

/*
 * scale_schedule(schedule, percent, charges, decimals) RETURNS SETOF record
 *		Raise the amounts of a draft by a percent.
 */
Datum
scale_schedule(PG_FUNCTION_ARGS)
{
	Oid			types[] = {TEXTOID, NUMERICOID, TEXTARRAYOID, INT4OID};
	Datum		arguments[lengthof(types)];
	AmountsBefore before;
	char	   *schedule;
	uint64		scaled;

	check_arguments(fcinfo);
	InitMaterializedSRF(fcinfo, 0);
	schedule = text_argument(fcinfo, 0, "schedule");
	for (int i = 0; i < (int) lengthof(types); i++)
		arguments[i] = PG_GETARG_DATUM(i);
	SPI_connect();
	lock_draft(schedule);
	before = read_amounts(arguments[0], arguments[2]);
	scaled = scale_amounts(types, arguments);
	if (scaled != before.number)
		ereport(ERROR,
				(errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				 errmsg("only " UINT64_FORMAT " of " UINT64_FORMAT " amounts of"
						" schedule \"%s\" could be changed",
						scaled, before.number, schedule),
				 errdetail("A trigger on a rate table kept the"
						   " others from being changed.")));
	return_amounts(fcinfo, &before);
	log_event("scale", schedule, NULL,
			  "SELECT pg_catalog.jsonb_build_object('percent', $2,"
			  " 'charges', $3, 'decimals', $4)",
			  lengthof(types), types, arguments);
	SPI_finish();
	PG_RETURN_NULL();
}
