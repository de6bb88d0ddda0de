/*
 * memo.c
 *	  The snapshot of the last look-up of the rate book.
 */
#include "postgres.h"

#include "access/transam.h"

#include "book/memo.h"

SnapshotMemo rate_memo;

/*
 * memo_remember
 *		Remember which book answers for the snapshot.
 */
void
memo_remember(const SnapshotData *snapshot, const RateBook *book)
{
	if (snapshot->subxcnt < 0 || snapshot->xcnt > MEMO_MEMBERS ||
		snapshot->xcnt + (uint32) snapshot->subxcnt > MEMO_MEMBERS)
		return;
	rate_memo.xmin = snapshot->xmin;
	rate_memo.xmax = snapshot->xmax;
	rate_memo.xcnt = snapshot->xcnt;
	rate_memo.subxcnt = snapshot->subxcnt;
	rate_memo.curcid = snapshot->curcid;
	rate_memo.suboverflowed = snapshot->suboverflowed;
	rate_memo.book = book;
	if (snapshot->xcnt > 0)
		memcpy(rate_memo.members, snapshot->xip,
			   snapshot->xcnt * sizeof(TransactionId));
	if (snapshot->subxcnt > 0)
		memcpy(rate_memo.members + snapshot->xcnt, snapshot->subxip,
			   snapshot->subxcnt * sizeof(TransactionId));
}

/*
 * memo_forget
 *		Forget the snapshot.
 */
void
memo_forget(void)
{
	rate_memo.xmax = InvalidTransactionId;
	rate_memo.book = NULL;
}
