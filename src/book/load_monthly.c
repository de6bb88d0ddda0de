/*
 * load_monthly.c
 *	  The tables of monthly charges: class_rule, water_minimum, water_volume,
 *	  sewer_rate and sewer_volume (§ 114-54(a), (b)(2) and (c)(2)).
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "book/load.h"
#include "book/texts.h"
#include "book/words.h"
#include "tables/datum.h"

/* One block of a class, until the blocks of a class are put together */
typedef struct BlockRow
{
	int			class;
	VolumeBlock block;
} BlockRow;

/* Gives a block of a class its words and its place. */
typedef void (*BlockPlacer) (RateLoad *load, int class, VolumeBlock *block);

/*
 * The name of a class: the label of its rule, or else its code.
 */
static const char *
class_name(const RateLoad *load, int class)
{
	const char *label = load->class_words[class];

	if (label == NULL || label[0] == '\0')
		return load->book->labels[TYPE_CLASS].words[class];
	return label;
}

/*
 * class_rule: what rates a class takes.
 */
static void
read_class_rule(RateLoad *load, const Datum *values, const bool *isnull)
{
	int			class = label_position(load, TYPE_CLASS,
									   values[CLASS_RULE_CLASS - 1]);
	ClassRates *rates = &load->classes[class];

	rates->has_rule = true;
	load->class_words[class] =
		TextDatumGetCString(values[CLASS_RULE_LABEL - 1]);
	rates->area = label_position(load, TYPE_AREA,
								 values[CLASS_RULE_SERVICE_AREA - 1]);
	if (!isnull[CLASS_RULE_RATE_GROUP - 1])
		rates->group = label_position(load, TYPE_GROUP,
									  values[CLASS_RULE_RATE_GROUP - 1]);
	if (!isnull[CLASS_RULE_OUTSIDE_CLASS - 1])
		rates->outside =
			&load->classes[label_position(load, TYPE_CLASS,
										  values[CLASS_RULE_OUTSIDE_CLASS - 1])];
}

/*
 * water_minimum: a cell of the tables of minimum charges.
 */
static void
read_water_minimum(RateLoad *load, const Datum *values, const bool *isnull)
{
	int			group = label_position(load, TYPE_GROUP,
									   values[WATER_MINIMUM_RATE_GROUP - 1]);
	int			size = label_position(load, TYPE_SIZE,
									  values[WATER_MINIMUM_METER_SIZE - 1]);
	int			area = label_position(load, TYPE_AREA,
									  values[WATER_MINIMUM_SERVICE_AREA - 1]);
	MinimumCharge *minimum;

	(void) isnull;
	if (area < 0)
		return;
	minimum = &load->minimums[minimum_cell(load->book, group, size, area)];
	minimum->amount = rate_from_numeric(values[WATER_MINIMUM_AMOUNT - 1]);
	minimum->description = describe_minimum(load, size, area);
	minimum->section = keep_text(load, values[WATER_MINIMUM_SECTION - 1]);
}

/*
 * Keep a block until all are there.
 */
static void
keep_block(RateLoad *load, Datum class, Datum above, Datum rate, Datum section)
{
	BlockRow   *row = palloc0(sizeof(BlockRow));

	row->class = label_position(load, TYPE_CLASS, class);
	row->block.above = DatumGetInt64(above);
	row->block.rate = rate_from_numeric(rate);
	row->block.section = keep_text(load, section);
	load->blocks = lappend(load->blocks, row);
}

/*
 * water_volume: a block of a class.
 */
static void
read_water_volume(RateLoad *load, const Datum *values, const bool *isnull)
{
	(void) isnull;
	keep_block(load, values[WATER_VOLUME_CLASS - 1],
			   values[WATER_VOLUME_ABOVE_GALLONS - 1],
			   values[WATER_VOLUME_RATE_PER_1000 - 1],
			   values[WATER_VOLUME_SECTION - 1]);
}

/*
 * sewer_volume: the same for sewer.
 */
static void
read_sewer_volume(RateLoad *load, const Datum *values, const bool *isnull)
{
	(void) isnull;
	keep_block(load, values[SEWER_VOLUME_CLASS - 1],
			   values[SEWER_VOLUME_ABOVE_GALLONS - 1],
			   values[SEWER_VOLUME_RATE_PER_1000 - 1],
			   values[SEWER_VOLUME_SECTION - 1]);
}

/*
 * sewer_rate: the rates of a class.  Without a factor the class is flat (S14);
 * with a factor and no rate its volume is rated by blocks.
 */
static void
read_sewer_rate(RateLoad *load, const Datum *values, const bool *isnull)
{
	int			class = label_position(load, TYPE_CLASS,
									   values[SEWER_RATE_CLASS - 1]);
	const char *name = class_name(load, class);
	SewerRate  *sewer = &load->classes[class].sewer;

	sewer->present = true;
	sewer->fixed = rate_from_numeric(values[SEWER_RATE_FIXED - 1]);
	sewer->flat = isnull[SEWER_RATE_FACTOR - 1];
	sewer->fixed_description = describe_sewer_fixed(load, name, sewer->flat);
	sewer->rate = rate_or_none(values[SEWER_RATE_RATE_PER_1000 - 1],
							   isnull[SEWER_RATE_RATE_PER_1000 - 1]);
	if (!sewer->flat)
	{
		sewer->factor = rate_from_numeric(values[SEWER_RATE_FACTOR - 1]);
		sewer->volume_description = describe_sewer_volume(load, name,
														  sewer->factor);
	}
	sewer->section = keep_text(load, values[SEWER_RATE_SECTION - 1]);
}

/*
 * Order blocks by class, then by the gallons they begin above.
 */
static int
compare_blocks(const ListCell *a, const ListCell *b)
{
	const BlockRow *row_a = lfirst(a);
	const BlockRow *row_b = lfirst(b);

	if (row_a->class != row_b->class)
		return (row_a->class < row_b->class) ? -1 : 1;
	return (row_a->block.above > row_b->block.above) -
		(row_a->block.above < row_b->block.above);
}

static void
place_water_block(RateLoad *load, int class, VolumeBlock *block)
{
	RateSchedule *schedule = load->schedule;
	ClassRates *rates = &load->classes[class];

	block->description = describe_volume(load, block->above, block->upto);
	if (rates->nblocks++ == 0)
		rates->blocks = block;
	schedule->max_blocks = Max(schedule->max_blocks, rates->nblocks);
}

/*
 * What a block contradicts; NULL: it can be rated.
 */
static const char *
block_problem(const SewerRate *sewer)
{
	if (!sewer->present)
		return "blocks of a class without a sewer_rate row";
	if (sewer->rate != NO_RATE)
		return psprintf("blocks beside a rate by volume, sewer_rate has %s",
						rate_words(sewer->rate));
	if (sewer->flat)
		return "blocks of a class with a flat rate, sewer_rate has no factor";
	return NULL;
}

/*
 * One that contradicts the rate of its class is noted, once for each class.
 */
static void
place_sewer_block(RateLoad *load, int class, VolumeBlock *block)
{
	RateSchedule *schedule = load->schedule;
	SewerRate  *sewer = &load->classes[class].sewer;
	const char *problem = block_problem(sewer);

	if (problem != NULL)
	{
		if (sewer->contradiction == NULL)
			sewer->contradiction = add_contradiction(load, "sewer_volume",
													 class, NULL, problem);
		return;
	}
	block->description = describe_sewer_block(load, class_name(load, class),
											  sewer->factor, block->above,
											  block->upto);
	if (sewer->nblocks++ == 0)
		sewer->blocks = block;
	schedule->max_sewer_blocks = Max(schedule->max_sewer_blocks,
									 sewer->nblocks);
}

/*
 * Put the blocks of each class together; a block ends where the next begins.
 */
static void
finish_blocks(RateLoad *load, BlockPlacer place)
{
	int			nblocks = list_length(load->blocks);
	VolumeBlock *blocks = book_alloc(load->context, nblocks * sizeof(VolumeBlock));

	list_sort(load->blocks, compare_blocks);
	for (int i = 0; i < nblocks; i++)
	{
		BlockRow   *row = list_nth(load->blocks, i);
		BlockRow   *next = (i + 1 < nblocks) ?
			list_nth(load->blocks, i + 1) : NULL;

		blocks[i] = row->block;
		blocks[i].upto = (next != NULL && next->class == row->class) ?
			next->block.above : INT64_MAX;
		place(load, row->class, &blocks[i]);
	}
	load->blocks = NIL;
}

/*
 * A class that is not flat needs a rate or blocks.  One whose rows contradict
 * one another has no sewer rate.
 */
static void
finish_sewer(RateLoad *load)
{
	for (int i = 0; i < load->book->labels[TYPE_CLASS].nlabels; i++)
	{
		SewerRate  *sewer = &load->classes[i].sewer;

		if (sewer->present && !sewer->flat && sewer->rate == NO_RATE &&
			sewer->nblocks == 0)
			sewer->contradiction =
				add_contradiction(load, "sewer_rate", i, NULL,
								  "it has a factor, but neither a rate by"
								  " volume nor blocks");
		if (sewer->contradiction != NULL)
			sewer->present = false;
		sewer->simple = sewer->factor == RATE_UNIT && sewer->nblocks == 0;
	}
}

/* The cells of classes and minimum charges, all empty */
static void
make_cells(RateLoad *load)
{
	const LabelIndex *labels = load->book->labels;
	int			nclasses = labels[TYPE_CLASS].nlabels;
	int			nminimums = labels[TYPE_GROUP].nlabels *
		labels[TYPE_SIZE].nlabels * NUM_AREAS;

	load->classes = book_alloc(load->context, nclasses * sizeof(ClassRates));
	load->class_words = palloc0(nclasses * sizeof(char *));
	load->minimums = book_alloc(load->context, nminimums *
								sizeof(MinimumCharge));
	for (int i = 0; i < nclasses; i++)
	{
		load->classes[i].id = load->book->labels[TYPE_CLASS].ids[i];
		load->classes[i].group = -1;
		load->classes[i].area = -1;
	}
	for (int i = 0; i < nminimums; i++)
		load->minimums[i].amount = NO_RATE;
	load->schedule->classes = load->classes;
	load->schedule->minimums = load->minimums;
}

/*
 * load_monthly_rates
 *		Read the tables; the rules first, as they name the classes.
 */
void
load_monthly_rates(RateLoad *load)
{
	make_cells(load);
	load_table(load, TABLE_CLASS_RULE, read_class_rule);
	load_table(load, TABLE_WATER_MINIMUM, read_water_minimum);
	load_table(load, TABLE_WATER_VOLUME, read_water_volume);
	finish_blocks(load, place_water_block);
	load_table(load, TABLE_SEWER_RATE, read_sewer_rate);
	load_table(load, TABLE_SEWER_VOLUME, read_sewer_volume);
	finish_blocks(load, place_sewer_block);
	finish_sewer(load);
}
