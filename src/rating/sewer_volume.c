/*
 * sewer_volume.c
 *	  Sewer volume by blocks, or by a factor other than 1.
 */
#include "rating/sewer_volume.h"
#include "rating/wide.h"

/*
 * Sewer volume by blocks, as neighboring cities bill it; a last block at 0.00
 * is a cap.  A factor that is not whole leaves parts of a gallon, which count
 * in the block they fall into.
 */
static bool
rate_sewer_blocks(const SewerRate *sewer, uint32_t class_id, Decimal volume,
				  Bill *bill, Problem *p)
{
	int64_t		gallon = power_of_ten[volume.scale - 3];

	for (int i = 0; i < sewer->nblocks; i++)
	{
		const VolumeBlock *block = &sewer->blocks[i];
		int64_t		above = block->above * gallon;
		int64_t		top = volume.value;

		if (block->upto < INT64_MAX / gallon && top > block->upto * gallon)
			top = block->upto * gallon;
		if (!add_line(bill, LINE_SEWER_VOLUME,
					  (Decimal) {top > above ? top - above : 0, volume.scale},
					  decimal_of_rate(block->rate), block->description,
					  block->section,
					  block_key(class_id, block->above, block->upto), p))
			return false;
	}
	return true;
}

/*
 * Sewer volume by a factor other than 1, or by blocks.  A whole factor leaves
 * whole gallons.  No class of the ordinance has either: this is kept off
 * the path of those that have not.
 */
bool
rate_sewer_quantity(const SewerRate *sewer, uint32_t class_id,
					int64_t gallons, Bill *bill, Problem *p)
{
	bool		whole = sewer->factor % RATE_UNIT == 0;
	Decimal		quantity = {0, whole ? 3 : 3 + RATE_SCALE};

	if (!wide_fits(wide_product(gallons, whole ? sewer->factor / RATE_UNIT :
								sewer->factor), &quantity.value))
		return note_problem(p, PROBLEM_OUT_OF_RANGE);
	if (sewer->nblocks > 0)
		return rate_sewer_blocks(sewer, class_id, quantity, bill, p);
	return add_line(bill, LINE_SEWER_VOLUME, quantity,
					decimal_of_rate(sewer->rate), sewer->volume_description,
					sewer->section, block_key(class_id, 0, INT64_MAX), p);
}
