/*
 * token_rows.h
 *	  Writing the token and the list of missing schedules.
 */
#ifndef MISSION_RATES_TOKEN_ROWS_H
#define MISSION_RATES_TOKEN_ROWS_H

#include "postgres.h"

extern int64 write_token(Oid schema);
extern void write_searched_under(Oid schema, int64 stamp);
extern void list_missing(Oid schema, text *schedule);
extern void unlist_missing(Oid schema, text *schedule);
extern void unlist_all_missing(Oid schema);
extern bool token_rows_open(void);
extern void token_rows_transaction_event(void);

#endif							/* MISSION_RATES_TOKEN_ROWS_H */
