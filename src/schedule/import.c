/*
 * import.c
 *	  A draft from a document.
 *
 * The SQL function document_objects() takes the document apart and checks it.
 * The rows are written one by one with the rights of the caller, so that an
 * error can name its place.
 */
#include "postgres.h"

#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "schedule/schedule.h"
#include "tables/catalog.h"

PG_FUNCTION_INFO_V1(copied_schedule);
PG_FUNCTION_INFO_V1(draft_from_document);

/* The document itself, or an object in one of its arrays */
typedef struct DocumentObject
{
	char	   *rate_table;		/* or "added_labels" */
	int64		place;			/* in the array, counted from 1 */
	Datum		value;
	char	   *key;			/* that has the problem */
	char	   *problem;		/* NULL: none */
	char	   *hint;
} DocumentObject;

/* The draft that is made */
typedef struct Import
{
	SqlValue	document;
	char	   *schedule;		/* its name */
	RateTable	table;			/* that is written at the moment */
	SPIPlanPtr	insert;
	int64		rate_rows;		/* so far */
} Import;

/*
 * copied_schedule(schedule) RETURNS text
 *		The name of a schedule that may be copied: a draft, or what was adopted.
 */
Datum
copied_schedule(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");

	if (!is_unchanged(schedule))
		refuse_changed(schedule);
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* An object in a row of document_objects(). */
static DocumentObject
object_of(HeapTuple row, TupleDesc columns)
{
	DocumentObject object;
	bool		isnull;

	object.rate_table = SPI_getvalue(row, columns, 1);
	object.place = DatumGetInt64(SPI_getbinval(row, columns, 2, &isnull));
	object.value = SPI_getbinval(row, columns, 3, &isnull);
	object.key = SPI_getvalue(row, columns, 4);
	object.problem = SPI_getvalue(row, columns, 5);
	object.hint = SPI_getvalue(row, columns, 6);
	return object;
}

/* Is it the document itself? */
static bool
is_document(const DocumentObject *object)
{
	return strcmp(object->rate_table,
				  rate_table_columns[TABLE_SCHEDULE].name) == 0;
}

/* The place of an object in words: "water_volume, row 3". */
static char *
place_of(const DocumentObject *object)
{
	return is_document(object) ? "the top level" :
		psprintf("%s, row " INT64_FORMAT, object->rate_table, object->place);
}

/* Refuse an object that has a problem, and name the place. */
static void
check_object(const DocumentObject *object)
{
	char	   *place = place_of(object);

	if (object->problem == NULL)
		return;
	if (is_document(object))
		place = object->key == NULL ? "it" : psprintf("\"%s\"", object->key);
	else if (object->key != NULL)
		place = psprintf("%s: \"%s\"", place, object->key);
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("invalid document: %s is %s", place, object->problem),
			object->hint == NULL ? 0 :
			errhint("Where a later ordinance has it, it is added by %s.",
					object->hint));
}

/* Refuse the name of a draft that is blank or taken. */
static void
check_name(const char *schedule)
{
	if (schedule[strspn(schedule, " \t\n\r\f\v")] == '\0')
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("invalid document: \"schedule\" is blank"));
	check_name_is_free(schedule);
}

/*
 * The columns that are taken over from a document.  The date and the
 * fingerprint of the schedule are set when the draft is adopted.
 */
static char *
columns_to_write(RateTable table)
{
	if (table != TABLE_SCHEDULE)
		return columns_from_to(table, SCHEDULE_NAME + 1,
							   rate_table_columns[table].ncolumns);
	return psprintf("%s, %s",
					columns_from_to(table, SCHEDULE_TITLE,
									SCHEDULE_ADOPTED_BY),
					columns_from_to(table, SCHEDULE_VOLUME_STEP,
									SCHEDULE_WAIVER_OVERCHARGE));
}

/*
 * Prepare to write rows of a table; $1 is the name of the schedule, $2 the
 * object.
 */
static void
prepare_insert(Import *import, RateTable table)
{
	Oid			types[] = {TEXTOID, JSONOID};
	const char *name = rate_table_columns[table].name;
	const char *columns = columns_to_write(table);

	import->table = table;
	import->insert = SPI_prepare(psprintf("INSERT INTO mission_rates.%s"
										  " (schedule, %s) SELECT $1, %s FROM"
										  " pg_catalog.json_populate_record("
										  "CAST(NULL AS mission_rates.%s), $2)",
										  name, columns, columns, name),
								 lengthof(types), types);
	if (import->insert == NULL)
		elog(ERROR, "could not prepare to write rows of %s: %s", name,
			 SPI_result_code_string(SPI_result));
}

/* Refuse a row whose key an earlier row has; another error is passed on. */
pg_noreturn static void
refuse_repeated_row(const DocumentObject *object, MemoryContext context)
{
	ErrorData  *error;

	MemoryContextSwitchTo(context);
	error = CopyErrorData();
	if (error->sqlerrcode != ERRCODE_UNIQUE_VIOLATION ||
		is_document(object) || error->table_name == NULL ||
		strcmp(error->table_name, object->rate_table) != 0)
		PG_RE_THROW();
	FlushErrorState();
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("invalid document: %s has the key of another row",
				   place_of(object)),
			errdetail_internal("%s", error->detail));
}

/* Say at which place of the document the server's error came up. */
static void
place_context(void *arg)
{
	errcontext("%s of the document", place_of(arg));
}

/*
 * Write the row of an object; false where a trigger of the city kept it from
 * being written.
 */
static bool
insert_object(const Import *import, const DocumentObject *object)
{
	MemoryContext context = CurrentMemoryContext;
	Datum		values[] = {CStringGetTextDatum(import->schedule),
	object->value};
	ErrorContextCallback callback = {error_context_stack, place_context,
	(void *) object};

	error_context_stack = &callback;
	PG_TRY();
	{
		SPI_execute_plan(import->insert, values, NULL, false, 0);
	}
	PG_CATCH();
	{
		error_context_stack = callback.previous;
		refuse_repeated_row(object, context);
	}
	PG_END_TRY();
	error_context_stack = callback.previous;
	return SPI_processed == 1;
}

/*
 * Write an object: the row of the schedule, or a rate row.  A label is in the
 * database already, since only a superuser adds one.
 */
static void
write_object(Import *import, const DocumentObject *object)
{
	RateTable	table = rate_table_named(object->rate_table);
	bool		written;

	if (table == NUM_RATE_TABLES)
		return;
	if (table == TABLE_SCHEDULE)
		check_name(import->schedule);
	if (import->insert == NULL || table != import->table)
		prepare_insert(import, table);
	written = insert_object(import, object);
	if (table == TABLE_SCHEDULE)
		check_written(import->schedule, written);
	else if (!written)
		ereport(ERROR,
				errcode(ERRCODE_TRIGGERED_ACTION_EXCEPTION),
				errmsg("%s of the document could not be written",
					   place_of(object)),
				errdetail("A trigger on a rate table kept it from being"
						  " written."));
	else
		import->rate_rows++;
}

/* Check and write all objects, each in a memory context of its own. */
static void
read_document(Import *import)
{
	uint64		number = execute("SELECT o.rate_table, o.place, o.object,"
								 " o.key, o.problem, o.hint FROM"
								 " _mission_rates.document_objects($1) AS o",
								 VALUES(import->document));
	SPITupleTable *rows = SPI_tuptable;
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "object of a document",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext before = MemoryContextSwitchTo(context);

	for (uint64 i = 0; i < number; i++)
	{
		DocumentObject object = object_of(rows->vals[i], rows->tupdesc);

		CHECK_FOR_INTERRUPTS();
		check_object(&object);
		write_object(import, &object);
		MemoryContextReset(context);
	}
	MemoryContextSwitchTo(before);
}

/* Record in the log what the document said of itself. */
static void
log_import(const Import *import)
{
	log_event("import", import->schedule, NULL,
			  "SELECT pg_catalog.jsonb_build_object('document',"
			  " pg_catalog.jsonb_build_object("
			  "'schedule', pg_catalog.json_object_field($1, 'schedule'),"
			  " 'effective_from',"
			  " pg_catalog.json_object_field($1, 'effective_from'),"
			  " 'fingerprint',"
			  " pg_catalog.json_object_field($1, 'fingerprint')),"
			  " 'rate_rows', $2)",
			  VALUES(import->document, bigint_value(import->rate_rows)));
}

/*
 * draft_from_document(document, schedule) RETURNS text
 *		A new draft with the terms and the rate rows of a document.  Its name is
 *		that of the document, unless another is given.
 */
Datum
draft_from_document(PG_FUNCTION_ARGS)
{
	char	   *document = text_argument(fcinfo, 0, "document");
	Import		import = {
		.document = sql_value(JSONOID,
							  DirectFunctionCall1(json_in,
												  CStringGetDatum(document)))
	};
	Datum		name;

	verify_rate_tables();
	SPI_connect();
	execute("SELECT COALESCE($1,"
			" pg_catalog.json_object_field_text($2, 'schedule'))",
			VALUES(text_value(optional_text(fcinfo, 1)), import.document));
	import.schedule = result_text(1);
	read_document(&import);
	log_import(&import);
	name = SPI_datumTransfer(CStringGetTextDatum(import.schedule), false, -1);
	SPI_finish();
	PG_RETURN_DATUM(name);
}
