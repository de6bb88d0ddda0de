/*
 * datum.h
 *	  What the values in rows of the rate tables mean.
 */
#ifndef MISSION_RATES_DATUM_H
#define MISSION_RATES_DATUM_H

#include "postgres.h"

#include "rating/rates.h"

extern rate_t rate_from_numeric(Datum value);
extern rate_t signed_rate_from_numeric(Datum value, int scale);
extern rate_t rate_or_none(Datum value, bool isnull);

#endif							/* MISSION_RATES_DATUM_H */
