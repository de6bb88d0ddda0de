/*
 * load_labels.c
 *	  The labels of the enum types, and their positions.
 *
 * A label's position is its place in the order of its type, which renaming it
 * does not change.
 */
#include "postgres.h"

#include "catalog/pg_enum.h"

#include "book/load.h"
#include "tables/catalog.h"

/* Read the labels of a type in their order. */
static void
read_labels(MemoryContext context, RateType type, LabelIndex *labels)
{
	List	   *rows;
	ListCell   *cell;

	labels->type = rate_type_oid(type);
	rows = enum_rows(labels->type);
	labels->ids = book_alloc(context, list_length(rows) * sizeof(uint32));
	labels->words = book_alloc(context, list_length(rows) * sizeof(char *));
	foreach(cell, rows)
	{
		Form_pg_enum row = lfirst(cell);

		labels->ids[labels->nlabels] = row->oid;
		labels->words[labels->nlabels++] =
			MemoryContextStrdup(context, NameStr(row->enumlabel));
	}
}

/*
 * The place of the label for an area, which is known by its name; one that was
 * renamed by its age: the type was made with the two, and labels are numbered
 * as they are made.  -1: there is none.
 */
static int
find_area(const LabelIndex *labels, const char *name, const char *other_name,
		  int other)
{
	int			oldest = -1;

	for (int i = 0; i < labels->nlabels; i++)
	{
		if (strcmp(labels->words[i], name) == 0)
			return i;
		if (i != other && strcmp(labels->words[i], other_name) != 0 &&
			(oldest < 0 || labels->ids[i] < labels->ids[oldest]))
			oldest = i;
	}
	return oldest;
}

/*
 * Keep the labels for inside and outside the city, wherever they stand in the
 * order of the type: the ordinance knows no other place.
 */
static void
keep_areas(LabelIndex *labels)
{
	int			inside = find_area(labels, "inside", "outside", -1);
	int			outside = find_area(labels, "outside", "inside", inside);
	uint32		ids[NUM_AREAS];
	char	   *words[NUM_AREAS];

	if (inside < 0 || outside < 0)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("type \"service_area\" has %d labels instead of %d",
					   labels->nlabels, NUM_AREAS),
				errhint_update());
	ids[AREA_INSIDE] = labels->ids[inside];
	ids[AREA_OUTSIDE] = labels->ids[outside];
	words[AREA_INSIDE] = labels->words[inside];
	words[AREA_OUTSIDE] = labels->words[outside];
	memcpy(labels->ids, ids, sizeof(ids));
	memcpy(labels->words, words, sizeof(words));
	labels->nlabels = NUM_AREAS;
}

/* Make what is found by position, the texts, and the index that finds it. */
static void
index_labels(MemoryContext context, LabelIndex *labels)
{
	int			slot_bits = 1;

	labels->texts = book_alloc(context, labels->nlabels * sizeof(RateText *));
	for (int i = 0; i < labels->nlabels; i++)
		labels->texts[i] = keep_words(context, labels->words[i]);
	while ((1 << slot_bits) < 2 * labels->nlabels)
		slot_bits++;
	while (!label_index_build(labels,
							  book_alloc(context, sizeof(LabelSlot) << slot_bits),
							  slot_bits))
		slot_bits++;
}

/*
 * load_book
 *		What schedules share, in the given memory context: the labels of every
 *		type, and the words that every line of a kind has.
 */
RateBook *
load_book(MemoryContext context)
{
	RateBook   *book = book_alloc(context, sizeof(RateBook));

	for (int i = 0; i < NUM_RATE_TYPES; i++)
	{
		read_labels(context, (RateType) i, &book->labels[i]);
		if (i == TYPE_AREA)
			keep_areas(&book->labels[i]);
		index_labels(context, &book->labels[i]);
	}
	for (int i = 0; i < NUM_LINE_KINDS; i++)
	{
		const LineWords *words = &line_words[i];

		book->line_texts[i] = (LineTexts) {
			.service = keep_words(context, words->service),
			.charge = keep_words(context, words->charge),
			.unit = keep_words(context, words->unit),
			.description = keep_words(context, words->description)
		};
	}
	return book;
}
