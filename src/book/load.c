/*
 * load.c
 *	  Compiling the rate tables into a book.
 *
 * Every table is read with one snapshot, so a book is one state of the rates,
 * whatever is committed meanwhile.
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "book/load.h"
#include "book/texts.h"

/*
 * Read everything; the order matters: labels give the positions, schedules the
 * room for the rows.
 */
static void
load_tables(RateLoad *load)
{
	load_labels(load);
	load_line_texts(load);
	load_schedules(load);
	load_monthly_rates(load);
	load_onetime_rates(load);
	finish_schedules(load);
}

/*
 * load_rate_book
 *		The book that the snapshot sees, in the given memory context.
 *
 * What is only needed meanwhile lives in a context beside it, which an error
 * leaves to the caller's.
 */
RateBook *
load_rate_book(const RateCatalog *catalog, Snapshot snapshot,
			   MemoryContext context)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext,
												  "rate book load",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(scratch);
	RateLoad	load = {
		.catalog = catalog,
		.snapshot = snapshot,
		.context = context
	};
	RateBook   *book = book_alloc(&load, sizeof(RateBook));

	load.book = book;
	load_tables(&load);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(scratch);
	return book;
}
