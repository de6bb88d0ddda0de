/*
 * load_schedules.c
 *	  The table schedule, and the room that each schedule has in the book.
 */
#include "postgres.h"

#include "utils/date.h"

#include "book/load.h"
#include "book/texts.h"

/* The columns that are read of every schedule are the first ones. */
#define NUM_HEADER_COLUMNS	SCHEDULE_SEALED_ROWS

/*
 * When a schedule is in force, and how many rows it was adopted with.
 */
static void
read_adoption(RateSchedule *schedule, const Datum *values, const bool *isnull)
{
	schedule->draft = isnull[SCHEDULE_EFFECTIVE_FROM - 1];
	if (schedule->draft)
		return;
	schedule->effective_from =
		DatumGetDateADT(values[SCHEDULE_EFFECTIVE_FROM - 1]);
	if (!isnull[SCHEDULE_SEALED_ROWS - 1])
		schedule->sealed_rows =
			DatumGetInt32(values[SCHEDULE_SEALED_ROWS - 1]);
}

/*
 * One row of the table, without the terms.
 */
static void
read_header(RateLoad *load, const Datum *values, const bool *isnull)
{
	RateSchedule *schedule = palloc0(sizeof(RateSchedule));

	schedule->name_text = keep_text(load, values[SCHEDULE_NAME - 1]);
	schedule->name = keep_string(load, values[SCHEDULE_NAME - 1]);
	read_adoption(schedule, values, isnull);
	load->schedules = lappend(load->schedules, schedule);
}

/*
 * A whole number of days, NO_RATE where the schedule sets none.
 */
static int
days_or_none(Datum value, bool isnull)
{
	return isnull ? (int) NO_RATE : DatumGetInt32(value);
}

/*
 * The terms that a schedule sets for itself.
 */
static void
read_terms(RateLoad *load, const Datum *values, const bool *isnull)
{
	RateSchedule *schedule = load->schedule;

#define VALUE_OF(column)	values[(column) - 1], isnull[(column) - 1]
	schedule->volume_step = DatumGetInt32(values[SCHEDULE_VOLUME_STEP - 1]);
	schedule->due_days = days_or_none(VALUE_OF(SCHEDULE_DUE_DAYS));
	schedule->notice_days = days_or_none(VALUE_OF(SCHEDULE_NOTICE_DAYS));
	schedule->included_pipe_feet =
		rate_or_none(VALUE_OF(SCHEDULE_INCLUDED_PIPE_FEET));
	schedule->boring_from_inches =
		rate_or_none(VALUE_OF(SCHEDULE_BORING_FROM_INCHES));
	schedule->boring_to_inches =
		rate_or_none(VALUE_OF(SCHEDULE_BORING_TO_INCHES));
	schedule->waiver_overcharge =
		rate_or_none(VALUE_OF(SCHEDULE_WAIVER_OVERCHARGE));
#undef VALUE_OF
}

/*
 * load_terms
 *		Read the row of the load's schedule.
 */
void
load_terms(RateLoad *load)
{
	read_rate_rows(load, TABLE_SCHEDULE, read_terms);
}

/*
 * make_room
 *		The cells of the load's schedule, all empty.
 */
void
make_room(RateLoad *load)
{
	const RateBook *book = load->book;
	RateSchedule *schedule = load->schedule;
	int			nminimums = book->groups.nlabels * book->sizes.nlabels *
		NUM_AREAS;
	ClassRates *classes = book_alloc(load, book->classes.nlabels *
									 sizeof(ClassRates));
	MinimumCharge *minimums = book_alloc(load, nminimums *
										 sizeof(MinimumCharge));

	for (int i = 0; i < book->classes.nlabels; i++)
	{
		classes[i].group = -1;
		classes[i].area = -1;
		classes[i].outside_class.index = -1;
	}
	for (int i = 0; i < nminimums; i++)
		minimums[i].amount = NO_RATE;
	schedule->classes = classes;
	schedule->minimums = minimums;
	schedule->taps = book_alloc(load, (Size) book->sizes.nlabels * 2 *
								NUM_AREAS * sizeof(TapRate));
}

/*
 * Order schedules by name.
 */
static int
compare_by_name(const ListCell *a, const ListCell *b)
{
	return strcmp(((const RateSchedule *) lfirst(a))->name,
				  ((const RateSchedule *) lfirst(b))->name);
}

/*
 * Order adopted schedules by the day they come into force.
 */
static int
compare_by_date(const void *a, const void *b)
{
	int32		date_a = (*(const RateSchedule *const *) a)->effective_from;
	int32		date_b = (*(const RateSchedule *const *) b)->effective_from;

	return (date_a > date_b) - (date_a < date_b);
}

/*
 * The adopted schedules by date.
 */
static void
list_adopted(RateLoad *load)
{
	RateBook   *book = load->book;
	int32	   *dates;

	book->adopted = book_alloc(load, book->nschedules *
							   sizeof(RateSchedule *));
	for (int i = 0; i < book->nschedules; i++)
		if (!book->schedules[i].draft)
			book->adopted[book->nadopted++] = &book->schedules[i];
	qsort(book->adopted, book->nadopted, sizeof(RateSchedule *),
		  compare_by_date);
	dates = book_alloc(load, book->nadopted * sizeof(int32));
	for (int i = 0; i < book->nadopted; i++)
		dates[i] = book->adopted[i]->effective_from;
	book->adopted_from = dates;
}

/*
 * load_schedules
 *		Every schedule, without its rates.
 */
void
load_schedules(RateLoad *load)
{
	RateBook   *book = load->book;
	RateSchedule *schedules;
	ListCell   *cell;

	read_schedules(load, read_header, NUM_HEADER_COLUMNS);
	list_sort(load->schedules, compare_by_name);
	schedules = book_alloc(load, list_length(load->schedules) *
						   sizeof(RateSchedule));
	book->schedules = schedules;
	foreach(cell, load->schedules)
		schedules[book->nschedules++] = *(RateSchedule *) lfirst(cell);
	list_adopted(load);
}
