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

#include "access/htup_details.h"
#include "common/cryptohash.h"
#include "common/sha2.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "book/fingerprint.h"
#include "tables/catalog.h"
#include "tables/scan.h"

/* The lines of a schedule */
typedef struct Lines
{
	char	  **lines;
	int			number;
	int			room;
} Lines;

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
value_text(ColumnType type, Oid type_oid, Datum value)
{
	Oid			output;
	bool		is_varlena;

	if (type == OF_DATE)
		return iso_date(DatumGetDateADT(value));
	if (type == OF_RATE || type == OF_NUMERIC)
		value = DirectFunctionCall1(numeric_trim_scale, value);
	getTypeOutputInfo(type_oid, &output, &is_varlena);
	return OidOutputFunctionCall(output, value);
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
row_line(RateTable table, HeapTuple row, TupleDesc types,
		 const DateADT *effective_from)
{
	const RateTableColumns *columns = &rate_table_columns[table];
	StringInfoData line;

	initStringInfo(&line);
	appendStringInfoString(&line, columns->name);
	for (AttrNumber i = 1; i <= columns->ncolumns; i++)
	{
		bool		isnull;
		Datum		value = heap_getattr(row, i, types, &isnull);

		if (table == TABLE_SCHEDULE && i == SCHEDULE_EFFECTIVE_FROM &&
			effective_from != NULL)
		{
			value = DateADTGetDatum(*effective_from);
			isnull = false;
		}
		if (isnull || !is_hashed(table, i))
			continue;
		appendStringInfo(&line, "\t%s=", columns->columns[i - 1].name);
		append_escaped(&line, value_text(columns->columns[i - 1].type,
										 TupleDescAttr(types, i - 1)->atttypid,
										 value));
	}
	appendStringInfoChar(&line, '\n');
	return pg_server_to_any(line.data, line.len, PG_UTF8);
}

/*
 * Keep a line.
 */
static void
add_line(Lines *lines, char *line)
{
	if (lines->number == lines->room)
	{
		lines->room *= 2;
		lines->lines = repalloc(lines->lines, lines->room * sizeof(char *));
	}
	lines->lines[lines->number++] = line;
}

/*
 * The lines of the rows of a schedule in one table; returns how many.
 */
static int
add_table(Lines *lines, RateTable table, Oid relation, text *schedule,
		  const DateADT *effective_from, Snapshot snapshot)
{
	int			before = lines->number;
	ScheduleScan scan;
	HeapTuple	row;

	begin_schedule_scan(&scan, relation, schedule, snapshot);
	while ((row = next_of_schedule(&scan)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		add_line(lines, row_line(table, row, RelationGetDescr(scan.table),
								 effective_from));
	}
	end_schedule_scan(&scan);
	return lines->number - before;
}

/*
 * By bytes: strcmp() compares unsigned characters.
 */
static int
compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

/*
 * The digest of the lines, in hexadecimal digits.
 */
static char *
digest(const Lines *lines)
{
	pg_cryptohash_ctx *context = pg_cryptohash_create(PG_SHA256);
	uint8		bytes[PG_SHA256_DIGEST_LENGTH];
	char	   *digits = palloc(2 * sizeof(bytes) + 1);
	bool		good = context != NULL && pg_cryptohash_init(context) >= 0;

	for (int i = 0; good && i < lines->number; i++)
		good = pg_cryptohash_update(context, (uint8 *) lines->lines[i],
									strlen(lines->lines[i])) >= 0;
	good = good && pg_cryptohash_final(context, bytes, sizeof(bytes)) >= 0;
	pg_cryptohash_free(context);
	if (!good)
		elog(ERROR, "could not compute a SHA-256");
	for (size_t i = 0; i < sizeof(bytes); i++)
		sprintf(digits + 2 * i, "%02x", bytes[i]);
	return digits;
}

/*
 * fingerprint_schedule
 *		See fingerprint.h.  The tables are scanned directly, without regard to
 *		privileges and row security.
 */
char *
fingerprint_schedule(const char *schedule, const DateADT *effective_from,
					 Snapshot snapshot)
{
	RateCatalog catalog = *rate_catalog();
	text	   *name = cstring_to_text(schedule);
	Lines		lines = {.room = 256};

	lines.lines = palloc(lines.room * sizeof(char *));
	if (add_table(&lines, TABLE_SCHEDULE, catalog.tables[TABLE_SCHEDULE],
				  name, effective_from, snapshot) == 0)
		return NULL;
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
		add_table(&lines, i, catalog.tables[i], name, NULL, snapshot);
	qsort(lines.lines, lines.number, sizeof(char *), compare_lines);
	return digest(&lines);
}
