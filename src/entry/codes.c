/*
 * codes.c
 *	  Codes as cities keep them, and the values of the extension's enum types
 *	  that they stand for: to_customer_class, to_meter_size, to_service_area.
 *
 * A city may add and rename labels in a running session: label_memo.c, which
 * remembers what was looked up, forgets it then.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_enum.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "compat.h"
#include "entry/codes.h"
#include "tables/catalog.h"
#include "tables/scan.h"

PG_FUNCTION_INFO_V1(to_customer_class);
PG_FUNCTION_INFO_V1(to_meter_size);
PG_FUNCTION_INFO_V1(to_meter_size_inches);
PG_FUNCTION_INFO_V1(to_service_area);

/*
 * append_enum_label
 *		The label of an enum value.
 */
void
append_enum_label(StringInfo out, Oid value)
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

/*
 * append_enum_labels
 *		The labels of an enum type.
 */
void
append_enum_labels(StringInfo out, Oid type)
{
	const char *separator = "";
	ListCell   *cell;

	foreach(cell, enum_rows(type))
	{
		Form_pg_enum row = lfirst(cell);

		appendStringInfo(out, "%s%s", separator, NameStr(row->enumlabel));
		separator = ", ";
	}
}

/* The value of exactly this label, or InvalidOid. */
static Oid
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
	ListCell   *cell;

	foreach(cell, enum_rows(type))
	{
		Form_pg_enum row = lfirst(cell);

		if (pg_strcasecmp(NameStr(row->enumlabel), label) == 0)
			return row->oid;
	}
	return InvalidOid;
}

/* The value whose label a text is, in any case. */
static Oid
find_code(Oid type, const char *code, size_t length)
{
	Span		span = {code, length};
	Oid			value;

	do
	{
		char	   *label = pnstrdup(span.start, span.length);

		value = label_value(type, label);
		if (!OidIsValid(value) && *label != '\0')
			value = label_value_any_case(type, label);
		pfree(label);
	} while (!OidIsValid(value) && make_plain(&span));
	return value;
}

/* The size that a text stands for. */
static Oid
find_size(Oid type, const char *size, size_t length)
{
	Span		span = {size, length};
	char		label[METER_SIZE_LABEL_ROOM];
	Oid			value;

	do
	{
		char	   *text = pnstrdup(span.start, span.length);

		value = label_value(type, text);
		if (!OidIsValid(value) && meter_size_label(text, label))
			value = label_value(type, label);
		pfree(text);
	} while (!OidIsValid(value) && make_plain(&span));
	return value;
}

const CodeType code_types[NUM_RATE_TYPES] = {
	[TYPE_CLASS] = {find_code, PROBLEM_INVALID_CLASS},
	[TYPE_SIZE] = {find_size, PROBLEM_INVALID_METER},
	[TYPE_AREA] = {find_code, PROBLEM_INVALID_AREA},
	[TYPE_CATEGORY] = {find_code, PROBLEM_INVALID_CATEGORY},
};

/*
 * code_value
 *		The value that a city's code, without white space around it, stands
 *		for, or InvalidOid.
 */
Oid
code_value(RateType kind, Oid type, Span code)
{
	return remembered_value(type, LABEL_TEXT, code.start, code.length,
							code_types[kind].find);
}

/* The size that a numeric stands for, passed as it is stored. */
static Oid
find_numeric_size(Oid type, const char *bytes, size_t length)
{
	struct varlena *number = palloc(VARHDRSZ + length);
	char	   *text;

	SET_VARSIZE(number, VARHDRSZ + length);
	memcpy(VARDATA(number), bytes, length);
	text = numeric_text(PointerGetDatum(number));
	return find_size(type, text, strlen(text));
}

/*
 * numeric_size_value
 *		The size that a numeric stands for, or InvalidOid.
 */
Oid
numeric_size_value(Oid type, Datum size)
{
	struct varlena *number = PG_DETOAST_DATUM_PACKED(size);

	return remembered_value(type, LABEL_NUMERIC, VARDATA_ANY(number),
							VARSIZE_ANY_EXHDR(number), find_numeric_size);
}

/* A text does not stand for any value of the type. */
static bool
unknown_code(Problem *p, RateType kind, Oid type, Span text)
{
	p->text = pnstrdup(text.start, text.length);
	p->label = type;
	return note_problem(p, code_types[kind].unknown);
}

/*
 * code_argument
 *		An argument that is not NULL: a value of an enum type or, in the text
 *		form of a function, a code; false: the code is unknown.
 */
bool
code_argument(FunctionCallInfo fcinfo, int argno, bool as_text,
			  RateType kind, RatingCall *call, Label *label)
{
	const LabelIndex *labels = &call->schedule->book->labels[kind];
	Oid			value = PG_GETARG_OID(argno);

	if (as_text)
	{
		Span		text = text_span(PG_GETARG_DATUM(argno));

		value = code_value(kind, labels->type, text);
		if (!OidIsValid(value))
			return unknown_code(&call->problem, kind, labels->type, text);
	}
	*label = label_of(labels, value);
	return true;
}

/*
 * Raise the error that the server itself raises for a value that was added in
 * this transaction and may not be used yet: it could get into an index, and
 * stay there after a rollback.  The error is in the input function alone.
 */
static void
check_usable(Oid type, Oid value)
{
	StringInfoData label;

	if (!EnumUncommitted(value))
		return;
	initStringInfo(&label);
	append_enum_label(&label, value);
	(void) DirectFunctionCall2(enum_in, CStringGetDatum(label.data),
							   ObjectIdGetDatum(type));
}

/* The enum type that a converter returns; the fast-path protocol knows none. */
static Oid
result_type(FmgrInfo *function)
{
	Oid			type = get_fn_expr_rettype(function);

	return OidIsValid(type) ? type : get_func_rettype(function->fn_oid);
}

/* The value of a code, or an error */
static Datum
convert(FunctionCallInfo fcinfo, RateType kind, Span text)
{
	Oid			type = result_type(fcinfo->flinfo);
	Oid			value = code_value(kind, type, text);

	if (!OidIsValid(value))
	{
		RatingCall	call = {0};

		(void) unknown_code(&call.problem, kind, type, text);
		report_problem(&call);
	}
	check_usable(type, value);
	PG_RETURN_OID(value);
}

/*
 * to_customer_class(code text)
 *		§ 114-54(a)
 */
Datum
to_customer_class(PG_FUNCTION_ARGS)
{
	return convert(fcinfo, TYPE_CLASS, text_span(PG_GETARG_DATUM(0)));
}

/*
 * to_meter_size(size text)
 *		Inches in any of the spellings of rating/meter_size.c.
 */
Datum
to_meter_size(PG_FUNCTION_ARGS)
{
	return convert(fcinfo, TYPE_SIZE, text_span(PG_GETARG_DATUM(0)));
}

/* to_meter_size(inches numeric) */
Datum
to_meter_size_inches(PG_FUNCTION_ARGS)
{
	char	   *inches = numeric_text(PG_GETARG_DATUM(0));

	return convert(fcinfo, TYPE_SIZE, (Span) {inches, strlen(inches)});
}

/* to_service_area(area text) */
Datum
to_service_area(PG_FUNCTION_ARGS)
{
	return convert(fcinfo, TYPE_AREA, text_span(PG_GETARG_DATUM(0)));
}
