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
#include "book/missing.h"
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
 * Is a schedule missing?  The list says so if it is complete; otherwise the
 * tables are searched.
 */
static const char *
find_missing(RateLoad *load, bool listed)
{
	char	   *name = listed ?
		listed_missing(load->catalog->missing_table, load->snapshot) :
		search_missing(load->catalog, load->book, load->snapshot);

	return name == NULL ? NULL : MemoryContextStrdup(load->context, name);
}

/*
 * load_rate_book
 *		The book that the snapshot sees, in the given memory context: labels,
 *		and the schedules without their rates.  "listed" tells whether the list
 *		of missing schedules is complete.
 */
CompiledBook *
load_rate_book(const RateCatalog *catalog, Snapshot snapshot,
			   MemoryContext context, bool listed)
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
	load.book->missing_schedule = find_missing(&load, listed);
	end_load(caller);
	return load.compiled;
}

/*
 * May the schedule be billed by date?  It may not while another one is missing
 * that may be the one in force.
 */
static bool
may_be_billed(const RateBook *book, const RateSchedule *schedule)
{
	return !schedule->draft && is_whole(schedule) &&
		book->missing_schedule == NULL;
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
	load_service_charges(&load);
	load_onetime_rates(&load);
	end_load(caller);
	filled.loaded = true;
	filled.billable = may_be_billed(load.book, &filled);
	*schedule = filled;
}
