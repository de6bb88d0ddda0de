/*
 * trigger.h
 *	  What fired a trigger function, with an error where the function was not
 *	  written for it.
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
