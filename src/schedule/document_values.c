/*
 * document_values.c
 *	  Checking the keys and values of a document that is read.
 *
 * Nothing is guessed: each key is there once, and its value has the type that
 * schedule_document() writes.  What a number or a text may be is left to the
 * constraints of the tables.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/syscache.h"

#include "schedule/document_values.h"
#include "schedule/query.h"
#include "tables/catalog.h"

/* How much of a value a message shows, in characters */
#define SHOWN_CHARACTERS	60

/* What a column is in JSON, and in words */
static const struct
{
	const char *kind;
	const char *words;
}			json_types[NUM_COLUMN_TYPES + 1] = {
	[OF_CLASS] = {"string", "a string"},
	[OF_SIZE] = {"string", "a string"},
	[OF_AREA] = {"string", "a string"},
	[OF_GROUP] = {"string", "a string"},
	[OF_CATEGORY] = {"string", "a string"},
	[OF_RATE] = {"number", "a number"},
	[OF_TEXT] = {"string", "a string"},
	[OF_TEXT_ARRAY] = {"array", "an array of strings"},
	[OF_BOOLEAN] = {"boolean", "true or false"},
	[OF_INTEGER] = {"number", "a whole number"},
	[OF_BIGINT] = {"number", "a whole number"},
	[OF_NUMERIC] = {"number", "a number"},
	[OF_DATE] = {"string", "a date as \"YYYY-MM-DD\""},
	[OF_ROWS] = {"array", "an array"},
};

/* How labels are added to a type; NULL: by ALTER TYPE */
static const char *const label_functions[NUM_RATE_TYPES] = {
	[TYPE_CLASS] = "add_class",
	[TYPE_SIZE] = "add_meter_size",
	[TYPE_GROUP] = "add_rate_group",
};

/*
 * document_place
 *		A place in words: `water_volume, row 3: "rate_per_1000"`.
 */
char *
document_place(const DocumentPlace *place, const char *key)
{
	const char *quoted = key == NULL ? "" :
		psprintf("\"%s\"", document_clip(key));

	if (place->array == NULL)
		return pstrdup(key == NULL ? "the top level" : quoted);
	return psprintf("%s, row " INT64_FORMAT "%s%s", place->array, place->row,
					key == NULL ? "" : ": ", quoted);
}

/*
 * document_clip
 *		The beginning of a text, for a message.
 */
char *
document_clip(const char *text)
{
	return pnstrdup(text, pg_mbcharcliplen(text, strlen(text),
										   SHOWN_CHARACTERS));
}

/*
 * Refuse a value that is not written as the column's values are.
 */
pg_noreturn static void
refuse_value(const DocumentPlace *place, const RateColumn *key,
			 const DocumentMember *member)
{
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("invalid document: %s is not %s%s: %s",
				   document_place(place, key->name),
				   json_types[key->type].words,
				   key->not_null ? "" : " or null",
				   member->text == NULL ? "null" :
				   strcmp(member->kind, "string") == 0 ?
				   psprintf("\"%s\"", document_clip(member->text)) :
				   document_clip(member->text)));
}

/*
 * Is a text a day of the calendar, written as YYYY-MM-DD?
 */
static bool
is_day(const char *text)
{
	int			year,
				month,
				day,
				julian,
				end = 0;
	int			back[3];

	if (strspn(text, "0123456789-") != 10 || text[10] != '\0' ||
		sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 ||
		end != 10 || year < 1 || month < 1 || month > MONTHS_PER_YEAR ||
		day < 1)
		return false;
	julian = date2j(year, month, day);
	j2date(julian, &back[0], &back[1], &back[2]);
	return back[0] == year && back[1] == month && back[2] == day;
}

/*
 * Are all elements of an array strings?
 */
static bool
is_string_array(const char *text)
{
	Oid			types[] = {TEXTOID};
	Datum		arguments[] = {CStringGetTextDatum(text)};

	return execute("SELECT FROM _mission_rates.document_rows("
				   "CAST($1 AS pg_catalog.json)) AS r"
				   " WHERE r.kind OPERATOR(pg_catalog.<>) 'string'",
				   lengthof(types), types, arguments) == 0;
}

/*
 * How a label is added.
 */
static char *
add_label_command(RateType type, const char *label, const char *after)
{
	if (label_functions[type] == NULL)
		return psprintf("ALTER TYPE mission_rates.%s ADD VALUE %s",
						rate_type_name(type), quote_literal_cstr(label));
	return psprintf("SELECT mission_rates.%s(%s%s%s)", label_functions[type],
					quote_literal_cstr(label), after == NULL ? "" : ", ",
					after == NULL ? "" : quote_literal_cstr(after));
}

/*
 * Is a text short enough for a label?
 */
static bool
may_be_label(const char *text)
{
	return strlen(text) < NAMEDATALEN;
}

/*
 * check_document_label
 *		Refuse a label that the database lacks.
 */
void
check_document_label(const DocumentPlace *place, const char *key,
					 RateType type, const char *label, const char *after)
{
	if (may_be_label(label) &&
		SearchSysCacheExists2(ENUMTYPOIDNAME,
							  ObjectIdGetDatum(column_type_oid((ColumnType) type,
															   rate_schema())),
							  CStringGetDatum(label)))
		return;
	if (after != NULL && !may_be_label(after))
		after = NULL;
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("invalid document: %s is not a label of %s: \"%s\"",
				   document_place(place, key), rate_type_name(type),
				   document_clip(label)),
			may_be_label(label) ?
			errhint("Where a later ordinance has it, it is added by %s.",
					add_label_command(type, label, after)) : 0);
}

/*
 * Refuse a value that its column cannot hold.
 */
static void
check_value(const DocumentPlace *place, const RateColumn *key,
			const DocumentMember *member)
{
	bool		good = strcmp(member->kind, json_types[key->type].kind) == 0;

	if (strcmp(member->kind, "null") == 0 && !key->not_null)
		return;
	if (good && (key->type == OF_INTEGER || key->type == OF_BIGINT))
		good = strpbrk(member->text, ".eE") == NULL;
	else if (good && key->type == OF_DATE)
		good = is_day(member->text);
	else if (good && key->type == OF_TEXT_ARRAY)
		good = is_string_array(member->text);
	if (!good)
		refuse_value(place, key, member);
	if (is_label_type(key->type))
		check_document_label(place, key->name, (RateType) key->type,
							 member->text, NULL);
}

/*
 * The place of a key among those that are expected.
 */
static int
find_key(const DocumentPlace *place, const DocumentKeys *keys,
		 const char *name)
{
	for (int i = 0; i < keys->number; i++)
		if (strcmp(keys->keys[i].name, name) == 0)
			return i;
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("invalid document: %s is unknown",
				   document_place(place, name)));
	return -1;
}

/*
 * read_document_members
 *		The members of an object in the order of the keys, each of them there
 *		and good.
 */
DocumentMember **
read_document_members(const DocumentPlace *place, const DocumentKeys *keys,
					  DocumentObject *object)
{
	DocumentMember **found = palloc0(keys->number * sizeof(DocumentMember *));

	for (int i = 0; i < object->number; i++)
	{
		int			number = find_key(place, keys, object->members[i].key);

		if (found[number] != NULL)
			ereport(ERROR,
					errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("invalid document: %s is repeated",
						   document_place(place, keys->keys[number].name)));
		found[number] = &object->members[i];
	}
	for (int i = 0; i < keys->number; i++)
	{
		if (found[i] == NULL)
			ereport(ERROR,
					errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("invalid document: %s is missing",
						   document_place(place, keys->keys[i].name)));
		check_value(place, &keys->keys[i], found[i]);
	}
	return found;
}
