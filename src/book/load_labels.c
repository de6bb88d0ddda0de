/*
 * load_labels.c
 *	  The labels of the enum types, and their positions.
 *
 * A label's position is its place in the order of its type, which renaming it
 * does not change.  They are read in one scan for each type instead of one
 * look-up for each label, which would be slow in a new backend.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/pg_enum.h"
#include "utils/fmgroids.h"

#include "book/load.h"
#include "book/texts.h"
#include "tables/catalog.h"

/*
 * Add one row of pg_enum.
 */
static void
append_label(MemoryContext context, LabelIndex *labels, int *room,
			 Form_pg_enum row)
{
	if (labels->nlabels == *room)
	{
		*room *= 2;
		labels->ids = repalloc(labels->ids, *room * sizeof(uint32));
		labels->words = repalloc(labels->words, *room * sizeof(char *));
	}
	labels->ids[labels->nlabels] = row->oid;
	labels->words[labels->nlabels] = MemoryContextStrdup(context,
														 NameStr(row->enumlabel));
	labels->nlabels++;
}

/*
 * Read the labels of a type in their order.
 */
static void
read_labels(MemoryContext context, Relation pg_enum, Relation index,
			RateType type, LabelIndex *labels)
{
	int			room = 16;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	labels->type = column_type_oid((ColumnType) type, rate_schema());
	labels->nlabels = 0;
	labels->ids = book_alloc(context, room * sizeof(uint32));
	labels->words = book_alloc(context, room * sizeof(char *));
	ScanKeyInit(&key, Anum_pg_enum_enumtypid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(labels->type));
	scan = systable_beginscan_ordered(pg_enum, index, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext_ordered(scan,
															 ForwardScanDirection)))
		append_label(context, labels, &room, (Form_pg_enum) GETSTRUCT(tuple));
	systable_endscan_ordered(scan);
}

/*
 * Make what is found by position, the texts, and the index that finds it.
 */
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
 * Exchange two labels.
 */
static void
swap_labels(LabelIndex *labels, int a, int b)
{
	uint32		id = labels->ids[a];
	char	   *word = labels->words[a];

	labels->ids[a] = labels->ids[b];
	labels->words[a] = labels->words[b];
	labels->ids[b] = id;
	labels->words[b] = word;
}

/*
 * The place of a label, from "first" on; -1 if there is none.
 */
static int
find_word(const LabelIndex *labels, int first, const char *word)
{
	for (int i = first; i < labels->nlabels; i++)
		if (strcmp(labels->words[i], word) == 0)
			return i;
	return -1;
}

/*
 * The place of the oldest label from "first" on that is not the given word.
 * Labels are numbered as they are made.
 */
static int
find_oldest(const LabelIndex *labels, int first, const char *other)
{
	int			oldest = -1;

	for (int i = first; i < labels->nlabels; i++)
		if (strcmp(labels->words[i], other) != 0 &&
			(oldest < 0 || labels->ids[i] < labels->ids[oldest]))
			oldest = i;
	return oldest;
}

/*
 * Put the labels for inside and outside the city in front, wherever they stand
 * in the order of the type: the ordinance knows no other place.  They are known
 * by their names; one that was renamed by its age, as the type was made with
 * these two.
 */
static void
order_areas(LabelIndex *labels)
{
	static const char *const words[NUM_AREAS] = {
		[AREA_INSIDE] = "inside",
		[AREA_OUTSIDE] = "outside",
	};

	for (int area = 0; area < NUM_AREAS; area++)
	{
		int			place = find_word(labels, area, words[area]);

		if (place < 0)
			place = find_oldest(labels, area, words[NUM_AREAS - 1 - area]);
		if (place < 0)
			ereport(ERROR,
					errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					errmsg("type \"service_area\" has %d labels instead of %d",
						   labels->nlabels, NUM_AREAS),
					errhint_update());
		swap_labels(labels, area, place);
	}
	labels->nlabels = NUM_AREAS;
}

/*
 * Read the labels of every type.
 */
static void
load_labels(MemoryContext context, LabelIndex *labels)
{
	Relation	pg_enum = table_open(EnumRelationId, AccessShareLock);
	Relation	index = index_open(EnumTypIdSortOrderIndexId, AccessShareLock);

	for (int i = 0; i < NUM_RATE_TYPES; i++)
	{
		read_labels(context, pg_enum, index, (RateType) i, &labels[i]);
		if (i == TYPE_AREA)
			order_areas(&labels[i]);
		index_labels(context, &labels[i]);
	}
	index_close(index, AccessShareLock);
	table_close(pg_enum, AccessShareLock);
}

/*
 * load_book
 *		What schedules share, in the given memory context: labels, and the
 *		words that every line of a kind has.
 */
RateBook *
load_book(MemoryContext context)
{
	RateBook   *book = book_alloc(context, sizeof(RateBook));

	load_labels(context, book->labels);
	for (int i = 0; i < NUM_LINE_KINDS; i++)
	{
		const LineWords *words = &line_words[i];
		LineTexts  *texts = &book->line_texts[i];

		texts->service = keep_words(context, words->service);
		texts->charge = keep_words(context, words->charge);
		texts->unit = keep_words(context, words->unit);
		texts->description = keep_words(context, words->description);
	}
	return book;
}
