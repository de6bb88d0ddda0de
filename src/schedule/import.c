/*
 * import.c
 *	  A draft from a document.
 *
 * The document is taken apart by the server's json functions, which keep
 * repeated keys and the decimals of numbers, and written row by row with the
 * rights of the caller, so that an error can name its place.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "schedule/arguments.h"
#include "schedule/document_values.h"
#include "schedule/draft.h"
#include "schedule/log.h"
#include "schedule/query.h"
#include "schedule/seal.h"
#include "tables/catalog.h"

PG_FUNCTION_INFO_V1(draft_from_document);

/* How many rows of an array are read at a time */
#define ROWS_AT_A_TIME	1000

/* The draft that is made */
typedef struct Import
{
	MemoryContext context;		/* of the name, which is returned */
	char	   *name;
	const RateTableColumns *table;	/* that is being written */
	DocumentKeys keys;			/* of its rows */
	SPIPlanPtr	insert;
	int64		rate_rows;		/* so far */
} Import;

/* Called with each object of an array */
typedef void (*ObjectReader) (const DocumentPlace *place,
							  DocumentObject *object, Import *import);

/*
 * An array of texts of the last row; how many there are.
 */
static int
text_array(HeapTuple row, TupleDesc columns, int column, char ***texts)
{
	bool		isnull;
	Datum		value = SPI_getbinval(row, columns, column, &isnull);
	Datum	   *elements;
	bool	   *nulls;
	int			number;

	if (isnull)
		return 0;
	deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false,
					  TYPALIGN_INT, &elements, &nulls, &number);
	*texts = palloc(number * sizeof(char *));
	for (int i = 0; i < number; i++)
		(*texts)[i] = nulls[i] ? NULL : TextDatumGetCString(elements[i]);
	return number;
}

/*
 * An object of a row of document_rows().
 */
static DocumentObject
row_object(HeapTuple row, TupleDesc columns)
{
	char	  **keys,
			  **kinds,
			  **texts;
	DocumentObject object;

	object.number = text_array(row, columns, 3, &keys);
	object.members = palloc(object.number * sizeof(DocumentMember));
	text_array(row, columns, 4, &kinds);
	text_array(row, columns, 5, &texts);
	for (int i = 0; i < object.number; i++)
		object.members[i] = (DocumentMember) {keys[i], kinds[i], texts[i]};
	return object;
}

/*
 * Refuse an element that is no object.
 */
static void
check_object(const DocumentPlace *place, const char *kind)
{
	const char *article = strcmp(kind, "null") == 0 ? "" :
		strcmp(kind, "array") == 0 ? "an " : "a ";

	if (strcmp(kind, "object") != 0)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("invalid document: %s is %s%s and not an object",
					   place->array == NULL ? "it" :
					   document_place(place, NULL), article, kind));
}

/*
 * Read some objects, each in a memory context of its own.
 */
static void
read_rows(SPITupleTable *rows, uint64 number, const char *array,
		  ObjectReader read, Import *import)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "row of a document",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext before = MemoryContextSwitchTo(context);

	for (uint64 i = 0; i < number; i++)
	{
		HeapTuple	row = rows->vals[i];
		bool		isnull;
		DocumentPlace place = {array, 0};
		DocumentObject object;

		CHECK_FOR_INTERRUPTS();
		place.row = DatumGetInt64(SPI_getbinval(row, rows->tupdesc, 1,
												&isnull));
		check_object(&place, SPI_getvalue(row, rows->tupdesc, 2));
		object = row_object(row, rows->tupdesc);
		read(&place, &object, import);
		MemoryContextReset(context);
	}
	MemoryContextSwitchTo(before);
	MemoryContextDelete(context);
}

/*
 * Prepare to read arrays.
 */
static SPIPlanPtr
prepare_read(const char *array)
{
	Oid			types[] = {TEXTOID};
	char	   *query = psprintf("SELECT r.row_number, r.kind, r.keys, r.kinds,"
								 " r.texts FROM _mission_rates.document_rows(%s)"
								 " AS r", array);
	SPIPlanPtr	plan = SPI_prepare_cursor(query, lengthof(types), types,
										  CURSOR_OPT_GENERIC_PLAN);

	if (plan == NULL)
		elog(ERROR, "could not prepare \"%s\": %s", query,
			 SPI_result_code_string(SPI_result));
	return plan;
}

/*
 * Read the objects of an array; it has no name where it is the document itself,
 * as the only one.
 */
static void
read_objects(SPIPlanPtr plan, const char *array, const char *text,
			 ObjectReader read, Import *import)
{
	Datum		arguments[] = {CStringGetTextDatum(text)};
	Portal		cursor = SPI_cursor_open(NULL, plan, arguments, NULL, true);

	for (;;)
	{
		SPITupleTable *rows;

		SPI_cursor_fetch(cursor, true, ROWS_AT_A_TIME);
		rows = SPI_tuptable;
		if (SPI_processed == 0)
			break;
		read_rows(rows, SPI_processed, array, read, import);
		SPI_freetuptable(rows);
	}
	SPI_cursor_close(cursor);
}

/*
 * The SQL of the value of a column, which is passed as text.
 */
static char *
value_sql(ColumnType type, int number)
{
	Oid			oid = column_type_oid(type, rate_schema());

	if (type == OF_TEXT)
		return psprintf("$%d", number);
	if (type == OF_TEXT_ARRAY)
		return psprintf("CASE WHEN $%d IS NOT NULL THEN ARRAY(SELECT"
						" pg_catalog.json_array_elements_text("
						"CAST($%d AS pg_catalog.json))) END", number, number);
	return psprintf("CAST($%d AS %s)", number, format_type_be_qualified(oid));
}

/*
 * Prepare to write rows of a table; the first value is the name of the
 * schedule.
 */
static void
prepare_insert(Import *import, const RateTableColumns *table,
			   DocumentKeys keys)
{
	Oid		   *types = palloc((keys.number + 1) * sizeof(Oid));
	StringInfoData columns;
	StringInfoData values;

	initStringInfo(&columns);
	initStringInfo(&values);
	types[0] = TEXTOID;
	for (int i = 0; i < keys.number; i++)
	{
		types[i + 1] = TEXTOID;
		appendStringInfo(&columns, ", %s",
						 quote_identifier(keys.keys[i].name));
		appendStringInfo(&values, ", %s", value_sql(keys.keys[i].type, i + 2));
	}
	import->table = table;
	import->keys = keys;
	import->insert = SPI_prepare_cursor(psprintf("INSERT INTO mission_rates.%s"
												 " (schedule%s) VALUES ($1%s)",
												 quote_identifier(table->name),
												 columns.data, values.data),
										keys.number + 1, types,
										CURSOR_OPT_GENERIC_PLAN);
	if (import->insert == NULL)
		elog(ERROR, "could not prepare to write rows of %s: %s", table->name,
			 SPI_result_code_string(SPI_result));
}

/*
 * Refuse a row whose key an earlier row has; another error is passed on.
 */
pg_noreturn static void
refuse_repeated_row(const DocumentPlace *place, const Import *import,
					MemoryContext context)
{
	ErrorData  *error;

	MemoryContextSwitchTo(context);
	error = CopyErrorData();
	if (error->sqlerrcode != ERRCODE_UNIQUE_VIOLATION ||
		place->array == NULL || error->table_name == NULL ||
		strcmp(error->table_name, import->table->name) != 0)
		PG_RE_THROW();
	FlushErrorState();
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("invalid document: %s has the key of another row",
				   document_place(place, NULL)),
			errdetail_internal("%s", error->detail));
}

/*
 * Say at which place of the document the server's error came up.
 */
static void
place_context(void *arg)
{
	errcontext("%s of the document", document_place(arg, NULL));
}

/*
 * Write a row; returns how many there are, which is none where a trigger of
 * the city kept it from being written.
 */
static uint64
insert_row(const DocumentPlace *place, const Import *import,
		   DocumentMember **members)
{
	MemoryContext context = CurrentMemoryContext;
	Datum	   *values = palloc((import->keys.number + 1) * sizeof(Datum));
	char	   *nulls = palloc(import->keys.number + 1);
	ErrorContextCallback callback = {error_context_stack, place_context,
	(void *) place};

	values[0] = CStringGetTextDatum(import->name);
	nulls[0] = ' ';
	for (int i = 0; i < import->keys.number; i++)
	{
		const char *text = members[i]->text;

		values[i + 1] = text == NULL ? (Datum) 0 : CStringGetTextDatum(text);
		nulls[i + 1] = text == NULL ? 'n' : ' ';
	}
	error_context_stack = &callback;
	PG_TRY();
	{
		SPI_execute_plan(import->insert, values, nulls, false, 0);
	}
	PG_CATCH();
	{
		error_context_stack = callback.previous;
		refuse_repeated_row(place, import, context);
	}
	PG_END_TRY();
	error_context_stack = callback.previous;
	return SPI_processed;
}

/*
 * Read a row of a rate table.
 */
static void
read_rate_row(const DocumentPlace *place, DocumentObject *object,
			  Import *import)
{
	DocumentMember **members = read_document_members(place, &import->keys,
													 object);

	if (insert_row(place, import, members) != 1)
		ereport(ERROR,
				errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				errmsg("%s of the document could not be written",
					   document_place(place, NULL)),
				errdetail("A trigger on a rate table kept it from being"
						  " written."));
	import->rate_rows++;
}

/*
 * Read a label that the rows use: the database must have it already, since
 * only a superuser adds one.
 */
static void
read_label(const DocumentPlace *place, DocumentObject *object, Import *import)
{
	DocumentKeys keys = row_keys(&added_label_columns);
	DocumentMember **members = read_document_members(place, &keys, object);
	const char *type_name = members[ADDED_LABEL_TYPE_NAME - 1]->text;

	(void) import;
	for (int i = 0; i < NUM_RATE_TYPES; i++)
		if (strcmp(rate_type_name((RateType) i), type_name) == 0)
		{
			check_document_label(place, "label", (RateType) i,
								 members[ADDED_LABEL_LABEL - 1]->text,
								 members[ADDED_LABEL_AFTER_LABEL - 1]->text);
			return;
		}
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("invalid document: %s is not a type with labels: \"%s\"",
				   document_place(place, "type_name"),
				   document_clip(type_name)));
}

/*
 * Refuse a document of another format, before its keys are looked at.
 */
static void
check_format(const DocumentPlace *place, const DocumentObject *object)
{
	for (int i = 0; i < object->number; i++)
		if (strcmp(object->members[i].key, "format") == 0 &&
			strcmp(object->members[i].kind, "string") == 0 &&
			strcmp(object->members[i].text, DOCUMENT_FORMAT) != 0)
			ereport(ERROR,
					errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("invalid document: %s is not \"%s\" but \"%s\"",
						   document_place(place, "format"), DOCUMENT_FORMAT,
						   document_clip(object->members[i].text)));
}

/*
 * The value of a key of the document; NULL: null.
 */
static char *
member_text(const DocumentKeys *keys, DocumentMember **members,
			const char *name)
{
	int			i = 0;

	while (strcmp(keys->keys[i].name, name) != 0)
		i++;
	return members[i]->text;
}

/*
 * The name of the draft: the document's, unless another is given.
 */
static void
choose_name(const DocumentPlace *place, Import *import, char *name)
{
	if (import->name == NULL)
		import->name = MemoryContextStrdup(import->context, name);
	if (import->name[strspn(import->name, " \t\n\r\f\v")] == '\0')
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("invalid document: %s is blank",
					   document_place(place, "schedule")));
}

/*
 * Is a key of the document a column of the draft?  The date and the fingerprint
 * are set when the draft is adopted.
 */
static bool
is_taken_over(const RateColumn *key)
{
	return key->type != OF_ROWS &&
		strcmp(key->name, "format") != 0 &&
		strcmp(key->name, "schedule") != 0 &&
		strcmp(key->name, "effective_from") != 0 &&
		strcmp(key->name, "fingerprint") != 0;
}

/*
 * Write the row of the schedule.
 */
static void
write_schedule(const DocumentPlace *place, Import *import,
			   const DocumentKeys *keys, DocumentMember **members)
{
	DocumentKeys columns = {0, palloc(keys->number * sizeof(RateColumn))};
	DocumentMember **values = palloc(keys->number * sizeof(DocumentMember *));

	for (int i = 0; i < keys->number; i++)
		if (is_taken_over(&keys->keys[i]))
		{
			values[columns.number] = members[i];
			columns.keys[columns.number++] = keys->keys[i];
		}
	prepare_insert(import, &rate_table_columns[TABLE_SCHEDULE], columns);
	check_schedule_row(import->name, insert_row(place, import, values));
}

/*
 * The value of a key as a literal of SQL.
 */
static char *
member_literal(const DocumentKeys *keys, DocumentMember **members,
			   const char *name)
{
	char	   *text = member_text(keys, members, name);

	return text == NULL ? "NULL" : quote_literal_cstr(text);
}

/*
 * Record in the log what the document said of itself.
 */
static void
log_import(const Import *import, const DocumentKeys *keys,
		   DocumentMember **members)
{
	log_event("import", import->name, NULL,
			  psprintf("SELECT pg_catalog.jsonb_build_object('document',"
					   " pg_catalog.jsonb_build_object('schedule', %s,"
					   " 'effective_from', %s, 'fingerprint', %s),"
					   " 'rate_rows', $1)",
					   member_literal(keys, members, "schedule"),
					   member_literal(keys, members, "effective_from"),
					   member_literal(keys, members, "fingerprint")),
			  1, (Oid[]) {INT8OID},
			  (Datum[]) {Int64GetDatum(import->rate_rows)});
}

/*
 * Read the document itself.
 */
static void
read_document(const DocumentPlace *place, DocumentObject *object,
			  Import *import)
{
	DocumentPlace top = {NULL, 0};
	DocumentKeys keys = document_keys();
	SPIPlanPtr	rows = prepare_read("CAST($1 AS pg_catalog.json)");
	DocumentMember **members;

	(void) place;
	check_format(&top, object);
	members = read_document_members(&top, &keys, object);
	choose_name(&top, import, member_text(&keys, members, "schedule"));
	check_name_is_free(import->name);
	read_objects(rows, "added_labels", member_text(&keys, members, "added_labels"),
				 read_label, import);
	write_schedule(&top, import, &keys, members);
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
	{
		const RateTableColumns *table = &rate_table_columns[i];

		prepare_insert(import, table, row_keys(table));
		read_objects(rows, table->name,
					 member_text(&keys, members, table->name),
					 read_rate_row, import);
		SPI_freeplan(import->insert);
	}
	log_import(import, &keys, members);
}

/*
 * draft_from_document(document, schedule) RETURNS text
 *		A new draft with the terms and the rate rows of a document.
 */
Datum
draft_from_document(PG_FUNCTION_ARGS)
{
	char	   *document = text_argument(fcinfo, 0, "document");
	Import		import = {
		.context = CurrentMemoryContext,
		.name = optional_text(fcinfo, 1)
	};

	SPI_connect();
	read_objects(prepare_read("pg_catalog.json_build_array("
							  "CAST($1 AS pg_catalog.json))"),
				 NULL, document, read_document, &import);
	SPI_finish();
	PG_RETURN_TEXT_P(cstring_to_text(import.name));
}
