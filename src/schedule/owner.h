/*
 * owner.h
 *	  Acting as the owner of a table, or of a type, for a moment.
 */
#ifndef MISSION_RATES_OWNER_H
#define MISSION_RATES_OWNER_H

#include "postgres.h"

typedef struct OwnerState
{
	Oid			user;
	int			context;
} OwnerState;

extern Oid	owner_of(Oid table);
extern void role_begin(Oid role, OwnerState *before);
extern void owner_begin(Oid table, OwnerState *before);
extern void owner_end(const OwnerState *before);

#endif							/* MISSION_RATES_OWNER_H */
