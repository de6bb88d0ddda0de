/*
 * book.c
 *	  Which schedule a call is rated by.
 *
 * The answer is what a plain SELECT with the active snapshot would see.  Three
 * steps, each more expensive than the one before:
 *
 * 1. The memo: answers that were given for the same snapshot.
 * 2. The row of the schedule, read with the snapshot.  An adopted schedule
 *	  cannot change, so one that this session has read is known by its
 *	  fingerprint.
 * 3. The rates, read with the snapshot and compiled.  Adopted ones that give
 *	  the fingerprint are kept; others are never billed by.  A draft is compiled
 *	  for its snapshot.
 *
 * Memory is freed in one place, where the first look-up of a call finds other
 * answers outdated; whatever is replaced before that waits in their context.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/memutils.h"

#include "book/book.h"
#include "book/fingerprint.h"
#include "book/load.h"
#include "book/orphans.h"
#include "book/texts.h"
#include "tables/catalog.h"
#include "tables/scan.h"

/* What a look-up is for: a name, or else a date */
typedef struct Request
{
	text	   *name;
	DateADT		date;
	bool		second;			/* the call is using the answer before */
} Request;

/*
 * rate_book_loads
 *		How often this backend has read the rates of a schedule.
 */
int64
rate_book_loads(void)
{
	return rate_session.loads;
}

/*
 * memo_begin
 *		Other answers are for this snapshot.
 */
void
memo_begin(const SnapshotData *snapshot)
{
	RateMemo   *memo = &rate_session.memo;
	uint32		nsub = Max(snapshot->subxcnt, 0);

	if (snapshot->xcnt + nsub > memo->room)
	{
		if (memo->members != NULL)
			pfree(memo->members);
		memo->members = NULL;
		memo->room = 0;
		memo->members = MemoryContextAlloc(TopMemoryContext,
										   (snapshot->xcnt + nsub) *
										   sizeof(TransactionId));
		memo->room = snapshot->xcnt + nsub;
	}
	memo->xmin = snapshot->xmin;
	memo->xmax = snapshot->xmax;
	memo->xcnt = snapshot->xcnt;
	memo->subxcnt = snapshot->subxcnt;
	memo->curcid = snapshot->curcid;
	memo->suboverflowed = snapshot->suboverflowed;
	if (snapshot->xcnt > 0)
		memcpy(memo->members, snapshot->xip,
			   snapshot->xcnt * sizeof(TransactionId));
	if (nsub > 0)
		memcpy(memo->members + snapshot->xcnt, snapshot->subxip,
			   nsub * sizeof(TransactionId));
}

/*
 * Stop keeping what is kept.  It may be in use until answers are freed.
 */
static void
retire_kept(void)
{
	if (rate_session.kept_context != NULL)
		MemoryContextSetParent(rate_session.kept_context,
							   rate_session.answers_context);
	rate_session.kept_context = NULL;
	rate_session.book = NULL;
	rate_session.nkept = 0;
	forget_answers();
}

/*
 * Are the schedules that are kept those of the labels as they are?
 */
static bool
labels_are_current(void)
{
	return rate_session.book != NULL &&
		rate_session.book_labels == rate_session.label_messages;
}

/*
 * Make room for answers to another snapshot.  Nothing is remembered while the
 * snapshot may see other rows at the next call.
 */
static void
begin_answers(Snapshot snapshot, bool second)
{
	verify_rate_tables();
	if (rate_session.answers_context == NULL)
		rate_session.answers_context =
			AllocSetContextCreate(TopMemoryContext, "rate answers",
								  ALLOCSET_DEFAULT_SIZES);
	if (memo_matches(snapshot))
		return;
	forget_answers();
	rate_session.nanswers = 0;
	if (!second)
		MemoryContextReset(rate_session.answers_context);
	if (!labels_are_current())
		retire_kept();
	if (!rates_may_be_changing())
		memo_begin(snapshot);
}

/*
 * The labels to compile with.
 */
static const RateBook *
current_book(void)
{
	MemoryContext context;
	uint64		labels = rate_session.label_messages;

	if (labels_are_current())
		return rate_session.book;
	retire_kept();
	context = AllocSetContextCreate(CurrentMemoryContext, "rate schedules",
									ALLOCSET_DEFAULT_SIZES);
	rate_session.book = load_book(context);
	rate_session.book_labels = labels;
	MemoryContextSetParent(context, TopMemoryContext);
	rate_session.kept_context = context;
	return rate_session.book;
}

/*
 * The schedule of a row, if it is kept.
 */
static const RateSchedule *
find_kept(const RateSchedule *row)
{
	for (int i = 0; i < rate_session.nkept; i++)
	{
		const RateSchedule *kept = rate_session.kept[i];

		if (strcmp(kept->fingerprint, row->fingerprint) == 0 &&
			kept->effective_from == row->effective_from &&
			strcmp(kept->name, row->name) == 0)
			return kept;
	}
	return NULL;
}

/*
 * The header of a schedule in its own memory context.
 */
static RateSchedule *
copy_header(const RateRow *row, MemoryContext context)
{
	MemoryContext before = MemoryContextSwitchTo(context);
	RateSchedule *schedule = palloc(sizeof(RateSchedule));

	read_header(row, schedule);
	MemoryContextSwitchTo(before);
	return schedule;
}

/*
 * Read and compile a schedule whose row is there.  It is built under the
 * current memory context, so that an error leaves all as it was.
 */
static RateAnswer
compile(RateRow *row, Snapshot snapshot)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "rate schedule",
												  ALLOCSET_SMALL_SIZES);
	ScheduleRows rows;
	const RateBook *book;
	RateSchedule *schedule = copy_header(row, context);
	RateAnswer	answer = {.from = 1,.schedule = schedule};
	bool		keep;

	rows.rows[TABLE_SCHEDULE] = list_make1(row);
	read_rate_rows(cstring_to_text(schedule->name), snapshot, &rows);
	rate_session.loads++;
	book = current_book();
	if (!schedule->draft && !gives_fingerprint(&rows, schedule->fingerprint))
		answer.code = PROBLEM_CHANGED_RATES;
	else
		load_rates(book, &rows, schedule, context);
	keep = !schedule->draft && answer.code == NO_PROBLEM;
	if (keep && rate_session.nkept == MAX_KEPT)
		retire_kept();
	keep = keep && rate_session.book == book;
	MemoryContextSetParent(context, keep ? rate_session.kept_context :
						   rate_session.answers_context);
	if (keep)
		rate_session.kept[rate_session.nkept++] = schedule;
	return answer;
}

/*
 * The answer of a row of the table schedule.
 */
static RateAnswer
answer_of_row(RateRow *row, Snapshot snapshot)
{
	RateSchedule header;
	const RateSchedule *kept = NULL;

	read_header(row, &header);
	if (!header.draft && header.fingerprint != NULL)
		kept = find_kept(&header);
	if (kept != NULL)
		return (RateAnswer) {.from = 1,.schedule = kept};
	return compile(row, snapshot);
}

/*
 * The answer for the dates before the first schedule.
 */
static RateAnswer
answer_before_first(Snapshot snapshot)
{
	RateRow    *first = read_nearest_schedule(DATEVAL_NOBEGIN,
											  BTGreaterStrategyNumber,
											  snapshot);
	RateAnswer	answer = {
		.from = DATEVAL_NOBEGIN,
		.until = DATEVAL_NOEND,
		.code = PROBLEM_NONE_ADOPTED
	};
	RateSchedule header;

	if (first == NULL)
		return answer;
	read_header(first, &header);
	answer.code = PROBLEM_NOT_IN_FORCE;
	answer.until = header.effective_from - 1;
	answer.limit = header.effective_from;
	answer.text = MemoryContextStrdup(rate_session.answers_context,
									  header.name);
	return answer;
}

/*
 * The same schedule was in force on another date: it is on all dates until the
 * next one starts.
 */
static bool
extend_answer(RateAnswer *answer, DateADT start, Snapshot snapshot)
{
	RateRow    *next;
	RateSchedule header = {.effective_from = DATEVAL_NOEND};

	if (answer->from != start || answer->until < start)
		return false;
	next = read_nearest_schedule(start, BTGreaterStrategyNumber, snapshot);
	if (next != NULL)
		read_header(next, &header);
	answer->until = next == NULL ? DATEVAL_NOEND : header.effective_from - 1;
	return true;
}

/*
 * Keep an answer for the next call with the snapshot, in place of another if
 * need be.
 */
static RateAnswer *
remember(const RateAnswer *answer, Snapshot snapshot)
{
	static RateAnswer not_remembered;
	RateAnswer *place = &not_remembered;

	if (memo_matches(snapshot))
		place = &rate_session.answers[rate_session.nanswers++ % MAX_KEPT];
	*place = *answer;
	return place;
}

/*
 * How many answers are remembered.
 */
static uint32
count_answers(void)
{
	return Min(rate_session.nanswers, MAX_KEPT);
}

/*
 * The answer for a date, which is not remembered.
 */
static const RateAnswer *
answer_for_date(DateADT date, Snapshot snapshot)
{
	RateAnswer	answer = {
		.from = DATEVAL_NOBEGIN,
		.until = DATEVAL_NOEND,
		.code = PROBLEM_UNFINISHED_RESTORE
	};
	RateSchedule header;
	RateRow    *row;

	answer.text = find_orphan(snapshot);
	if (answer.text != NULL)
		return remember(&answer, snapshot);
	row = read_nearest_schedule(date, BTLessEqualStrategyNumber, snapshot);
	if (row == NULL)
	{
		answer = answer_before_first(snapshot);
		return remember(&answer, snapshot);
	}
	read_header(row, &header);
	for (uint32 i = 0; i < count_answers() && memo_matches(snapshot); i++)
		if (extend_answer(&rate_session.answers[i], header.effective_from,
						  snapshot))
			return &rate_session.answers[i];
	answer = answer_of_row(row, snapshot);
	answer.from = header.effective_from;
	answer.until = date;
	return remember(&answer, snapshot);
}

/*
 * The answer for a name, which is not remembered.
 */
static const RateAnswer *
answer_for_name(text *name, Snapshot snapshot)
{
	RateRow    *row = read_named_schedule(name, snapshot);
	RateAnswer	answer = {.from = 1,.code = PROBLEM_UNKNOWN_SCHEDULE};

	if (row != NULL)
		answer = answer_of_row(row, snapshot);
	return remember(&answer, snapshot);
}

/*
 * Is this the answer to a request?
 */
static bool
answers(const RateAnswer *answer, const Request *request)
{
	const RateSchedule *schedule = answer->schedule;
	size_t		length;

	if (request->name == NULL)
		return request->date >= answer->from && request->date <= answer->until;
	length = VARSIZE_ANY_EXHDR(request->name);
	return schedule != NULL && strlen(schedule->name) == length &&
		memcmp(schedule->name, VARDATA_ANY(request->name), length) == 0;
}

/*
 * Find the answer, with a snapshot.
 */
static const RateAnswer *
find_answer(const Request *request, Snapshot snapshot)
{
	MemoryContext caller;
	MemoryContext scratch;
	const RateAnswer *answer;

	if (memo_matches(snapshot))
		for (uint32 i = 0; i < count_answers(); i++)
			if (answers(&rate_session.answers[i], request))
				return &rate_session.answers[i];
	scratch = AllocSetContextCreate(CurrentMemoryContext, "rate look-up",
									ALLOCSET_DEFAULT_SIZES);
	caller = MemoryContextSwitchTo(scratch);
	begin_answers(snapshot, request->second);
	answer = request->name != NULL ?
		answer_for_name(request->name, snapshot) :
		answer_for_date(request->date, snapshot);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(scratch);
	return answer;
}

/*
 * Note the problem of an answer without a schedule that can be used.
 */
static void
explain_answer(const RateAnswer *answer, const Request *request, Problem *p)
{
	p->schedule = answer->schedule;
	p->text = answer->text;
	p->limit = answer->limit;
	p->date = request->date;
	if (answer->code == PROBLEM_UNKNOWN_SCHEDULE)
		p->text = text_to_cstring(request->name);
	(void) note_problem(p, answer->code);
}

/*
 * Look the schedule of a request up.
 */
static const RateSchedule *
look_up(Request request, Problem *p)
{
	bool		pushed = !ActiveSnapshotSet();
	const RateAnswer *answer;

	if (pushed)
		PushActiveSnapshot(GetTransactionSnapshot());
	answer = find_answer(&request, GetActiveSnapshot());
	if (pushed)
		PopActiveSnapshot();
	memset(p, 0, sizeof(Problem));
	if (answer->code != NO_PROBLEM)
	{
		explain_answer(answer, &request, p);
		return NULL;
	}
	p->schedule = answer->schedule;
	rate_session.latest = answer;
	return answer->schedule;
}

/*
 * schedule_on
 *		The schedule in force on a date.
 */
const RateSchedule *
schedule_on(DateADT date, Problem *p)
{
	return look_up((Request) {.date = date}, p);
}

/*
 * schedule_also_on
 *		The same for another date of the same call.
 */
const RateSchedule *
schedule_also_on(DateADT date, Problem *p)
{
	return look_up((Request) {.date = date,.second = true}, p);
}

/*
 * schedule_named
 *		The schedule of a name, draft or adopted.
 */
const RateSchedule *
schedule_named(text *name, Problem *p)
{
	return look_up((Request) {.name = name}, p);
}
