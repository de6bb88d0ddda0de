/*
 * mission_rates.c
 *	  The module's magic block and its initialization.
 */
#include "postgres.h"

#include "fmgr.h"

#include "compat.h"
#include "entry/number.h"
#include "tables/session.h"

MISSION_RATES_MAGIC;

PGDLLEXPORT void _PG_init(void);

/*
 * _PG_init
 *		Called once when a backend loads the module.
 */
void
_PG_init(void)
{
	rate_session_init();
	number_init();
}
