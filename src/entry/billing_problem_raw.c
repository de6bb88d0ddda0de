/*
 * billing_problem_raw.c
 *	  billing_problem over columns as cities keep them: codes and sizes as
 *	  text, gallons as numeric.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "entry/labels.h"
#include "entry/monthly.h"
#include "entry/number.h"

PG_FUNCTION_INFO_V1(billing_problem_raw);
PG_FUNCTION_INFO_V1(billing_problem_code_raw);

/* The extension's enum types, found once per call site. */
typedef struct RawTypes
{
	Oid			class;
	Oid			meter;
	Oid			area;
} RawTypes;

static Oid
type_named(const char *name, Oid namespace)
{
	return GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
						   CStringGetDatum(name),
						   ObjectIdGetDatum(namespace));
}

static const RawTypes *
raw_types(FunctionCallInfo fcinfo)
{
	RawTypes   *types = (RawTypes *) fcinfo->flinfo->fn_extra;

	if (types == NULL)
	{
		Oid			namespace = get_func_namespace(fcinfo->flinfo->fn_oid);

		types = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(RawTypes));
		types->class = type_named("customer_class", namespace);
		types->meter = type_named("meter_size", namespace);
		types->area = type_named("service_area", namespace);
		fcinfo->flinfo->fn_extra = types;
	}
	return types;
}

/*
 * Note in "facts" that a text argument is given, and return its value as
 * "convert" reads it.  A text that stands for no value is kept in "bad" until
 * the NULLs have been looked at.
 */
static Oid
read_code(FunctionCallInfo fcinfo, BillArgument argument, Oid type,
		  Oid (*convert) (Oid, const char *, size_t), BillFacts *facts,
		  ProblemCode code, Problem *bad)
{
	text	   *value;
	Oid			result;

	if (PG_ARGISNULL(argument))
		return InvalidOid;
	facts->given |= BILL_ARGUMENT(argument);
	value = PG_GETARG_TEXT_PP(argument);
	result = convert(type, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
	if (!OidIsValid(result) && bad->code == NO_PROBLEM)
	{
		bad->text = text_to_cstring(value);
		bad->code = code;
	}
	return result;
}

/* Consumption; where it is none, the problem is noted as a bad code is. */
static int64
read_volume(FunctionCallInfo fcinfo, BillArgument argument, BillFacts *facts,
			Problem *bad)
{
	Number		number = number_argument(fcinfo, argument);
	int64		gallons = 0;

	if (!number.given)
		return 0;
	facts->given |= BILL_ARGUMENT(argument);
	if (bad->code == NO_PROBLEM)
		(void) gallons_from_number(&number, bill_argument_names[argument],
								   &gallons, bad);
	return gallons;
}

/* All arguments; the first that makes no sense is noted in "bad". */
static void
read_raw_bill(FunctionCallInfo fcinfo, const RateBook *book,
			  const RateSchedule *schedule, BillFacts *facts,
			  Number *diameter, Problem *bad)
{
	const RawTypes *types = raw_types(fcinfo);

	facts->class = label_of(&book->classes,
							read_code(fcinfo, BILL_CLASS, types->class,
									  code_value, facts,
									  PROBLEM_INVALID_CLASS, bad));
	facts->meter = label_of(&book->sizes,
							read_code(fcinfo, BILL_METER, types->meter,
									  size_value, facts,
									  PROBLEM_INVALID_METER, bad));
	facts->gallons = read_volume(fcinfo, BILL_GALLONS, facts, bad);
	facts->area = label_of(&book->areas,
						   read_code(fcinfo, BILL_AREA, types->area,
									 code_value, facts,
									 PROBLEM_INVALID_AREA, bad));
	facts->sewer_gallons = read_volume(fcinfo, BILL_SEWER_GALLONS, facts, bad);
	read_shared_arguments(fcinfo, schedule, facts, diameter);
	if (bad->code == NO_PROBLEM && is_given(facts, BILL_FIRE_SPRINKLER))
		(void) check_positive(diameter, "fire_sprinkler", bad);
	if (bad->code == NO_PROBLEM)
		(void) check_count(facts->dumping_stations, "dumping_stations", bad);
}

/* Rate raw arguments.  False: call->problem says why there is no bill. */
static bool
rate_raw_bill(FunctionCallInfo fcinfo, RatingCall *call)
{
	Bill		result = {0};
	BillFacts	facts = {0};
	Number		diameter;
	Problem		bad = {0};

	if (!begin_rating(fcinfo, NUM_BILL_ARGUMENTS, call))
		return false;
	bad.schedule = call->schedule;
	read_raw_bill(fcinfo, call->book, call->schedule, &facts, &diameter, &bad);
	return rate_bill_as_read(call->book, call->schedule, &facts, &bad, &result,
							 &call->problem);
}

/*
 * billing_problem(class text, meter text, gallons numeric, area text, ...)
 *
 * As billing_problem over the extension's own types, and also what none of
 * them can hold: a code that is no class, a fraction of a gallon.
 */
Datum
billing_problem_raw(PG_FUNCTION_ARGS)
{
	RatingCall	call;

	if (rate_raw_bill(fcinfo, &call))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(problem_message_text(&call));
}

/* billing_problem_code(as billing_problem): its stable code, or NULL. */
Datum
billing_problem_code_raw(PG_FUNCTION_ARGS)
{
	RatingCall	call;

	if (rate_raw_bill(fcinfo, &call))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(problem_code(&call)));
}
