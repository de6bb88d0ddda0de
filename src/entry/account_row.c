/*
 * account_row.c
 *	  Which columns of a row of accounts are read, and how.
 *
 * Columns are found by name, whatever their order.  That is worked out once
 * for each row type and kept with the call.  A named type can be altered while
 * it is kept, and a call can meet rows of several types, so every row is held
 * against what the map was made for: a named type's definition has a number
 * that the server changes with it, and an anonymous type never changes.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "entry/account_row.h"

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

/* The kind of a type that is no domain. */
static ValueKind
kind_of_base_type(Oid type)
{
	switch (type)
	{
		case TEXTOID:
		case VARCHAROID:
		case BPCHAROID:
			return KIND_TEXT;
		case BOOLOID:
			return KIND_BOOLEAN;
		case INT2OID:
			return KIND_INT2;
		case INT4OID:
			return KIND_INT4;
		case INT8OID:
			return KIND_INT8;
		case NUMERICOID:
			return KIND_NUMERIC;
		case FLOAT4OID:
			return KIND_FLOAT4;
		case FLOAT8OID:
			return KIND_FLOAT8;
		case DATEOID:
			return KIND_DATE;
		case TIMESTAMPOID:
			return KIND_TIMESTAMP;
		case JSONBOID:
			return KIND_JSONB;
		case TEXTARRAYOID:
			return KIND_TEXT_ARRAY;
		default:
			return KIND_UNREADABLE;
	}
}

/* The enum type of an argument, or InvalidOid. */
static Oid
label_type(int argument, const LabelTypes *types)
{
	switch (argument)
	{
		case BILL_CLASS:
			return types->class;
		case BILL_METER:
			return types->meter;
		case BILL_AREA:
			return types->area;
		default:
			return InvalidOid;
	}
}

/* How a column of this type is read as this argument. */
static ValueKind
kind_of_column(int argument, Oid type, const LabelTypes *types)
{
	Oid			base = getBaseType(type);
	ValueKind	kind;

	if (base == label_type(argument, types))
		return KIND_LABEL;
	kind = kind_of_base_type(base);
	return arguments[argument].kinds & BIT(kind) ? kind : KIND_UNREADABLE;
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
map_columns(TupleDesc descriptor, const LabelTypes *types,
			ValuePlace columns[NUM_ROW_ARGUMENTS])
{
	memset(columns, 0, sizeof(ValuePlace) * NUM_ROW_ARGUMENTS);
	for (int i = 0; i < descriptor->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(descriptor, i);
		int			argument;

		if (attribute->attisdropped)
			continue;
		argument = argument_named(NameStr(attribute->attname));
		if (argument < 0)
			continue;
		if (columns[argument].kind != KIND_ABSENT)
			columns[argument].kind = KIND_AMBIGUOUS;
		else
		{
			columns[argument].kind =
				kind_of_column(argument, attribute->atttypid, types);
			columns[argument].at = i;
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
check_column(TupleDesc descriptor, const ValuePlace *column, int argument)
{
	const char *name = row_argument_name(argument);

	if (column->kind == KIND_ABSENT)
	{
		if (arguments[argument].needed)
			report_missing(descriptor, argument);
		return;
	}
	if (column->kind == KIND_AMBIGUOUS)
		ereport(ERROR,
				errcode(ERRCODE_AMBIGUOUS_COLUMN),
				errmsg("row of accounts has more than one column \"%s\"", name),
				errdetail("The row has the columns %s.",
						  column_names(descriptor)),
				errhint("Select the columns that are needed in a subquery, each once."));
	if (column->kind == KIND_UNREADABLE)
		ereport(ERROR,
				errcode(ERRCODE_DATATYPE_MISMATCH),
				errmsg("column \"%s\" of a row of accounts cannot be of type %s",
					   name,
					   format_type_be(TupleDescAttr(descriptor,
													column->at)->atttypid)),
				errhint("Cast it in a subquery to %s.",
						arguments[argument].types));
}

/* The descriptor of a row's whole type, to be released. */
static TupleDesc
descriptor_of(const RowMap *map)
{
	return lookup_rowtype_tupdesc(map->type, map->typmod);
}

/*
 * The same for every column.  The date is looked at only where it picks the
 * schedule.
 */
void
check_columns(RowMap *map, bool with_date)
{
	TupleDesc	descriptor;

	if (map->checked && (map->checked_date || !with_date))
		return;
	descriptor = descriptor_of(map);
	for (int i = 0; i < NUM_ROW_ARGUMENTS; i++)
		if (i != ROW_SERVICE_DATE || with_date)
			check_column(descriptor, &map->columns[i], i);
	ReleaseTupleDesc(descriptor);
	map->checked = true;
	map->checked_date |= with_date;
}

/* Fill in what is known of a row type. */
static void
fill_row_map(RowMap *map, Oid type, int32 typmod)
{
	TupleDesc	descriptor;

	map->type = type;
	map->typmod = typmod;
	descriptor = descriptor_of(map);
	map->entry = NULL;
	if (type != RECORDOID)
	{
		map->entry = lookup_type_cache(type, TYPECACHE_TUPDESC);
		map->identifier = map->entry->tupDesc_identifier;
	}
	find_label_types(&map->label_types);
	map_columns(descriptor, &map->label_types, map->columns);
	map->descriptor = CreateTupleDescCopyConstr(descriptor);
	map->values = palloc0(sizeof(Datum) * Max(descriptor->natts, 1));
	map->nulls = palloc0(sizeof(bool) * Max(descriptor->natts, 1));
	ReleaseTupleDesc(descriptor);
}

/* The first call of a call site. */
AccountCall *
begin_account_call(FunctionCallInfo fcinfo)
{
	AccountCall *state = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
												sizeof(AccountCall));

	fcinfo->flinfo->fn_extra = state;
	return state;
}

/*
 * Make the map of a row's type.  It lives in a memory context of its own, and
 * the one before goes with its context: a call that meets many types does not
 * grow.
 */
void
make_row_map(FunctionCallInfo fcinfo, AccountCall *state,
			 HeapTupleHeader row)
{
	MemoryContext context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt,
												  "row of accounts",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(context);
	RowMap	   *before = state->map;
	RowMap	   *map = palloc0(sizeof(RowMap));

	map->context = context;
	fill_row_map(map, HeapTupleHeaderGetTypeId(row),
				 HeapTupleHeaderGetTypMod(row));
	MemoryContextSwitchTo(caller);
	state->map = map;
	if (before != NULL)
		MemoryContextDelete(before->context);
}
