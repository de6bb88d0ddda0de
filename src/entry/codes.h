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

#include "entry/label_memo.h"
#include "entry/plain_text.h"
#include "entry/rating_call.h"
#include "rating/problem.h"

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

#endif							/* MISSION_RATES_CODES_H */
