/*
 * memo.h
 *	  The snapshot of the last look-up of the rate book.
 *
 * Two snapshots that agree in all fields below, and in the transactions that
 * were running, see the same rows: of other transactions by the list of the
 * running ones, of their own by the command number.  Comparing counts is not
 * enough: while a transaction is being prepared it is listed twice, so the
 * counts can agree although another one has committed.
 *
 * This holds until the next event of the transaction.  After a rollback, whole
 * or to a savepoint, a later snapshot may have the same fields and see other
 * rows of its own; memo_forget() is called at every event.
 */
#ifndef MISSION_RATES_MEMO_H
#define MISSION_RATES_MEMO_H

#include "postgres.h"

#include "utils/snapshot.h"

#include "rating/rates.h"

/* With more running transactions than this the token is read every time. */
#define MEMO_MEMBERS	2048

typedef struct SnapshotMemo
{
	TransactionId xmin;
	TransactionId xmax;			/* InvalidTransactionId: matches no snapshot */
	uint32		xcnt;
	int32		subxcnt;
	CommandId	curcid;
	bool		suboverflowed;
	const RateBook *book;
	TransactionId members[MEMO_MEMBERS];	/* xip, then subxip */
} SnapshotMemo;

extern SnapshotMemo rate_memo;

extern void memo_remember(const SnapshotData *snapshot, const RateBook *book);
extern void memo_forget(void);

/*
 * Does the snapshot see what the remembered one saw?  This is in the path of
 * every rating call.
 */
static inline bool
memo_matches(const SnapshotData *snapshot)
{
	const SnapshotMemo *memo = &rate_memo;

	return snapshot->xmax == memo->xmax &&
		snapshot->xmin == memo->xmin &&
		snapshot->xcnt == memo->xcnt &&
		snapshot->subxcnt == memo->subxcnt &&
		snapshot->curcid == memo->curcid &&
		snapshot->suboverflowed == memo->suboverflowed &&
		(snapshot->xcnt == 0 ||
		 memcmp(snapshot->xip, memo->members,
				snapshot->xcnt * sizeof(TransactionId)) == 0) &&
		(snapshot->subxcnt == 0 ||
		 memcmp(snapshot->subxip, memo->members + snapshot->xcnt,
				snapshot->subxcnt * sizeof(TransactionId)) == 0);
}

#endif							/* MISSION_RATES_MEMO_H */
