/*
 * draft.h
 *	  What may become a draft, and of what.
 */
#ifndef MISSION_RATES_DRAFT_H
#define MISSION_RATES_DRAFT_H

#include "postgres.h"

extern void check_name_is_free(const char *schedule);
extern void check_unchanged(const char *schedule);

#endif							/* MISSION_RATES_DRAFT_H */
