/*
 * book_info.c
 *	  What SQL asks of the rate book and of the descriptor of its tables:
 *	  numbers and ranges in words, codes of charges, tables and columns.
 *
 * The words take columns of rate tables, whose constraints have looked at their
 * range.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
#include "utils/tuplestore.h"

#include "book/book.h"
#include "tables/catalog.h"
#include "tables/scan.h"

PG_FUNCTION_INFO_V1(count_text);
PG_FUNCTION_INFO_V1(gallons_text);
PG_FUNCTION_INFO_V1(square_feet_text);
PG_FUNCTION_INFO_V1(line_size_text);
PG_FUNCTION_INFO_V1(enum_position);
PG_FUNCTION_INFO_V1(charge_codes);
PG_FUNCTION_INFO_V1(reserved_code);
PG_FUNCTION_INFO_V1(rate_loads);
PG_FUNCTION_INFO_V1(rate_tables);

/*
 * count_text(quantity numeric) RETURNS text
 *		"1,234", with decimals where the number has any.
 */
Datum
count_text(PG_FUNCTION_ARGS)
{
	char	   *number = numeric_text(PG_GETARG_DATUM(0));

	PG_RETURN_DATUM(CStringGetTextDatum(decimal_words(number)));
}

/* gallons_text(above bigint, upto bigint) RETURNS text */
Datum
gallons_text(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(CStringGetTextDatum(
		gallons_words(PG_GETARG_INT64(0),
					  PG_ARGISNULL(1) ? INT64_MAX : PG_GETARG_INT64(1))));
}

/* square_feet_text(above numeric, upto numeric) RETURNS text */
Datum
square_feet_text(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(CStringGetTextDatum(
		square_feet_words(rate_from_numeric(PG_GETARG_DATUM(0), RATE_SCALE),
						  PG_ARGISNULL(1) ? INT64_MAX :
						  rate_from_numeric(PG_GETARG_DATUM(1), RATE_SCALE))));
}

/* line_size_text(line_inches numeric, larger_than boolean) RETURNS text */
Datum
line_size_text(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(CStringGetTextDatum(
		line_size_words(rate_from_numeric(PG_GETARG_DATUM(0), RATE_SCALE),
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

/* charge_codes() RETURNS SETOF record */
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
			BoolGetDatum(codes[i].needed),
			BoolGetDatum(codes[i].monthly)
		};
		bool		nulls[lengthof(values)] = {false};

		tuplestore_putvalues(rows->setResult, rows->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* reserved_code(code text, for_fee boolean) RETURNS boolean */
Datum
reserved_code(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(is_reserved_code(text_to_cstring(PG_GETARG_TEXT_PP(0)),
									PG_GETARG_BOOL(1)));
}

/*
 * rate_loads() RETURNS bigint
 *		How often this backend has read the rate tables.
 */
Datum
rate_loads(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_INT64(rate_session.loads);
}

/* The names of a table's columns as an array of texts. */
static Datum
names_of_columns(const RateTableColumns *table)
{
	Datum	   *names = palloc(table->ncolumns * sizeof(Datum));

	for (int i = 0; i < table->ncolumns; i++)
		names[i] = CStringGetTextDatum(table->columns[i].name);
	return PointerGetDatum(construct_array(names, table->ncolumns, TEXTOID,
										   -1, false, TYPALIGN_INT));
}

/*
 * rate_tables() RETURNS SETOF (table_order, rate_table, columns)
 *		The descriptor of the rate tables, for SQL.
 *
 * Left out are those that the database does not have yet: the install script
 * of an earlier version runs with this library, too.
 */
Datum
rate_tables(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Oid			schema = rate_schema();

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < NUM_RATE_TABLES; i++)
	{
		bool		nulls[3] = {false};
		Datum		values[3];

		if (!OidIsValid(get_relname_relid(rate_table_columns[i].name, schema)))
			continue;
		values[0] = Int32GetDatum(i);
		values[1] = CStringGetTextDatum(rate_table_columns[i].name);
		values[2] = names_of_columns(&rate_table_columns[i]);
		tuplestore_putvalues(result->setResult, result->setDesc, values,
							 nulls);
	}
	return (Datum) 0;
}
