/*
 * book.c
 *	  Look-up of the rate book.
 *
 * What a look-up must answer is what the active snapshot sees.  Three steps,
 * each dearer than the one before:
 *
 * 1. The memo: the snapshot is the one of the last look-up, or one that cannot
 *	  see anything else.  A few comparisons, nothing is called.
 * 2. The token, read with the snapshot: a book that was compiled under the same
 *	  token says the same.
 * 3. All tables are read with the snapshot and compiled into a new book.
 *
 * Two books are kept, so that an open cursor and the present can alternate.
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "book/book.h"
#include "book/catalog.h"
#include "book/load.h"
#include "book/token.h"

/* A compiled book */
typedef struct KeptBook
{
	MemoryContext context;		/* NULL: none */
	const RateBook *book;
	pg_uuid_t	token;			/* under which it was compiled */
} KeptBook;

/*
 * The snapshot of the last look-up, by all the fields that tell whether
 * another one can see anything else.  They do so only until the next event of
 * the transaction: after a rollback, whole or to a savepoint, a later snapshot
 * may bear the same ones.  A memo without an xmax matches no snapshot.
 */
typedef struct SnapshotMemo
{
	TransactionId xmin;
	TransactionId xmax;
	uint32		xcnt;
	int32		subxcnt;
	CommandId	curcid;
	bool		suboverflowed;
	const RateBook *book;
} SnapshotMemo;

static SnapshotMemo memo;

/* The books that are kept, the one used last in front */
static KeptBook kept[2];

/* A book that is good for the look-ups of one snapshot only */
static KeptBook passing;

/* The count of the catalog's messages that what is kept takes account of */
static uint64 messages_seen = 0;

static int64 loads = 0;

/*
 * Does the snapshot see what the remembered one saw?
 */
static inline bool
memo_matches(const SnapshotData *snapshot)
{
	return snapshot->xmax == memo.xmax &&
		snapshot->xmin == memo.xmin &&
		snapshot->xcnt == memo.xcnt &&
		snapshot->subxcnt == memo.subxcnt &&
		snapshot->curcid == memo.curcid &&
		snapshot->suboverflowed == memo.suboverflowed;
}

/*
 * Remember which book answers for the snapshot.
 */
static void
remember(const SnapshotData *snapshot, const RateBook *book)
{
	memo.xmin = snapshot->xmin;
	memo.xmax = snapshot->xmax;
	memo.xcnt = snapshot->xcnt;
	memo.subxcnt = snapshot->subxcnt;
	memo.curcid = snapshot->curcid;
	memo.suboverflowed = snapshot->suboverflowed;
	memo.book = book;
}

/*
 * Forget it.
 */
static void
forget(void)
{
	memo.xmax = InvalidTransactionId;
	memo.book = NULL;
}

/*
 * The transaction begins to end, or ends.
 */
static void
transaction_event(XactEvent event, void *arg)
{
	(void) event;
	(void) arg;
	forget();
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
	forget();
	token_subtransaction_event(event, subtransaction);
}

/*
 * rate_book_init
 *		Ask for the events that end what is known.
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
 * Nothing that is known holds any longer.
 */
static void
drop_all(void)
{
	forget();
	drop_book(&kept[0]);
	drop_book(&kept[1]);
}

/*
 * The kept book that was compiled under the token; it moves to the front.
 */
static const RateBook *
book_of_token(const pg_uuid_t *token)
{
	for (int i = 0; i < 2; i++)
	{
		KeptBook	found = kept[i];

		if (found.book != NULL &&
			memcmp(&found.token, token, sizeof(pg_uuid_t)) == 0)
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
 * error leaves all as it was, and is made to last when it is whole.
 */
static void
compile_book(const RateCatalog *catalog, Snapshot snapshot, KeptBook *result)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "rate book",
												  ALLOCSET_DEFAULT_SIZES);

	loads++;
	result->book = load_rate_book(catalog, snapshot, context);
	MemoryContextSetParent(context, TopMemoryContext);
	result->context = context;
}

/*
 * The book that a snapshot sees.
 *
 * Without a token, or while a change of a rate might not move it, the book
 * holds for the snapshot only.  While a statement on a rate table is half done
 * it does not even hold for that: the next call may see more of its rows.
 */
static const RateBook *
book_of_snapshot(const RateCatalog *catalog, Snapshot snapshot)
{
	bool		half_done = token_statement_open();
	KeptBook	compiled = {0};
	const RateBook *book;
	bool		has_token;

	has_token = catalog->armed &&
		token_read(catalog->token_table, snapshot, &compiled.token);
	if (has_token && !half_done &&
		(book = book_of_token(&compiled.token)) != NULL)
	{
		remember(snapshot, book);
		return book;
	}
	compile_book(catalog, snapshot, &compiled);
	drop_book(&passing);
	if (has_token && !half_done)
	{
		drop_book(&kept[1]);
		kept[1] = kept[0];
		kept[0] = compiled;
	}
	else
		passing = compiled;
	if (!half_done)
		remember(snapshot, compiled.book);
	return compiled.book;
}

/*
 * The memo does not answer: look further.
 */
static pg_noinline const RateBook *
find_book(Oid function)
{
	const RateBook *book;
	bool		pushed = false;
	uint64		messages = catalog_messages();

	forget();
	if (messages != messages_seen)
		drop_all();
	messages_seen = messages;
	if (!ActiveSnapshotSet())
	{
		PushActiveSnapshot(GetTransactionSnapshot());
		pushed = true;
	}
	book = book_of_snapshot(catalog_of(get_func_namespace(function)),
							GetActiveSnapshot());
	if (pushed)
		PopActiveSnapshot();
	return book;
}

/*
 * rate_book
 *		The rate book as the active snapshot sees it.
 */
const RateBook *
rate_book(Oid function)
{
	if (likely(ActiveSnapshotSet() && memo_matches(GetActiveSnapshot())))
		return memo.book;
	return find_book(function);
}
