/*
 * book.h
 *	  The rate book: which schedule is in force, compiled.
 *
 * The book alone reads the rate tables for rating.  It returns the plain
 * structs of rating/rates.h.
 */
#ifndef MISSION_RATES_BOOK_H
#define MISSION_RATES_BOOK_H

#include "postgres.h"

#include "utils/date.h"
#include "utils/snapmgr.h"

#include "rating/problem.h"
#include "tables/session.h"

/*
 * The schedule that a call is rated by, as the active snapshot sees it; NULL:
 * the problem says why there is none.  It is valid until the next of these
 * two.
 */
extern const RateSchedule *schedule_on(DateADT date, Problem *p);
extern const RateSchedule *schedule_named(text *name, Problem *p);

/* A second schedule for the same call; the first one stays valid. */
extern const RateSchedule *schedule_also_on(DateADT date, Problem *p);

/*
 * The fingerprint of a schedule as the snapshot sees it, 64 hexadecimal
 * digits, with the date on which it is to start; NULL: the one in its row.
 * NULL where there is no such schedule.
 */
extern char *fingerprint_schedule(const char *schedule,
								  const DateADT *effective_from,
								  Snapshot snapshot);

/*
 * A text that is kept.  The description of a rate row also has a line of that
 * row as it was printed, for the next one; see entry/lines.c.
 */
struct RateText
{
	struct PrintedLine *line;	/* NULL: none yet */
	char		value[FLEXIBLE_ARRAY_MEMBER];	/* with a length of four bytes */
};

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

/* charge_codes.c: the codes of charges */
typedef struct ChargeCode
{
	const char *charge;
	const char *service;
	bool		is_fee;			/* false: rated by a table of its own, or passed */
	bool		needed;			/* a fee that a function rates by */
	bool		monthly;		/* a charge of the monthly bill */
} ChargeCode;

/* Fees that the ordinance lists and no function rates by */
#define NUM_OTHER_FEES		3
#define MAX_CHARGE_CODES	(NUM_LINE_KINDS + NUM_FEE_CODES + NUM_OTHER_FEES)

extern int	list_charge_codes(ChargeCode *codes);
extern bool is_reserved_code(const char *code, bool for_fee);

/* words.c: numbers and ranges in words, as bills and reports print them */
extern char *decimal_words(const char *number);
extern char *rate_words(rate_t rate);
extern char *gallons_words(int64 above, int64 upto);
extern char *square_feet_words(rate_t above, rate_t upto);
extern char *line_size_words(rate_t line_inches, bool larger_than);

#endif							/* MISSION_RATES_BOOK_H */
