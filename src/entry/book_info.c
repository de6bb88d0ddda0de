/*
 * book_info.c
 *	  SQL functions that tell of the rate book and its tables.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/tuplestore.h"

#include "book/book.h"
#include "tables/catalog.h"
#include "tables/descriptor.h"

PG_FUNCTION_INFO_V1(rate_loads);
PG_FUNCTION_INFO_V1(rate_tables);

/*
 * rate_loads() RETURNS bigint
 *		How often this backend has read the rate tables.
 */
Datum
rate_loads(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_INT64(rate_book_loads());
}

/*
 * The names of a table's columns as an array of texts.
 */
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
