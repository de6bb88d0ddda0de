/*
 * account_columns.c
 *	  account_columns: how the columns of a row of accounts are read.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

#include "entry/account_row.h"

PG_FUNCTION_INFO_V1(account_columns);

/*
 * The descriptor of the row that is passed, or, where it is NULL, of the named
 * type that the call has it as; NULL where nothing is known of it.  To be
 * released.
 */
static TupleDesc
row_descriptor(FunctionCallInfo fcinfo)
{
	Oid			type;

	if (!PG_ARGISNULL(0))
	{
		HeapTupleHeader row = PG_GETARG_HEAPTUPLEHEADER(0);

		return lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(row),
									  HeapTupleHeaderGetTypMod(row));
	}
	type = getBaseType(get_fn_expr_argtype(fcinfo->flinfo, 0));
	if (type == RECORDOID || !OidIsValid(get_typ_typrelid(type)))
		return NULL;
	return lookup_rowtype_tupdesc(type, -1);
}

/* Return one row; "argument" or "attribute" may be NULL. */
static void
put_column(ReturnSetInfo *result, const char *argument,
		   Form_pg_attribute attribute, const char *state)
{
	AttInMetadata *columns = TupleDescGetAttInMetadata(result->setDesc);
	const char *values[4] = {argument, NULL, NULL, state};

	if (attribute != NULL)
	{
		values[1] = NameStr(attribute->attname);
		values[2] = format_type_with_typemod(attribute->atttypid,
											 attribute->atttypmod);
	}
	tuplestore_puttuple(result->setResult,
						BuildTupleFromCStrings(columns, (char **) values));
}

/* The arguments, and the column that each is read from. */
static void
put_arguments(ReturnSetInfo *result, TupleDesc descriptor,
			  const AccountCall *known)
{
	for (int i = 0; i < NUM_ROW_ARGUMENTS; i++)
	{
		const char *name = row_argument_name(i);

		if (known->kinds[i] == KIND_ABSENT)
			put_column(result, name, NULL,
					   is_needed_column(i) ? "missing" : "default");
		else
		{
			check_column(descriptor, known, i);
			put_column(result, name, TupleDescAttr(descriptor, known->at[i]),
					   "read");
		}
	}
}

/* The columns that nothing is read from. */
static void
put_ignored(ReturnSetInfo *result, TupleDesc descriptor)
{
	for (int i = 0; i < descriptor->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(descriptor, i);

		if (!attribute->attisdropped &&
			argument_named(NameStr(attribute->attname)) < 0)
			put_column(result, NULL, attribute, "ignored");
	}
}

/*
 * account_columns(account)
 *		What the functions over rows of accounts read of this row's type.
 */
Datum
account_columns(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	TupleDesc	descriptor = row_descriptor(fcinfo);
	AccountCall known;

	InitMaterializedSRF(fcinfo, 0);
	if (descriptor == NULL)
		return (Datum) 0;
	map_columns(descriptor, &known);
	put_arguments(result, descriptor, &known);
	put_ignored(result, descriptor);
	ReleaseTupleDesc(descriptor);
	return (Datum) 0;
}
