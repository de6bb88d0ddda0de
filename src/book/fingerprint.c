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

#include "common/sha2.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"

#include "book/book.h"
#include "book/load.h"
#include "tables/catalog.h"

/*
 * Is the value of a column hashed?  NULL is not.  The name of the schedule is,
 * once, in the table schedule; how and when a schedule was passed is not, since
 * no bill shows it.
 */
static bool
is_hashed(const RateRow *row, AttrNumber column)
{
	if (row_is_null(row, column))
		return false;
	if (row->table != TABLE_SCHEDULE)
		return column != SCHEDULE_NAME;
	return column != SCHEDULE_TITLE &&
		column != SCHEDULE_ADOPTED_ON &&
		column != SCHEDULE_ADOPTED_BY &&
		column != SCHEDULE_SEALED_ROWS &&
		column != SCHEDULE_FINGERPRINT;
}

/*
 * A value as text: a date whatever DateStyle says, a number without trailing
 * zeros.
 */
static char *
hashed_text(ColumnType type, Datum value)
{
	char		date[MAXDATELEN + 1];
	struct pg_tm day = {0};

	switch (type)
	{
		case OF_DATE:
			j2date(DatumGetDateADT(value) + POSTGRES_EPOCH_JDATE,
				   &day.tm_year, &day.tm_mon, &day.tm_mday);
			EncodeDateOnly(&day, USE_ISO_DATES, date);
			return pstrdup(date);
		case OF_RATE:
		case OF_NUMERIC:
			return numeric_text(DirectFunctionCall1(numeric_trim_scale, value));
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

/* Append a value so that it neither ends the column nor the line. */
static void
append_escaped(StringInfo line, const char *value)
{
	static const char escaped[] = "\\\t\n\r";
	static const char letters[] = "\\tnr";

	for (; *value != '\0'; value++)
	{
		const char *found = strchr(escaped, *value);

		if (found != NULL)
			appendStringInfoCharMacro(line, '\\');
		appendStringInfoCharMacro(line, found == NULL ? *value :
								  letters[found - escaped]);
	}
}

/* The line of a row, in UTF-8. */
static char *
row_line(const RateRow *row, const DateADT *effective_from)
{
	const RateTableColumns *columns = &rate_table_columns[row->table];
	StringInfoData line;

	initStringInfo(&line);
	appendStringInfoString(&line, columns->name);
	for (AttrNumber i = 1; i <= columns->ncolumns; i++)
	{
		const RateColumn *column = rate_column(row->table, i);
		bool		start = row->table == TABLE_SCHEDULE &&
			i == SCHEDULE_EFFECTIVE_FROM && effective_from != NULL;

		if (!start && !is_hashed(row, i))
			continue;
		appendStringInfo(&line, "\t%s=", column->name);
		append_escaped(&line, hashed_text(column->type, start ?
										  DateADTGetDatum(*effective_from) :
										  row_value(row, i)));
	}
	appendStringInfoChar(&line, '\n');
	return pg_server_to_any(line.data, line.len, PG_UTF8);
}

/*
 * The fingerprint of rows that were read: the digest of their lines, in
 * hexadecimal digits.
 */
static char *
fingerprint_of_rows(const ScheduleRows *rows, const DateADT *effective_from)
{
	List	   *lines = NIL;
	StringInfoData all;
	ListCell   *cell;
	bytea	   *digest;
	char	   *digits = palloc0(2 * PG_SHA256_DIGEST_LENGTH + 1);

	for (int i = 0; i < NUM_RATE_TABLES; i++)
		foreach(cell, rows->rows[i])
			lines = lappend(lines, row_line(lfirst(cell), effective_from));
	list_sort(lines, compare_strings);
	initStringInfo(&all);
	foreach(cell, lines)
		appendStringInfoString(&all, lfirst(cell));
	digest = DatumGetByteaPP(DirectFunctionCall1(sha256_bytea,
												 PointerGetDatum(cstring_to_text_with_len(all.data, all.len))));
	hex_encode(VARDATA_ANY(digest), PG_SHA256_DIGEST_LENGTH, digits);
	return digits;
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
 *		See book.h.
 */
char *
fingerprint_schedule(const char *schedule, const DateADT *effective_from,
					 Snapshot snapshot)
{
	ScheduleRows rows;
	RateRow    *row;

	verify_rate_tables();
	row = read_named_schedule(cstring_to_text(schedule), snapshot);
	if (row == NULL)
		return NULL;
	read_rate_rows(row, snapshot, &rows);
	return fingerprint_of_rows(&rows, effective_from);
}
