/*
 * horizon.c
 *	  Which snapshots are newer than the last change that did not replace the
 *	  token.
 *
 * A rate table may change without a new token: its triggers were off for a
 * while, or a statement rewrote it, so that older snapshots find it empty.
 * The server then sends a message.  A book that was read before the message
 * is dropped; but a snapshot from before it, of a long statement or of a
 * REPEATABLE READ transaction, may still be read with afterwards, sees the
 * same token, and sees other rates.
 *
 * So when a message arrives, the transactions that are running are recorded.
 * A snapshot is newer than the message if it sees everything that was
 * committed by then.  Only such snapshots share a book by their token; a book
 * for any other snapshot is valid for that snapshot alone.
 */
#include "postgres.h"

#include "access/transam.h"
#include "access/xact.h"
#include "storage/procarray.h"
#include "utils/builtins.h"

#include "book/horizon.h"

/*
 * What was committed when the last message had arrived: a snapshot that is
 * only compared, never read with.
 */
static SnapshotData horizon = {.snapshot_type = SNAPSHOT_MVCC};

/* The transactions that were running then, in the order of their numbers */
static TransactionId *running = NULL;
static int	nrunning = 0;

/*
 * The current command at that time: earlier commands of the transaction see
 * another state of its own changes.
 */
static CommandId command = FirstCommandId;

/*
 * Is the list of a snapshot's running transactions in subxip?  On a standby it
 * is, with all subtransactions.
 */
static const TransactionId *
running_in(const SnapshotData *snapshot, int *number)
{
	*number = snapshot->takenDuringRecovery ?
		snapshot->subxcnt : (int) snapshot->xcnt;
	return snapshot->takenDuringRecovery ? snapshot->subxip : snapshot->xip;
}

/*
 * horizon_set
 *		A message has arrived, or may have arrived before the callbacks were
 *		registered.
 */
void
horizon_set(void)
{
	GetSnapshotData(&horizon);
	command = horizon.curcid;
	running = unconstify(TransactionId *, running_in(&horizon, &nrunning));
	qsort(running, nrunning, sizeof(TransactionId), xidComparator);
}

/*
 * horizon_transaction_event
 *		A transaction ends: the next one counts its commands from the start.
 */
void
horizon_transaction_event(void)
{
	command = FirstCommandId;
}

/*
 * horizon_is_behind
 *		Does the snapshot see everything that was committed when the last
 *		message had arrived?
 */
bool
horizon_is_behind(const SnapshotData *snapshot)
{
	const TransactionId *members;
	int			nmembers;

	if (snapshot->curcid < command)
		return false;
	if (TransactionIdFollowsOrEquals(snapshot->xmin, horizon.xmax))
		return true;
	if (TransactionIdPrecedes(snapshot->xmax, horizon.xmax))
		return false;
	members = running_in(snapshot, &nmembers);
	for (int i = 0; i < nmembers; i++)
		if (TransactionIdPrecedes(members[i], horizon.xmax) &&
			bsearch(&members[i], running, nrunning, sizeof(TransactionId),
					xidComparator) == NULL)
			return false;
	return true;
}
