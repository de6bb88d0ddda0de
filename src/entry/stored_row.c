/*
 * stored_row.c
 *	  Rows formed at once in the form in which the server stores them.
 *
 * Each column is appended as heap_fill_tuple() would store it: a text or numeric
 * of up to 126 bytes with a length of one byte, and without alignment, but for
 * amounts that are likely to be summed.  Without an array of Datums in between
 * that takes a third of the time of a bill's lines.
 *
 * What stands in front of the columns is the server's affair, so it is copied
 * from a row of NULLs that the server formed.
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "compat.h"
#include "entry/stored_row.h"

/*
 * Verify the type's columns, and have a row of NULLs formed.  The descriptor is
 * held meanwhile: a message that comes in between may replace it.
 */
static void
learn_row_type(StoredRowType *type, const RateTableColumns *columns)
{
	MemoryContext caller;
	TupleDesc	descriptor;
	uint64		identifier;
	Datum	   *values;
	bool	   *nulls;

	type->identifier = 0;
	type->entry = lookup_type_cache(get_func_rettype(type->function),
									TYPECACHE_TUPDESC);
	descriptor = type->entry->tupDesc;
	identifier = type->entry->tupDesc_identifier;
	PinTupleDesc(descriptor);
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
	ReleaseTupleDesc(descriptor);
	type->identifier = identifier;
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
void
grow_stored_row(StoredRow *row, Size more)
{
	row->room = 2 * row->room + more;
	row->header = repalloc(row->header, row->room);
}

/* The row as a value of its type; it takes over the memory. */
Datum
stored_row_datum(const StoredRow *row)
{
	HeapTupleHeaderSetDatumLength(row->header, row->used);
	return HeapTupleHeaderGetDatum(row->header);
}
