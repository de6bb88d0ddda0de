/*
 * labels.c
 *	  Labels of the extension's enum types, from and to values.
 *
 * Labels are looked up in the server's catalog cache at every call: a city
 * may add and rename them in a running session.
 */
#include "postgres.h"

#include <ctype.h>

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/pg_enum.h"
#include "utils/fmgroids.h"
#include "utils/formatting.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "entry/labels.h"
#include "rating/inches.h"

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

/* A copy of the text without the white space around it. */
static char *
trimmed(const char *text, size_t length)
{
	while (length > 0 && isspace((unsigned char) text[0]))
	{
		text++;
		length--;
	}
	while (length > 0 && isspace((unsigned char) text[length - 1]))
		length--;
	return pnstrdup(text, length);
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
 * The value that a city's code stands for, padded and in any case, or
 * InvalidOid.  Most codes are written as the label or in letters of one case:
 * only what is neither costs a look at every label.
 */
Oid
code_value(Oid type, const char *code, size_t length)
{
	char	   *label = trimmed(code, length);
	Oid			value = label_value(type, label);

	if (!OidIsValid(value))
		value = label_value_one_case(type, label);
	if (!OidIsValid(value) && *label != '\0')
		value = label_value_any_case(type, label);
	pfree(label);
	return value;
}

/* The size that a city's text stands for, or InvalidOid. */
Oid
size_value(Oid type, const char *size, size_t length)
{
	char		label[INCHES_LABEL_SIZE];
	char	   *text = trimmed(size, length);
	Oid			value = label_value(type, text);

	if (!OidIsValid(value) && inches_label(text, strlen(text), label))
		value = label_value(type, label);
	pfree(text);
	return value;
}
