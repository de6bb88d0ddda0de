/*
 * session.h
 *	  What a session knows about rates, and the events that make it forget.
 *
 * All of it is in one struct, and all events come in here.  The callbacks only
 * mark: a caller may be using what is kept, so memory is freed at the next
 * look-up.
 */
#ifndef MISSION_RATES_SESSION_H
#define MISSION_RATES_SESSION_H

#include "postgres.h"

#include "commands/trigger.h"
#include "utils/snapshot.h"

#include "rating/problem.h"
#include "tables/descriptor.h"

/* At most this many adopted schedules, and answers for a snapshot, are kept. */
#define MAX_KEPT	64

/* An index, and which snapshots may not use it */
typedef struct RateIndex
{
	Oid			oid;			/* InvalidOid: there is none */
	TransactionId not_before;	/* snapshots must see this transaction as
								 * ended, see get_relation_info() */
} RateIndex;

/* What has been verified of a rate table */
typedef struct RateTableState
{
	Oid			oid;
	uint64		messages;		/* that came about it, counted from 1 */
	uint64		verified_at;	/* the count when it was verified */
	RateIndex	key;			/* of the primary key */
	bool		watched;		/* triggers tell when it is written */
} RateTableState;

/* A schedule, or why there is none, for all dates of a range and for its name */
typedef struct RateAnswer
{
	int32		from;
	int32		until;			/* before "from": an answer by name alone */
	const RateSchedule *schedule;
	ProblemCode code;
	const char *text;			/* what else the problem names */
	int32		limit;
} RateAnswer;

/*
 * The snapshot that the answers are for.  Two snapshots that agree in all of
 * these, members included, see the same rows of other transactions; of their
 * own by the command number, until a transaction or subtransaction ends.
 * Comparing counts is not enough: a transaction that is being prepared is
 * listed twice.
 */
typedef struct RateMemo
{
	TransactionId xmin;
	TransactionId xmax;			/* InvalidTransactionId: matches no snapshot */
	uint32		xcnt;
	int32		subxcnt;
	CommandId	curcid;
	bool		suboverflowed;
	TransactionId *members;		/* xip, then subxip */
} RateMemo;

typedef struct RateSession
{
	/* the answers for a snapshot; the latest one first in line */
	RateMemo	memo;
	const RateAnswer *latest;	/* one with a schedule, never NULL */
	RateAnswer	answers[MAX_KEPT];
	uint32		nanswers;		/* beyond MAX_KEPT they replace the first */
	MemoryContext answers_context;	/* drafts, and what was kept before */

	/* adopted schedules that have been read */
	const RateSchedule *kept[MAX_KEPT];
	int			nkept;
	MemoryContext kept_context; /* NULL: nothing */
	RateBook   *book;			/* the labels that they were compiled with */
	uint64		book_labels;	/* label_messages before those were read */
	bool		no_orphans;		/* rate rows of no schedule were looked for */
	int64		loads;			/* how often rates were read */

	/* the tables */
	RateTableState tables[NUM_RATE_TABLES];
	RateIndex	starts;			/* of schedule.effective_from */
	uint64		label_messages; /* that came about enum types */

	/* statements on rate tables in progress, and where the first began */
	int			open_statements;
	SubTransactionId opened_in;
} RateSession;

extern RateSession rate_session;

extern void rate_session_init(void);
extern void forget_answers(void);
extern void note_statement(TriggerEvent event);

#endif							/* MISSION_RATES_SESSION_H */
