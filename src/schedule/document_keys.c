/*
 * document_keys.c
 *	  The keys of a schedule as a document.
 *
 * They are the columns and tables of the descriptor, so a new table or column
 * is in the document as soon as it is there.
 */
#include "postgres.h"

#include "schedule/document_keys.h"

static void
add_key(DocumentKeys *keys, RateColumn key)
{
	keys->keys[keys->number++] = key;
}

/*
 * row_keys
 *		The keys of a row of a table: its columns but for the schedule, which
 *		the document names once.
 */
DocumentKeys
row_keys(const RateTableColumns *table)
{
	DocumentKeys row = {0};

	row.keys = palloc(table->ncolumns * sizeof(RateColumn));
	for (int i = 0; i < table->ncolumns; i++)
		if (strcmp(table->columns[i].name, "schedule") != 0)
			add_key(&row, table->columns[i]);
	return row;
}

/*
 * document_keys
 *		The keys of the document itself.
 *
 * The number of rows that a schedule was sealed with follows from its rows.
 * The fingerprint stands in its place, beside the date that it is adopted with.
 */
DocumentKeys
document_keys(void)
{
	const RateTableColumns *schedule = &rate_table_columns[TABLE_SCHEDULE];
	DocumentKeys document = {0};

	document.keys = palloc((schedule->ncolumns + NUM_RATE_TABLES + 2) *
						   sizeof(RateColumn));
	add_key(&document, (RateColumn) {"format", OF_TEXT, true});
	for (int i = 1; i <= schedule->ncolumns; i++)
		if (i == SCHEDULE_SEALED_ROWS)
			add_key(&document, schedule->columns[SCHEDULE_FINGERPRINT - 1]);
		else if (i != SCHEDULE_FINGERPRINT)
			add_key(&document, schedule->columns[i - 1]);
	add_key(&document, (RateColumn) {"added_labels", OF_ROWS, true});
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
		add_key(&document,
				(RateColumn) {rate_table_columns[i].name, OF_ROWS, true});
	return document;
}
