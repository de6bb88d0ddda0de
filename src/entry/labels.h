/*
 * labels.h
 *	  Labels of the extension's enum types, from and to values.
 */
#ifndef MISSION_RATES_LABELS_H
#define MISSION_RATES_LABELS_H

#include "postgres.h"

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
extern void append_labels(StringInfo out, Oid type);
extern Oid	label_value(Oid type, const char *label);
extern Oid	code_value(Oid type, const char *code, size_t length);
extern Oid	size_value(Oid type, const char *size, size_t length);
extern Oid	numeric_size_value(Oid type, Datum size);
extern void check_usable(Oid type, Oid value);

#endif							/* MISSION_RATES_LABELS_H */
