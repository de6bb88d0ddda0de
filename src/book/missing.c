/*
 * missing.c
 *	  Finding schedules that are missing, for the book.
 */
#include "postgres.h"

#include "access/table.h"
#include "access/tableam.h"
#include "executor/tuptable.h"
#include "utils/builtins.h"
#include "utils/rel.h"

#include "book/missing.h"
#include "tables/scan.h"
#include "compat.h"

/*
 * Errors name the first schedule in the order of strcmp, so that the message
 * does not depend on the order of rows.
 */
static char *
first_of(char *name, char *other)
{
	return name == NULL || strcmp(other, name) < 0 ? other : name;
}

/*
 * listed_missing
 *		A schedule of the list; NULL if it is empty.
 */
char *
listed_missing(Oid missing_table, Snapshot snapshot)
{
	Relation	relation = try_table_open(missing_table, AccessShareLock);
	TupleTableSlot *slot;
	TableScanDesc scan;
	char	   *name = NULL;

	if (relation == NULL)
		refuse_dropped();
	slot = table_slot_create(relation, NULL);
	scan = begin_table_scan(relation, snapshot);
	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		bool		isnull;
		Datum		value = slot_getattr(slot, MISSING_SCHEDULE_NAME, &isnull);

		if (!isnull)
			name = first_of(name, TextDatumGetCString(value));
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	table_close(relation, AccessShareLock);
	return name;
}

/* A search in progress */
typedef struct Search
{
	const RateBook *book;
	char	   *found;
} Search;

/*
 * Is the name that of a schedule of the book?
 */
static void
compare_with_book(text *schedule, void *arg)
{
	Search	   *search = arg;

	if (schedule_named(search->book, VARDATA_ANY(schedule),
					   VARSIZE_ANY_EXHDR(schedule)) == NULL)
		search->found = first_of(search->found, text_to_cstring(schedule));
}

/*
 * search_missing
 *		The same without the list, which may not be complete.
 */
char *
search_missing(const RateCatalog *catalog, const RateBook *book,
			   Snapshot snapshot)
{
	Search		search = {.book = book};

	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
		visit_schedule_names(catalog->tables[i], snapshot, compare_with_book,
							 &search);
	return search.found;
}
