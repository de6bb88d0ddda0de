/*
 * written.h
 *	  The tables that functions of the extension write with other rights than
 *	  those of who calls them.
 */
#ifndef MISSION_RATES_WRITTEN_H
#define MISSION_RATES_WRITTEN_H

#include "postgres.h"

#include "utils/relcache.h"

extern Oid	log_table(void);
extern Oid	label_table(void);
extern Relation open_written(Oid table);
extern void check_written(Oid table);

#endif							/* MISSION_RATES_WRITTEN_H */
