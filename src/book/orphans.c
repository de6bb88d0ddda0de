/*
 * orphans.c
 *	  Rate rows of schedules that do not exist.
 *
 * A restore brings rate rows before the schedule that they belong to, which may
 * be in force on any date.  So they are looked for when a session begins to
 * rate by date, and as long as there are some.
 */
#include "postgres.h"

#include "nodes/pg_list.h"
#include "utils/memutils.h"

#include "book/orphans.h"
#include "tables/catalog.h"
#include "tables/scan.h"
#include "tables/session.h"

/* A name, as long as it is said to be */
typedef struct BookName
{
	const char *bytes;
	int			length;
} BookName;

/* A search in progress */
typedef struct Search
{
	BookName	   *known;			/* the schedules that exist, in order */
	int			nknown;
	int			room;
	BookName		last;			/* the name in the last row */
	BookName		orphan;			/* the first in order; NULL: none */
} Search;

/*
 * Order names by bytes.
 */
static int
compare_names(const void *a, const void *b)
{
	const BookName *name_a = a;
	const BookName *name_b = b;
	int			order = memcmp(name_a->bytes, name_b->bytes,
							   Min(name_a->length, name_b->length));

	return order != 0 ? order : name_a->length - name_b->length;
}

static BookName
copy_name(const text *schedule)
{
	BookName		name = {.length = VARSIZE_ANY_EXHDR(schedule)};
	char	   *bytes = palloc(name.length + 1);

	memcpy(bytes, VARDATA_ANY(schedule), name.length);
	bytes[name.length] = '\0';
	name.bytes = bytes;
	return name;
}

/*
 * Note a schedule that exists.
 */
static void
add_known(const text *schedule, void *arg)
{
	Search	   *search = arg;

	if (search->nknown == search->room)
	{
		search->room *= 2;
		search->known = repalloc(search->known, search->room * sizeof(BookName));
	}
	search->known[search->nknown++] = copy_name(schedule);
}

/*
 * Is the schedule of a rate row among them?  Rows of one schedule stand
 * together.
 */
static void
compare_with_known(const text *schedule, void *arg)
{
	Search	   *search = arg;
	BookName		name = {VARDATA_ANY(schedule), VARSIZE_ANY_EXHDR(schedule)};

	if (search->last.bytes != NULL && compare_names(&name, &search->last) == 0)
		return;
	search->last = copy_name(schedule);
	if (bsearch(&name, search->known, search->nknown, sizeof(BookName),
				compare_names) == NULL &&
		(search->orphan.bytes == NULL ||
		 compare_names(&name, &search->orphan) < 0))
		search->orphan = search->last;
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
	Search		search = {.room = 64};

	if (rate_session.no_orphans)
		return NULL;
	search.known = palloc(search.room * sizeof(BookName));
	visit_schedule_names(TABLE_SCHEDULE, snapshot, add_known, &search);
	qsort(search.known, search.nknown, sizeof(BookName), compare_names);
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
		visit_schedule_names(i, snapshot, compare_with_known, &search);
	if (search.orphan.bytes != NULL)
		return MemoryContextStrdup(rate_session.answers_context,
								   search.orphan.bytes);
	rate_session.no_orphans = !rates_are_locked();
	return NULL;
}
