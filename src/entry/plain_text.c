/*
 * plain_text.c
 *	  Characters that stand for plain ones: no-break space, fractions,
 *	  typographic quotes.
 *
 * Spreadsheets and word processors put them in on their own.  They are known in
 * every encoding that has them; SQL_ASCII does not say what its bytes are.
 */
#include "postgres.h"

#include <ctype.h>

#include "catalog/namespace.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "entry/values.h"

static const struct
{
	const char *utf8;
	const char *plain;
}			special[] = {
	{"\xC2\xA0", " "},			/* no-break space */
	{"\xC2\xBC", "1/4"},
	{"\xC2\xBD", "1/2"},
	{"\xC2\xBE", "3/4"},
	{"\xE2\x85\x9B", "1/8"},
	{"\xE2\x85\x9C", "3/8"},
	{"\xE2\x85\x9D", "5/8"},
	{"\xE2\x85\x9E", "7/8"},
	{"\xE2\x80\x99", "'"},		/* right single quotation mark */
	{"\xE2\x80\x9D", "\""},		/* right double quotation mark */
	{"\xE2\x80\xB2", "'"},		/* prime */
	{"\xE2\x80\xB3", "\""},		/* double prime */
};

/* Each of them in the encoding of the database; empty where it has none. */
static char native[lengthof(special)][16];
static bool native_known = false;

/* One of them; the caller has ruled out encodings without a conversion. */
static void
find_native(int at, int encoding, Oid conversion)
{
	unsigned char utf8[8];
	unsigned char found[sizeof(utf8) * MAX_CONVERSION_GROWTH + 1];
	int			length = strlen(special[at].utf8);

	memcpy(utf8, special[at].utf8, length + 1);
	if (pg_do_encoding_conversion_buf(conversion, PG_UTF8, encoding, utf8,
									  length, found, sizeof(found), true) == length &&
		strlen((char *) found) < sizeof(native[at]))
		strlcpy(native[at], (char *) found, sizeof(native[at]));
}

/* All of them: the encoding of a database never changes. */
static void
find_all_native(void)
{
	int			encoding = GetDatabaseEncoding();
	Oid			conversion = InvalidOid;

	if (encoding != PG_UTF8 && encoding != PG_SQL_ASCII)
		conversion = FindDefaultConversionProc(PG_UTF8, encoding);
	for (int i = 0; i < (int) lengthof(special); i++)
		if (encoding == PG_UTF8)
			strlcpy(native[i], special[i].utf8, sizeof(native[i]));
		else if (OidIsValid(conversion))
			find_native(i, encoding, conversion);
	native_known = true;
}

/* What a character stands for; NULL: for itself. */
static const char *
plain_character(const char *character, size_t length)
{
	for (int i = 0; i < (int) lengthof(special); i++)
		if (native[i][0] != '\0' && strlen(native[i]) == length &&
			memcmp(native[i], character, length) == 0)
			return special[i].plain;
	return NULL;
}

/* Append that; a fraction stands apart from the whole number before it. */
static void
append_plain(StringInfo plain, const char *stands_for)
{
	if (isdigit((unsigned char) stands_for[0]) && plain->len > 0 &&
		isdigit((unsigned char) plain->data[plain->len - 1]))
		appendStringInfoChar(plain, ' ');
	appendStringInfoString(plain, stands_for);
}

/* Has the text a byte that is not ASCII? */
static bool
has_high_byte(Span span)
{
	for (size_t i = 0; i < span.length; i++)
		if (IS_HIGHBIT_SET(span.start[i]))
			return true;
	return false;
}

/*
 * make_plain
 *		Put plain characters in place of those above, and leave out the white
 *		space around; false: the text has none of them.
 */
bool
make_plain(Span *span)
{
	StringInfoData plain;
	size_t		length;
	bool		changed = false;

	if (!has_high_byte(*span))
		return false;
	if (!native_known)
		find_all_native();
	initStringInfo(&plain);
	for (size_t at = 0; at < span->length; at += length)
	{
		const char *character = span->start + at;
		const char *stands_for;

		length = Min((size_t) pg_encoding_mblen(GetDatabaseEncoding(), character),
					 span->length - at);
		stands_for = plain_character(character, length);
		changed |= stands_for != NULL;
		if (stands_for != NULL)
			append_plain(&plain, stands_for);
		else
			appendBinaryStringInfo(&plain, character, length);
	}
	*span = trimmed((Span) {plain.data, plain.len});
	return changed;
}
