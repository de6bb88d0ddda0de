/*
 * fingerprint.c
 *	  The fingerprint of a schedule: the SHA-256 of everything in it that a bill
 *	  depends on or prints.
 *
 * Each row of the schedule is a line: the name of its table, then for each
 * column that is not NULL a tab, the column's name, "=" and the value.
 * Numbers are written by value, without trailing zeros, dates as YYYY-MM-DD,
 * everything else as the server prints it; a backslash, tab, line feed or
 * carriage return in a value is escaped as \\, \t, \n, \r.  The lines, in
 * UTF-8, are sorted byte by byte, and each ends with a line feed.  So the
 * fingerprint does not depend on the order of rows, or on the encoding and
 * settings of the database.
 *
 * Fingerprints are kept for good: what is hashed never changes.  A table
 * without rows adds nothing, so a later version may add tables; a column that
 * it adds is NULL where nobody has set it, or is left out at its default by
 * is_hashed().
 */
#include "postgres.h"

#include "common/cryptohash.h"
#include "common/sha2.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"

#include "book/fingerprint.h"
#include "tables/catalog.h"
#include "tables/scan.h"

/*
 * Is a column hashed?  The name of the schedule is, once, in the table
 * schedule; how and when a schedule was passed is not, since no bill shows it.
 */
static bool
is_hashed(RateTable table, AttrNumber column)
{
	if (table != TABLE_SCHEDULE)
		return column != SCHEDULE_NAME;
	return column != SCHEDULE_TITLE &&
		column != SCHEDULE_ADOPTED_ON &&
		column != SCHEDULE_ADOPTED_BY &&
		column != SCHEDULE_SEALED_ROWS &&
		column != SCHEDULE_FINGERPRINT;
}

/*
 * A date, whatever DateStyle says.
 */
static char *
iso_date(DateADT date)
{
	struct pg_tm day = {0};
	char		words[MAXDATELEN + 1];

	j2date(date + POSTGRES_EPOCH_JDATE, &day.tm_year, &day.tm_mon,
		   &day.tm_mday);
	EncodeDateOnly(&day, USE_ISO_DATES, words);
	return pstrdup(words);
}

/*
 * A value as text.
 */
static char *
value_text(ColumnType type, Datum value)
{
	switch (type)
	{
		case OF_DATE:
			return iso_date(DatumGetDateADT(value));
		case OF_RATE:
		case OF_NUMERIC:
			value = DirectFunctionCall1(numeric_trim_scale, value);
			return DatumGetCString(DirectFunctionCall1(numeric_out, value));
		case OF_TEXT:
			return TextDatumGetCString(value);
		case OF_TEXT_ARRAY:
			return OidOutputFunctionCall(F_ARRAY_OUT, value);
		case OF_BOOLEAN:
			return DatumGetCString(DirectFunctionCall1(boolout, value));
		case OF_INTEGER:
			return DatumGetCString(DirectFunctionCall1(int4out, value));
		case OF_BIGINT:
			return DatumGetCString(DirectFunctionCall1(int8out, value));
		default:
			return DatumGetCString(DirectFunctionCall1(enum_out, value));
	}
}

/*
 * Append a value so that it neither ends the column nor the line.
 */
static void
append_escaped(StringInfo line, const char *value)
{
	for (; *value != '\0'; value++)
		switch (*value)
		{
			case '\\':
				appendStringInfoString(line, "\\\\");
				break;
			case '\t':
				appendStringInfoString(line, "\\t");
				break;
			case '\n':
				appendStringInfoString(line, "\\n");
				break;
			case '\r':
				appendStringInfoString(line, "\\r");
				break;
			default:
				appendStringInfoCharMacro(line, *value);
		}
}

/*
 * The line of a row, in UTF-8.
 */
static char *
row_line(RateTable table, const RateRow *row, const DateADT *effective_from)
{
	const RateTableColumns *columns = &rate_table_columns[table];
	StringInfoData line;

	initStringInfo(&line);
	appendStringInfoString(&line, columns->name);
	for (AttrNumber i = 1; i <= columns->ncolumns; i++)
	{
		bool		start = table == TABLE_SCHEDULE &&
			i == SCHEDULE_EFFECTIVE_FROM && effective_from != NULL;

		if ((row->isnull[i - 1] && !start) || !is_hashed(table, i))
			continue;
		appendStringInfo(&line, "\t%s=", columns->columns[i - 1].name);
		append_escaped(&line, value_text(columns->columns[i - 1].type, start ?
										 DateADTGetDatum(*effective_from) :
										 row->values[i - 1]));
	}
	appendStringInfoChar(&line, '\n');
	return pg_server_to_any(line.data, line.len, PG_UTF8);
}

/*
 * By bytes: strcmp() compares unsigned characters.
 */
static int
compare_lines(const ListCell *a, const ListCell *b)
{
	return strcmp(lfirst(a), lfirst(b));
}

/*
 * The digest of the lines, in hexadecimal digits.
 */
static char *
digest(const List *lines)
{
	pg_cryptohash_ctx *context = pg_cryptohash_create(PG_SHA256);
	uint8		bytes[PG_SHA256_DIGEST_LENGTH];
	char	   *digits = palloc(2 * sizeof(bytes) + 1);
	bool		good = context != NULL && pg_cryptohash_init(context) >= 0;
	ListCell   *cell;

	foreach(cell, lines)
		good = good && pg_cryptohash_update(context, lfirst(cell),
											strlen(lfirst(cell))) >= 0;
	good = good && pg_cryptohash_final(context, bytes, sizeof(bytes)) >= 0;
	pg_cryptohash_free(context);
	if (!good)
		elog(ERROR, "could not compute a SHA-256");
	for (size_t i = 0; i < sizeof(bytes); i++)
		sprintf(digits + 2 * i, "%02x", bytes[i]);
	return digits;
}

/*
 * The fingerprint of rows that were read.
 */
static char *
fingerprint_of_rows(const ScheduleRows *rows, const DateADT *effective_from)
{
	List	   *lines = NIL;
	ListCell   *cell;

	for (int i = 0; i < NUM_RATE_TABLES; i++)
		foreach(cell, rows->rows[i])
			lines = lappend(lines, row_line(i, lfirst(cell), effective_from));
	list_sort(lines, compare_lines);
	return digest(lines);
}

/*
 * gives_fingerprint
 *		Are these the rows that the schedule was adopted with?
 */
bool
gives_fingerprint(const ScheduleRows *rows, const char *fingerprint)
{
	return fingerprint != NULL &&
		strcmp(fingerprint_of_rows(rows, NULL), fingerprint) == 0;
}

/*
 * fingerprint_schedule
 *		See fingerprint.h.
 */
char *
fingerprint_schedule(const char *schedule, const DateADT *effective_from,
					 Snapshot snapshot)
{
	text	   *name = cstring_to_text(schedule);
	ScheduleRows rows;
	RateRow    *row;

	verify_rate_tables();
	row = read_named_schedule(name, snapshot);
	if (row == NULL)
		return NULL;
	rows.rows[TABLE_SCHEDULE] = list_make1(row);
	read_rate_rows(name, snapshot, &rows);
	return fingerprint_of_rows(&rows, effective_from);
}
