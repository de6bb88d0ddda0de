/*
 * token.h
 *	  The token: a random value in a one-row table that every change of a
 *	  rate replaces.
 *
 * Two states of the rate tables that any snapshot can see never have the same
 * token, so a book that was compiled under one may be used by every snapshot
 * that sees it.
 */
#ifndef MISSION_RATES_TOKEN_H
#define MISSION_RATES_TOKEN_H

#include "postgres.h"

#include "access/xact.h"
#include "commands/trigger.h"
#include "utils/snapshot.h"
#include "utils/uuid.h"

typedef struct RateToken
{
	pg_uuid_t	value;
	int64		searched_under; /* the stamp of the triggers under which the
								 * list of missing schedules was made */
} RateToken;

extern bool token_read(Oid table, Snapshot snapshot, RateToken *token);
extern void token_touch(const TriggerData *trigger, Oid function);
extern bool token_statement_open(void);
extern void token_transaction_event(void);
extern void token_subtransaction_event(SubXactEvent event,
									   SubTransactionId subtransaction);

#endif							/* MISSION_RATES_TOKEN_H */
