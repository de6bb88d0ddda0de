/*
 * document_values.h
 *	  Where in a document something is, and what may be there.
 */
#ifndef MISSION_RATES_DOCUMENT_VALUES_H
#define MISSION_RATES_DOCUMENT_VALUES_H

#include "postgres.h"

#include "schedule/document_keys.h"

/* An object of the document: itself, or a row of an array */
typedef struct DocumentPlace
{
	const char *array;			/* NULL: the document itself */
	int64		row;			/* counted from 1 */
} DocumentPlace;

/* A key and its value */
typedef struct DocumentMember
{
	char	   *key;
	char	   *kind;			/* what json_typeof() calls the value */
	char	   *text;			/* NULL: null */
} DocumentMember;

typedef struct DocumentObject
{
	int			number;
	DocumentMember *members;
} DocumentObject;

extern char *document_place(const DocumentPlace *place, const char *key);
extern char *document_clip(const char *text);
extern void check_document_label(const DocumentPlace *place, const char *key,
								 RateType type, const char *label,
								 const char *after);
extern DocumentMember **read_document_members(const DocumentPlace *place,
											  const DocumentKeys *keys,
											  DocumentObject *object);

#endif							/* MISSION_RATES_DOCUMENT_VALUES_H */
