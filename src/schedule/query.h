/*
 * query.h
 *	  The SQL by which schedules are changed.
 *
 * All changes are made in SQL with the privileges of the caller, so that every
 * role that may write to the rate tables can use these functions, and users'
 * triggers fire.  What decides is read as the owner of the tables.  Every name
 * and operator is qualified, so search_path does not matter.
 */
#ifndef MISSION_RATES_QUERY_H
#define MISSION_RATES_QUERY_H

#include "postgres.h"

#include "utils/date.h"

#include "compat.h"

#define IS_EQUAL	" OPERATOR(pg_catalog.=) "

/* A row of the table schedule, as far as it matters to changing schedules */
typedef struct ScheduleRow
{
	bool		known;
	bool		adopted;
	DateADT		effective_from; /* of an adopted one, as what follows */
	int			sealed_rows;
	char	   *fingerprint;	/* NULL: none */
} ScheduleRow;

extern Oid	rate_table(const char *name);

/* SPI must be connected. */
extern uint64 execute(const char *command, int narguments, Oid *types,
					  Datum *arguments);
extern uint64 execute_as_owner(const char *query, int narguments, Oid *types,
							   Datum *arguments);
extern uint64 execute_for(const char *command, const char *schedule);
extern Datum result_value(uint64 row, int column, bool *isnull);
extern char *result_text(uint64 row, int column);
extern void lock_rates(void);
extern ScheduleRow read_schedule(const char *schedule);

extern char *date_text(DateADT date);
pg_noreturn extern void refuse_unknown_schedule(const char *schedule);
pg_noreturn extern void refuse_change(const char *schedule);

#endif							/* MISSION_RATES_QUERY_H */
