/*
 * arguments.h
 *	  The arguments of the functions that change schedules.
 */
#ifndef MISSION_RATES_ARGUMENTS_H
#define MISSION_RATES_ARGUMENTS_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/date.h"

extern void refuse_null(FunctionCallInfo fcinfo, int argno, const char *name);
extern char *text_argument(FunctionCallInfo fcinfo, int argno,
						   const char *name);
extern char *optional_text(FunctionCallInfo fcinfo, int argno);
extern DateADT day_argument(FunctionCallInfo fcinfo, int argno,
							const char *name);

#endif							/* MISSION_RATES_ARGUMENTS_H */
