/*
 * schedule.h
 *	  What the files about the life of a schedule share.
 */
#ifndef MISSION_RATES_SCHEDULE_H
#define MISSION_RATES_SCHEDULE_H

#include "postgres.h"

#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/relcache.h"
#include "utils/snapshot.h"

#include "compat.h"
#include "tables/descriptor.h"

/*
 * The SQL that changes schedules.
 *
 * It runs with the privileges of the caller, so that every role that may write
 * to the rate tables can use these functions, and users' triggers fire.  Every
 * name and operator is qualified, so search_path does not matter.  SPI must be
 * connected.
 */
#define IS_EQUAL	" OPERATOR(pg_catalog.=) "

/* A value that a command takes as $1, $2 ... */
typedef struct SqlValue
{
	Datum		value;
	Oid			type;
	bool		isnull;
} SqlValue;

/* The values of a command: their number, and an array of them */
#define VALUES(...) \
	lengthof(((SqlValue[]) {__VA_ARGS__})), (SqlValue[]) {__VA_ARGS__}
#define NO_VALUES	0, NULL

static inline SqlValue
sql_value(Oid type, Datum value)
{
	return (SqlValue) {value, type, false};
}

static inline SqlValue
null_value(Oid type)
{
	return (SqlValue) {(Datum) 0, type, true};
}

static inline SqlValue
text_value(const char *text)
{
	if (text == NULL)
		return null_value(TEXTOID);
	return sql_value(TEXTOID, CStringGetTextDatum(text));
}

static inline SqlValue
day_value(DateADT date)
{
	return sql_value(DATEOID, DateADTGetDatum(date));
}

static inline SqlValue
bigint_value(int64 number)
{
	return sql_value(INT8OID, Int64GetDatum(number));
}

extern uint64 execute(const char *command, int number, const SqlValue *values);
extern uint64 execute_seeing(const char *command, int number,
							 const SqlValue *values);
extern Datum result_value(int column);
extern char *result_text(int column);

/* Arguments, and errors that several functions raise */
extern void refuse_null(FunctionCallInfo fcinfo, int argno, const char *name);
extern char *text_argument(FunctionCallInfo fcinfo, int argno,
						   const char *name);
extern char *optional_text(FunctionCallInfo fcinfo, int argno);
pg_noreturn extern void refuse_unknown_schedule(const char *schedule);
pg_noreturn extern void refuse_change(const char *schedule);
pg_noreturn extern void refuse_changed(const char *schedule);
extern void warn_of_change(const char *schedule, const char *consequence);
extern void check_written(const char *schedule, bool written);
extern RateTable rate_table_named(const char *name);

/* lock.c: the row of a schedule, as far as it matters to changing schedules */
typedef struct ScheduleRow
{
	bool		known;
	bool		adopted;
	DateADT		effective_from; /* of an adopted one, as what follows */
	int			sealed_rows;
	char	   *fingerprint;
} ScheduleRow;

extern ScheduleRow read_schedule(const char *schedule, Snapshot snapshot);
extern ScheduleRow share_schedule(const char *schedule);
extern ScheduleRow lock_schedule(const char *schedule);
extern void lock_adoptions(void);
extern void hold_rate_tables(void);
extern bool is_unchanged(const char *schedule);
extern char *latest_fingerprint(const char *schedule,
								const DateADT *effective_from);
extern void check_latest(const char *schedule);

/* draft.c */
extern int	count_rows_of(const char *schedule);
extern void check_name_is_free(const char *schedule);
extern char *columns_from_to(RateTable table, int first, int last);

/* adopt.c */
extern DateADT last_day_begun(void);
extern bool seal_is_unlocked(const char *schedule);

/*
 * log.c: the detail is a query that gives one jsonb, with its values.
 * Adoption and withdrawal tell what the adopted schedule is, others pass NULL.
 */
extern void log_event(const char *event, const char *schedule,
					  const ScheduleRow *adopted, const char *detail,
					  int number, const SqlValue *values);

/* attachments.c: the tables that are written with others' rights */
extern Oid	log_table(void);
extern Oid	label_table(void);
extern Relation open_unattached(Oid table, LOCKMODE lock);

/* trigger.c: what fired a trigger function */
extern TriggerData *row_trigger(FunctionCallInfo fcinfo);
extern TriggerData *statement_trigger(FunctionCallInfo fcinfo);
pg_noreturn extern void refuse_trigger_table(FunctionCallInfo fcinfo);
extern Datum trigger_value(const TriggerData *trigger, HeapTuple row,
						   const RateTableColumns *table, int column,
						   bool *isnull);
extern char *trigger_text(const TriggerData *trigger, HeapTuple row,
						  const RateTableColumns *table, int column);
extern Datum pass_row(const TriggerData *trigger);

#endif							/* MISSION_RATES_SCHEDULE_H */
