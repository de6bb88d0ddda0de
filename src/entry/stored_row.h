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
	if (unlikely(row->used + MAXIMUM_ALIGNOF + most > row->room))
		grow_stored_row(row, MAXIMUM_ALIGNOF + most);
	memset((char *) row->header + row->used, 0, MAXIMUM_ALIGNOF);
	row->used = TYPEALIGN(align, row->used);
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

/*
 * The column is a text or numeric, which begins with its length in so many
 * bytes, one or four, and then has this many.
 */
static inline void
end_column(StoredRow *row, char *column, Size header, Size length)
{
	if (header == VARHDRSZ_SHORT)
		SET_VARSIZE_SHORT(column, header + length);
	else
		SET_VARSIZE(column, header + length);
	row->used += header + length;
}

/* A text whose length has four bytes, or NULL for none. */
static inline void
store_text(StoredRow *row, const void *text)
{
	Size		length;
	Size		header;
	char	   *column;

	if (text == NULL)
	{
		store_null(row);
		return;
	}
	length = VARSIZE(text) - VARHDRSZ;
	header = length + VARHDRSZ_SHORT <= VARATT_SHORT_MAX ?
		VARHDRSZ_SHORT : VARHDRSZ;
	column = next_column(row, header, header + length);
	memcpy(column + header, VARDATA(text), length);
	end_column(row, column, header, length);
}

/* A text that the book keeps, or NULL for none. */
static inline void
store_rate_text(StoredRow *row, const RateText *text)
{
	store_text(row, text == NULL ? NULL : text->value);
}

/*
 * Inlined with its scale, and the bytes of its length: that is 2 percent of a
 * query over bill() or account_charges().
 */
inlined void
store_numeric(StoredRow *row, Decimal value, Size header)
{
	char	   *column = next_column(row, header,
									 header + STORED_NUMBER_BYTES);
	Size		length = store_number(value, column + header);

	if (likely(length > 0))
	{
		end_column(row, column, header, length);
		return;
	}
	row->column--;
	store_text(row, DatumGetPointer(decimal_to_numeric(value)));
}

inlined void
store_decimal(StoredRow *row, Decimal value)
{
	store_numeric(row, value, VARHDRSZ_SHORT);
}

/*
 * An amount that is likely to be summed.  Functions of numerics copy one with a
 * short length first: nine sums are 7 percent faster without that.
 */
inlined void
store_dollars(StoredRow *row, cents_t cents)
{
	store_numeric(row, (Decimal) {cents, 2}, VARHDRSZ);
}

#endif							/* MISSION_RATES_STORED_ROW_H */
