/*
 * trigger.h
 *	  What fired a trigger function: an error where it is not what the function
 *	  was written for.
 */
#ifndef MISSION_RATES_TRIGGER_H
#define MISSION_RATES_TRIGGER_H

#include "postgres.h"

#include "commands/trigger.h"
#include "fmgr.h"

#include "compat.h"

extern TriggerData *row_trigger(FunctionCallInfo fcinfo);
extern TriggerData *statement_trigger(FunctionCallInfo fcinfo);
pg_noreturn extern void refuse_trigger_table(FunctionCallInfo fcinfo);
extern Datum pass_row(const TriggerData *trigger);

#endif							/* MISSION_RATES_TRIGGER_H */
