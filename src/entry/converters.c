/*
 * converters.c
 *	  Codes as cities keep them into the extension's types: to_customer_class,
 *	  to_meter_size, to_service_area.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "entry/codes.h"
#include "entry/rating_call.h"

PG_FUNCTION_INFO_V1(to_customer_class);
PG_FUNCTION_INFO_V1(to_meter_size);
PG_FUNCTION_INFO_V1(to_meter_size_inches);
PG_FUNCTION_INFO_V1(to_service_area);

/* The enum type that the function returns, looked up once per call site. */
static Oid
result_type(FunctionCallInfo fcinfo)
{
	Oid		   *type = (Oid *) fcinfo->flinfo->fn_extra;

	if (type == NULL)
	{
		type = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(Oid));
		*type = get_func_rettype(fcinfo->flinfo->fn_oid);
		fcinfo->flinfo->fn_extra = type;
	}
	return *type;
}

/* The value of a code, or an error */
static Datum
convert_code(FunctionCallInfo fcinfo, const char *code, size_t length,
			 const CodeType *codes)
{
	Oid			type = result_type(fcinfo);
	Oid			value = codes->read(type, code, length);

	if (!OidIsValid(value))
	{
		RatingCall	call = {0};

		call.problem.text = pnstrdup(code, length);
		call.problem.label_type = type;
		call.problem.code = codes->unknown;
		report_problem(&call);
	}
	check_usable(type, value);
	PG_RETURN_OID(value);
}

static Datum
convert_text(FunctionCallInfo fcinfo, const CodeType *codes)
{
	Span		code;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	code = text_span(PG_GETARG_DATUM(0));
	return convert_code(fcinfo, code.start, code.length, codes);
}

/* to_customer_class(code text), § 114-54(a) */
Datum
to_customer_class(PG_FUNCTION_ARGS)
{
	return convert_text(fcinfo, &class_codes);
}

/* to_meter_size(size text): inches in any of the spellings of meter_size.c */
Datum
to_meter_size(PG_FUNCTION_ARGS)
{
	return convert_text(fcinfo, &size_codes);
}

/* to_meter_size(inches numeric) */
Datum
to_meter_size_inches(PG_FUNCTION_ARGS)
{
	char	   *inches;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	inches = DatumGetCString(DirectFunctionCall1(numeric_out,
												 PG_GETARG_DATUM(0)));
	return convert_code(fcinfo, inches, strlen(inches), &size_codes);
}

/* to_service_area(area text) */
Datum
to_service_area(PG_FUNCTION_ARGS)
{
	return convert_text(fcinfo, &area_codes);
}
