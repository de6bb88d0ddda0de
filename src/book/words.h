/*
 * words.h
 *	  Numbers and ranges in words, as bills and reports print them.
 */
#ifndef MISSION_RATES_WORDS_H
#define MISSION_RATES_WORDS_H

#include "postgres.h"

#include "rating/rates.h"

extern char *decimal_words(const char *number);
extern char *count_words(int64 count);
extern char *rate_words(rate_t rate);
extern char *gallons_words(int64 above, int64 upto);
extern char *square_feet_words(rate_t above, rate_t upto);
extern char *line_size_words(rate_t line_inches, bool larger_than);

#endif							/* MISSION_RATES_WORDS_H */
