/*
 * day.h
 *	  Which days are still to come.
 */
#ifndef MISSION_RATES_DAY_H
#define MISSION_RATES_DAY_H

#include "postgres.h"

#include "utils/date.h"

extern DateADT last_day_begun(void);

#endif							/* MISSION_RATES_DAY_H */
