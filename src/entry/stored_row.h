/*
 * stored_row.h
 *	  Rows formed at once in the form in which the server stores them.
 */
#ifndef MISSION_RATES_STORED_ROW_H
#define MISSION_RATES_STORED_ROW_H

#include "postgres.h"

#include "access/htup_details.h"
#include "utils/typcache.h"

#include "rating/decimal.h"
#include "rating/rates.h"
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
extern void store_null(StoredRow *row);
extern void store_integer(StoredRow *row, int32 value);
extern void store_bigint(StoredRow *row, int64 value);
extern void store_decimal(StoredRow *row, Decimal value);
extern void store_text(StoredRow *row, const void *text);
extern HeapTupleData stored_tuple(const StoredRow *row);
extern Datum stored_row_datum(const StoredRow *row);

#endif							/* MISSION_RATES_STORED_ROW_H */
