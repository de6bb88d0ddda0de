/*
 * query.h
 *	  The SQL by which schedules are changed.
 *
 * It runs with the privileges of the caller, so that every role that may write
 * to the rate tables can use these functions, and users' triggers fire.  Every
 * name and operator is qualified, so search_path does not matter.
 */
#ifndef MISSION_RATES_QUERY_H
#define MISSION_RATES_QUERY_H

#include "postgres.h"

#include "utils/date.h"

#include "compat.h"

#define IS_EQUAL	" OPERATOR(pg_catalog.=) "

/* SPI must be connected. */
extern uint64 execute(const char *command, int narguments, Oid *types,
					  Datum *arguments);
extern uint64 execute_seeing(const char *command, int narguments, Oid *types,
							 Datum *arguments);
extern uint64 execute_for(const char *command, const char *schedule);
extern uint64 query(const char *query, int narguments, Oid *types,
					Datum *arguments);
extern Datum result_value(uint64 row, int column, bool *isnull);
extern char *result_text(uint64 row, int column);

extern char *date_text(DateADT date);
pg_noreturn extern void refuse_unknown_schedule(const char *schedule);
pg_noreturn extern void refuse_change(const char *schedule);
pg_noreturn extern void refuse_changed(const char *schedule);
extern void warn_of_change(const char *schedule, const char *consequence);

#endif							/* MISSION_RATES_QUERY_H */
