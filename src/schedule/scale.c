/*
 * scale.c
 *	  Raising the amounts of a draft by a percent.
 *
 * Only the SQL function charge_group() knows which amounts belong to which
 * kind of charge.  It is asked for every column of every rate table, so a new
 * table or column needs no change here.
 */
#include "postgres.h"

#include "executor/spi.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"

#include "schedule/schedule.h"
#include "tables/scan.h"

PG_FUNCTION_INFO_V1(scale_schedule);

/* The kinds of charges, as charge_group() calls them */
static const char *const charge_groups[] = {
	"water", "sewer", "services", "fees", "deposits", "taps", "permits"
};

/* $1 to $4 are the arguments of scale_schedule, $5 the amounts before */
#define NUM_ARGUMENTS	4

/* Refuse an unknown kind of charge. */
static void
check_charge_group(const char *name)
{
	for (int i = 0; i < (int) lengthof(charge_groups); i++)
		if (strcmp(name, charge_groups[i]) == 0)
			return;
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("invalid kind of charges: \"%s\"", name),
			errhint("It is one of water, sewer, services, fees, deposits,"
					" taps and permits."));
}

/* Refuse unknown kinds of charges, and an empty list. */
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
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("charges is empty"));
	for (int i = 0; i < number; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("charges holds a NULL"));
		check_charge_group(TextDatumGetCString(names[i]));
	}
}

/* Refuse a percent of -100 or less, or one that is not a number. */
static void
check_percent(Datum percent)
{
	Datum		hundred = NumericGetDatum(int64_to_numeric(-100));
	Numeric		number = DatumGetNumeric(percent);

	if (numeric_is_nan(number) || numeric_is_inf(number) ||
		DatumGetBool(DirectFunctionCall2(numeric_le, percent, hundred)))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("invalid percent: %s", numeric_text(percent)),
				errdetail("It must be a number above -100."));
}

/* Refuse arguments that are NULL or outside their domain. */
static void
check_arguments(FunctionCallInfo fcinfo)
{
	refuse_null(fcinfo, 0, "schedule");
	refuse_null(fcinfo, 1, "percent");
	refuse_null(fcinfo, 2, "charges");
	refuse_null(fcinfo, 3, "decimals");
	check_percent(PG_GETARG_DATUM(1));
	check_charges(PG_GETARG_ARRAYTYPE_P(2));
	if (PG_GETARG_INT32(3) < 0 || PG_GETARG_INT32(3) > RATE_SCALE)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("invalid decimals: %d", PG_GETARG_INT32(3)),
				errdetail("It must be from 0 to %d.", RATE_SCALE));
}

/* Lock a schedule, and refuse one that is not a draft. */
static void
lock_draft(const char *schedule)
{
	ScheduleRow row = lock_schedule(schedule);

	if (!row.known)
		refuse_unknown_schedule(schedule);
	if (row.adopted)
		refuse_change(schedule);
}

/* Scale one column of one rate table; returns how many amounts it scaled. */
static uint64
scale_column(const char *table, const char *column, const SqlValue *values)
{
	const char *name = quote_identifier(column);

	return execute(psprintf("UPDATE mission_rates.%s AS r SET %s ="
							" _mission_rates.scaled_amount(r.%s, $2, $4)"
							" WHERE r.schedule" IS_EQUAL "$1"
							" AND r.%s IS NOT NULL"
							" AND _mission_rates.charge_group('%s', '%s',"
							" pg_catalog.jsonb_object_field_text("
							"pg_catalog.to_jsonb(r), 'code'),"
							" pg_catalog.jsonb_object_field_text("
							"pg_catalog.to_jsonb(r), 'unit'))"
							" OPERATOR(pg_catalog.=) ANY ($3)",
							table, name, name, name, table, column),
				   NUM_ARGUMENTS, values);
}

/* Scale all amounts; returns how many there were. */
static int64
scale_amounts(const SqlValue *values)
{
	int64		amounts = 0;

	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
	{
		const RateTableColumns *table = &rate_table_columns[i];

		for (int column = 0; column < table->ncolumns; column++)
			if (table->columns[column].type == OF_RATE ||
				table->columns[column].type == OF_NUMERIC)
				amounts += scale_column(table->name,
										table->columns[column].name, values);
	}
	return amounts;
}

/* Refuse to raise only some of the amounts. */
static void
check_scaled(int64 scaled, int64 amounts, const char *schedule)
{
	if (scaled != amounts)
		ereport(ERROR,
				errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				errmsg("only " INT64_FORMAT " of " INT64_FORMAT " amounts of"
					   " schedule \"%s\" could be changed",
					   scaled, amounts, schedule),
				errdetail("A trigger on a rate table kept the others from"
						  " being changed."));
}

/*
 * Warn of amounts that rounding left as they were: 0.06 percent, where 6 was
 * meant, changes only the large ones.
 */
static void
warn_of_rounding(int64 unchanged, int64 amounts, Datum percent)
{
	if (unchanged > 0)
		ereport(WARNING,
				errcode(ERRCODE_WARNING),
				errmsg("rounding left " INT64_FORMAT " of " INT64_FORMAT
					   " amounts as they were", unchanged, amounts),
				errdetail("The percent was %s.", numeric_text(percent)),
				errhint("6 is six percent.  More decimals keep small amounts"
						" apart."));
}

/* Return each amount as it was and as it is. */
static void
return_amounts(Tuplestorestate *result, const SqlValue *values)
{
	uint64		rows = execute("SELECT s.* FROM"
							   " _mission_rates.scaled_from($1, $3, $5) AS s",
							   NUM_ARGUMENTS + 1, values);

	for (uint64 i = 0; i < rows; i++)
		tuplestore_puttuple(result, SPI_tuptable->vals[i]);
}

/*
 * scale_schedule(schedule, percent, charges, decimals) RETURNS SETOF record
 *		Raise the amounts of a draft by a percent.
 */
Datum
scale_schedule(PG_FUNCTION_ARGS)
{
	SqlValue	values[NUM_ARGUMENTS + 1] = {
		{.type = TEXTOID}, {.type = NUMERICOID}, {.type = TEXTARRAYOID},
		{.type = INT4OID}, {.type = JSONBOID}
	};
	char	   *schedule;
	int64		amounts;
	int64		unchanged;

	check_arguments(fcinfo);
	InitMaterializedSRF(fcinfo, 0);
	schedule = text_argument(fcinfo, 0, "schedule");
	for (int i = 0; i < NUM_ARGUMENTS; i++)
		values[i].value = PG_GETARG_DATUM(i);
	SPI_connect();
	lock_draft(schedule);
	execute("SELECT a.number, a.unchanged, a.amounts"
			" FROM _mission_rates.amounts_to_scale($1, $2, $3, $4) AS a",
			NUM_ARGUMENTS, values);
	amounts = DatumGetInt64(result_value(1));
	unchanged = DatumGetInt64(result_value(2));
	values[NUM_ARGUMENTS].value = result_value(3);
	check_scaled(scale_amounts(values), amounts, schedule);
	return_amounts(((ReturnSetInfo *) fcinfo->resultinfo)->setResult, values);
	warn_of_rounding(unchanged, amounts, PG_GETARG_DATUM(1));
	log_event("scale", schedule, NULL,
			  "SELECT pg_catalog.jsonb_build_object('percent', $2,"
			  " 'charges', $3, 'decimals', $4)", NUM_ARGUMENTS, values);
	SPI_finish();
	PG_RETURN_NULL();
}
