/*
 * texts.h
 *	  The texts of a schedule: descriptions of bill lines, ready to be returned.
 */
#ifndef MISSION_RATES_TEXTS_H
#define MISSION_RATES_TEXTS_H

#include "book/load.h"

extern const RateText *keep_words(MemoryContext context, const char *words);
extern const RateText *keep_text(RateLoad *load, Datum value);
extern char *keep_string(RateLoad *load, Datum value);

extern const RateText *describe_minimum(RateLoad *load, int size, int area);
extern const RateText *describe_volume(RateLoad *load, int64 above,
									   int64 upto);
extern const RateText *describe_sewer_fixed(RateLoad *load, const char *label,
											bool flat);
extern const RateText *describe_sewer_volume(RateLoad *load,
											 const char *label,
											 rate_t factor);
extern const RateText *describe_sewer_block(RateLoad *load,
											const char *label, rate_t factor,
											int64 above, int64 upto);
extern const RateText *describe_tap(RateLoad *load, int size, bool compound,
									int area);
extern const RateText *describe_permit(RateLoad *load, rate_t line_inches,
									   bool larger_than);
extern const RateText *describe_deposit(RateLoad *load, int category,
										rate_t above, rate_t upto);

#endif							/* MISSION_RATES_TEXTS_H */
