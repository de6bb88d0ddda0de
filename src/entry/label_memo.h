/*
 * label_memo.h
 *	  What texts were found to stand for, so that a column of codes is not
 *	  looked up in the catalog row by row.
 */
#ifndef MISSION_RATES_LABEL_MEMO_H
#define MISSION_RATES_LABEL_MEMO_H

#include "postgres.h"

/* How bytes are to be understood */
typedef enum LabelKind
{
	LABEL_TEXT,
	LABEL_NUMERIC				/* a numeric as it is stored */
} LabelKind;

/* Finds the value of an enum type that bytes stand for, or InvalidOid. */
typedef Oid (*LabelFinder) (Oid type, const char *bytes, size_t length);

extern Oid	remembered_value(Oid type, LabelKind kind, const char *bytes,
							 size_t length, LabelFinder find);
extern bool known_to_be_usable(Oid value);
extern void note_usable(Oid value, uint64 generation);
extern uint64 label_generation(void);

#endif							/* MISSION_RATES_LABEL_MEMO_H */
