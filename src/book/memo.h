/*
 * memo.h
 *	  The snapshot of the last look-up, and the answers for it.
 */
#ifndef MISSION_RATES_MEMO_H
#define MISSION_RATES_MEMO_H

#include "postgres.h"

#include "utils/snapmgr.h"

#include "tables/session.h"

extern void memo_begin(const SnapshotData *snapshot);

/*
 * Does the snapshot see what the one of the memo saw?  This is in the path of
 * every rating call.
 */
static inline bool
memo_matches(const SnapshotData *snapshot)
{
	const RateMemo *memo = &rate_session.memo;

	return snapshot->xmax == memo->xmax &&
		snapshot->xmin == memo->xmin &&
		snapshot->xcnt == memo->xcnt &&
		snapshot->subxcnt == memo->subxcnt &&
		snapshot->curcid == memo->curcid &&
		snapshot->suboverflowed == memo->suboverflowed &&
		(snapshot->xcnt == 0 ||
		 memcmp(snapshot->xip, memo->members,
				snapshot->xcnt * sizeof(TransactionId)) == 0) &&
		(snapshot->subxcnt <= 0 ||
		 memcmp(snapshot->subxip, memo->members + snapshot->xcnt,
				snapshot->subxcnt * sizeof(TransactionId)) == 0);
}

/*
 * The schedule in force on a date, where the latest answer has it; NULL: look
 * it up.  Nearly every call ends here.
 */
static inline const RateSchedule *
schedule_at_hand(int32 date)
{
	const RateAnswer *latest = rate_session.latest;

	if (likely(date >= latest->from && date <= latest->until &&
			   ActiveSnapshotSet() && memo_matches(GetActiveSnapshot())))
		return latest->schedule;
	return NULL;
}

#endif							/* MISSION_RATES_MEMO_H */
