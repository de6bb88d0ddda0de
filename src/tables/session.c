/*
 * session.c
 *	  What a session knows about rates, and the events that make it forget.
 */
#include "postgres.h"

#include "access/transam.h"
#include "access/xact.h"
#include "utils/inval.h"
#include "utils/syscache.h"

#include "tables/session.h"

/* What "latest" points to while there is no answer */
static const RateAnswer no_answer = {.from = 1,.until = 0};

RateSession rate_session = {.latest = &no_answer};

/*
 * forget_answers
 *		The rates may have changed for the snapshot that there are answers for.
 */
void
forget_answers(void)
{
	rate_session.memo.xmax = InvalidTransactionId;
	rate_session.latest = &no_answer;
}

/* A relation changed, or InvalidOid: perhaps any. */
static void
relation_changed(Datum arg, Oid relation)
{
	(void) arg;
	for (int i = 0; i < NUM_RATE_TABLES; i++)
		if (relation == InvalidOid || relation == rate_session.tables[i].oid)
		{
			rate_session.tables[i].messages++;
			forget_answers();
		}
}

/*
 * A label of some enum type was added or renamed.  Compiled schedules hold
 * their positions and texts.
 */
static void
label_changed(Datum arg, int cacheid, uint32 hashvalue)
{
	(void) arg;
	(void) cacheid;
	(void) hashvalue;
	rate_session.label_messages++;
	forget_answers();
}

/* The transaction begins to end, or ends, and its statements with it. */
static void
transaction_event(XactEvent event, void *arg)
{
	(void) event;
	(void) arg;
	forget_answers();
	rate_session.open_statements = 0;
}

/*
 * A subtransaction begins or ends: a savepoint, or an exception block.
 *
 * Its rollback ends its statements.  Subtransactions are numbered upward: one
 * that began in this one or inside it is gone.  If the outermost one goes on,
 * inner ones that were aborted stay counted, and nothing is remembered until
 * the transaction ends: slower, never wrong.
 */
static void
subtransaction_event(SubXactEvent event, SubTransactionId subtransaction,
					 SubTransactionId parent, void *arg)
{
	(void) parent;
	(void) arg;
	forget_answers();
	if (event == SUBXACT_EVENT_ABORT_SUB &&
		rate_session.opened_in >= subtransaction)
		rate_session.open_statements = 0;
}

/*
 * rate_session_init
 *		Register the callbacks; those of messages cannot be unregistered.
 */
void
rate_session_init(void)
{
	for (int i = 0; i < NUM_RATE_TABLES; i++)
		rate_session.tables[i].messages = 1;
	CacheRegisterRelcacheCallback(relation_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(ENUMOID, label_changed, (Datum) 0);
	RegisterXactCallback(transaction_event, NULL);
	RegisterSubXactCallback(subtransaction_event, NULL);
}

/*
 * note_statement
 *		A statement on a rate table begins or ends.
 *
 * Until it ends, code that runs inside it (a trigger, a function in SET) sees
 * more of its rows at each call, although the snapshot stays the same.  A
 * city's trigger that fired before may have had an answer remembered, so the
 * answers are forgotten at both ends.
 */
void
note_statement(TriggerEvent event)
{
	forget_answers();
	if (!TRIGGER_FIRED_BEFORE(event))
		rate_session.open_statements -= rate_session.open_statements > 0;
	else if (rate_session.open_statements++ == 0)
		rate_session.opened_in = GetCurrentSubTransactionId();
}
