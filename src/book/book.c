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
#include "book/load.h"
#include "tables/catalog.h"

/* What a look-up is for: a name, or else a date */
typedef struct Request
{
	text	   *name;
	DateADT		date;
	bool		second;			/* the call is using the answer before */
} Request;

/* From now on the answers are for this snapshot. */
static void
begin_memo(const SnapshotData *snapshot)
{
	RateMemo   *memo = &rate_session.memo;
	Size		xip_size = snapshot->xcnt * sizeof(TransactionId);
	Size		subxip_size = Max(snapshot->subxcnt, 0) * sizeof(TransactionId);

	memo->members = MemoryContextAlloc(rate_session.answers_context,
									   xip_size + subxip_size);
	if (xip_size > 0)
		memcpy(memo->members, snapshot->xip, xip_size);
	if (subxip_size > 0)
		memcpy(memo->members + snapshot->xcnt, snapshot->subxip, subxip_size);
	memo->xmin = snapshot->xmin;
	memo->xmax = snapshot->xmax;
	memo->xcnt = snapshot->xcnt;
	memo->subxcnt = snapshot->subxcnt;
	memo->curcid = snapshot->curcid;
	memo->suboverflowed = snapshot->suboverflowed;
}

/* Let go of the schedules that are kept; they are freed with the answers. */
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

/* Were the schedules that are kept compiled with the labels as they are? */
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
		begin_memo(snapshot);
}

/* The labels to compile with. */
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

/* The schedule of a row, if it is kept. */
static const RateSchedule *
find_kept(const RateRow *row)
{
	for (int i = 0; i < rate_session.nkept; i++)
	{
		const RateSchedule *kept = rate_session.kept[i];

		if (!row_is_null(row, SCHEDULE_EFFECTIVE_FROM) &&
			row_has_words(row, SCHEDULE_FINGERPRINT, kept->fingerprint) &&
			row_has_words(row, SCHEDULE_NAME, kept->name) &&
			row_start(row) == kept->effective_from)
			return kept;
	}
	return NULL;
}

/*
 * Read and compile a schedule whose row is there.  It is built under the
 * current memory context, so that an error leaves all as it was.
 */
static void
compile(RateRow *row, Snapshot snapshot, RateAnswer *answer)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "rate schedule",
												  ALLOCSET_SMALL_SIZES);
	ScheduleRows rows;
	const RateBook *book;
	RateSchedule *schedule = read_header(row, context);
	bool		keep;

	read_rate_rows(row, snapshot, &rows);
	rate_session.loads++;
	book = current_book();
	if (!schedule->draft && !gives_fingerprint(&rows, schedule->fingerprint))
		answer->code = PROBLEM_CHANGED_RATES;
	else
		load_rates(book, &rows, schedule, context);
	keep = !schedule->draft && answer->code == NO_PROBLEM;
	if (keep && rate_session.nkept == MAX_KEPT)
		retire_kept();
	keep = keep && rate_session.book == book;
	MemoryContextSetParent(context, keep ? rate_session.kept_context :
						   rate_session.answers_context);
	if (keep)
		rate_session.kept[rate_session.nkept++] = schedule;
	answer->schedule = schedule;
}

/* The schedule of a row of the table schedule, as an answer for no date. */
static RateAnswer
answer_of_row(RateRow *row, Snapshot snapshot)
{
	RateAnswer	answer = {.from = 1,.schedule = find_kept(row)};

	if (answer.schedule == NULL)
		compile(row, snapshot, &answer);
	return answer;
}

/* The answer for the dates before the first schedule. */
static RateAnswer
answer_before_first(Snapshot snapshot)
{
	RateRow    *first = read_nearest_schedule(DATEVAL_NOBEGIN,
											  BTGreaterStrategyNumber,
											  snapshot);

	if (first == NULL)
		return (RateAnswer) {
			.from = DATEVAL_NOBEGIN,
			.until = DATEVAL_NOEND,
			.code = PROBLEM_NONE_ADOPTED
		};
	return (RateAnswer) {
		.from = DATEVAL_NOBEGIN,
		.until = row_start(first) - 1,
		.code = PROBLEM_NOT_IN_FORCE,
		.limit = row_start(first),
		.text = MemoryContextStrdup(rate_session.answers_context,
									row_string(first, SCHEDULE_NAME))
	};
}

/*
 * The same schedule was in force on another date: it is on all dates until the
 * next one starts.
 */
static bool
extend_answer(RateAnswer *answer, DateADT start, Snapshot snapshot)
{
	RateRow    *next;

	if (answer->from != start || answer->until < start)
		return false;
	next = read_nearest_schedule(start, BTGreaterStrategyNumber, snapshot);
	answer->until = next == NULL ? DATEVAL_NOEND : row_start(next) - 1;
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

/* How many answers are remembered. */
static uint32
count_answers(void)
{
	return Min(rate_session.nanswers, MAX_KEPT);
}

/* The answer for a date, which is not remembered. */
static const RateAnswer *
answer_for_date(DateADT date, Snapshot snapshot)
{
	RateAnswer	answer = {
		.from = DATEVAL_NOBEGIN,
		.until = DATEVAL_NOEND,
		.code = PROBLEM_UNFINISHED_RESTORE,
		.text = find_orphan(snapshot)
	};
	RateRow    *row;

	if (answer.text != NULL)
		return remember(&answer, snapshot);
	row = read_nearest_schedule(date, BTLessEqualStrategyNumber, snapshot);
	if (row == NULL)
	{
		answer = answer_before_first(snapshot);
		return remember(&answer, snapshot);
	}
	for (uint32 i = 0; i < count_answers() && memo_matches(snapshot); i++)
		if (extend_answer(&rate_session.answers[i], row_start(row), snapshot))
			return &rate_session.answers[i];
	answer = answer_of_row(row, snapshot);
	answer.from = row_start(row);
	answer.until = date;
	return remember(&answer, snapshot);
}

/* The answer for a name, which is not remembered. */
static const RateAnswer *
answer_for_name(text *name, Snapshot snapshot)
{
	RateRow    *row = read_named_schedule(name, snapshot);
	RateAnswer	answer = {.from = 1,.code = PROBLEM_UNKNOWN_SCHEDULE};

	if (row != NULL)
		answer = answer_of_row(row, snapshot);
	return remember(&answer, snapshot);
}

/* Is this the answer to a request? */
static bool
answers(const RateAnswer *answer, const Request *request)
{
	if (request->name == NULL)
		return request->date >= answer->from && request->date <= answer->until;
	return answer->schedule != NULL &&
		has_words(request->name, answer->schedule->name);
}

/* Find the answer, with a snapshot. */
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

/* Look the schedule of a request up. */
static const RateSchedule *
look_up_schedule(Request request, Problem *p)
{
	bool		pushed = !ActiveSnapshotSet();
	const RateAnswer *answer;

	if (pushed)
		PushActiveSnapshot(GetTransactionSnapshot());
	answer = find_answer(&request, GetActiveSnapshot());
	if (pushed)
		PopActiveSnapshot();
	memset(p, 0, sizeof(Problem));
	p->schedule = answer->schedule;
	if (answer->code == NO_PROBLEM)
	{
		rate_session.latest = answer;
		return answer->schedule;
	}
	p->text = answer->code == PROBLEM_UNKNOWN_SCHEDULE ?
		text_to_cstring(request.name) : answer->text;
	p->limit = answer->limit;
	p->date = request.date;
	(void) note_problem(p, answer->code);
	return NULL;
}

/*
 * schedule_on
 *		The schedule in force on a date.
 */
const RateSchedule *
schedule_on(DateADT date, Problem *p)
{
	return look_up_schedule((Request) {.date = date}, p);
}

/*
 * schedule_also_on
 *		The same for another date of the same call.
 */
const RateSchedule *
schedule_also_on(DateADT date, Problem *p)
{
	return look_up_schedule((Request) {.date = date,.second = true}, p);
}

/*
 * schedule_named
 *		The schedule of a name, draft or adopted.
 */
const RateSchedule *
schedule_named(text *name, Problem *p)
{
	return look_up_schedule((Request) {.name = name}, p);
}
