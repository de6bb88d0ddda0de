/*
 * book.h
 *	  The rate book: every rate table, compiled for one snapshot.
 *
 * The only part of the extension that opens the rate tables.  It hands out
 * the plain structs of rating/rates.h.
 */
#ifndef MISSION_RATES_BOOK_H
#define MISSION_RATES_BOOK_H

#include "postgres.h"

#include "fmgr.h"

#include "rating/rates.h"

/*
 * The rate book as the active snapshot sees it.  "function" is the SQL
 * function that asks (flinfo->fn_oid); its namespace is where the rate tables
 * are looked for.  The book stays valid until the next call of rate_book():
 * copy what must outlive that.
 */
extern const RateBook *rate_book(Oid function);

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
