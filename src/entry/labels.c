/*
 * labels.c
 *	  Labels of the extension's enum types, from and to values.
 *
 * A city may add and rename labels in a running session: label_memo.c, which
 * remembers what was looked up, forgets it then.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/formatting.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "compat.h"
#include "entry/label_memo.h"
#include "entry/labels.h"
#include "entry/plain_text.h"
#include "rating/meter_size.h"

/* A type of this name in a schema. */
static Oid
type_named(const char *name, Oid namespace)
{
	return GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
						   CStringGetDatum(name),
						   ObjectIdGetDatum(namespace));
}

/* The types of codes in rows of accounts. */
void
find_label_types(LabelTypes *types)
{
	Oid			namespace = get_namespace_oid("mission_rates", false);

	types->class = type_named("customer_class", namespace);
	types->meter = type_named("meter_size", namespace);
	types->area = type_named("service_area", namespace);
}

/* Append the label of an enum value. */
void
append_label(StringInfo out, Oid value)
{
	HeapTuple	tuple = SearchSysCache1(ENUMOID, ObjectIdGetDatum(value));

	if (!HeapTupleIsValid(tuple))
	{
		appendStringInfo(out, "%u", value);
		return;
	}
	appendStringInfoString(out,
						   NameStr(((Form_pg_enum) GETSTRUCT(tuple))->enumlabel));
	ReleaseSysCache(tuple);
}

/* Append the labels of an enum type, in their order. */
void
append_labels(StringInfo out, Oid type)
{
	Relation	catalog = table_open(EnumRelationId, AccessShareLock);
	Relation	index = index_open(EnumTypIdSortOrderIndexId, AccessShareLock);
	const char *separator = "";
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_enum_enumtypid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(type));
	scan = systable_beginscan_ordered(catalog, index, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext_ordered(scan,
															 ForwardScanDirection)))
	{
		appendStringInfo(out, "%s%s", separator,
						 NameStr(((Form_pg_enum) GETSTRUCT(tuple))->enumlabel));
		separator = ", ";
	}
	systable_endscan_ordered(scan);
	index_close(index, AccessShareLock);
	table_close(catalog, AccessShareLock);
}

/* The value of exactly this label, or InvalidOid. */
Oid
label_value(Oid type, const char *label)
{
	if (strlen(label) >= NAMEDATALEN)
		return InvalidOid;
	return GetSysCacheOid2(ENUMTYPOIDNAME, Anum_pg_enum_oid,
						   ObjectIdGetDatum(type), CStringGetDatum(label));
}

/* The value whose label differs from this one in case only. */
static Oid
label_value_any_case(Oid type, const char *label)
{
	Relation	catalog = table_open(EnumRelationId, AccessShareLock);
	Oid			value = InvalidOid;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_enum_enumtypid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(type));
	scan = systable_beginscan(catalog, EnumTypIdLabelIndexId, true, NULL, 1,
							  &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_enum form = (Form_pg_enum) GETSTRUCT(tuple);

		if (pg_strcasecmp(NameStr(form->enumlabel), label) == 0)
		{
			value = form->oid;
			break;
		}
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return value;
}

/* The value whose label is the text in capitals, or in small letters. */
static Oid
label_value_one_case(Oid type, const char *text)
{
	size_t		length = strlen(text);
	char	   *label = asc_toupper(text, length);
	Oid			value = label_value(type, label);

	pfree(label);
	if (OidIsValid(value))
		return value;
	label = asc_tolower(text, length);
	value = label_value(type, label);
	pfree(label);
	return value;
}

/*
 * The value whose label a text without white space around it is.  Most codes
 * are written as the label or in letters of one case: only what is neither
 * costs a look at every label.
 */
static Oid
find_code(Oid type, const char *code, size_t length)
{
	Span		span = {code, length};
	char	   *label = pnstrdup(code, length);
	Oid			value = label_value(type, label);

	if (!OidIsValid(value))
		value = label_value_one_case(type, label);
	if (!OidIsValid(value) && *label != '\0')
		value = label_value_any_case(type, label);
	pfree(label);
	return OidIsValid(value) || !make_plain(&span) ? value :
		find_code(type, span.start, span.length);
}

/* The size that a text without white space around it stands for. */
static Oid
find_size(Oid type, const char *size, size_t length)
{
	Span		span = {size, length};
	char		label[METER_SIZE_LABEL_ROOM];
	char	   *text = pnstrdup(size, length);
	Oid			value = label_value(type, text);

	if (!OidIsValid(value) && meter_size_label(text, strlen(text), label))
		value = label_value(type, label);
	pfree(text);
	return OidIsValid(value) || !make_plain(&span) ? value :
		find_size(type, span.start, span.length);
}

/*
 * The value that a city's code stands for, padded and in any case, or
 * InvalidOid.
 */
Oid
code_value(Oid type, const char *code, size_t length)
{
	Span		span = trimmed((Span) {code, length});

	return remembered_value(type, LABEL_TEXT, span.start, span.length,
							find_code);
}

/* The size that a city's text stands for, or InvalidOid. */
Oid
size_value(Oid type, const char *size, size_t length)
{
	Span		span = trimmed((Span) {size, length});

	return remembered_value(type, LABEL_TEXT, span.start, span.length,
							find_size);
}

/* The size that a numeric stands for, passed as it is stored. */
static Oid
find_numeric_size(Oid type, const char *bytes, size_t length)
{
	struct varlena *number = palloc(VARHDRSZ + length);
	char	   *text;

	SET_VARSIZE(number, VARHDRSZ + length);
	memcpy(VARDATA(number), bytes, length);
	text = DatumGetCString(DirectFunctionCall1(numeric_out,
											   PointerGetDatum(number)));
	return find_size(type, text, strlen(text));
}

/* The size that a numeric stands for, or InvalidOid. */
Oid
numeric_size_value(Oid type, Datum size)
{
	struct varlena *number = PG_DETOAST_DATUM_PACKED(size);

	return remembered_value(type, LABEL_NUMERIC, VARDATA_ANY(number),
							VARSIZE_ANY_EXHDR(number), find_numeric_size);
}

/*
 * Raise the error that the server itself raises for a value that was added in
 * this transaction and may not be used yet: it could get into an index, and
 * stay there after a rollback.  The check is in the input function alone.
 */
void
check_usable(Oid type, Oid value)
{
	uint64		generation = label_generation();
	StringInfoData label;

	if (known_to_be_usable(value))
		return;
	initStringInfo(&label);
	append_label(&label, value);
	(void) DirectFunctionCall2(enum_in, CStringGetDatum(label.data),
							   ObjectIdGetDatum(type));
	pfree(label.data);
	note_usable(value, generation);
}
