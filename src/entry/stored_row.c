/*
 * stored_row.c
 *	  Rows formed at once in the form in which the server stores them.
 *
 * heap_form_tuple() takes an array of Datums: each number and text is made
 * first, looked at for its length, and copied.  Here each column is appended as
 * it comes, as heap_fill_tuple() would store it: a text or numeric of up to 126
 * bytes with a length of one byte, and without alignment.  That takes a third
 * of the time of a bill's lines.
 *
 * Columns are stored in the way in which data files hold them.  What stands in
 * front of them is the server's affair, so it is copied from a row of NULLs
 * that the server formed.
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "compat.h"
#include "entry/number.h"
#include "entry/stored_row.h"

/* Verify the type's columns, and have a row of NULLs formed. */
static void
learn_row_type(StoredRowType *type, const RateTableColumns *columns)
{
	MemoryContext caller;
	TupleDesc	descriptor;
	Datum	   *values;
	bool	   *nulls;

	type->identifier = 0;
	type->entry = lookup_type_cache(get_func_rettype(type->function),
									TYPECACHE_TUPDESC);
	descriptor = type->entry->tupDesc;
	verify_columns(columns, descriptor, get_func_namespace(type->function));
	if (type->empty != NULL)
		heap_freetuple(type->empty);
	type->empty = NULL;
	values = palloc0(descriptor->natts * sizeof(Datum));
	nulls = palloc(descriptor->natts * sizeof(bool));
	memset(nulls, true, descriptor->natts * sizeof(bool));
	caller = MemoryContextSwitchTo(TopMemoryContext);
	type->empty = heap_form_tuple(descriptor, values, nulls);
	MemoryContextSwitchTo(caller);
	type->identifier = type->entry->tupDesc_identifier;
}

/*
 * See to it that the row type that a function returns is the expected one; the
 * caller keeps what is known of it.  It is verified once for each of its
 * states: the server gives it another number whenever it is altered.
 */
void
verify_row_type(StoredRowType *type, Oid function,
				const RateTableColumns *columns)
{
	if (likely(type->function == function && type->identifier != 0 &&
			   type->entry->tupDesc_identifier == type->identifier))
		return;
	type->function = function;
	learn_row_type(type, columns);
}

/* Room for rows, which grows where it has to. */
void
make_stored_row(StoredRow *row, Size room)
{
	row->header = palloc(room);
	row->room = room;
}

/* Begin a row, in place of the one before: NULL in every column as yet. */
void
begin_stored_row(StoredRow *row, const StoredRowType *type)
{
	row->used = type->empty->t_len;
	memcpy(row->header, type->empty->t_data, row->used);
	row->header->t_infomask |= HEAP_HASVARWIDTH;
	row->column = 0;
}

/* Make room for more bytes. */
static pg_noinline void
grow(StoredRow *row, Size more)
{
	row->room = 2 * row->room + more;
	row->header = repalloc(row->header, row->room);
}

/*
 * Add bytes to a row, for a column that is not NULL: returns where to put them.
 * "align" is the column's alignment, of which zeros in front take care.
 */
static inline char *
next_column(StoredRow *row, Size align, Size length)
{
	Size		start = TYPEALIGN(align, row->used);
	char	   *bytes;

	if (unlikely(start + length > row->room))
		grow(row, start - row->used + length);
	bytes = (char *) row->header;
	while (row->used < start)
		bytes[row->used++] = 0;
	row->header->t_bits[row->column >> 3] |= 1 << (row->column & 7);
	row->column++;
	row->used += length;
	return bytes + start;
}

void
store_null(StoredRow *row)
{
	row->column++;
}

void
store_integer(StoredRow *row, int32 value)
{
	memcpy(next_column(row, ALIGNOF_INT, sizeof(value)), &value,
		   sizeof(value));
}

void
store_bigint(StoredRow *row, int64 value)
{
	memcpy(next_column(row, ALIGNOF_DOUBLE, sizeof(value)), &value,
		   sizeof(value));
}

/* A short value: its length in one byte, which counts itself, and its bytes. */
static inline void
store_short(StoredRow *row, const char *bytes, Size length)
{
	char	   *column = next_column(row, 1, VARHDRSZ_SHORT + length);

	SET_VARSIZE_SHORT(column, VARHDRSZ_SHORT + length);
	memcpy(column + VARHDRSZ_SHORT, bytes, length);
}

/* A text or numeric, NULL for none; it is not compressed nor out of line. */
void
store_text(StoredRow *row, const void *text)
{
	if (text == NULL)
		store_null(row);
	else if (VARSIZE_ANY_EXHDR(text) + VARHDRSZ_SHORT <= VARATT_SHORT_MAX)
		store_short(row, VARDATA_ANY(text), VARSIZE_ANY_EXHDR(text));
	else
		memcpy(next_column(row, ALIGNOF_INT, VARSIZE_ANY(text)), text,
			   VARSIZE_ANY(text));
}

void
store_decimal(StoredRow *row, Decimal value)
{
	uint16		words[STORED_NUMBER_WORDS];
	int			nwords = stored_number(value, words);

	if (likely(nwords > 0))
		store_short(row, (const char *) words, nwords * sizeof(uint16));
	else
		store_text(row, DatumGetPointer(decimal_to_numeric(value)));
}

/* The row, for a tuplestore, which copies it. */
HeapTupleData
stored_tuple(const StoredRow *row)
{
	return (HeapTupleData)
	{
		.t_len = row->used,
			.t_data = row->header
	};
}

/* The row as a value of its type; it takes over the memory. */
Datum
stored_row_datum(const StoredRow *row)
{
	HeapTupleHeaderSetDatumLength(row->header, row->used);
	return HeapTupleHeaderGetDatum(row->header);
}
