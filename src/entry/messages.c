/*
 * messages.c
 *	  The message, the stable code and the error of a problem.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "compat.h"
#include "entry/codes.h"
#include "entry/messages.h"
#include "entry/rating_call.h"

/* Message catalogs are looked for under the extension's name. */
#define translate(text)	dgettext(PG_TEXTDOMAIN("mission_rates"), text)

/* Appends what a placeholder stands for. */
typedef void (*Appender) (StringInfo out, const RatingCall *call);

static void
append_date(StringInfo out, DateADT date)
{
	Datum		text = DirectFunctionCall1(date_out, DateADTGetDatum(date));

	appendStringInfoString(out, DatumGetCString(text));
}

static void
append_argument(StringInfo out, const RatingCall *call)
{
	appendStringInfoString(out, call->problem.argument);
}

/* What a caller passed: the beginning is enough to know it again. */
static void
append_beginning(StringInfo out, const char *text)
{
	const int	most_characters = 60;
	int			length = strlen(text);
	int			kept = pg_mbcharcliplen(text, length, most_characters);

	appendBinaryStringInfo(out, text, kept);
	if (kept < length)
		appendStringInfoString(out, "...");
}

static void
append_other(StringInfo out, const RatingCall *call)
{
	append_beginning(out, call->problem.other);
}

/* The value that was passed: as text where there is one. */
static void
append_value(StringInfo out, const RatingCall *call)
{
	if (call->problem.text != NULL)
		append_beginning(out, call->problem.text);
	else
		appendStringInfo(out, INT64_FORMAT, (int64) call->problem.value);
}

/* The same as a literal that can be pasted into a command. */
static void
append_literal(StringInfo out, const RatingCall *call)
{
	appendStringInfoString(out, quote_literal_cstr(call->problem.text));
}

static void
append_problem_date(StringInfo out, const RatingCall *call)
{
	append_date(out, call->problem.date);
}

static void
append_limit(StringInfo out, const RatingCall *call)
{
	append_date(out, call->problem.limit);
}

static void
append_class(StringInfo out, const RatingCall *call)
{
	append_label(out, call->problem.class_id);
}

static void
append_rate_class(StringInfo out, const RatingCall *call)
{
	append_label(out, call->problem.rate_class_id);
}

static void
append_meter(StringInfo out, const RatingCall *call)
{
	append_label(out, call->problem.meter_id);
}

static void
append_area(StringInfo out, const RatingCall *call)
{
	append_label(out, call->problem.area_id);
}

static void
append_category(StringInfo out, const RatingCall *call)
{
	append_label(out, call->problem.category_id);
}

static void
append_problem_labels(StringInfo out, const RatingCall *call)
{
	append_labels(out, call->problem.label_type);
}

static void
append_contradiction(StringInfo out, const RatingCall *call)
{
	const Contradiction *found = call->problem.contradiction;

	appendStringInfo(out, "%s, %s: %s", found->rate_table, found->item,
					 found->problem);
}

static void
append_tap(StringInfo out, const RatingCall *call)
{
	appendStringInfoString(out, call->problem.compound ?
						   translate("compound tap") : translate("tap"));
}

/* The schedule, saying so where it is only a draft. */
static void
append_schedule(StringInfo out, const RatingCall *call)
{
	const RateSchedule *schedule = call->problem.schedule;

	if (schedule == NULL)
	{
		/* of what else is wrong with a row that no schedule applies to */
		appendStringInfoString(out, translate("no schedule"));
		return;
	}
	appendStringInfo(out, schedule->draft ?
					 translate("draft \"%s\"") :
					 translate("schedule \"%s\""),
					 schedule->name);
}

static const struct
{
	const char *name;
	Appender	append;
}			placeholders[] = {
	{"argument", append_argument},
	{"other", append_other},
	{"value", append_value},
	{"literal", append_literal},
	{"date", append_problem_date},
	{"limit", append_limit},
	{"class", append_class},
	{"rate_class", append_rate_class},
	{"meter", append_meter},
	{"area", append_area},
	{"category", append_category},
	{"labels", append_problem_labels},
	{"contradiction", append_contradiction},
	{"tap", append_tap},
	{"schedule", append_schedule},
};

/* Append what the placeholder "{name}" of a template stands for. */
static void
append_placeholder(StringInfo out, const char *name, size_t length,
				   const RatingCall *call)
{
	for (int i = 0; i < (int) lengthof(placeholders); i++)
		if (strncmp(placeholders[i].name, name, length) == 0 &&
			placeholders[i].name[length] == '\0')
		{
			placeholders[i].append(out, call);
			return;
		}
	elog(ERROR, "unknown placeholder \"%.*s\" in a message",
		 (int) length, name);
}

/* Append a template with its placeholders filled in. */
static void
append_template(StringInfo out, const char *template, const RatingCall *call)
{
	const char *open;

	while ((open = strchr(template, '{')) != NULL)
	{
		size_t		length = strcspn(open + 1, "}");

		appendBinaryStringInfo(out, template, open - template);
		append_placeholder(out, open + 1, length, call);
		template = open + 1 + length + 1;
	}
	appendStringInfoString(out, template);
}

/* A template with its placeholders filled in. */
static char *
fill_in(const char *template, const RatingCall *call)
{
	StringInfoData out;

	initStringInfo(&out);
	append_template(&out, template, call);
	return out.data;
}

/*
 * The template of a message in the language of the session.  gettext takes a
 * lock to find it, which is 15 percent of what a row with a problem costs: so
 * it is asked once for each language.
 */
static const char *
translated_message(ProblemCode code)
{
	static const char *translated[NUM_PROBLEMS];
	static char language[NAMEDATALEN];

	if (strncmp(language, locale_messages, NAMEDATALEN - 1) != 0)
	{
		memset(translated, 0, sizeof(translated));
		strlcpy(language, locale_messages, NAMEDATALEN);
	}
	if (translated[code] == NULL)
		translated[code] = translate(problem_texts[code].message);
	return translated[code];
}

/* The message alone, as billing_problem() returns it. */
char *
problem_message(const RatingCall *call)
{
	return fill_in(translated_message(call->problem.code), call);
}

/* The same as a text: rows with problems are many, and it is made in place. */
text *
problem_message_text(const RatingCall *call)
{
	static const char header[VARHDRSZ];
	StringInfoData out;

	initStringInfo(&out);
	appendBinaryStringInfo(&out, header, VARHDRSZ);
	append_template(&out, translated_message(call->problem.code), call);
	SET_VARSIZE(out.data, out.len);
	return (text *) out.data;
}

/*
 * The stable code of the problem, for GROUP BY: the message holds the value.
 * Codes are never translated.
 */
char *
problem_code(const RatingCall *call)
{
	return fill_in(problem_texts[call->problem.code].code, call);
}

/* Raise the problem. */
void
report_problem(const RatingCall *call)
{
	const ProblemText *text = &problem_texts[call->problem.code];

	ereport(ERROR,
			errcode(text->sqlstate),
			errmsg_internal("%s", problem_message(call)),
			text->detail ? errdetail_internal("%s",
											  fill_in(translate(text->detail),
													  call)) : 0,
			text->hint ? errhint("%s", fill_in(translate(text->hint),
											   call)) : 0);
}
