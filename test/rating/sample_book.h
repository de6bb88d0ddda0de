/*
 * sample_book.h
 *		A small rate book made by hand, which the checks may change.
 *
 * Its rates are those of the worked examples.  Beside the usual classes it
 * has some that lack this or that.
 */
#ifndef MISSION_RATES_SAMPLE_BOOK_H
#define MISSION_RATES_SAMPLE_BOOK_H

#include <string.h>

#include "rating/quotes.h"
#include "rating/monthly.h"

enum
{
	A1, A2, A5, A6, A8,
	UNRULED,					/* has rates, but no rule */
	UNRATED,					/* has a rule, but no rates */
	STRANDED,					/* always outside, and may not be there */
	ISLAND,						/* in a place that is neither */
	METERED,					/* a sewer factor that is not whole */
	HUGE_FACTOR,				/* a sewer factor beyond reason */
	NUM_CLASSES
};

enum
{
	RESIDENTIAL, COMMERCIAL, NUM_GROUPS
};

enum
{
	INCH_3_4, INCH_1, INCH_2, INCH_3, INCH_8, INCH_12, NUM_SIZES
};

enum
{
	HOMEOWNER, SHOP, BARN, NOBODY, NUM_CATEGORIES
};

#define LABEL(position)	((Label) {100 + (position), (position)})
#define NO_LABEL		((Label) {99, -1})

typedef struct Sample
{
	uint32_t	area_ids[NUM_AREAS];
	VolumeBlock blocks[NUM_CLASSES][3];
	ClassRates	classes[NUM_CLASSES];
	MinimumCharge minimums[NUM_GROUPS * NUM_SIZES * NUM_AREAS];
	TapRate		taps[NUM_SIZES * 2 * NUM_AREAS];
	Fee			fees[NUM_FEE_CODES];
	DepositStep deposits[6];
	PermitRate	permits[4];
	RateSchedule schedule;
	RateBook	book;
} Sample;

/* A number as a caller would pass it. */
static inline Number
number(const char *text)
{
	Number		result = {.given = true,.text = text};

	result.status = decimal_from_text(text, &result.value);
	return result;
}

static inline void
set_minimum(Sample *sample, int group, int size, rate_t inside, rate_t outside)
{
	MinimumCharge *cell = &sample->minimums[(group * NUM_SIZES + size) *
											NUM_AREAS];

	cell[AREA_INSIDE].amount = inside;
	cell[AREA_OUTSIDE].amount = outside;
}

static inline void
set_minimums(Sample *sample)
{
	for (int i = 0; i < NUM_GROUPS * NUM_SIZES * NUM_AREAS; i++)
		sample->minimums[i].amount = NO_RATE;
	set_minimum(sample, RESIDENTIAL, INCH_3_4, 115000, 144400);
	set_minimum(sample, RESIDENTIAL, INCH_1, 124400, NO_RATE);
	set_minimum(sample, COMMERCIAL, INCH_3_4, 125000, 156200);
	set_minimum(sample, COMMERCIAL, INCH_8, 5616200, 8049800);
}

static inline void
set_class(Sample *sample, int class, int group, int area, int outside_class)
{
	sample->classes[class] = (ClassRates)
	{
		.has_rule = true,
			.group = group,
			.area = area,
			.id = 100 + (uint32_t) class,
			.outside = outside_class < 0 ? NULL :
			&sample->classes[outside_class]
	};
}

/* Blocks above 999 and 19,999 gallons, and sewer; factor 0 is flat. */
static inline void
set_rates(Sample *sample, int class, rate_t first, rate_t second,
		  rate_t fixed, rate_t rate, rate_t factor)
{
	ClassRates *rates = &sample->classes[class];

	sample->blocks[class][0] = (VolumeBlock) {999, 19999, first, NULL, NULL};
	sample->blocks[class][1] = (VolumeBlock) {19999, INT64_MAX, second, NULL,
		NULL
	};
	rates->nblocks = 2;
	rates->blocks = sample->blocks[class];
	rates->sewer = (SewerRate)
	{
		.present = true,
			.flat = factor == 0,
			.fixed = fixed,
			.rate = rate,
			.factor = factor
	};
}

static inline void
set_classes(Sample *sample)
{
	set_class(sample, A1, RESIDENTIAL, AREA_INSIDE, A8);
	set_rates(sample, A1, 22500, 25000, 90000, 14500, 10000);
	set_class(sample, A2, COMMERCIAL, AREA_INSIDE, A8);
	set_rates(sample, A2, 25000, 27500, 115000, 25000, 10000);
	set_class(sample, A5, COMMERCIAL, AREA_INSIDE, A8);
	set_rates(sample, A5, 25000, 27500, 115000, 31800, 10000);
	set_class(sample, A6, -1, AREA_INSIDE, -1);
	set_class(sample, A8, RESIDENTIAL, AREA_OUTSIDE, A8);
	set_rates(sample, A8, 28700, 32600, 260000, 0, 0);
	set_rates(sample, UNRULED, 1, 1, 1, 1, 10000);
	set_class(sample, UNRATED, RESIDENTIAL, AREA_INSIDE, -1);
	set_class(sample, STRANDED, RESIDENTIAL, AREA_OUTSIDE, -1);
	set_class(sample, ISLAND, RESIDENTIAL, -1, A8);
	set_rates(sample, ISLAND, 22500, 25000, 90000, 14500, 10000);
	set_class(sample, METERED, RESIDENTIAL, AREA_INSIDE, A8);
	set_rates(sample, METERED, 22500, 25000, 90000, 14500, 9001);
	set_class(sample, HUGE_FACTOR, RESIDENTIAL, AREA_INSIDE, A8);
	set_rates(sample, HUGE_FACTOR, 22500, 25000, 0, INT64_C(9999999999999),
			  INT64_C(9999999990000));
}

static inline void
set_tap(Sample *sample, int size, bool compound, rate_t inside, rate_t outside)
{
	TapRate    *cell = &sample->taps[(size * 2 + (compound ? 1 : 0)) *
									 NUM_AREAS];

	cell[AREA_INSIDE] = (TapRate) {.present = true,.amount = inside};
	cell[AREA_OUTSIDE] = (TapRate) {.present = true,.amount = outside};
}

static inline void
set_fees(Sample *sample)
{
	/* by code, as strcmp orders them */
	static const Fee fees[NUM_FEE_CODES] = {
		{.code = "boring",.amount = 120000},
		{.code = "connection",.amount = 200000,.whole = true},
		{.code = "disconnection",.amount = 50000,.whole = true},
		{.code = "dumping_station",.amount = 300000,.whole = true},
		{.code = "fire_sprinkler",.amount = 7500},
		{.code = "late_fee",.amount = 500},
		{.code = "meter_test",.amount = 200000,.whole = true},
		{.code = "reconnection",.amount = 250000,.whole = true},
		{.code = "sewer_flat",.amount = 260000,.whole = true},
		{.code = "street_cut_asphalt",.amount = 120000},
		{.code = "street_cut_concrete",.amount = 150000},
		{.code = "tampering",.amount = 500000,.whole = true},
		{.code = "unauthorized_reconnection",.amount = 500000,.whole = true},
	};

	memcpy(sample->fees, fees, sizeof(fees));
	sample->schedule.nfees = NUM_FEE_CODES;
	for (int i = 0; i < NUM_FEE_CODES; i++)
		for (int code = 0; code < NUM_FEE_CODES; code++)
			if (strcmp(fee_code_names[code], fees[i].code) == 0)
				sample->schedule.known_fees[code] = &sample->fees[i];
}

static inline void
set_deposits_and_permits(Sample *sample)
{
	static const DepositStep deposits[] = {
		{HOMEOWNER, 0, 1000000, 200000, NULL, NULL},
		{SHOP, 0, 1500000, 200000, NULL, NULL},
		{SHOP, 20000000, 2500000, 200000, NULL, NULL},
		{SHOP, 50000000, 3500000, 200000, NULL, NULL},
		{SHOP, 100000000, 5000000, 200000, NULL, NULL},
		{BARN, 5000000, 7000000, 0, NULL, NULL},
	};
	static const PermitRate permits[] = {
		{40000, false, 2000000, NULL, NULL},
		{60000, false, 2300000, NULL, NULL},
		{60000, true, NO_RATE, NULL, NULL},
		{200000, true, 9000000, NULL, NULL},
	};

	memcpy(sample->deposits, deposits, sizeof(deposits));
	memcpy(sample->permits, permits, sizeof(permits));
}

/* Fill in a sample, undoing what a check changed in it. */
static inline void
make_sample(Sample *sample)
{
	memset(sample, 0, sizeof(*sample));
	sample->area_ids[AREA_INSIDE] = 100 + AREA_INSIDE;
	sample->area_ids[AREA_OUTSIDE] = 100 + AREA_OUTSIDE;
	sample->book.labels[TYPE_AREA].ids = sample->area_ids;
	sample->book.labels[TYPE_AREA].nlabels = NUM_AREAS;
	sample->book.labels[TYPE_CLASS].nlabels = NUM_CLASSES;
	sample->book.labels[TYPE_SIZE].nlabels = NUM_SIZES;
	sample->schedule = (RateSchedule)
	{
		.name = "sample",
			.book = &sample->book,
			.volume_step = 1,
			.due_days = 20,
			.notice_days = 10,
			.included_pipe_feet = 800000,
			.boring_from_inches = 7500,
			.boring_to_inches = 20000,
			.waiver_overcharge = 2500,
			.classes = sample->classes,
			.minimums = sample->minimums,
			.taps = sample->taps,
			.fees = sample->fees,
			.ndeposits = 6,
			.deposits = sample->deposits,
			.npermits = 4,
			.permits = sample->permits,
			.max_blocks = 3
	};
	set_minimums(sample);
	set_classes(sample);
	set_tap(sample, INCH_3_4, false, 4800000, 6800000);
	set_tap(sample, INCH_1, false, 5500000, 7500000);
	set_tap(sample, INCH_2, true, 27000000, 30000000);
	set_tap(sample, INCH_3, false, NO_RATE, NO_RATE);
	set_fees(sample);
	set_deposits_and_permits(sample);
}

/* A bill's facts before any is changed: A1, 3/4 inch, all services known */
static inline BillFacts
bill_facts(int class, int meter, int64_t gallons)
{
	return (BillFacts)
	{
		.given = ((1U << NUM_BILL_ARGUMENTS) - 1) &
			~(BILL_ARGUMENT(BILL_AREA) | BILL_ARGUMENT(BILL_SEWER_GALLONS) |
			  BILL_ARGUMENT(BILL_FIRE_SPRINKLER)),
			.class = LABEL(class),
			.meter = LABEL(meter),
			.gallons = gallons,
			.metered = true,
			.water = true,
			.sewer = true
	};
}

static inline void
set_area(BillFacts *facts, Label area)
{
	facts->given |= BILL_ARGUMENT(BILL_AREA);
	facts->area = area;
}

#endif							/* MISSION_RATES_SAMPLE_BOOK_H */
