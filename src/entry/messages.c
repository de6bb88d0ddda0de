/*
 * messages.c
 *	  What is said of each problem, in one wording: bill() raises it,
 *	  billing_problem() returns it.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "entry/labels.h"
#include "entry/messages.h"
#include "entry/rating_call.h"

/* Append the value that was passed: text where there is one. */
static void
append_value(StringInfo out, const Problem *p)
{
	if (p->text != NULL)
		appendStringInfoString(out, p->text);
	else
		appendStringInfo(out, INT64_FORMAT, (int64) p->value);
}

static void
append_date(StringInfo out, DateADT date)
{
	Datum		text = DirectFunctionCall1(date_out, DateADTGetDatum(date));

	appendStringInfoString(out, DatumGetCString(text));
}

/* Append the schedule, saying so where it is only a draft. */
static void
append_schedule(StringInfo out, const Problem *p)
{
	if (p->schedule != NULL)
		appendStringInfo(out, " (%s \"%s\")",
						 p->schedule->draft ? "draft" : "schedule",
						 p->schedule->name);
}

/* The first schedule in force, where a date lies before all of them. */
static void
append_first_schedule(StringInfo out, const RateBook *book)
{
	if (book->nadopted == 0)
	{
		appendStringInfoString(out, "No schedule has been adopted.");
		return;
	}
	appendStringInfo(out, "The first schedule, \"%s\", took effect on ",
					 book->adopted[0]->name);
	append_date(out, book->adopted[0]->effective_from);
	appendStringInfoChar(out, '.');
}

/* Append what a placeholder of a template stands for; messages.h lists them. */
static void
append_placeholder(StringInfo out, char placeholder, const RatingCall *call)
{
	const Problem *p = &call->problem;

	switch (placeholder)
	{
		case 'a':
			appendStringInfoString(out, p->argument);
			break;
		case 'o':
			appendStringInfoString(out, p->other);
			break;
		case 'v':
			append_value(out, p);
			break;
		case 'd':
			append_date(out, p->date);
			break;
		case 'l':
			append_date(out, p->limit);
			break;
		case 'c':
			append_label(out, p->class_id);
			break;
		case 'r':
			append_label(out, p->rate_class_id);
			break;
		case 'm':
			append_label(out, p->meter_id);
			break;
		case 'p':
			append_label(out, p->area_id);
			break;
		case 'k':
			append_label(out, p->category_id);
			break;
		case 'x':
			appendStringInfoString(out, p->compound ? "compound " : "");
			break;
		case 's':
			append_schedule(out, p);
			break;
		case 'f':
			append_first_schedule(out, call->book);
			break;
		case 'n':
			appendStringInfo(out, INT64_FORMAT " of " INT64_FORMAT,
							 (int64) p->schedule->rows,
							 (int64) p->schedule->sealed_rows);
			break;
		default:
			elog(ERROR, "unknown placeholder \"%c\" in a message", placeholder);
	}
}

/* A template with its placeholders filled in. */
static char *
fill_in(const char *template, const RatingCall *call)
{
	StringInfoData out;

	initStringInfo(&out);
	for (const char *at = template; *at != '\0'; at++)
	{
		if (*at == '%')
			append_placeholder(&out, *++at, call);
		else
			appendStringInfoChar(&out, *at);
	}
	return out.data;
}

/* The message alone, as billing_problem() returns it. */
char *
problem_message(const RatingCall *call)
{
	return fill_in(problem_texts[call->problem.code].message, call);
}

/* Raise the problem. */
void
report_problem(const RatingCall *call)
{
	const ProblemText *text = &problem_texts[call->problem.code];

	ereport(ERROR,
			errcode(text->sqlstate),
			errmsg_internal("%s", fill_in(text->message, call)),
			text->detail ?
			errdetail_internal("%s", fill_in(text->detail, call)) : 0,
			text->hint ? errhint("%s", fill_in(text->hint, call)) : 0);
}
