/*
 * rates.c
 *	  Look-up in a compiled schedule, and the words of bill lines.
 */
#include "rating/rates.h"

#include <string.h>

const char *const fee_code_names[NUM_FEE_CODES] = {
	[FEE_SEWER_FLAT] = "sewer_flat",
	[FEE_DUMPING_STATION] = "dumping_station",
	[FEE_FIRE_SPRINKLER] = "fire_sprinkler",
	[FEE_STREET_CUT_ASPHALT] = "street_cut_asphalt",
	[FEE_STREET_CUT_CONCRETE] = "street_cut_concrete",
	[FEE_BORING] = "boring",
	[FEE_LATE_FEE] = "late_fee",
	[FEE_RECONNECTION] = "reconnection",
	[FEE_DISCONNECTION] = "disconnection",
	[FEE_UNAUTHORIZED_RECONNECTION] = "unauthorized_reconnection",
	[FEE_TAMPERING] = "tampering",
	[FEE_METER_TEST] = "meter_test",
	[FEE_CONNECTION] = "connection",
};

const char *const service_unit_names[NUM_SERVICE_UNITS] = {
	[SERVICE_PER_MONTH] = "month",
	[SERVICE_PER_EACH] = "each",
	[SERVICE_PER_1000_GALLONS] = "1,000 gallons",
	[SERVICE_PER_DOLLAR] = "dollar",
};

/* A NULL is taken from the rate row. */
const LineWords line_words[NUM_LINE_KINDS] = {
	[LINE_WATER_MINIMUM] = {"water", "water_minimum", "month", NULL},
	[LINE_WATER_VOLUME] = {"water", "water_volume", "1,000 gallons", NULL},
	[LINE_SEWER_FIXED] = {"sewer", "sewer_fixed", "month", NULL},
	[LINE_SEWER_VOLUME] = {"sewer", "sewer_volume", "1,000 gallons", NULL},
	[LINE_SEWER_FLAT] = {"sewer", NULL, NULL, NULL},
	[LINE_DUMPING_STATION] = {"sewer", NULL, NULL, NULL},
	[LINE_FIRE_SPRINKLER] = {"fire", NULL, NULL, NULL},
	[LINE_SERVICE] = {"service", NULL, NULL, NULL},
	[LINE_DEPOSIT] = {"deposit", "deposit", "each", NULL},
	[LINE_SERVICE_FEE] = {"deposit", "service_fee", "each", "Service fee"},
	[LINE_DEPOSIT_HELD] = {"deposit", "deposit_held", "each",
	"Deposit held, credited"},
	[LINE_WATER_TAP] = {"water", "water_tap", "each", NULL},
	[LINE_EXCESS_PIPE] = {"water", "excess_pipe", "each",
	"Pipe beyond the included length, as quoted"},
	[LINE_SEWER_PERMIT] = {"sewer", "sewer_permit", "each", NULL},
	[LINE_FINAL_BILL] = {"arrears", "final_bill", "each", "Final bill"},
	[LINE_UNPAID_BILL] = {"arrears", "unpaid_bill", "each", "Unpaid bill"},
	[LINE_OTHER_DUE] = {"arrears", "other_due", "each", "Other amounts due"},
	[LINE_FEE] = {"fee", NULL, NULL, NULL},
};

/* Put every label into its slot; false on a collision. */
static bool
fill_slots(LabelIndex *labels, int nslots)
{
	for (int i = 0; i < nslots; i++)
		labels->slots[i] = (LabelSlot) {0, -1};
	for (int i = 0; i < labels->nlabels; i++)
	{
		LabelSlot  *slot = label_slot(labels, labels->ids[i]);

		if (slot->id != 0)
			return false;
		*slot = (LabelSlot) {labels->ids[i], i};
	}
	return true;
}

/*
 * Make an index of labels->ids over 2^slot_bits slots (at least two), by
 * trying some multipliers.  False: none keeps the labels apart, more slots
 * are needed; with 32 bits of them every odd multiplier would.
 */
bool
label_index_build(LabelIndex *labels, LabelSlot *slots, int slot_bits)
{
	uint32_t	multiplier = UINT32_C(2654435769);

	labels->slots = slots;
	labels->shift = 32 - slot_bits;
	for (int tries = 0; tries < 100; tries++)
	{
		labels->multiplier = multiplier | 1;
		if (fill_slots(labels, 1 << slot_bits))
			return true;
		multiplier = multiplier * UINT32_C(1664525) + UINT32_C(1013904223);
	}
	return false;
}

/*
 * The row of a code, which is "length" bytes long, or NULL.  The rows are
 * structs of "size" bytes that begin with a Fee, in strcmp's order of codes.
 */
const Fee *
find_fee(const void *rows, int n, size_t size, const char *code,
		 size_t length)
{
	const char *low = rows;

	while (n > 0)
	{
		const Fee  *middle = (const Fee *) (low + n / 2 * size);
		int			order = strncmp(middle->code, code, length);

		if (order == 0 && middle->code[length] == '\0')
			return middle;
		if (order < 0)
		{
			low += (n / 2 + 1) * size;
			n = (n - 1) / 2;
		}
		else
			n /= 2;
	}
	return NULL;
}
