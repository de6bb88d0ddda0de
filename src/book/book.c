/*
 * book.c
 *	  Look-up of the rate book.
 *
 * What a look-up must answer is what the active snapshot sees.  Three steps,
 * each more expensive than the one before:
 *
 * 1. The memo: the snapshot is the one of the last look-up, or one that cannot
 *	  see anything else.  A few comparisons, no function call.
 * 2. The token, read with the snapshot: a book that was compiled under the same
 *	  token says the same.
 * 3. The table schedule is read with the snapshot and compiled into a new book.
 *
 * A book holds the names, dates and seals of all schedules.  The rates of a
 * schedule are added when it is first asked for, read with the snapshot that is
 * active then: it sees the same token as the one that the book was begun with,
 * and so the same rates.
 *
 * Two books are kept, so that an open cursor and the present can alternate.
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "book/book.h"
#include "tables/catalog.h"
#include "book/horizon.h"
#include "book/load.h"
#include "book/memo.h"
#include "book/token.h"

/* A compiled book */
typedef struct KeptBook
{
	MemoryContext context;		/* NULL: none */
	CompiledBook *book;
	RateToken	token;			/* under which it was compiled */
} KeptBook;

/* The books that are kept, the one used last in front */
static KeptBook kept[2];

/* A book that is good for the look-ups of one snapshot only */
static KeptBook single_use;

/* The count of the catalog's messages that what is kept takes account of */
static uint64 messages_seen = 0;

static int64 loads = 0;

/*
 * The transaction begins to end, or ends.
 */
static void
transaction_event(XactEvent event, void *arg)
{
	(void) event;
	(void) arg;
	memo_forget();
	horizon_transaction_event();
	token_transaction_event();
}

/*
 * A subtransaction begins or ends: a savepoint, or an exception block.
 */
static void
subtransaction_event(SubXactEvent event, SubTransactionId subtransaction,
					 SubTransactionId parent, void *arg)
{
	(void) parent;
	(void) arg;
	memo_forget();
	token_subtransaction_event(event, subtransaction);
}

/*
 * rate_book_init
 *		Register the transaction callbacks that invalidate the memo.
 */
void
rate_book_init(void)
{
	catalog_init();
	RegisterXactCallback(transaction_event, NULL);
	RegisterSubXactCallback(subtransaction_event, NULL);
}

/*
 * rate_book_loads
 *		How often this backend has read the rate tables.
 */
int64
rate_book_loads(void)
{
	return loads;
}

/*
 * Give the memory of a book back.
 */
static void
drop_book(KeptBook *place)
{
	MemoryContext context = place->context;

	place->context = NULL;
	place->book = NULL;
	if (context != NULL)
		MemoryContextDelete(context);
}

/*
 * Accept invalidation messages.  If there were any, forget everything.
 */
static void
heed_messages(void)
{
	uint64		messages = catalog_messages();

	if (messages == messages_seen)
		return;
	drop_book(&kept[0]);
	drop_book(&kept[1]);
	horizon_set();
	messages_seen = messages;
}

/*
 * The kept book that was compiled under the token; it moves to the front.
 */
static CompiledBook *
book_of_token(const RateToken *token)
{
	for (int i = 0; i < 2; i++)
	{
		KeptBook	found = kept[i];

		if (found.book != NULL &&
			memcmp(&found.token.value, &token->value, sizeof(pg_uuid_t)) == 0)
		{
			kept[i] = kept[0];
			kept[0] = found;
			return found.book;
		}
	}
	return NULL;
}

/*
 * Compile a book.  It is built under the current memory context, so that an
 * error leaves all as it was, and is made to last when it is complete.
 */
static void
compile_book(const RateCatalog *catalog, Snapshot snapshot, KeptBook *result)
{
	bool		listed = catalog->armed &&
		result->token.searched_under == catalog->stamp;
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "rate book",
												  ALLOCSET_DEFAULT_SIZES);

	loads++;
	result->book = load_rate_book(catalog, snapshot, context, listed);
	MemoryContextSetParent(context, TopMemoryContext);
	result->context = context;
}

/*
 * The book that a snapshot sees.
 *
 * It is kept, and a kept one is used, if the token covers every change: there
 * is one, its triggers are in place, and the snapshot is newer than any change
 * that was made without it.  Otherwise the book is valid for this snapshot
 * only.
 *
 * While a statement on a rate table is in progress, or may be in progress with
 * its triggers disabled, the book is not even valid for the snapshot: the next
 * call may see more of its rows.
 */
static CompiledBook *
book_of_snapshot(const RateCatalog *catalog, Snapshot snapshot)
{
	bool		half_done = token_statement_open();
	KeptBook	compiled = {0};
	bool		keep;
	CompiledBook *book;

	keep = token_read(catalog->token_table, snapshot, &compiled.token) &&
		catalog->armed && !half_done && horizon_is_behind(snapshot);
	if (keep && (book = book_of_token(&compiled.token)) != NULL)
	{
		memo_remember(snapshot, &book->rates);
		return book;
	}
	compile_book(catalog, snapshot, &compiled);
	drop_book(&single_use);
	if (keep)
	{
		drop_book(&kept[1]);
		kept[1] = kept[0];
		kept[0] = compiled;
	}
	else
		single_use = compiled;
	if (keep || (!half_done && !catalog_writing(catalog)))
		memo_remember(snapshot, &compiled.book->rates);
	return compiled.book;
}

/*
 * Make sure that there is an active snapshot; true if one was pushed.
 */
static bool
ensure_snapshot(void)
{
	if (ActiveSnapshotSet())
		return false;
	PushActiveSnapshot(GetTransactionSnapshot());
	return true;
}

/*
 * The memo does not answer: look up the token, and the tables if need be.
 */
static pg_noinline const RateBook *
find_book(void)
{
	bool		pushed = ensure_snapshot();
	CompiledBook *book;

	memo_forget();
	heed_messages();
	book = book_of_snapshot(rate_catalog(), GetActiveSnapshot());
	if (pushed)
		PopActiveSnapshot();
	return &book->rates;
}

/*
 * rate_book
 *		The rate book as the active snapshot sees it.
 */
const RateBook *
rate_book(void)
{
	if (likely(ActiveSnapshotSet() && memo_matches(GetActiveSnapshot())))
		return rate_memo.book;
	return find_book();
}

/*
 * The slot of the book that a caller holds.
 */
static const KeptBook *
place_of(const RateBook *book)
{
	const KeptBook *places[] = {&kept[0], &kept[1], &single_use};

	for (int i = 0; i < (int) lengthof(places); i++)
		if (places[i]->book != NULL && &places[i]->book->rates == book)
			return places[i];
	elog(ERROR, "unknown rate book");
}

/*
 * rate_book_load_schedule
 *		Read the rates of a schedule that is used for the first time.
 *
 * They are read into a context below the book's when they are complete: an
 * error, in them or from a cancel, leaves the schedule unread and the book as
 * it was.
 */
void
rate_book_load_schedule(const RateBook *book, const RateSchedule *schedule)
{
	const KeptBook *place = place_of(book);
	MemoryContext context;
	bool		pushed = ensure_snapshot();

	context = AllocSetContextCreate(CurrentMemoryContext, "rate schedule",
									ALLOCSET_DEFAULT_SIZES);
	load_rate_schedule(lock_rate_tables(), GetActiveSnapshot(),
					   context, place->book,
					   unconstify(RateSchedule *, schedule));
	MemoryContextSetParent(context, place->context);
	if (pushed)
		PopActiveSnapshot();
}
