/*
 * fingerprint.h
 *	  The fingerprint of a schedule.
 */
#ifndef MISSION_RATES_FINGERPRINT_H
#define MISSION_RATES_FINGERPRINT_H

#include "postgres.h"

#include "utils/date.h"
#include "utils/snapshot.h"

#include "tables/scan.h"

/*
 * The fingerprint of a schedule as the snapshot sees it, 64 hexadecimal
 * digits, with the date on which it is to start; NULL: the one in its row.
 * NULL where there is no such schedule.
 */
extern char *fingerprint_schedule(const char *schedule,
								  const DateADT *effective_from,
								  Snapshot snapshot);
extern bool gives_fingerprint(const ScheduleRows *rows,
							  const char *fingerprint);

#endif							/* MISSION_RATES_FINGERPRINT_H */
