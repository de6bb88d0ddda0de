/*
 * labels.c
 *	  Adding the classes, meter sizes and rate groups that a later ordinance
 *	  has.
 *
 * The types belong to the extension, so a dump does not hold their labels.  A
 * label is recorded in the table added_label, whose trigger adds it to the type:
 * when a function records it, and when a restore brings the row back.  Only a
 * superuser may, and everything runs as the caller.
 */
#include "postgres.h"

#include "access/table.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "parser/scansup.h"
#include "storage/lmgr.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "schedule/schedule.h"
#include "tables/catalog.h"

PG_FUNCTION_INFO_V1(add_label);
PG_FUNCTION_INFO_V1(guard_labels);

/* The type that labels can be added to; InvalidOid for another name. */
static Oid
type_of(const char *type_name)
{
	static const RateType types[] = {TYPE_CLASS, TYPE_SIZE, TYPE_GROUP};

	for (int i = 0; i < (int) lengthof(types); i++)
		if (strcmp(type_name, rate_type_name(types[i])) == 0)
			return column_type_oid((ColumnType) types[i], rate_schema());
	return InvalidOid;
}

/* Has the type this label? */
static bool
has_label(Oid type, const char *label)
{
	return SearchSysCacheExists2(ENUMTYPOIDNAME, ObjectIdGetDatum(type),
								 CStringGetDatum(label));
}

/* Is there a row for this type and label in the answer to a query? */
static bool
is_listed(const char *list, const char *type_name, const char *label)
{
	return execute(psprintf("SELECT FROM _mission_rates.%s AS l"
							" WHERE l.type_name" IS_EQUAL "$1"
							" AND l.label" IS_EQUAL "$2", list),
				   VALUES(text_value(type_name), text_value(label))) > 0;
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
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("invalid label: \"%s\"", label),
			errdetail("A label has 1 to %d bytes and does not begin or end"
					  " with a space.", NAMEDATALEN - 1));
}

/* Refuse everybody but superusers. */
static void
check_superuser(void)
{
	if (!superuser())
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("must be superuser to add a label to a type of"
					   " mission_rates"),
				errhint("Restoring a dump takes a superuser."));
}

/* Refuse a label that cannot be added, or not at this place. */
static void
check_label(const char *type_name, const char *label, const char *after)
{
	check_proper(label);
	if (is_listed("shipped_labels()", type_name, label) ||
		is_listed("added_label", type_name, label))
		ereport(ERROR,
				errcode(ERRCODE_DUPLICATE_OBJECT),
				errmsg("type \"%s\" has the label \"%s\" already", type_name,
					   label));
	if (after != NULL &&
		(strcmp(after, label) == 0 || !has_label(type_of(type_name), after)))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("type \"%s\" has no label \"%s\" to add another one"
					   " after", type_name, after));
}

/*
 * What the functions do: record a label; the table's trigger adds it to the
 * type.  Two sessions that add a label at the same time wait for each other.
 */
static void
add_and_record(FunctionCallInfo fcinfo, const char *type_name)
{
	char	   *label = text_argument(fcinfo, 0, "label");
	char	   *after = optional_text(fcinfo, 1);

	check_superuser();
	table_close(open_unattached(label_table(), ShareRowExclusiveLock), NoLock);
	SPI_connect();
	check_label(type_name, label, after);
	execute("INSERT INTO _mission_rates.added_label"
			" (type_name, label, after_label) VALUES ($1, $2, $3)",
			VALUES(text_value(type_name), text_value(label),
				   text_value(after)));
	SPI_finish();
}

/*
 * add_class, add_meter_size, add_rate_group(label, after) RETURNS void
 *		Add a customer class, a meter size, a table of minimum charges.
 */
#define ADDS_LABEL(function, type_name) \
	PG_FUNCTION_INFO_V1(function); \
	Datum \
	function(PG_FUNCTION_ARGS) \
	{ \
		add_and_record(fcinfo, type_name); \
		PG_RETURN_VOID(); \
	} \
	extern Datum function(PG_FUNCTION_ARGS)

ADDS_LABEL(add_class, "customer_class");
ADDS_LABEL(add_meter_size, "meter_size");
ADDS_LABEL(add_rate_group, "rate_group");

/*
 * Add a label to its type.
 *
 * Where the label that it followed does not exist, because it was never
 * recorded, it is added at the end: the position of a label only orders lists,
 * while without the label its rates would be lost.
 */
static void
extend_type(const char *type_name, const char *label, const char *after)
{
	char	   *command = psprintf("ALTER TYPE mission_rates.%s"
								   " ADD VALUE IF NOT EXISTS %s",
								   quote_identifier(type_name),
								   quote_literal_cstr(label));

	if (after != NULL && has_label(type_of(type_name), after))
		command = psprintf("%s AFTER %s", command, quote_literal_cstr(after));
	else if (after != NULL)
		ereport(WARNING,
				errcode(ERRCODE_WARNING),
				errmsg("label \"%s\" is added at the end", label),
				errdetail("There is no label \"%s\" that it could come"
						  " after.", after));
	execute(command, NO_VALUES);
}

/* A column of the row that is inserted; NULL where it is NULL. */
static char *
inserted_text(const TriggerData *trigger, int column)
{
	return trigger_text(trigger, trigger->tg_trigtuple, &added_label_columns,
						column);
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
	bool		repeated;
	char	   *type_name;
	char	   *label;

	if (RelationGetRelid(trigger->tg_relation) != label_table() ||
		!TRIGGER_FIRED_BEFORE(trigger->tg_event) ||
		!TRIGGER_FIRED_BY_INSERT(trigger->tg_event))
		refuse_trigger_table(fcinfo);
	check_superuser();
	type_name = inserted_text(trigger, ADDED_LABEL_TYPE_NAME);
	label = inserted_text(trigger, ADDED_LABEL_LABEL);
	if (type_name == NULL || !OidIsValid(type_of(type_name)) ||
		label == NULL)
		return pass_row(trigger);
	check_proper(label);
	SPI_connect();
	repeated = is_listed("added_label", type_name, label);
	if (!has_label(type_of(type_name), label))
		extend_type(type_name, label,
					inserted_text(trigger, ADDED_LABEL_AFTER_LABEL));
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

	if (RelationGetRelid(trigger->tg_relation) != label_table())
		refuse_trigger_table(fcinfo);
	ereport(ERROR,
			errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("added labels cannot be changed or removed"),
			errdetail("The server cannot take a label away from a type."));
	return PointerGetDatum(NULL);
}
