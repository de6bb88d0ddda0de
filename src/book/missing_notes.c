/*
 * missing_notes.c
 *	  Keeping the list of the schedules that are missing.
 *
 * Called by the token's triggers, after a row.  The role that fires them has
 * written the token and so has it locked until the end of the transaction:
 * nobody else has rate rows or schedules that are not committed, and what is
 * looked up here stays as it is.  It is looked up as it is now, with the rows
 * of the statement that is being executed.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "book/missing.h"
#include "tables/scan.h"
#include "book/token_rows.h"
#include "compat.h"

/*
 * The schedule that the last row belonged to.  Most rows come in the order of
 * their schedules, and few names are longer.
 */
typedef enum NameState
{
	NAME_NOT_LOOKED_UP,
	NAME_KNOWN,					/* has a row in the table schedule */
	NAME_LISTED					/* missing, and in the list */
} NameState;

#define CACHED_LENGTH	256

static NameState cached_state = NAME_NOT_LOOKED_UP;
static char cached_name[CACHED_LENGTH];
static size_t cached_length = 0;

/*
 * missing_transaction_event
 *		A transaction or subtransaction begins or ends: what was true inside it
 *		may not be true outside.
 */
void
missing_transaction_event(void)
{
	cached_state = NAME_NOT_LOOKED_UP;
}

/*
 * Remember the state of a name.
 */
static void
cache_name(text *name, NameState state)
{
	cached_length = VARSIZE_ANY_EXHDR(name);
	cached_state = cached_length <= CACHED_LENGTH ? state : NAME_NOT_LOOKED_UP;
	memcpy(cached_name, VARDATA_ANY(name), Min(cached_length, CACHED_LENGTH));
}

/*
 * The state that is remembered of a name.
 */
static NameState
cached_state_of(text *name)
{
	if (VARSIZE_ANY_EXHDR(name) == cached_length &&
		cached_length <= CACHED_LENGTH &&
		memcmp(cached_name, VARDATA_ANY(name), cached_length) == 0)
		return cached_state;
	return NAME_NOT_LOOKED_UP;
}

/*
 * The OID of a rate table; InvalidOid if it is not there yet, in the middle of
 * ALTER EXTENSION ... UPDATE.
 */
static Oid
table_of(Oid schema, RateTable table)
{
	return get_relname_relid(rate_table_columns[table].name, schema);
}

/*
 * Is there a schedule of that name?
 */
static bool
is_known(Oid schema, text *name)
{
	return has_rows_of_schedule(table_of(schema, TABLE_SCHEDULE), name,
								SnapshotSelf);
}

/*
 * Does any rate row name the schedule?
 */
static bool
has_rate_rows(Oid schema, text *name)
{
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
	{
		Oid			table = table_of(schema, i);

		if (OidIsValid(table) &&
			has_rows_of_schedule(table, name, SnapshotSelf))
			return true;
	}
	return false;
}

/*
 * A rate row names the schedule: list it if it is missing.
 */
static void
rate_row_came(Oid schema, text *name)
{
	if (cached_state_of(name) != NAME_NOT_LOOKED_UP)
		return;
	if (is_known(schema, name))
		cache_name(name, NAME_KNOWN);
	else
	{
		list_missing(schema, name);
		cache_name(name, NAME_LISTED);
	}
}

/*
 * A rate row of the schedule was deleted: if it was the last one of a schedule
 * that is missing, it is not missing any more.
 */
static void
rate_row_went(Oid schema, text *name)
{
	if (cached_state_of(name) == NAME_KNOWN)
		return;
	if (is_known(schema, name))
		cache_name(name, NAME_KNOWN);
	else if (!has_rate_rows(schema, name))
	{
		unlist_missing(schema, name);
		missing_transaction_event();
	}
}

/*
 * A row of the table schedule was added or deleted.
 */
static void
schedule_came(Oid schema, text *name)
{
	unlist_missing(schema, name);
	missing_transaction_event();
}

static void
schedule_went(Oid schema, text *name)
{
	if (has_rate_rows(schema, name))
		list_missing(schema, name);
	missing_transaction_event();
}

/*
 * The name of the schedule in a row; NULL where there is no row.
 */
static text *
name_in(const TriggerData *trigger, HeapTuple row)
{
	bool		isnull = true;
	Datum		name = (Datum) 0;

	if (row != NULL)
		name = heap_getattr(row, SCHEDULE_NAME,
							RelationGetDescr(trigger->tg_relation), &isnull);
	return isnull ? NULL : DatumGetTextPP(name);
}

/*
 * Do two rows name the same schedule?
 */
static bool
same_name(const text *a, const text *b)
{
	return a != NULL && b != NULL &&
		VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

/*
 * missing_after_row
 *		A row of a rate table was inserted, updated or deleted.
 */
void
missing_after_row(const TriggerData *trigger, Oid schema)
{
	bool		insert = TRIGGER_FIRED_BY_INSERT(trigger->tg_event);
	bool		update = TRIGGER_FIRED_BY_UPDATE(trigger->tg_event);
	bool		is_schedule = RelationGetRelid(trigger->tg_relation) ==
		table_of(schema, TABLE_SCHEDULE);
	text	   *old = name_in(trigger, insert ? NULL : trigger->tg_trigtuple);
	text	   *new = name_in(trigger, insert ? trigger->tg_trigtuple :
							  update ? trigger->tg_newtuple : NULL);

	if (same_name(old, new))
		return;
	if (new != NULL && is_schedule)
		schedule_came(schema, new);
	else if (new != NULL)
		rate_row_came(schema, new);
	if (old != NULL && is_schedule)
		schedule_went(schema, old);
	else if (old != NULL)
		rate_row_went(schema, old);
}

static void
list_if_missing(text *name, void *schema)
{
	rate_row_came(*(Oid *) schema, name);
}

/*
 * missing_list_all
 *		Rebuild the list.
 */
void
missing_list_all(Oid schema)
{
	missing_transaction_event();
	unlist_all_missing(schema);
	for (int i = FIRST_RATE_ROW_TABLE; i < NUM_RATE_TABLES; i++)
	{
		Oid			table = table_of(schema, i);

		if (OidIsValid(table))
			visit_schedule_names(table, SnapshotSelf, list_if_missing,
								 &schema);
	}
}

/*
 * missing_after_truncation
 *		All rows of a table were removed: what is missing without them is found
 *		by a search.
 */
void
missing_after_truncation(Oid schema)
{
	missing_list_all(schema);
}
