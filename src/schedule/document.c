/*
 * document.c
 *	  A schedule as a document.
 *
 * The same rows give the same text, whatever the server, its settings and the
 * order of the rows: a document is kept under version control, and two of them
 * are compared line by line.  So each row is a line, and the rows are in the
 * order of their keys.  The values are written by the server's to_jsonb().
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "nodes/bitmapset.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/relcache.h"

#include "schedule/arguments.h"
#include "schedule/document_keys.h"
#include "schedule/draft.h"
#include "schedule/query.h"
#include "tables/catalog.h"

PG_FUNCTION_INFO_V1(schedule_document);

/*
 * The text that a query makes of the rows of a schedule, with the snapshot and
 * the rights of the caller; NULL where there are none.
 */
static char *
text_of(const char *sql, const char *schedule)
{
	query(sql, 1, (Oid[]) {TEXTOID}, (Datum[]) {CStringGetTextDatum(schedule)});
	return result_text(0, 1);
}

/*
 * Append the SQL of a key and its value.
 */
static void
append_member(StringInfo sql, const char *before, const RateColumn *key)
{
	appendStringInfo(sql, "'%s\"%s\": ', COALESCE(pg_catalog.to_jsonb(r.%s)"
					 "::pg_catalog.text, 'null'), ",
					 before, key->name, quote_identifier(key->name));
}

/*
 * Append the SQL of an array, a line for each row of a query.
 */
static char *
array_query(const RateTableColumns *table, const char *from, const char *order)
{
	DocumentKeys keys = row_keys(table);
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfoString(&sql,
						   "SELECT pg_catalog.string_agg(pg_catalog.concat(");
	for (int i = 0; i < keys.number; i++)
		append_member(&sql, i == 0 ? "\n    {" : ", ", &keys.keys[i]);
	appendStringInfo(&sql, "'}'), ',' ORDER BY %s) FROM %s", order, from);
	return sql.data;
}

/*
 * The columns of a table's key, as ORDER BY takes them: labels in the order of
 * their type, numbers by value, texts by their bytes in UTF-8.
 */
static char *
key_order(RateTable table)
{
	DocumentKeys keys = row_keys(&rate_table_columns[table]);
	Relation	relation = open_rate_table(table);
	Bitmapset  *primary = RelationGetIndexAttrBitmap(relation,
													 INDEX_ATTR_BITMAP_PRIMARY_KEY);
	StringInfoData order;

	initStringInfo(&order);
	for (int i = 0; i < keys.number; i++)
	{
		const RateColumn *key = &keys.keys[i];
		int			number = get_attnum(RelationGetRelid(relation), key->name);

		if (bms_is_member(number - FirstLowInvalidHeapAttributeNumber,
						  primary))
			appendStringInfo(&order, key->type == OF_TEXT ?
							 "%spg_catalog.convert_to(r.%s, 'UTF8')" :
							 "%sr.%s", order.len > 0 ? ", " : "",
							 quote_identifier(key->name));
	}
	close_rate_table(relation);
	return order.data;
}

/*
 * Append an array to the document.
 */
static void
append_array(StringInfo document, const char *sql, const char *schedule)
{
	char	   *rows = text_of(sql, schedule);

	if (rows == NULL)
		appendStringInfoString(document, "[]");
	else
		appendStringInfo(document, "[%s\n  ]", rows);
}

/*
 * Append the rows of a rate table.
 */
static void
append_table(StringInfo document, RateTable table, const char *schedule)
{
	const RateTableColumns *columns = &rate_table_columns[table];
	char	   *from = psprintf("mission_rates.%s AS r"
								" WHERE r.schedule" IS_EQUAL "$1",
								quote_identifier(columns->name));

	append_array(document, array_query(columns, from, key_order(table)),
				 schedule);
}

/*
 * The SQL that lists the labels that the rows of a schedule use, each behind
 * the name of its type.
 */
static char *
used_labels(void)
{
	StringInfoData sql;

	initStringInfo(&sql);
	for (int table = FIRST_RATE_ROW_TABLE; table < NUM_RATE_TABLES; table++)
	{
		DocumentKeys keys = row_keys(&rate_table_columns[table]);

		for (int i = 0; i < keys.number; i++)
			if (is_label_type(keys.keys[i].type))
				appendStringInfo(&sql, "%sSELECT pg_catalog.concat('%s ',"
								 " r.%s) FROM mission_rates.%s AS r"
								 " WHERE r.schedule" IS_EQUAL "$1",
								 sql.len > 0 ? " UNION " : "",
								 rate_type_name((RateType) keys.keys[i].type),
								 quote_identifier(keys.keys[i].name),
								 quote_identifier(rate_table_columns[table].name));
	}
	return sql.data;
}

/*
 * Append the labels that the rows use and that are not shipped.
 */
static void
append_labels(StringInfo document, const char *schedule)
{
	StringInfoData from;

	initStringInfo(&from);
	appendStringInfoString(&from, "_mission_rates.document_labels(ARRAY[");
	for (int i = 0; i < NUM_RATE_TYPES; i++)
		appendStringInfo(&from, "%s'%s'", i > 0 ? ", " : "",
						 rate_type_name((RateType) i));
	appendStringInfo(&from, "], ARRAY(%s)) AS r", used_labels());
	append_array(document, array_query(&added_label_columns, from.data,
									   "r.type_order, r.place"), schedule);
}

/*
 * Append the format, and the row of the schedule.
 */
static void
append_schedule(StringInfo document, const char *schedule)
{
	DocumentKeys keys = document_keys();
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT pg_catalog.concat(");
	for (int i = 1; keys.keys[i].type != OF_ROWS; i++)
		append_member(&sql, ",\n  ", &keys.keys[i]);
	appendStringInfoString(&sql, "'') FROM mission_rates.schedule AS r"
						   " WHERE r.schedule" IS_EQUAL "$1");
	appendStringInfo(document, "{\n  \"%s\": \"" DOCUMENT_FORMAT "\"%s",
					 keys.keys[0].name, text_of(sql.data, schedule));
}

/*
 * schedule_document(schedule) RETURNS text
 *		The whole schedule as JSON.
 */
Datum
schedule_document(PG_FUNCTION_ARGS)
{
	char	   *schedule = text_argument(fcinfo, 0, "schedule");
	StringInfoData document;

	verify_rate_tables();
	initStringInfo(&document);
	SPI_connect();
	check_unchanged(schedule);
	append_schedule(&document, schedule);
	appendStringInfoString(&document, ",\n  \"added_labels\": ");
	append_labels(&document, schedule);
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
	{
		appendStringInfo(&document, ",\n  \"%s\": ",
						 rate_table_columns[i].name);
		append_table(&document, i, schedule);
	}
	appendStringInfoString(&document, "\n}");
	SPI_finish();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(document.data, document.len));
}
