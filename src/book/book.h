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

#include "book/memo.h"
#include "rating/problem.h"

/*
 * The schedule that a call is rated by, as the active snapshot sees it; NULL:
 * the problem says why there is none.  It is valid until the next of these
 * two.
 */
extern const RateSchedule *schedule_on(DateADT date, Problem *p);
extern const RateSchedule *schedule_named(text *name, Problem *p);

/*
 * A second schedule for the same call; the first one stays valid.
 */
extern const RateSchedule *schedule_also_on(DateADT date, Problem *p);

/* How often this backend has read the rates of a schedule. */
extern int64 rate_book_loads(void);

/*
 * A text that is kept.  The description of a rate row also has a line of that
 * row as it was printed, for the next one; see entry/lines.c.
 */
struct RateText
{
	struct PrintedLine *line;	/* NULL: none yet */
	char		value[FLEXIBLE_ARRAY_MEMBER];	/* with a length of four bytes */
};

#endif							/* MISSION_RATES_BOOK_H */
