/*
 * labels.c
 *	  Adding the classes and meter sizes that a later ordinance has.
 *
 * The types belong to the extension, so a dump does not hold their labels.  So
 * a label is recorded in the table added_label, and it is the table's trigger
 * that adds it to the type: when a function records it, and when a restore
 * brings the row back.
 *
 * Who may: the owner of the table.  The type is changed as the type's owner,
 * which may be another role: the owner of an enum could give it a cast that
 * runs in other users' queries.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "parser/scansup.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "tables/descriptor.h"
#include "schedule/arguments.h"
#include "schedule/owner.h"
#include "schedule/query.h"
#include "schedule/trigger.h"

PG_FUNCTION_INFO_V1(add_class);
PG_FUNCTION_INFO_V1(add_meter_size);
PG_FUNCTION_INFO_V1(add_label);
PG_FUNCTION_INFO_V1(guard_labels);

#define LABEL_TABLE		"added_label"

/*
 * The type that labels can be added to; InvalidOid for another name.
 */
static Oid
type_of(const char *type_name)
{
	Oid			schema = get_namespace_oid("mission_rates", false);

	if (strcmp(type_name, "customer_class") == 0)
		return column_type_oid(OF_CLASS, schema);
	if (strcmp(type_name, "meter_size") == 0)
		return column_type_oid(OF_SIZE, schema);
	return InvalidOid;
}

/*
 * Has the type this label?
 */
static bool
has_label(Oid type, const char *label)
{
	return SearchSysCacheExists2(ENUMTYPOIDNAME, ObjectIdGetDatum(type),
								 CStringGetDatum(label));
}

/*
 * Run a command as the owner of the table, who need not be the one of the rate
 * tables.
 */
static uint64
execute_as_label_owner(const char *command, int narguments, Oid *types,
					   Datum *arguments)
{
	OwnerState	before;
	uint64		rows;

	owner_begin(rate_table(LABEL_TABLE), &before);
	rows = execute(command, narguments, types, arguments);
	owner_end(&before);
	return rows;
}

/*
 * Is there a row for this type and label in the answer to a query?
 */
static bool
is_listed(const char *query, const char *type_name, const char *label)
{
	Oid			types[] = {TEXTOID, TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(type_name),
	CStringGetTextDatum(label)};

	return execute_as_label_owner(query, lengthof(types), types, arguments) > 0;
}

static bool
is_shipped(const char *type_name, const char *label)
{
	return is_listed("SELECT FROM _mission_rates.shipped_labels() AS s"
					 " WHERE s.type_name" IS_EQUAL "$1 AND s.label" IS_EQUAL "$2",
					 type_name, label);
}

static bool
is_recorded(const char *type_name, const char *label)
{
	return is_listed("SELECT FROM ONLY mission_rates." LABEL_TABLE " AS a"
					 " WHERE a.type_name" IS_EQUAL "$1 AND a.label" IS_EQUAL "$2",
					 type_name, label);
}

/*
 * Refuse what cannot be a label.  Codes and sizes are read without the spaces
 * around them, so a label with such spaces would never be found.
 */
static void
check_proper(const char *label)
{
	size_t		length = strlen(label);

	if (length > 0 && length < NAMEDATALEN &&
		!scanner_isspace(label[0]) && !scanner_isspace(label[length - 1]))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid label: \"%s\"", label),
			 errdetail("A label has 1 to %d bytes and does not begin or end"
					   " with a space.", NAMEDATALEN - 1)));
}

/*
 * Refuse every role that is not the owner of the table.
 */
static void
check_owner(Oid table)
{
	if (!has_privs_of_role(GetUserId(), owner_of(table)))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("must be owner of table %s", LABEL_TABLE),
				 errdetail("Its owner alone, and superusers, may add labels."),
				 errhint("Restoring a dump takes the owner of the table or a"
						 " superuser.")));
}

/*
 * Refuse a label that cannot be added, or not at this place.
 */
static void
check_label(const char *type_name, const char *label, const char *after)
{
	check_proper(label);
	if (is_shipped(type_name, label) || is_recorded(type_name, label))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_OBJECT),
				 errmsg("type \"%s\" has the label \"%s\" already", type_name,
						label)));
	if (after != NULL &&
		(strcmp(after, label) == 0 || !has_label(type_of(type_name), after)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("type \"%s\" has no label \"%s\" to add another one"
						" after", type_name, after)));
}

/*
 * Record a label; the table's trigger adds it to the type.
 */
static void
record_label(const char *type_name, const char *label, const char *after)
{
	Oid			types[] = {TEXTOID, TEXTOID, TEXTOID};
	Datum		arguments[] = {
		CStringGetTextDatum(type_name),
		CStringGetTextDatum(label),
		CStringGetTextDatum(after != NULL ? after : "")
	};

	execute_as_label_owner("INSERT INTO mission_rates." LABEL_TABLE
						   " (type_name, label, after_label)"
						   " VALUES ($1, $2, NULLIF($3, ''))",
						   lengthof(types), types, arguments);
	if (!is_recorded(type_name, label))
		ereport(ERROR,
				(errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				 errmsg("label \"%s\" could not be recorded", label),
				 errdetail("A trigger or a rule on the table mission_rates."
						   LABEL_TABLE " kept its row from being"
						   " inserted.")));
}

/*
 * What both functions do.  Two sessions that add a label at the same time wait
 * for each other.
 */
static void
add_and_record(FunctionCallInfo fcinfo, const char *type_name)
{
	Oid			table = rate_table(LABEL_TABLE);
	char	   *label = text_argument(fcinfo, 0, "label");
	char	   *after = optional_text(fcinfo, 1);

	check_owner(table);
	LockRelationOid(table, ShareRowExclusiveLock);
	SPI_connect();
	check_label(type_name, label, after);
	record_label(type_name, label, after);
	SPI_finish();
}

/*
 * add_class(label, after) RETURNS void
 *		Add a customer class.
 */
Datum
add_class(PG_FUNCTION_ARGS)
{
	add_and_record(fcinfo, "customer_class");
	PG_RETURN_VOID();
}

/*
 * add_meter_size(label, after) RETURNS void
 *		Add a meter size.
 */
Datum
add_meter_size(PG_FUNCTION_ARGS)
{
	add_and_record(fcinfo, "meter_size");
	PG_RETURN_VOID();
}

/*
 * Add a label to its type, as the owner of the type.
 *
 * Where the label that it followed does not exist, because it was never
 * recorded, it is added at the end: the position of a label only orders lists,
 * while without the label its rates would be lost.
 */
static void
extend_type(Oid type, const char *label, const char *after)
{
	Form_pg_type form;
	HeapTuple	row = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
	Oid			owner;
	char	   *command;
	OwnerState	before;

	if (!HeapTupleIsValid(row))
		elog(ERROR, "cache lookup failed for type %u", type);
	form = (Form_pg_type) GETSTRUCT(row);
	owner = form->typowner;
	command = psprintf("ALTER TYPE mission_rates.%s ADD VALUE IF NOT EXISTS %s",
					   quote_identifier(NameStr(form->typname)),
					   quote_literal_cstr(label));
	ReleaseSysCache(row);
	if (after != NULL && has_label(type, after))
		command = psprintf("%s AFTER %s", command, quote_literal_cstr(after));
	else if (after != NULL)
		ereport(WARNING,
				(errcode(ERRCODE_WARNING),
				 errmsg("label \"%s\" is added at the end", label),
				 errdetail("There is no label \"%s\" that it could come"
						   " after.", after)));
	role_begin(owner, &before);
	execute(command, 0, NULL, NULL);
	owner_end(&before);
}

/*
 * A column of the row that is inserted; NULL where it is NULL.
 */
static char *
column_text(const TriggerData *trigger, int column)
{
	TupleDesc	columns = RelationGetDescr(trigger->tg_relation);
	Datum		value;
	bool		isnull;

	if (column > columns->natts ||
		TupleDescAttr(columns, column - 1)->atttypid != TEXTOID)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table \"%s\" is not the one that mission_rates made",
						LABEL_TABLE),
				 errhint_update()));
	value = heap_getattr(trigger->tg_trigtuple, column, columns, &isnull);
	return isnull ? NULL : TextDatumGetCString(value);
}

/*
 * add_label() RETURNS trigger
 *		Before a row of the table added_label is inserted: add the label,
 *		unless it exists; skip a row that exists.  NULLs and other types are
 *		left to the constraints.
 */
Datum
add_label(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = row_trigger(fcinfo);
	Relation	table = trigger->tg_relation;
	bool		repeated;
	char	   *type_name;
	char	   *label;

	if (strcmp(RelationGetRelationName(table), LABEL_TABLE) != 0 ||
		!TRIGGER_FIRED_BEFORE(trigger->tg_event) ||
		!TRIGGER_FIRED_BY_INSERT(trigger->tg_event))
		refuse_trigger_table(fcinfo);
	check_owner(RelationGetRelid(table));
	type_name = column_text(trigger, ADDED_LABEL_TYPE_NAME);
	label = column_text(trigger, ADDED_LABEL_LABEL);
	if (type_name == NULL || !OidIsValid(type_of(type_name)) ||
		label == NULL)
		return pass_row(trigger);
	check_proper(label);
	SPI_connect();
	repeated = is_recorded(type_name, label);
	if (!has_label(type_of(type_name), label))
		extend_type(type_of(type_name), label,
					column_text(trigger, ADDED_LABEL_AFTER_LABEL));
	SPI_finish();
	return repeated ? PointerGetDatum(NULL) : pass_row(trigger);
}

/*
 * guard_labels() RETURNS trigger
 *		Before a statement that would change or remove recorded labels.
 */
Datum
guard_labels(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = statement_trigger(fcinfo);

	if (strcmp(RelationGetRelationName(trigger->tg_relation),
			   LABEL_TABLE) != 0)
		refuse_trigger_table(fcinfo);
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("added labels cannot be changed or removed"),
			 errdetail("The server cannot take a label away from a type.")));
	return PointerGetDatum(NULL);
}
