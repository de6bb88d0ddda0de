/*
 * book.h
 *	  The rate book: the rate tables, compiled for one snapshot.
 *
 * Only the book opens the rate tables for rating.  It returns the plain
 * structs of rating/rates.h.
 */
#ifndef MISSION_RATES_BOOK_H
#define MISSION_RATES_BOOK_H

#include "postgres.h"

#include "fmgr.h"

#include "rating/rates.h"

/*
 * The rate book as the active snapshot sees it.  The book stays valid until the next call of rate_book(): copy what is needed
 * longer.
 */
extern const RateBook *rate_book(void);

/*
 * Read the rates of a schedule of that book, as the active snapshot sees them:
 * to be called where schedule->loaded is false.
 */
extern void rate_book_load_schedule(const RateBook *book,
									const RateSchedule *schedule);

/* How often this backend has read the rate tables. */
extern int64 rate_book_loads(void);

/* Called once, from _PG_init(). */
extern void rate_book_init(void);

/* A text of the book as the Datum of a text (no copy). */
static inline Datum
rate_text_datum(const RateText *text)
{
	return PointerGetDatum((const void *) text);
}

#endif							/* MISSION_RATES_BOOK_H */
