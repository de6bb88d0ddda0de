/*
 * load_monthly.c
 *	  The tables of monthly charges: class_rule, water_minimum, water_volume,
 *	  sewer_rate and sewer_volume (§ 114-54(a), (b)(2) and (c)(2)).
 */
#include "postgres.h"

#include "book/book.h"
#include "book/load.h"

/* One block of a class, until the blocks of a class are put together */
typedef struct BlockRow
{
	int			class;
	VolumeBlock block;
} BlockRow;

/* Gives a block of a class its words and its place. */
typedef void (*BlockPlacer) (RateLoad *load, int class, VolumeBlock *block);

/* The name of a class: the label of its rule, or else its code. */
static const char *
class_name(const RateLoad *load, int class)
{
	const char *name = load->class_names[class];

	return name != NULL && name[0] != '\0' ? name :
		label_word(load, TYPE_CLASS, class);
}

/* class_rule: what rates a class takes. */
static void
read_class_rule(RateLoad *load, const RateRow *row, void *element)
{
	int			class = row_position(load, row, CLASS_RULE_CLASS);
	ClassRates *rates = &load->classes[class];

	(void) element;
	rates->has_rule = true;
	load->class_names[class] = row_string(row, CLASS_RULE_LABEL);
	rates->area = row_position(load, row, CLASS_RULE_SERVICE_AREA);
	rates->group = row_position(load, row, CLASS_RULE_RATE_GROUP);
	if (!row_is_null(row, CLASS_RULE_OUTSIDE_CLASS))
		rates->outside = &load->classes[row_position(load, row,
													 CLASS_RULE_OUTSIDE_CLASS)];
}

/* water_minimum: a cell of the tables of minimum charges. */
static void
read_water_minimum(RateLoad *load, const RateRow *row, void *element)
{
	int			group = row_position(load, row, WATER_MINIMUM_RATE_GROUP);
	int			size = row_position(load, row, WATER_MINIMUM_METER_SIZE);
	int			area = row_position(load, row, WATER_MINIMUM_SERVICE_AREA);
	MinimumCharge *minimum;

	(void) element;
	if (area < 0)
		return;
	minimum = &load->minimums[minimum_cell(load->book, group, size, area)];
	minimum->amount = row_rate(row, WATER_MINIMUM_AMOUNT);
	minimum->section = row_text(load, row, WATER_MINIMUM_SECTION);
	minimum->description = describe(load, "Water minimum, %s inch, %s",
									label_word(load, TYPE_SIZE, size),
									label_word(load, TYPE_AREA, area));
}

/*
 * water_volume, sewer_volume: a block of a class.  The tables have the same
 * columns.
 */
static void
read_block(RateLoad *load, const RateRow *row, void *element)
{
	BlockRow   *block = element;

	StaticAssertStmt((int) WATER_VOLUME_SECTION == (int) SEWER_VOLUME_SECTION,
					 "sewer_volume has not the columns of water_volume");
	block->class = row_position(load, row, WATER_VOLUME_CLASS);
	block->block.above = DatumGetInt64(row_value(row,
												 WATER_VOLUME_ABOVE_GALLONS));
	block->block.rate = row_rate(row, WATER_VOLUME_RATE_PER_1000);
	block->block.section = row_text(load, row, WATER_VOLUME_SECTION);
}

/*
 * "Sewer volume, Residential": a factor is named where it changes the quantity
 * (S4, S13).
 */
static char *
sewer_volume_words(RateLoad *load, int class)
{
	rate_t		factor = load->classes[class].sewer.factor;

	if (factor == RATE_UNIT)
		return psprintf("Sewer volume, %s", class_name(load, class));
	return psprintf("Sewer volume, %s, factor %s", class_name(load, class),
					rate_words(factor));
}

/*
 * sewer_rate: the rates of a class.  Without a factor the class is flat (S14);
 * with a factor and no rate its volume is rated by blocks.
 */
static void
read_sewer_rate(RateLoad *load, const RateRow *row, void *element)
{
	int			class = row_position(load, row, SEWER_RATE_CLASS);
	SewerRate  *sewer = &load->classes[class].sewer;

	(void) element;
	sewer->present = true;
	sewer->fixed = row_rate(row, SEWER_RATE_FIXED);
	sewer->flat = row_is_null(row, SEWER_RATE_FACTOR);
	sewer->fixed_description = describe(load, sewer->flat ?
										"Sewer flat rate, %s" :
										"Sewer fixed rate, %s",
										class_name(load, class));
	sewer->rate = row_rate(row, SEWER_RATE_RATE_PER_1000);
	if (!sewer->flat)
	{
		sewer->factor = row_rate(row, SEWER_RATE_FACTOR);
		sewer->volume_description = keep_words(load->context,
											   sewer_volume_words(load, class));
	}
	sewer->section = row_text(load, row, SEWER_RATE_SECTION);
}

/* Order blocks by class, then by the gallons they begin above. */
static int
compare_blocks(const void *a, const void *b)
{
	const BlockRow *row_a = a;
	const BlockRow *row_b = b;

	if (row_a->class != row_b->class)
		return COMPARE(row_a->class, row_b->class);
	return COMPARE(row_a->block.above, row_b->block.above);
}

static void
place_water_block(RateLoad *load, int class, VolumeBlock *block)
{
	RateSchedule *schedule = load->schedule;
	ClassRates *rates = &load->classes[class];

	block->description = describe(load, "Water volume, %s",
								  gallons_words(block->above, block->upto));
	if (rates->nblocks++ == 0)
		rates->blocks = block;
	schedule->max_blocks = Max(schedule->max_blocks, rates->nblocks);
}

/* What a block contradicts; NULL: it can be rated. */
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

/* One that contradicts the rate of its class is noted, once for each class. */
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
	block->description = describe(load, "%s, %s",
								  sewer_volume_words(load, class),
								  gallons_words(block->above, block->upto));
	if (sewer->nblocks++ == 0)
		sewer->blocks = block;
	schedule->max_sewer_blocks = Max(schedule->max_sewer_blocks,
									 sewer->nblocks);
}

/* The blocks of each class; one ends where the next begins. */
static void
load_blocks(RateLoad *load, RateTable table, BlockPlacer place)
{
	int			n = count_rows(load, table);
	BlockRow   *rows = read_array(load, table, read_block, sizeof(BlockRow),
								  compare_blocks, CurrentMemoryContext);
	VolumeBlock *blocks = book_alloc(load->context, n * sizeof(VolumeBlock));

	for (int i = 0; i < n; i++)
	{
		bool		last = i + 1 == n || rows[i + 1].class != rows[i].class;

		blocks[i] = rows[i].block;
		blocks[i].upto = last ? INT64_MAX : rows[i + 1].block.above;
		place(load, rows[i].class, &blocks[i]);
	}
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

/*
 * load_monthly_rates
 *		Read the tables; the rules first, as they name the classes.
 */
void
load_monthly_rates(RateLoad *load)
{
	read_table(load, TABLE_CLASS_RULE, read_class_rule);
	read_table(load, TABLE_WATER_MINIMUM, read_water_minimum);
	load_blocks(load, TABLE_WATER_VOLUME, place_water_block);
	read_table(load, TABLE_SEWER_RATE, read_sewer_rate);
	load_blocks(load, TABLE_SEWER_VOLUME, place_sewer_block);
	finish_sewer(load);
}
