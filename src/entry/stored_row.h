/*
 * stored_row.h
 *	  Rows formed at once in the form in which the server stores them.
 */
#ifndef MISSION_RATES_STORED_ROW_H
#define MISSION_RATES_STORED_ROW_H

#include "postgres.h"

#include "access/htup_details.h"
#include "utils/typcache.h"

#include "book/book.h"
#include "compat.h"
#include "entry/number.h"
#include "tables/descriptor.h"

/* The composite type that a function returns, as it was last verified */
typedef struct StoredRowType
{
	Oid			function;
	TypeCacheEntry *entry;
	uint64		identifier;		/* its definition; 0: not verified */
	HeapTuple	empty;			/* a row whose columns are all NULL */
} StoredRowType;

/* A row that is being formed: its columns are stored one after the other. */
typedef struct StoredRow
{
	HeapTupleHeader header;		/* and the columns, in "room" bytes */
	Size		room;
	Size		used;
	int			column;			/* the next one, from 0 */
} StoredRow;

extern void verify_row_type(StoredRowType *type, Oid function,
							const RateTableColumns *columns);
extern void make_stored_row(StoredRow *row, Size room);
extern void begin_stored_row(StoredRow *row, const StoredRowType *type);
extern void grow_stored_row(StoredRow *row, Size more);
extern Datum stored_row_datum(const StoredRow *row);

/*
 * The next column is not NULL, and takes up to so many bytes: where they go.
 * Zeros in front of them take care of the column's alignment.  The caller adds
 * to row->used what it wrote.
 */
static inline char *
next_column(StoredRow *row, Size align, Size most)
{
	if (unlikely(row->used + align + most > row->room))
		grow_stored_row(row, align + most);
	while (row->used % align != 0)
		((char *) row->header)[row->used++] = 0;
	row->header->t_bits[row->column >> 3] |= 1 << (row->column & 7);
	row->column++;
	return (char *) row->header + row->used;
}

/* Columns that were stored in such a row; the first ones with the header. */
static inline void
copy_columns(StoredRow *row, int ncolumns, const char *bytes, Size length)
{
	if (unlikely(row->used + length > row->room))
		grow_stored_row(row, length);
	memcpy((char *) row->header + row->used, bytes, length);
	row->used += length;
	row->column += ncolumns;
}

static inline void
store_null(StoredRow *row)
{
	row->column++;
}

static inline void
store_integer(StoredRow *row, int32 value)
{
	memcpy(next_column(row, ALIGNOF_INT, sizeof(value)), &value,
		   sizeof(value));
	row->used += sizeof(value);
}

static inline void
store_bigint(StoredRow *row, int64 value)
{
	memcpy(next_column(row, ALIGNOF_DOUBLE, sizeof(value)), &value,
		   sizeof(value));
	row->used += sizeof(value);
}

/* A text whose length has four bytes, or NULL for none. */
static inline void
store_text(StoredRow *row, const void *text)
{
	bool		is_short;
	Size		length;
	Size		header;
	char	   *column;

	if (text == NULL)
	{
		store_null(row);
		return;
	}
	length = VARSIZE(text) - VARHDRSZ;
	is_short = length + VARHDRSZ_SHORT <= VARATT_SHORT_MAX;
	header = is_short ? VARHDRSZ_SHORT : VARHDRSZ;
	column = next_column(row, is_short ? 1 : ALIGNOF_INT, header + length);
	if (is_short)
		SET_VARSIZE_SHORT(column, header + length);
	else
		SET_VARSIZE(column, header + length);
	memcpy(column + header, VARDATA(text), length);
	row->used += header + length;
}

/* A text that the book keeps, or NULL for none. */
static inline void
store_rate_text(StoredRow *row, const RateText *text)
{
	store_text(row, text == NULL ? NULL : text->value);
}

static inline void
store_decimal(StoredRow *row, Decimal value)
{
	char	   *column = next_column(row, 1,
									 VARHDRSZ_SHORT + STORED_NUMBER_BYTES);
	Size		length = store_number(value, column + VARHDRSZ_SHORT);

	if (likely(length > 0))
	{
		SET_VARSIZE_SHORT(column, VARHDRSZ_SHORT + length);
		row->used += VARHDRSZ_SHORT + length;
		return;
	}
	row->column--;
	store_text(row, DatumGetPointer(decimal_to_numeric(value)));
}

/* The row, for a tuplestore, which copies it. */
static inline HeapTupleData
stored_tuple(const StoredRow *row)
{
	return (HeapTupleData)
	{
		.t_len = row->used,
			.t_data = row->header
	};
}

#endif							/* MISSION_RATES_STORED_ROW_H */
