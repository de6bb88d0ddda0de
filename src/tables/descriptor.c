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
	static const RateColumn lower##_columns[] = {upper##_COLUMNS(COLUMN_ENTRY)};

RATE_TABLES(COLUMN_ENTRIES)

static const RateColumn columns_of_bill_line[] = {BILL_LINE_COLUMNS(COLUMN_ENTRY)};
static const RateColumn columns_of_account_sums[] = {ACCOUNT_SUMS_COLUMNS(COLUMN_ENTRY)};
static const RateColumn columns_of_added_label[] = {ADDED_LABEL_COLUMNS(COLUMN_ENTRY)};

#define TABLE_ENTRY(name, columns)	{name, lengthof(columns), columns}

#define RATE_TABLE_ENTRY(upper, lower) \
	[TABLE_##upper] = TABLE_ENTRY(#lower, lower##_columns),

const RateTableColumns rate_table_columns[NUM_RATE_TABLES] = {
	RATE_TABLES(RATE_TABLE_ENTRY)
};

const RateTableColumns bill_line_columns =
TABLE_ENTRY("bill_line", columns_of_bill_line);

const RateTableColumns account_sums_columns =
TABLE_ENTRY("account_sums", columns_of_account_sums);

const RateTableColumns added_label_columns =
TABLE_ENTRY("added_label", columns_of_added_label);

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
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("type \"%s\" is not the one that mission_rates made",
						name),
				 errhint_update()));
	return oid;
}

/*
 * How many columns there are.  One that was dropped keeps its number; at the
 * end of the row it is harmless.
 */
static int
count_columns(TupleDesc found)
{
	int			ncolumns = found->natts;

	while (ncolumns > 0 && TupleDescAttr(found, ncolumns - 1)->attisdropped)
		ncolumns--;
	return ncolumns;
}

/*
 * Refuse a column that is not the expected one.
 */
static void
verify_column(const char *relation, const RateColumn *expected,
			  Form_pg_attribute found, Oid type)
{
	if (strcmp(NameStr(found->attname), expected->name) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("column %d of relation \"%s\" is \"%s\" instead of"
						" \"%s\"", found->attnum, relation,
						NameStr(found->attname), expected->name),
				 errhint_update()));
	if (found->atttypid != type || found->atttypmod != -1)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("column \"%s\" of relation \"%s\" has type %s instead"
						" of %s", expected->name, relation,
						format_type_with_typemod(found->atttypid,
												 found->atttypmod),
						format_type_be(type)),
				 errhint_update()));
	if (expected->not_null && !found->attnotnull)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("column \"%s\" of relation \"%s\" is not NOT NULL",
						expected->name, relation),
				 errhint_update()));
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

	if (number > found->natts)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("relation \"%s\" has no column \"%s\"",
						expected->name, column->name),
				 errhint_update()));
	verify_column(expected->name, column, TupleDescAttr(found, number - 1),
				  column_type_oid(column->type, schema));
}

/*
 * verify_columns
 *		Refuse a table or composite type whose columns are not the expected
 *		ones.
 */
void
verify_columns(const RateTableColumns *expected, TupleDesc found, Oid schema)
{
	int			ncolumns = count_columns(found);

	for (int i = 0; i < Min(ncolumns, expected->ncolumns); i++)
		verify_column(expected->name, &expected->columns[i],
					  TupleDescAttr(found, i),
					  column_type_oid(expected->columns[i].type, schema));
	if (ncolumns != expected->ncolumns)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("relation \"%s\" has %d columns instead of %d",
						expected->name, ncolumns, expected->ncolumns),
				 errhint_update()));
}
