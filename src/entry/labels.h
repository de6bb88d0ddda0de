/*
 * labels.h
 *	  Labels of the extension's enum types, from and to values.
 */
#ifndef MISSION_RATES_LABELS_H
#define MISSION_RATES_LABELS_H

#include "postgres.h"

#include <ctype.h>

#include "lib/stringinfo.h"

/* The enum types that codes are read as. */
typedef struct LabelTypes
{
	Oid			class;
	Oid			meter;
	Oid			area;
} LabelTypes;

extern void find_label_types(LabelTypes *types);
extern void append_label(StringInfo out, Oid value);
extern Oid	label_value(Oid type, const char *label);
extern Oid	code_value(Oid type, const char *code, size_t length);
extern Oid	size_value(Oid type, const char *size, size_t length);
extern Oid	numeric_size_value(Oid type, Datum size);
extern void check_usable(Oid type, Oid value);

/* Leave out the white space around a text. */
static inline void
trim(const char **text, size_t *length)
{
	while (*length > 0 && isspace((unsigned char) (*text)[0]))
	{
		(*text)++;
		(*length)--;
	}
	while (*length > 0 && isspace((unsigned char) (*text)[*length - 1]))
		(*length)--;
}

#endif							/* MISSION_RATES_LABELS_H */
