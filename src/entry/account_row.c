/*
 * account_row.c
 *	  Which columns of a row of accounts are read, and how.
 *
 * Columns are found by name, whatever their order.  The planner does that for
 * most calls (account_support.c).  For others it is worked out once for each
 * row type and kept with the call.  A named type can be altered while it is
 * kept, and a call can meet rows of several types, so every row is held
 * against what is known: a named type's definition has a number that the
 * server changes with it, and an anonymous type never changes.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "entry/account_row.h"
#include "tables/catalog.h"

#define BIT(kind)		(1U << (kind))
#define NUMBER_KINDS	(BIT(KIND_INT2) | BIT(KIND_INT4) | \
						 BIT(KIND_INT8) | BIT(KIND_NUMERIC) | \
						 BIT(KIND_FLOAT4) | BIT(KIND_FLOAT8))
#define NUMBER			(NUMBER_KINDS | BIT(KIND_TEXT))
#define CODE			(BIT(KIND_LABEL) | BIT(KIND_TEXT))
#define FLAG			(BIT(KIND_BOOLEAN) | NUMBER)

/* What each column may be. */
static const struct
{
	unsigned	kinds;
	bool		needed;			/* the rest have the defaults of bill() */
	const char *types;			/* for a hint */
	const char *example;		/* of an expression that provides the column */
}			arguments[NUM_ROW_ARGUMENTS] = {
	/* NOLINTBEGIN(misc-redundant-expression): CODE | NUMBER names text twice */
	[BILL_CLASS] = {CODE, true,
	"mission_rates.customer_class or text", "class_code AS class"},
	[BILL_METER] = {CODE | NUMBER, true,
	"mission_rates.meter_size, text or a number", "size AS meter"},
	[BILL_GALLONS] = {NUMBER, true,
	"a number or text", "consumption AS gallons"},
	[BILL_AREA] = {CODE, true,
	"mission_rates.service_area or text", "'inside' AS area"},
	[BILL_METERED] = {FLAG, false,
	"boolean, a number (0 or 1) or text", NULL},
	[BILL_WATER] = {FLAG, false,
	"boolean, a number (0 or 1) or text", NULL},
	[BILL_SEWER] = {FLAG, false,
	"boolean, a number (0 or 1) or text", NULL},
	[BILL_SEWER_GALLONS] = {NUMBER, false,
	"a number or text", NULL},
	[BILL_FIRE_SPRINKLER] = {NUMBER, false,
	"a number or text", NULL},
	[BILL_DUMPING_STATIONS] = {NUMBER, false,
	"a number or text", NULL},
	[BILL_SERVICES] = {BIT(KIND_JSONB) | BIT(KIND_TEXT_ARRAY), false,
	"jsonb or text[]", NULL},
	[ROW_SERVICE_DATE] = {BIT(KIND_DATE) | BIT(KIND_TIMESTAMP) |
		BIT(KIND_TEXT), true,
		"date, timestamp without time zone or text",
	"date '2026-10-01' AS service_date"},
	/* NOLINTEND(misc-redundant-expression) */
};

/* The name of an argument, and of the column that it is read from. */
const char *
row_argument_name(int argument)
{
	return argument == ROW_SERVICE_DATE ?
		"service_date" : bill_argument_names[argument];
}

/* Must a row have this column? */
bool
is_needed_column(int argument)
{
	return arguments[argument].needed;
}

/* The types that are read, beside the enum types, and how */
static const struct
{
	Oid			type;
	ValueKind	kind;
}			readable_types[] = {
	{TEXTOID, KIND_TEXT},
	{VARCHAROID, KIND_TEXT},
	{BPCHAROID, KIND_TEXT},
	{BOOLOID, KIND_BOOLEAN},
	{INT2OID, KIND_INT2},
	{INT4OID, KIND_INT4},
	{INT8OID, KIND_INT8},
	{NUMERICOID, KIND_NUMERIC},
	{FLOAT4OID, KIND_FLOAT4},
	{FLOAT8OID, KIND_FLOAT8},
	{DATEOID, KIND_DATE},
	{TIMESTAMPOID, KIND_TIMESTAMP},
	{JSONBOID, KIND_JSONB},
	{TEXTARRAYOID, KIND_TEXT_ARRAY},
};

/* How a column of a type, or of a domain over it, is read as an argument. */
ValueKind
kind_of_column(int argument, Oid type)
{
	static const RateType label_types[] = {
		[BILL_CLASS] = TYPE_CLASS,
		[BILL_METER] = TYPE_SIZE,
		[BILL_AREA] = TYPE_AREA,
	};
	unsigned	kinds = arguments[argument].kinds;
	Oid			base = getBaseType(type);

	if ((kinds & BIT(KIND_LABEL)) != 0 &&
		base == rate_type_oid(label_types[argument]))
		return KIND_LABEL;
	for (int i = 0; i < (int) lengthof(readable_types); i++)
		if (base == readable_types[i].type &&
			(kinds & BIT(readable_types[i].kind)) != 0)
			return readable_types[i].kind;
	return KIND_UNREADABLE;
}

/* The argument that a column is read as, or -1. */
int
argument_named(const char *name)
{
	for (int i = 0; i < NUM_ROW_ARGUMENTS; i++)
		if (strcmp(name, row_argument_name(i)) == 0)
			return i;
	return -1;
}

/* Find the columns that are read. */
void
map_columns(TupleDesc descriptor, AccountCall *known)
{
	memset(known->kinds, 0, sizeof(known->kinds));
	for (int i = 0; i < descriptor->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(descriptor, i);
		int			argument;

		if (attribute->attisdropped)
			continue;
		argument = argument_named(NameStr(attribute->attname));
		if (argument < 0)
			continue;
		if (known->kinds[argument] != KIND_ABSENT)
			known->kinds[argument] = KIND_AMBIGUOUS;
		else
		{
			known->kinds[argument] = kind_of_column(argument,
													attribute->atttypid);
			known->at[argument] = i;
		}
	}
}

/* The names of a row's columns, for people. */
static char *
column_names(TupleDesc descriptor)
{
	StringInfoData names;

	initStringInfo(&names);
	for (int i = 0; i < descriptor->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(descriptor, i);

		if (!attribute->attisdropped)
			appendStringInfo(&names, "%s\"%s\"", names.len > 0 ? ", " : "",
							 NameStr(attribute->attname));
	}
	return names.data;
}

/* Stop: a column that is needed is not there. */
static void
report_missing(TupleDesc descriptor, int argument)
{
	ereport(ERROR,
			errcode(ERRCODE_UNDEFINED_COLUMN),
			errmsg("row of accounts has no column \"%s\"",
				   row_argument_name(argument)),
			errdetail("The row has the columns %s.", column_names(descriptor)),
			errhint("Rename a column, or add one, in a subquery, for instance: %s.",
					arguments[argument].example));
}

/* Stop where a column is missing, ambiguous, or of a type that is not read. */
void
check_column(TupleDesc descriptor, const AccountCall *known, int argument)
{
	const char *name = row_argument_name(argument);
	ValueKind	kind = known->kinds[argument];

	if (kind == KIND_ABSENT)
	{
		if (arguments[argument].needed)
			report_missing(descriptor, argument);
		return;
	}
	if (kind == KIND_AMBIGUOUS)
		ereport(ERROR,
				errcode(ERRCODE_AMBIGUOUS_COLUMN),
				errmsg("row of accounts has more than one column \"%s\"", name),
				errdetail("The row has the columns %s.",
						  column_names(descriptor)),
				errhint("Select the columns that are needed in a subquery, each once."));
	if (kind == KIND_UNREADABLE)
		ereport(ERROR,
				errcode(ERRCODE_DATATYPE_MISMATCH),
				errmsg("column \"%s\" of a row of accounts cannot be of type %s",
					   name,
					   format_type_be(TupleDescAttr(descriptor,
													known->at[argument])->atttypid)),
				errhint("Cast it in a subquery to %s.",
						arguments[argument].types));
}

/*
 * Are all columns there, and can they be read?  The date is looked at only
 * where it picks the schedule.
 */
static void
check_columns(AccountCall *known, bool with_date)
{
	if (known->checked && (known->checked_date || !with_date))
		return;
	for (int i = 0; i < NUM_ROW_ARGUMENTS; i++)
		if (i != ROW_SERVICE_DATE || with_date)
			check_column(known->descriptor, known, i);
	known->checked = true;
	known->checked_date |= with_date;
}

/* Is the row of the known type?  As the executor asks (ExprEvalRowtypeCache). */
static inline bool
is_of_known_type(const AccountCall *known, HeapTupleHeader row)
{
	return known->type == HeapTupleHeaderGetTypeId(row) &&
		(known->entry != NULL ?
		 known->entry->tupDesc_identifier == known->identifier :
		 known->typmod == HeapTupleHeaderGetTypMod(row));
}

/*
 * Get to know the type of a row.  What is known of the one before goes: a call
 * that meets many types does not grow.
 */
static void
know_type_of(AccountCall *known, HeapTupleHeader row)
{
	Oid			type = HeapTupleHeaderGetTypeId(row);
	MemoryContext caller;
	TupleDesc	descriptor;

	known->type = InvalidOid;
	known->typmod = HeapTupleHeaderGetTypMod(row);
	MemoryContextReset(known->context);
	descriptor = lookup_rowtype_tupdesc(type, known->typmod);
	known->entry = NULL;
	if (type != RECORDOID)
	{
		known->entry = lookup_type_cache(type, TYPECACHE_TUPDESC);
		known->identifier = known->entry->tupDesc_identifier;
	}
	caller = MemoryContextSwitchTo(known->context);
	known->descriptor = CreateTupleDescCopyConstr(descriptor);
	known->datums = palloc0(sizeof(Datum) * Max(descriptor->natts, 1));
	known->nulls = palloc0(sizeof(bool) * Max(descriptor->natts, 1));
	MemoryContextSwitchTo(caller);
	map_columns(descriptor, known);
	ReleaseTupleDesc(descriptor);
	known->checked = known->checked_date = false;
	known->type = type;
}

/* Put the columns of a row that are read into known->values. */
void
take_row_apart(AccountCall *known, HeapTupleHeader row, bool with_date)
{
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(row),
	.t_data = row};

	if (unlikely(!is_of_known_type(known, row)))
		know_type_of(known, row);
	check_columns(known, with_date);
	heap_deform_tuple(&tuple, known->descriptor, known->datums, known->nulls);
	for (int i = 0; i < NUM_ROW_ARGUMENTS; i++)
		if (known->kinds[i] != KIND_ABSENT)
		{
			known->values[i].value = known->datums[known->at[i]];
			known->values[i].isnull = known->nulls[known->at[i]];
		}
}

/* How the arguments of a call over columns are read */
static void
find_kinds_of_arguments(FmgrInfo *function, AccountCall *known)
{
	for (int i = 0; i < NUM_ROW_ARGUMENTS; i++)
	{
		Oid			type = get_fn_expr_argtype(function, i);

		known->kinds[i] = type == UNKNOWNOID ? KIND_ABSENT :
			kind_of_column(i, type);
	}
}

/* The first call of a call site. */
AccountCall *
begin_account_call(FunctionCallInfo fcinfo)
{
	FmgrInfo   *function = fcinfo->flinfo;
	AccountCall *known = MemoryContextAllocZero(function->fn_mcxt,
												sizeof(AccountCall));

	if (is_over_columns(fcinfo))
		find_kinds_of_arguments(function, known);
	else
		known->context = AllocSetContextCreate(function->fn_mcxt,
											   "row of accounts",
											   ALLOCSET_SMALL_SIZES);
	function->fn_extra = known;
	return known;
}
