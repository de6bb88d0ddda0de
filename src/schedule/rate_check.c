/*
 * rate_check.c
 *	  The CHECK on every number of a rate table, and on the unit of a service
 *	  charge.
 *
 * They are functions so that the error says which column is meant and what to
 * do: the usual cause is "amount * 1.035", which has too many decimals.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"

#include "tables/scan.h"

PG_FUNCTION_INFO_V1(check_rate);
PG_FUNCTION_INFO_V1(check_unit);

/*
 * Refuse a number, in the terms of a CHECK constraint of the table.  Numbers
 * have four decimals, or six.
 */
static void
refuse_rate(const char *number, const char *table, const char *column,
			bool may_be_negative, int decimals, bool too_fine)
{
	const char *words = decimals == RATE_SCALE ? "four" : "six";

	ereport(ERROR,
			errcode(ERRCODE_CHECK_VIOLATION),
			errmsg("invalid value for column \"%s\" of rate table \"%s\": %s",
				   column, table, number),
			may_be_negative ?
			errdetail("It must be above -1,000,000,000, below 1,000,000,000,"
					  " and have at most %s decimals.", words) :
			errdetail("It must be at least 0, below 1,000,000,000, and have at"
					  " most %s decimals.", words),
			too_fine ?
			errhint("Round it to %s decimals: round(%s, %d).", words, number,
					decimals) : 0,
			err_generic_string(PG_DIAG_SCHEMA_NAME, "mission_rates"),
			err_generic_string(PG_DIAG_TABLE_NAME, table),
			err_generic_string(PG_DIAG_COLUMN_NAME, column),
			err_generic_string(PG_DIAG_CONSTRAINT_NAME,
							   psprintf("%s_%s_range", table, column)));
}

/*
 * check_rate(value, rate_table, column_name, may_be_negative, decimals)
 * RETURNS boolean
 *		True, or the error.
 */
Datum
check_rate(PG_FUNCTION_ARGS)
{
	char	   *digits = numeric_text(PG_GETARG_DATUM(0));
	bool		may_be_negative = PG_GETARG_BOOL(3);
	int			decimals = PG_GETARG_INT32(4);
	Decimal		number;
	DecimalStatus status = decimal_from_text(digits, &number);
	bool		in_range = (status == DECIMAL_OK || status == DECIMAL_TOO_FINE) &&
		is_below_limit(number) && (may_be_negative || digits[0] != '-');
	bool		too_fine = in_range &&
		(status == DECIMAL_TOO_FINE || number.scale > decimals);

	if (!in_range || too_fine)
		refuse_rate(digits, text_to_cstring(PG_GETARG_TEXT_PP(1)),
					text_to_cstring(PG_GETARG_TEXT_PP(2)), may_be_negative,
					decimals, too_fine);
	PG_RETURN_BOOL(true);
}

/* The units of service charges, for people. */
static char *
unit_names(void)
{
	StringInfoData names;

	initStringInfo(&names);
	for (int i = 0; i < NUM_SERVICE_UNITS; i++)
		appendStringInfo(&names, "%s\"%s\"", i == 0 ? "" : ", ",
						 service_unit_names[i]);
	return names.data;
}

/*
 * check_unit(unit) RETURNS boolean
 *		True, or the error in the terms of the CHECK on service_charge.unit.
 */
Datum
check_unit(PG_FUNCTION_ARGS)
{
	char	   *unit = text_to_cstring(PG_GETARG_TEXT_PP(0));

	for (int i = 0; i < NUM_SERVICE_UNITS; i++)
		if (strcmp(unit, service_unit_names[i]) == 0)
			PG_RETURN_BOOL(true);
	ereport(ERROR,
			errcode(ERRCODE_CHECK_VIOLATION),
			errmsg("invalid unit of a service charge: \"%s\"", unit),
			errhint("The units are %s.", unit_names()),
			err_generic_string(PG_DIAG_SCHEMA_NAME, "mission_rates"),
			err_generic_string(PG_DIAG_TABLE_NAME, "service_charge"),
			err_generic_string(PG_DIAG_COLUMN_NAME, "unit"),
			err_generic_string(PG_DIAG_CONSTRAINT_NAME,
							   "service_charge_unit_known"));
}
