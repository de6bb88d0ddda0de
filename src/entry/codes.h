/*
 * codes.h
 *	  Codes as cities keep them, and the values of the extension's enum types
 *	  that they stand for.
 */
#ifndef MISSION_RATES_CODES_H
#define MISSION_RATES_CODES_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"

#include "entry/rating_call.h"
#include "entry/values.h"
#include "rating/problem.h"

/* How bytes are to be understood */
typedef enum LabelKind
{
	LABEL_TEXT,
	LABEL_NUMERIC				/* a numeric as it is stored */
} LabelKind;

/* Finds the value of an enum type that bytes stand for, or InvalidOid. */
typedef Oid (*LabelFinder) (Oid type, const char *bytes, size_t length);

/* How the codes of an enum type are read */
typedef struct CodeType
{
	LabelFinder find;			/* in text without white space around it */
	ProblemCode unknown;
} CodeType;

extern const CodeType code_types[NUM_RATE_TYPES];

extern void append_enum_label(StringInfo out, Oid value);
extern void append_enum_labels(StringInfo out, Oid type);
extern Oid	code_value(RateType kind, Oid type, Span code);
extern Oid	numeric_size_value(Oid type, Datum size);
extern bool code_argument(FunctionCallInfo fcinfo, int argno, bool as_text,
						  RateType kind, RatingCall *call, Label *label);

/*
 * label_memo.c: what texts were found to stand for, so that a column of codes is
 * not looked up in the catalog row by row
 */
extern Oid	remembered_value(Oid type, LabelKind kind, const char *bytes,
							 size_t length, LabelFinder find);

#endif							/* MISSION_RATES_CODES_H */
