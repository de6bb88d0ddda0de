/*
 * plain_text.h
 *	  Texts without the white space around them, and without the characters
 *	  that word processors put in place of plain ones.
 */
#ifndef MISSION_RATES_PLAIN_TEXT_H
#define MISSION_RATES_PLAIN_TEXT_H

#include "postgres.h"

/* Part of a text */
typedef struct Span
{
	const char *start;
	size_t		length;
} Span;

extern bool make_plain(Span *span);

/* Is it white space?  The same in every locale. */
static inline bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A text without the white space around it */
static inline Span
trimmed(Span span)
{
	while (span.length > 0 && is_space(span.start[0]))
	{
		span.start++;
		span.length--;
	}
	while (span.length > 0 && is_space(span.start[span.length - 1]))
		span.length--;
	return span;
}

#endif							/* MISSION_RATES_PLAIN_TEXT_H */
