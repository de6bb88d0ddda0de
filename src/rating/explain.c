/*
 * explain.c
 *	  Which gallons give a bill of exactly a given amount.
 *
 * Bills are made by rate_bill(); there is no rule of rating here.  Each line
 * by gallons only grows, or only falls, with them.  So the lines at both ends
 * of an interval bound every bill between them; an interval whose bounds
 * exclude the amount is finished, one whose lines are the same at both ends
 * gives the same bill throughout, and any other is halved.  That also finds
 * bills with credits, where the total does not always grow.
 */
#include "rating/monthly.h"

/* Give up on one connection after this many intervals. */
#define MAX_INTERVALS	1000000

/* The bill at one end of an interval */
typedef struct End
{
	int64_t		gallons;
	Bill		bill;
} End;

/* The search for the gallons of one connection */
typedef struct Search
{
	const Explanation *of;
	BillFacts  *facts;
	int			intervals;		/* looked at so far */
	GallonRun	run;			/* found last, and not reported yet */
	bool		found;
} Search;

/* Make the bill at this consumption; false: there is none. */
static bool
make_end(const Search *search, int64_t gallons, int place, End *end)
{
	const Explanation *of = search->of;
	Problem		p = {.schedule = of->schedule};

	search->facts->gallons = gallons;
	end->gallons = gallons;
	end->bill = (Bill) {0};
	end->bill.lines = of->room + (size_t) place * max_bill_lines(of->schedule);
	if (rate_bill(of->schedule, search->facts, &end->bill, &p))
		return true;
	if (p.code == PROBLEM_CONTRADICTION)
		*of->problem = p;
	return false;
}

/* The line of the same rate row; NULL: the bill has none. */
static const BillLine *
line_of_row(const Bill *bill, const BillLine *line)
{
	for (const BillLine *at = bill->lines; at < bill->lines + bill->nlines; at++)
		if (at->kind == line->kind && at->description == line->description &&
			at->fee == line->fee &&
			at->key.from_gallons == line->key.from_gallons)
			return at;
	return NULL;
}

/* What the lines of an interval say about the bills in it. */
typedef struct Bounds
{
	cents_t		least;
	cents_t		most;
	cents_t		rise;			/* of all lines that grow */
	cents_t		fall;			/* of those that fall, as a negative number */
	cents_t		slack;			/* how far lines may be beyond both ends */
} Bounds;

/* Is the line a part of the amounts of others? */
static bool
is_per_dollar(const BillLine *line)
{
	return line->kind == LINE_SERVICE &&
		((const ServiceCharge *) line->fee)->unit == SERVICE_PER_DOLLAR;
}

/* A line by gallons is between its two amounts. */
static void
bound_line(cents_t low, cents_t high, Bounds *bounds)
{
	bounds->least += low < high ? low : high;
	bounds->most += low < high ? high : low;
	if (low < high)
		bounds->rise += high - low;
	else
		bounds->fall += high - low;
}

/*
 * So is a line per dollar, unless of the lines before it, of which it may be a
 * part, some grow and others fall: it may then be more, or less, than at both
 * ends.
 */
static void
bound_dollar_line(const BillLine *line, cents_t low, cents_t high,
				  Bounds *bounds)
{
	Decimal		spread = {bounds->rise - bounds->fall + bounds->slack, 2};
	cents_t		slack = 0;

	if ((bounds->rise != 0 && bounds->fall != 0) || bounds->slack != 0)
	{
		if (!multiply_to_cents(spread, line->rate, &slack))
			slack = INT64_MAX / 1024;
		slack = (slack < 0 ? -slack : slack) + 1;
	}
	bound_line(low, high, bounds);
	bounds->least -= slack;
	bounds->most += slack;
	bounds->slack += slack;
}

/* Bound the lines that are not per dollar. */
static void
bound_lines(const Bill *a, const Bill *b, Bounds *bounds)
{
	for (int i = 0; i < b->nlines; i++)
	{
		const BillLine *low = line_of_row(a, &b->lines[i]);

		if (!is_per_dollar(&b->lines[i]))
			bound_line(low == NULL ? 0 : low->amount, b->lines[i].amount,
					   bounds);
	}
	for (int i = 0; i < a->nlines; i++)
		if (!is_per_dollar(&a->lines[i]) && line_of_row(b, &a->lines[i]) == NULL)
			bound_line(a->lines[i].amount, 0, bounds);
}

/* The next line per dollar from *at on; NULL: there is none. */
static const BillLine *
dollar_line(const Bill *bill, int *at)
{
	while (*at < bill->nlines && !is_per_dollar(&bill->lines[*at]))
		(*at)++;
	return *at < bill->nlines ? &bill->lines[*at] : NULL;
}

/*
 * Bound the lines per dollar of both ends in their common order, which is that
 * of their charges in the schedule: each after what it is a part of.
 */
static void
bound_dollar_lines(const Bill *a, const Bill *b, Bounds *bounds)
{
	int			at_low = 0;
	int			at_high = 0;

	for (;;)
	{
		bool		in_low;
		bool		in_high;
		const BillLine *low = dollar_line(a, &at_low);
		const BillLine *high = dollar_line(b, &at_high);

		if (low == NULL && high == NULL)
			break;
		in_low = low != NULL && (high == NULL || low->fee <= high->fee);
		in_high = high != NULL && (low == NULL || high->fee <= low->fee);
		bound_dollar_line(in_low ? low : high, in_low ? low->amount : 0,
						  in_high ? high->amount : 0, bounds);
		at_low += in_low;
		at_high += in_high;
	}
}

/* The bounds of all bills between two ends. */
static Bounds
bounds_between(const End *low, const End *high)
{
	Bounds		bounds = {0, 0, 0, 0, 0};

	bound_lines(&low->bill, &high->bill, &bounds);
	bound_dollar_lines(&low->bill, &high->bill, &bounds);
	return bounds;
}

/* Report the run that was found last. */
static void
report_run(Search *search)
{
	if (search->found)
		search->of->found(search->of->context, search->facts, &search->run);
	search->found = false;
}

/*
 * These gallons give the amount; they continue the previous run, or begin a
 * new one.
 */
static void
add_run(Search *search, int64_t from, int64_t to)
{
	if (search->found && search->run.to + 1 == from)
	{
		search->run.to = to;
		return;
	}
	report_run(search);
	search->run = (GallonRun) {false, from, to};
	search->found = true;
}

/* Look for the amount between two ends; false: that takes too long. */
static bool
/* NOLINTNEXTLINE(misc-no-recursion): bounded by EXPLAIN_DEPTH */
search_between(Search *search, const End *low, const End *high, int depth)
{
	cents_t		amount = search->of->amount;
	Bounds		bounds;
	End			left;
	End			right;

	if (++search->intervals > MAX_INTERVALS || depth >= EXPLAIN_DEPTH)
		return false;
	bounds = bounds_between(low, high);
	if (amount < bounds.least || amount > bounds.most)
		return true;
	if (bounds.least == bounds.most)
	{
		add_run(search, low->gallons, high->gallons);
		return true;
	}
	if (!make_end(search, low->gallons + (high->gallons - low->gallons) / 2,
				  2 * depth, &left) ||
		!make_end(search, left.gallons + 1, 2 * depth + 1, &right))
		return true;
	return search_between(search, low, &left, depth + 1) &&
		search_between(search, &right, high, depth + 1);
}

/*
 * The most gallons whose bill the arithmetic holds; beyond them there is none.
 */
static int64_t
most_gallons(const Search *search)
{
	int64_t		good = 0;
	int64_t		bad = MAX_GALLONS + 1;
	End			end;

	while (bad - good > 1)
	{
		int64_t		middle = good + (bad - good) / 2;

		/* the last one first, since it nearly always works */
		if (bad > MAX_GALLONS)
			middle = MAX_GALLONS;
		if (make_end(search, middle, 0, &end))
			good = middle;
		else
			bad = middle;
	}
	return good;
}

/*
 * Report the gallons with which the bill of these facts is the amount, if any.
 * False: the search was given up.
 */
bool
explain_facts(const Explanation *explanation, BillFacts *facts)
{
	Search		search = {.of = explanation,.facts = facts};
	End			low;
	End			high;
	Bounds		bounds;

	facts->given |= BILL_ARGUMENT(BILL_GALLONS);
	if (!make_end(&search, 0, 0, &low) ||
		!make_end(&search, most_gallons(&search), 1, &high) ||
		!make_end(&search, 0, 0, &low))
		return true;
	bounds = bounds_between(&low, &high);
	if (bounds.least == bounds.most)
	{
		if (bounds.least == explanation->amount)
			explanation->found(explanation->context, facts,
							   &(GallonRun) {.any = true});
		return true;
	}
	if (!search_between(&search, &low, &high, 1))
		return false;
	report_run(&search);
	return true;
}
