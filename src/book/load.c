/*
 * load.c
 *	  Compiling the rate tables into a book, and schedules into it.
 *
 * Each of the two is read with one snapshot, so it is one state of the rates,
 * whatever is committed in the meantime.
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "book/load.h"
#include "book/texts.h"

/*
 * Begin a load.  Temporary data lives in a context of its own, which is freed
 * with the caller's after an error; returns the caller's context.
 */
static MemoryContext
begin_load(void)
{
	return MemoryContextSwitchTo(AllocSetContextCreate(CurrentMemoryContext,
													   "rate book load",
													   ALLOCSET_DEFAULT_SIZES));
}

static void
end_load(MemoryContext caller)
{
	MemoryContext scratch = MemoryContextSwitchTo(caller);

	MemoryContextDelete(scratch);
}

/*
 * load_rate_book
 *		The book that the snapshot sees, in the given memory context: labels,
 *		and the schedules without their rates.
 */
CompiledBook *
load_rate_book(const RateCatalog *catalog, Snapshot snapshot,
			   MemoryContext context)
{
	MemoryContext caller = begin_load();
	RateLoad	load = {
		.catalog = catalog,
		.snapshot = snapshot,
		.context = context
	};

	load.compiled = book_alloc(&load, sizeof(CompiledBook));
	load.book = &load.compiled->rates;
	load_labels(&load);
	load_line_texts(&load);
	load_schedules(&load);
	end_load(caller);
	return load.compiled;
}

/*
 * Does an adopted schedule have the rows that it was adopted with?
 */
static bool
may_be_billed(const RateSchedule *schedule)
{
	return !schedule->draft && is_whole(schedule);
}

/*
 * load_rate_schedule
 *		Read the rates of one schedule of a book, into the given context.
 *
 * The schedule is filled in last, at once.
 */
void
load_rate_schedule(const RateCatalog *catalog, Snapshot snapshot,
				   MemoryContext context, CompiledBook *compiled,
				   RateSchedule *schedule)
{
	MemoryContext caller = begin_load();
	RateSchedule filled = *schedule;
	RateLoad	load = {
		.catalog = catalog,
		.snapshot = snapshot,
		.context = context,
		.compiled = compiled,
		.book = &compiled->rates,
		.schedule = &filled
	};

	make_room(&load);
	load_terms(&load);
	load_monthly_rates(&load);
	load_onetime_rates(&load);
	end_load(caller);
	filled.loaded = true;
	filled.billable = may_be_billed(&filled);
	*schedule = filled;
}
