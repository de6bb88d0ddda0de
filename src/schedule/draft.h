/*
 * draft.h
 *	  Drafting a schedule.
 */
#ifndef MISSION_RATES_DRAFT_H
#define MISSION_RATES_DRAFT_H

#include "postgres.h"

extern void check_name_is_free(const char *schedule);

#endif							/* MISSION_RATES_DRAFT_H */
