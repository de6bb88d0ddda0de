/*
 * document_keys.h
 *	  The keys of a schedule as a document.
 */
#ifndef MISSION_RATES_DOCUMENT_KEYS_H
#define MISSION_RATES_DOCUMENT_KEYS_H

#include "postgres.h"

#include "tables/descriptor.h"

/* What the key "format" says */
#define DOCUMENT_FORMAT		"mission_rates 1"

/* The key of a rate table holds an array of rows. */
#define OF_ROWS		NUM_COLUMN_TYPES

/* The keys of one object, in the order in which they are written */
typedef struct DocumentKeys
{
	int			number;
	RateColumn *keys;
} DocumentKeys;

extern DocumentKeys row_keys(const RateTableColumns *table);
extern DocumentKeys document_keys(void);

#endif							/* MISSION_RATES_DOCUMENT_KEYS_H */
