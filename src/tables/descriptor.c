/*
 * descriptor.c
 *	  The rate tables as this version of the extension expects them, and the
 *	  check that the database has them so.
 *
 * Rows are read by attribute number, without checking their types.  An ALTER
 * TABLE by the owner, or tables of another version, must therefore raise an
 * error before the first row is read.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "tables/descriptor.h"

#define COLUMN_ENTRY(number, name, type, not_null)	{name, type, not_null},

#define COLUMN_ENTRIES(upper, lower) \
	static const RateColumn columns_of_##lower[] = \
	{upper##_COLUMNS(COLUMN_ENTRY)};

RATE_TABLES(COLUMN_ENTRIES)
OTHER_ROWS(COLUMN_ENTRIES)

#define TABLE_ENTRY(lower) \
	{#lower, lengthof(columns_of_##lower), columns_of_##lower}

#define RATE_TABLE_ENTRY(upper, lower)	[TABLE_##upper] = TABLE_ENTRY(lower),

const RateTableColumns rate_table_columns[NUM_RATE_TABLES] = {
	RATE_TABLES(RATE_TABLE_ENTRY)
};

#define OTHER_ROW(upper, lower) \
	const RateTableColumns lower##_columns = TABLE_ENTRY(lower);

OTHER_ROWS(OTHER_ROW)

/* The types of columns: the extension's own by name, the server's by OID */
static const struct
{
	const char *own;
	Oid			builtin;
}			column_types[NUM_COLUMN_TYPES] = {
	[OF_CLASS] = {"customer_class", InvalidOid},
	[OF_GROUP] = {"rate_group", InvalidOid},
	[OF_SIZE] = {"meter_size", InvalidOid},
	[OF_AREA] = {"service_area", InvalidOid},
	[OF_CATEGORY] = {"deposit_category", InvalidOid},
	[OF_RATE] = {NULL, NUMERICOID},
	[OF_TEXT] = {NULL, TEXTOID},
	[OF_TEXT_ARRAY] = {NULL, TEXTARRAYOID},
	[OF_BOOLEAN] = {NULL, BOOLOID},
	[OF_INTEGER] = {NULL, INT4OID},
	[OF_BIGINT] = {NULL, INT8OID},
	[OF_NUMERIC] = {NULL, NUMERICOID},
	[OF_DATE] = {NULL, DATEOID},
};

/*
 * errhint_update
 *		What to do where an object is not of this version.
 */
int
errhint_update(void)
{
	return errhint("Run ALTER EXTENSION mission_rates UPDATE.");
}

/*
 * rate_type_name
 *		The name of one of the extension's enum types.
 */
const char *
rate_type_name(RateType type)
{
	return column_types[type].own;
}

/*
 * column_type_oid
 *		The OID of a type, in the schema of the extension if it is its own.
 */
Oid
column_type_oid(ColumnType type, Oid schema)
{
	const char *name = column_types[type].own;
	Oid			oid;

	if (name == NULL)
		return column_types[type].builtin;
	oid = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum(name),
						  ObjectIdGetDatum(schema));
	if (!OidIsValid(oid) || !type_is_enum(oid))
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("type \"%s\" is not the one that mission_rates made",
					   name),
				errhint_update());
	return oid;
}

/*
 * verify_column_number
 *		Refuse a table whose column of that number is not the expected one.
 */
void
verify_column_number(const RateTableColumns *expected, int number,
					 TupleDesc found, Oid schema)
{
	const RateColumn *column = &expected->columns[number - 1];
	Oid			type = column_type_oid(column->type, schema);
	Form_pg_attribute is;

	if (number > found->natts)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("relation \"%s\" has no column \"%s\"",
					   expected->name, column->name),
				errhint_update());
	is = TupleDescAttr(found, number - 1);
	if (strcmp(NameStr(is->attname), column->name) != 0)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("column %d of relation \"%s\" is \"%s\" instead of"
					   " \"%s\"", number, expected->name,
					   NameStr(is->attname), column->name),
				errhint_update());
	if (is->atttypid != type || is->atttypmod != -1)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("column \"%s\" of relation \"%s\" has type %s instead"
					   " of %s", column->name, expected->name,
					   format_type_with_typemod(is->atttypid, is->atttypmod),
					   format_type_be(type)),
				errhint_update());
	if (column->not_null && !is->attnotnull)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("column \"%s\" of relation \"%s\" is not NOT NULL",
					   column->name, expected->name),
				errhint_update());
}

/*
 * verify_columns
 *		Refuse a table or composite type whose columns are not the expected
 *		ones.  One that was dropped keeps its number; at the end of the row it
 *		is harmless.
 */
void
verify_columns(const RateTableColumns *expected, TupleDesc found, Oid schema)
{
	int			ncolumns = found->natts;

	while (ncolumns > 0 && TupleDescAttr(found, ncolumns - 1)->attisdropped)
		ncolumns--;
	for (int i = 1; i <= Min(ncolumns, expected->ncolumns); i++)
		verify_column_number(expected, i, found, schema);
	if (ncolumns != expected->ncolumns)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("relation \"%s\" has %d columns instead of %d",
					   expected->name, ncolumns, expected->ncolumns),
				errhint_update());
}
