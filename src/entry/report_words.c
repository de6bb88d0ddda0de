/*
 * report_words.c
 *	  What reports and checks in SQL share with the rate book: numbers and
 *	  ranges in words, and the codes of charges.
 *
 * The functions take columns of rate tables, whose constraints have looked at
 * their range.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/syscache.h"
#include "utils/tuplestore.h"

#include "book/charges.h"
#include "book/words.h"
#include "tables/datum.h"
#include "rating/services.h"

PG_FUNCTION_INFO_V1(rate_text);
PG_FUNCTION_INFO_V1(count_text);
PG_FUNCTION_INFO_V1(gallons_text);
PG_FUNCTION_INFO_V1(square_feet_text);
PG_FUNCTION_INFO_V1(line_size_text);
PG_FUNCTION_INFO_V1(enum_position);
PG_FUNCTION_INFO_V1(charge_codes);
PG_FUNCTION_INFO_V1(reserved_code);
PG_FUNCTION_INFO_V1(monthly_codes);

/* A numeric with or without commas between the thousands. */
static Datum
number_text(FunctionCallInfo fcinfo, bool commas, int decimals)
{
	char	   *number = DatumGetCString(DirectFunctionCall1(numeric_out,
															 PG_GETARG_DATUM(0)));

	return CStringGetTextDatum(decimal_words(number, commas, decimals));
}

/*
 * rate_text(amount numeric) RETURNS text
 *		"1234.50", with more decimals where the rate has more.
 */
Datum
rate_text(PG_FUNCTION_ARGS)
{
	return number_text(fcinfo, false, 2);
}

/*
 * count_text(quantity numeric) RETURNS text
 *		"1,234", with decimals where the number has any.
 */
Datum
count_text(PG_FUNCTION_ARGS)
{
	return number_text(fcinfo, true, 0);
}

/*
 * gallons_text(above bigint, upto bigint) RETURNS text
 */
Datum
gallons_text(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(CStringGetTextDatum(
		gallons_words(PG_GETARG_INT64(0),
					  PG_ARGISNULL(1) ? INT64_MAX : PG_GETARG_INT64(1))));
}

/*
 * square_feet_text(above numeric, upto numeric) RETURNS text
 */
Datum
square_feet_text(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(CStringGetTextDatum(
		square_feet_words(rate_from_numeric(PG_GETARG_DATUM(0)),
						  PG_ARGISNULL(1) ? INT64_MAX :
						  rate_from_numeric(PG_GETARG_DATUM(1)))));
}

/*
 * line_size_text(line_inches numeric, larger_than boolean) RETURNS text
 */
Datum
line_size_text(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(CStringGetTextDatum(
		line_size_words(rate_from_numeric(PG_GETARG_DATUM(0)),
						PG_GETARG_BOOL(1))));
}

/*
 * label_position(label anyenum) RETURNS numeric
 *		A number that orders labels as the enum does; reports ask for it once
 *		or more for each rate row.
 */
Datum
enum_position(PG_FUNCTION_ARGS)
{
	Oid			label = PG_GETARG_OID(0);
	HeapTuple	row = SearchSysCache1(ENUMOID, ObjectIdGetDatum(label));
	float4		position;

	if (!HeapTupleIsValid(row))
		elog(ERROR, "cache lookup failed for enum label %u", label);
	position = ((Form_pg_enum) GETSTRUCT(row))->enumsortorder;
	ReleaseSysCache(row);
	PG_RETURN_DATUM(DirectFunctionCall1(float4_numeric,
										Float4GetDatum(position)));
}

/*
 * charge_codes() RETURNS SETOF record
 */
Datum
charge_codes(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	ChargeCode	codes[MAX_CHARGE_CODES];
	int			n = list_charge_codes(codes);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < n; i++)
	{
		Datum		values[] = {
			Int32GetDatum(i + 1),
			CStringGetTextDatum(codes[i].charge),
			CStringGetTextDatum(codes[i].service),
			BoolGetDatum(codes[i].is_fee),
			BoolGetDatum(codes[i].needed)
		};
		bool		nulls[lengthof(values)] = {false};

		tuplestore_putvalues(rows->setResult, rows->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/*
 * reserved_code(code text, for_fee boolean) RETURNS boolean
 */
Datum
reserved_code(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(is_reserved_code(text_to_cstring(PG_GETARG_TEXT_PP(0)),
									PG_GETARG_BOOL(1)));
}

/* A monthly charge's code, or one that a service charge may have */
static bool
is_monthly_code(const char *code)
{
	size_t		length = strlen(code);

	return monthly_charge_line(code) >= 0 ||
		(length > 0 && code[0] != ' ' && code[length - 1] != ' ' &&
		 !is_reserved_code(code, false));
}

/*
 * monthly_codes(codes text[]) RETURNS boolean
 */
Datum
monthly_codes(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	Datum	   *codes;
	bool	   *nulls;
	int			n;

	if (ARR_NDIM(array) != 1 || ARR_LBOUND(array)[0] != 1)
		PG_RETURN_BOOL(false);
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &codes, &nulls,
					  &n);
	for (int i = 0; i < n; i++)
	{
		if (nulls[i] || !is_monthly_code(TextDatumGetCString(codes[i])))
			PG_RETURN_BOOL(false);
		for (int j = 0; j < i; j++)
			if (DatumGetBool(DirectFunctionCall2Coll(texteq, C_COLLATION_OID,
													 codes[i], codes[j])))
				PG_RETURN_BOOL(false);
	}
	PG_RETURN_BOOL(n > 0);
}
