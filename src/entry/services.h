/*
 * services.h
 *	  The services that an account has, as callers pass them.
 */
#ifndef MISSION_RATES_ENTRY_SERVICES_H
#define MISSION_RATES_ENTRY_SERVICES_H

#include "postgres.h"

#include "utils/array.h"
#include "utils/jsonb.h"

#include "rating/services.h"

extern ServiceRequests *services_from_jsonb(Jsonb *jsonb);
extern ServiceRequests *services_from_array(ArrayType *codes);

#endif							/* MISSION_RATES_ENTRY_SERVICES_H */
