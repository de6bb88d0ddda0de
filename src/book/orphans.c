/*
 * orphans.c
 *	  Rate rows of schedules that do not exist.
 *
 * A restore brings rate rows before the schedule that they belong to, which may
 * be in force on any date.  So they are looked for when a session begins to
 * rate by date, and as long as there are some.
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "book/load.h"
#include "tables/catalog.h"
#include "tables/session.h"

/* The order of compare_strings(), as bsearch() calls it */
static int
compare_names(const void *a, const void *b)
{
	return compare_strings(a, b);
}

static bool
is_known(const ListCell *name, const List *known)
{
	return known != NIL &&
		bsearch(name, known->elements, known->length, sizeof(ListCell),
				compare_names) != NULL;
}

/*
 * find_orphan
 *		The first schedule by name that rate rows belong to and that does not
 *		exist; NULL: there is none.
 *
 * That there is none is noted for the session, unless this transaction has
 * written rates: it may have deleted them, and be rolled back.
 */
const char *
find_orphan(Snapshot snapshot)
{
	List	   *known;
	ListCell   *cell;
	ListCell   *first = NULL;

	if (rate_session.no_orphans)
		return NULL;
	known = schedule_names(TABLE_SCHEDULE, snapshot);
	list_sort(known, compare_strings);
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
		foreach(cell, schedule_names(i, snapshot))
			if (!is_known(cell, known) &&
				(first == NULL || compare_strings(cell, first) < 0))
				first = cell;
	rate_session.no_orphans = first == NULL && !rates_are_locked();
	return first == NULL ? NULL :
		MemoryContextStrdup(rate_session.answers_context, lfirst(first));
}
