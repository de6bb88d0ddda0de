/*
 * codes.h
 *	  Codes as cities keep them: how those of each type are read, and what is
 *	  said of one that is none.
 */
#ifndef MISSION_RATES_CODES_H
#define MISSION_RATES_CODES_H

#include "postgres.h"

#include "fmgr.h"

#include "entry/labels.h"
#include "entry/values.h"
#include "rating/problem.h"

typedef struct CodeType
{
	Oid			(*read) (Oid type, const char *code, size_t length);
	ProblemCode unknown;
} CodeType;

static const CodeType class_codes = {code_value, PROBLEM_INVALID_CLASS};
static const CodeType size_codes = {size_value, PROBLEM_INVALID_METER};
static const CodeType area_codes = {code_value, PROBLEM_INVALID_AREA};
static const CodeType category_codes = {code_value, PROBLEM_INVALID_CATEGORY};

/*
 * An argument that is not NULL: a value of the type, or its text in the text
 * form of the function.  False: there is no such value.
 */
static inline bool
code_argument(FunctionCallInfo fcinfo, int argno, bool as_text,
			  const LabelIndex *labels, const CodeType *codes, Label *label,
			  Problem *p)
{
	Oid			value = PG_GETARG_OID(argno);

	if (as_text)
	{
		Span		code = text_span(PG_GETARG_DATUM(argno));

		value = codes->read(labels->type, code.start, code.length);
		if (!OidIsValid(value))
		{
			p->text = pnstrdup(code.start, code.length);
			p->label_type = labels->type;
			return note_problem(p, codes->unknown);
		}
	}
	*label = label_of(labels, value);
	return true;
}

#endif							/* MISSION_RATES_CODES_H */
