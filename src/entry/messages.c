/*
 * messages.c
 *	  The message, the stable code and the error of a problem.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "compat.h"
#include "entry/codes.h"
#include "entry/messages.h"
#include "entry/rating_call.h"
#include "tables/scan.h"

/* What a caller passed: the beginning is enough to know it again. */
static void
append_beginning(StringInfo out, const char *text)
{
	const int	most_characters = 60;
	int			length = strlen(text);
	int			kept = length <= most_characters ? length :
		pg_mbcharcliplen(text, length, most_characters);

	appendBinaryStringInfo(out, text, kept);
	if (kept < length)
		appendStringInfoString(out, "...");
}

/* The value that was passed: as text where there is one. */
static void
append_value(StringInfo out, const Problem *p)
{
	if (p->text != NULL)
		append_beginning(out, p->text);
	else
		appendStringInfo(out, INT64_FORMAT, (int64) p->value);
}

/* The schedule, saying so where it is only a draft. */
static void
append_schedule(StringInfo out, const RateSchedule *schedule)
{
	if (schedule == NULL)		/* no schedule applies to a row of accounts */
		appendStringInfoString(out, "no schedule");
	else
		appendStringInfo(out, "%s \"%s\"",
						 schedule->draft ? "draft" : "schedule",
						 schedule->name);
}

static void
append_contradiction(StringInfo out, const Contradiction *found)
{
	appendStringInfo(out, "%s, %s: %s", found->rate_table, found->item,
					 found->problem);
}

/* Is this the placeholder that a template goes on with, after its brace? */
static inline bool
is_placeholder(const char *template, const char *name)
{
	size_t		length = strlen(name);

	return strncmp(template, name, length) == 0 && template[length] == '}';
}

/* Append what the placeholder that a template goes on with stands for. */
static void
append_placeholder(StringInfo out, const char *template, const Problem *p)
{
	if (is_placeholder(template, "value"))
		append_value(out, p);
	else if (is_placeholder(template, "schedule"))
		append_schedule(out, p->schedule);
	else if (is_placeholder(template, "argument"))
		appendStringInfoString(out, p->argument);
	else if (is_placeholder(template, "other"))
		append_beginning(out, p->other);
	else if (is_placeholder(template, "literal"))
		appendStringInfoString(out, quote_literal_cstr(p->text));
	else if (is_placeholder(template, "date"))
		appendStringInfoString(out, date_text(p->date));
	else if (is_placeholder(template, "limit"))
		appendStringInfoString(out, date_text(p->limit));
	else if (is_placeholder(template, "class"))
		append_enum_label(out, p->class_id);
	else if (is_placeholder(template, "rate_class"))
		append_enum_label(out, p->rate_class_id);
	else if (is_placeholder(template, "meter"))
		append_enum_label(out, p->meter_id);
	else if (is_placeholder(template, "area"))
		append_enum_label(out, p->area_id);
	else if (is_placeholder(template, "category"))
		append_enum_label(out, p->label);
	else if (is_placeholder(template, "labels"))
		append_enum_labels(out, p->label);
	else if (is_placeholder(template, "contradiction"))
		append_contradiction(out, p->contradiction);
	else
		elog(ERROR, "unknown placeholder in a message: {%s", template);
}

/*
 * A template with its placeholders filled in.  Rows with problems are many, so
 * the text is made in place.
 */
static text *
fill_in(const char *template, const Problem *p)
{
	const char *open;
	StringInfoData out;

	initStringInfo(&out);
	out.len = VARHDRSZ;
	while ((open = strchr(template, '{')) != NULL)
	{
		appendBinaryStringInfo(&out, template, open - template);
		append_placeholder(&out, open + 1, p);
		template = strchr(open, '}') + 1;
	}
	appendStringInfoString(&out, template);
	SET_VARSIZE(out.data, out.len);
	return (text *) out.data;
}

/*
 * problem_message
 *		The message alone, as billing_problem() returns it.
 */
text *
problem_message(const RatingCall *call)
{
	return fill_in(problem_texts[call->problem.code].message, &call->problem);
}

/*
 * problem_code
 *		The stable code, for GROUP BY: a message holds the value.
 */
text *
problem_code(const RatingCall *call)
{
	return fill_in(problem_texts[call->problem.code].code, &call->problem);
}

/* A template, filled in as a C string */
static char *
filled_in(const char *template, const Problem *p)
{
	return text_to_cstring(fill_in(template, p));
}

/*
 * report_problem
 *		Raise the problem.
 */
void
report_problem(const RatingCall *call)
{
	const Problem *p = &call->problem;
	const ProblemText *texts = &problem_texts[p->code];

	ereport(ERROR,
			errcode(texts->sqlstate),
			errmsg_internal("%s", filled_in(texts->message, p)),
			texts->detail ?
			errdetail_internal("%s", filled_in(texts->detail, p)) : 0,
			texts->hint ? errhint("%s", filled_in(texts->hint, p)) : 0);
}
