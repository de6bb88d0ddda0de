/*
 * rates.h
 *	  What rate schedules say, as plain structs.
 *
 * The rate book fills these structs from the rate tables and keeps them; the
 * rating functions only read them.  No server header: enum values are the
 * numbers that identify them (their OIDs), classes and sizes are positions in
 * dense arrays, amounts are scaled integers.
 */
#ifndef MISSION_RATES_RATES_H
#define MISSION_RATES_RATES_H

#include <stddef.h>

#include "rating/decimal.h"

/*
 * A text of a bill line, ready to be returned.  The book creates and owns it;
 * this floor passes it on without looking inside.
 */
typedef struct RateText RateText;

/* Consumption above this many gallons is an error. */
#define MAX_GALLONS			INT64_C(1000000000000)

/* "This cell of the table is empty", for amounts, days and lengths. */
#define NO_RATE				INT64_C(-1)

/*
 * A value of one of the extension's enum types: the number that identifies
 * it, and its position in the book's dense arrays.  A value that no rate row
 * names has position -1, and so has no rates.
 */
typedef struct Label
{
	uint32_t	id;
	int			index;
} Label;

/* The extension's enum types */
typedef enum RateType
{
	TYPE_CLASS,
	TYPE_SIZE,
	TYPE_AREA,
	TYPE_GROUP,
	TYPE_CATEGORY,
	NUM_RATE_TYPES
} RateType;

/* Where a connection is. */
enum
{
	AREA_INSIDE,
	AREA_OUTSIDE,
	NUM_AREAS
};

/*
 * From the identifying number of an enum value to its position: a perfect
 * hash, whose multiplier is chosen so that no two labels share a slot.  One
 * comparison, without a branch that depends on the label, makes water_charge 13
 * to 15 percent faster than a search.
 */
typedef struct LabelSlot
{
	uint32_t	id;				/* 0: free */
	int			index;			/* -1 where free */
} LabelSlot;

typedef struct LabelIndex
{
	uint32_t	multiplier;
	int			shift;			/* leaves as many bits as slots need */
	LabelSlot  *slots;
	uint32_t	type;			/* the number that identifies their type */
	int			nlabels;
	uint32_t   *ids;			/* by position */
	char	  **words;			/* the labels themselves */
	const RateText **texts;		/* the same, as bill lines show them */
} LabelIndex;

extern bool label_index_build(LabelIndex *labels, LabelSlot *slots,
							  int slot_bits);

static inline LabelSlot *
label_slot(const LabelIndex *labels, uint32_t id)
{
	return &labels->slots[(id * labels->multiplier) >> labels->shift];
}

static inline int
label_index(const LabelIndex *labels, uint32_t id)
{
	const LabelSlot *slot = label_slot(labels, id);

	return slot->id == id ? slot->index : -1;
}

static inline Label
label_of(const LabelIndex *labels, uint32_t id)
{
	return (Label) {id, label_index(labels, id)};
}

/* water_minimum, one cell */
typedef struct MinimumCharge
{
	rate_t		amount;			/* dollars a month; NO_RATE: no row */
	const RateText *description;
	const RateText *section;
} MinimumCharge;

/* water_volume, one row: the gallons above "above" up to "upto" */
typedef struct VolumeBlock
{
	int64_t		above;
	int64_t		upto;			/* INT64_MAX in the last block */
	rate_t		rate;			/* dollars per 1,000 gallons */
	const RateText *description;
	const RateText *section;
} VolumeBlock;

/* sewer_rate, one row, and the rows of sewer_volume */
typedef struct SewerRate
{
	bool		present;
	bool		flat;			/* no volume charge at any volume */
	bool		simple;			/* factor 1 and no blocks */
	rate_t		fixed;			/* dollars a month */
	rate_t		rate;			/* dollars per 1,000 gallons */
	rate_t		factor;			/* multiplication factor */
	int			nblocks;		/* 0: all volume at the rate above */
	const VolumeBlock *blocks;	/* of sewer_volume, by "above", ascending */
	const struct Contradiction *contradiction;	/* then it is not present */
	const RateText *fixed_description;
	const RateText *volume_description;
	const RateText *section;
} SewerRate;

/* fee, one row; the same of a service charge */
typedef struct Fee
{
	const char *code;
	const RateText *code_text;
	const RateText *label;
	const RateText *unit;
	const RateText *section;
	rate_t		amount;			/* per unit; late_fee: fraction of the bill */
	bool		whole;			/* per "each" or "month": no fraction of it */
} Fee;

/*
 * Rows of a schedule that contradict one another: nothing is rated by them, and
 * check_schedule() lists them.
 */
typedef struct Contradiction
{
	const char *rate_table;
	int			class;			/* position, orders the items */
	const char *item;
	const char *problem;		/* in words */
	const struct Contradiction *next;
} Contradiction;

/* What a service charge is per */
typedef enum ServiceUnit
{
	SERVICE_PER_MONTH,
	SERVICE_PER_EACH,
	SERVICE_PER_1000_GALLONS,
	SERVICE_PER_DOLLAR,
	NUM_SERVICE_UNITS
} ServiceUnit;

extern const char *const service_unit_names[NUM_SERVICE_UNITS];

/* service_charge, one row */
typedef struct ServiceCharge
{
	Fee			fee;			/* the amount of a credit is negative */
	ServiceUnit unit;
	cents_t		amount_of_one;	/* rounded: what most accounts have of it */
	int64_t		above;			/* per 1,000 gallons: only those above */
	bool		every_bill;
	uint32_t	base_lines;		/* per dollar: 1 << LineKind of each charge
								 * that it is a part of */
	int			nbase;			/* and positions of service charges before it */
	const int  *base_charges;
	const Contradiction *contradiction; /* NULL: it can be rated */
} ServiceCharge;

/*
 * Everything that depends on the customer class: class_rule and the rows
 * below it
 */
typedef struct ClassRates
{
	uint32_t	id;				/* of the class */
	bool		has_rule;
	int			group;			/* position of the rate group, -1: none */
	int			area;			/* where the class is unless the caller says */
	const struct ClassRates *outside;	/* whose rates apply outside the city;
										 * NULL: the class may not be there */
	int			nblocks;
	int			nservices;
	const VolumeBlock *blocks;	/* by "above", ascending */
	SewerRate	sewer;
	const ServiceCharge *services;	/* by code, as strcmp orders them; last
									 * those per dollar, each after those that
									 * it is a part of */
} ClassRates;

/* The fees that the rating functions need by name. */
typedef enum FeeCode
{
	FEE_SEWER_FLAT,
	FEE_DUMPING_STATION,
	FEE_FIRE_SPRINKLER,
	FEE_STREET_CUT_ASPHALT,
	FEE_STREET_CUT_CONCRETE,
	FEE_BORING,
	FEE_LATE_FEE,
	FEE_RECONNECTION,
	FEE_DISCONNECTION,
	FEE_UNAUTHORIZED_RECONNECTION,
	FEE_TAMPERING,
	FEE_METER_TEST,
	FEE_CONNECTION,
	NUM_FEE_CODES
} FeeCode;

extern const char *const fee_code_names[NUM_FEE_CODES];

/* deposit, one row */
typedef struct DepositStep
{
	int			category;		/* position of the category */
	rate_t		above;			/* square feet */
	rate_t		deposit;
	rate_t		service_fee;
	const RateText *description;	/* of the deposit's line */
	const RateText *section;
} DepositStep;

/* water_tap, one cell */
typedef struct TapRate
{
	bool		present;
	rate_t		amount;			/* NO_RATE: at market price */
	const RateText *description;
	const RateText *section;
} TapRate;

/* sewer_permit, one row */
typedef struct PermitRate
{
	rate_t		line_inches;
	bool		larger_than;	/* for lines larger than line_inches */
	rate_t		amount;			/* NO_RATE: as determined by the city */
	const RateText *description;
	const RateText *section;
} PermitRate;

/* schedule, one row, with every rate row that belongs to it */
typedef struct RateSchedule
{
	const char *name;
	const RateText *name_text;
	bool		draft;			/* not adopted */
	int32_t		effective_from; /* days, as PostgreSQL counts dates */
	const char *fingerprint;	/* of an adopted one; NULL: none */
	const struct RateBook *book;	/* what positions of labels refer to */
	int64_t		volume_step;	/* gallons */
	int			due_days;		/* NO_RATE: the schedule sets none */
	int			notice_days;
	rate_t		included_pipe_feet;
	rate_t		boring_from_inches;
	rate_t		boring_to_inches;
	rate_t		waiver_overcharge;	/* fraction */
	const ClassRates *classes;	/* by position of the class */
	const MinimumCharge *minimums;	/* by minimum_cell() */
	const TapRate *taps;		/* by tap_cell() */
	int			nfees;
	const Fee  *fees;			/* by code, as strcmp orders them */
	const Fee  *known_fees[NUM_FEE_CODES];	/* NULL: no row */
	int			ndeposits;
	const DepositStep *deposits;	/* by category, then above, ascending */
	int			npermits;
	const PermitRate *permits;	/* by line_inches, ascending */
	int			max_blocks;		/* the most blocks of any class, of water, */
	int			max_sewer_blocks;	/* of sewer */
	int			max_services;	/* and the most service charges */
	cents_t    *service_amounts;	/* room for those of the bill at hand, where
									 * there are such charges */
	const Contradiction *contradictions;	/* the first one */
} RateSchedule;

/*
 * The service, charge and unit of a bill line, by kind of line.  Fees have
 * their code, unit and section from their row.
 */
typedef enum LineKind
{
	LINE_WATER_MINIMUM,
	LINE_WATER_VOLUME,
	LINE_SEWER_FIXED,
	LINE_SEWER_VOLUME,
	LINE_SEWER_FLAT,
	LINE_DUMPING_STATION,
	LINE_FIRE_SPRINKLER,
	LINE_SERVICE,
	LINE_DEPOSIT,
	LINE_SERVICE_FEE,
	LINE_DEPOSIT_HELD,
	LINE_WATER_TAP,
	LINE_EXCESS_PIPE,
	LINE_SEWER_PERMIT,
	LINE_FINAL_BILL,
	LINE_UNPAID_BILL,
	LINE_OTHER_DUE,
	LINE_FEE,					/* every other fee */
	NUM_LINE_KINDS
} LineKind;

/*
 * Those of a month's bill come first, in the order in which account_charges()
 * and account_revenue() list its charges.
 */
#define NUM_MONTHLY_KINDS	(LINE_SERVICE + 1)

/* The words of each kind, as C strings; the book keeps them as texts. */
typedef struct LineWords
{
	const char *service;
	const char *charge;			/* NULL: the fee's code */
	const char *unit;			/* NULL: the fee's unit */
	const char *description;	/* NULL: the rate row's own */
} LineWords;

typedef struct LineTexts
{
	const RateText *service;
	const RateText *charge;
	const RateText *unit;
	const RateText *description;
} LineTexts;

extern const LineWords line_words[NUM_LINE_KINDS];

/* What schedules have in common: labels, and the words of lines */
typedef struct RateBook
{
	LabelIndex	labels[NUM_RATE_TYPES];
	LineTexts	line_texts[NUM_LINE_KINDS];
} RateBook;

extern const Fee *find_fee(const void *rows, int n, size_t size,
						   const char *code, size_t length);

/* Where the cells of minimum charges and taps are */
static inline int
minimum_cell(const RateBook *book, int group, int size, int area)
{
	return (group * book->labels[TYPE_SIZE].nlabels + size) * NUM_AREAS + area;
}

static inline int
tap_cell(int size, bool compound, int area)
{
	return (size * 2 + (compound ? 1 : 0)) * NUM_AREAS + area;
}

static inline const TapRate *
tap_rate(const RateSchedule *schedule, int size, bool compound, int area)
{
	return &schedule->taps[tap_cell(size, compound, area)];
}

/* meter_size.c: room for the longest label that it writes */
#define METER_SIZE_LABEL_ROOM	40

extern bool meter_size_label(const char *text,
							 char label[METER_SIZE_LABEL_ROOM]);

#endif							/* MISSION_RATES_RATES_H */
