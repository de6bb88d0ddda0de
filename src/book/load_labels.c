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

/*
 * Add one row of pg_enum.
 */
static void
add_label(RateLoad *load, RateLabels *labels, int *room, Form_pg_enum row)
{
	if (labels->nlabels == *room)
	{
		*room *= 2;
		labels->ids = repalloc(labels->ids, *room * sizeof(uint32));
		labels->words = repalloc(labels->words, *room * sizeof(char *));
	}
	labels->ids[labels->nlabels] = row->oid;
	labels->words[labels->nlabels] = MemoryContextStrdup(load->context,
														 NameStr(row->enumlabel));
	labels->nlabels++;
}

/*
 * Read the labels of a type in their order.
 */
static void
read_labels(RateLoad *load, Relation pg_enum, Relation index, RateType type)
{
	RateLabels *labels = &load->compiled->labels[type];
	int			room = 16;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	labels->nlabels = 0;
	labels->ids = book_alloc(load, room * sizeof(uint32));
	labels->words = book_alloc(load, room * sizeof(char *));
	ScanKeyInit(&key, Anum_pg_enum_enumtypid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(load->catalog->types[type]));
	scan = systable_beginscan_ordered(pg_enum, index, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext_ordered(scan,
															 ForwardScanDirection)))
		add_label(load, labels, &room, (Form_pg_enum) GETSTRUCT(tuple));
	systable_endscan_ordered(scan);
}

/*
 * Build the index from the identifying number of a label to its position.
 */
static void
build_label_index(RateLoad *load, const RateLabels *labels, int nlabels,
				  LabelIndex *index)
{
	int			slot_bits = 1;

	index->nlabels = nlabels;
	index->ids = book_alloc(load, nlabels * sizeof(uint32));
	memcpy(index->ids, labels->ids, nlabels * sizeof(uint32));
	while ((1 << slot_bits) < 2 * nlabels)
		slot_bits++;
	while (!label_index_build(index,
							  book_alloc(load, sizeof(LabelSlot) << slot_bits),
							  slot_bits))
		slot_bits++;
}

/*
 * load_labels
 *		Read the labels of every type.
 *
 * Of the places a connection can be in, the first is inside and the second
 * outside the city; the ordinance knows no other.
 */
void
load_labels(RateLoad *load)
{
	RateLabels *labels = load->compiled->labels;
	RateBook   *book = load->book;
	Relation	pg_enum = table_open(EnumRelationId, AccessShareLock);
	Relation	index = index_open(EnumTypIdSortOrderIndexId, AccessShareLock);

	for (int i = 0; i < NUM_RATE_TYPES; i++)
		read_labels(load, pg_enum, index, (RateType) i);
	index_close(index, AccessShareLock);
	table_close(pg_enum, AccessShareLock);

	build_label_index(load, &labels[TYPE_CLASS], labels[TYPE_CLASS].nlabels,
					  &book->classes);
	build_label_index(load, &labels[TYPE_GROUP], labels[TYPE_GROUP].nlabels,
					  &book->groups);
	build_label_index(load, &labels[TYPE_SIZE], labels[TYPE_SIZE].nlabels,
					  &book->sizes);
	build_label_index(load, &labels[TYPE_AREA],
					  Min(labels[TYPE_AREA].nlabels, NUM_AREAS), &book->areas);
	build_label_index(load, &labels[TYPE_CATEGORY],
					  labels[TYPE_CATEGORY].nlabels, &book->categories);
}
