/*
 * fuzz_opening.c
 *		Any opening of an account under any schedule.
 */
#include "check.h"
#include "bill_checks.h"
#include "input.h"
#include "rating/quotes.h"

#define CATEGORIES	3
#define SIZES		2
#define DEPOSITS	8
#define PERMITS		5

typedef struct FuzzSchedule
{
	TapRate		taps[SIZES * 2 * NUM_AREAS];
	Fee			fees[NUM_FEE_CODES];
	DepositStep deposits[DEPOSITS];
	PermitRate	permits[PERMITS];
	RateSchedule schedule;
} FuzzSchedule;

static void
take_deposits(Input *in, FuzzSchedule *fuzz)
{
	int			n = take_below(in, DEPOSITS + 1);
	int			category = 0;
	rate_t		above = take_bool(in) ? 0 : take_rate(in);

	for (int i = 0; i < n; i++)
	{
		fuzz->deposits[i].category = category;
		fuzz->deposits[i].above = above;
		fuzz->deposits[i].deposit = take_rate(in);
		fuzz->deposits[i].service_fee = take_rate(in);
		if (take_below(in, 3) == 0 && category < CATEGORIES - 1)
		{
			category++;
			above = 0;
		}
		else
			above += 1 + (rate_t) take_bytes(in, 3);
	}
	fuzz->schedule.ndeposits = n;
	fuzz->schedule.deposits = fuzz->deposits;
}

static void
take_permits(Input *in, FuzzSchedule *fuzz)
{
	int			n = take_below(in, PERMITS + 1);
	rate_t		inches = (rate_t) take_bytes(in, 2);
	bool		larger = take_bool(in);

	for (int i = 0; i < n; i++)
	{
		fuzz->permits[i].line_inches = inches;
		fuzz->permits[i].larger_than = larger;
		fuzz->permits[i].amount = take_rate_or_none(in);
		if (larger || take_bool(in))
		{
			inches += 1 + (rate_t) take_bytes(in, 2);
			larger = take_bool(in);
		}
		else
			larger = true;
	}
	fuzz->schedule.npermits = n;
	fuzz->schedule.permits = fuzz->permits;
}

static void
take_schedule(Input *in, FuzzSchedule *fuzz)
{
	memset(fuzz, 0, sizeof(*fuzz));
	fuzz->schedule.included_pipe_feet = take_rate_or_none(in);
	fuzz->schedule.boring_from_inches = take_rate_or_none(in);
	fuzz->schedule.boring_to_inches = take_rate_or_none(in);
	fuzz->schedule.taps = fuzz->taps;
	for (int i = 0; i < SIZES * 2 * NUM_AREAS; i++)
	{
		fuzz->taps[i].present = take_below(in, 8) != 0;
		fuzz->taps[i].amount = take_rate_or_none(in);
	}
	for (int i = 0; i < NUM_FEE_CODES; i++)
	{
		fuzz->fees[i].amount = take_rate_or_none(in);
		if (fuzz->fees[i].amount != NO_RATE)
			fuzz->schedule.known_fees[i] = &fuzz->fees[i];
	}
	take_deposits(in, fuzz);
	take_permits(in, fuzz);
}

/* Most quotes ask for a few things only. */
static Number
take_perhaps(Input *in)
{
	return take_bool(in) ? take_number(in) : (Number) {0};
}

static OpeningFacts
take_facts(Input *in)
{
	OpeningFacts facts = {0};

	facts.with_deposit = take_bool(in);
	facts.deposit.category = take_label(in, CATEGORIES);
	facts.deposit.square_feet = take_perhaps(in);
	facts.deposit_held = take_perhaps(in);
	facts.connection = take_bool(in);
	facts.final_bill = take_perhaps(in);
	facts.with_tap = take_bool(in);
	facts.tap.meter = take_label(in, SIZES);
	facts.tap.area = take_label(in, NUM_AREAS);
	facts.tap.compound = take_bool(in);
	facts.tap.market_price = take_perhaps(in);
	facts.pipe_feet = take_perhaps(in);
	facts.excess_pipe_quote = take_perhaps(in);
	facts.asphalt_feet = take_perhaps(in);
	facts.concrete_feet = take_perhaps(in);
	facts.boring_feet = take_perhaps(in);
	facts.boring_line_inches = take_perhaps(in);
	facts.permit.line_inches = take_perhaps(in);
	facts.permit.determined_fee = take_perhaps(in);
	return facts;
}

/*
 * Negative, zero or positive as a is less than, equal to or above b: by whole
 * parts, then by billionths.  Nothing of src/rating is used.
 */
static int
order(Decimal a, Decimal b)
{
	int64_t		whole[2] = {a.value, b.value};
	int64_t		part[2] = {0, 0};
	int			scales[2] = {a.scale, b.scale};

	for (int i = 0; i < 2; i++)
	{
		int64_t		unit = 1;

		for (int scale = 0; scale < scales[i]; scale++)
			unit *= 10;
		part[i] = whole[i] % unit * (1000000000 / unit);
		whole[i] /= unit;
	}
	if (whole[0] != whole[1])
		return whole[0] < whole[1] ? -1 : 1;
	return (part[0] > part[1]) - (part[0] < part[1]);
}

static bool
is_positive(const Number *number)
{
	return number->given && number->value.value > 0;
}

/* No number is out of its domain: the sizes of lines are not 0 either. */
static bool
is_sensible(const OpeningFacts *facts)
{
	const Number *numbers[] = {
		&facts->deposit.square_feet, &facts->deposit_held, &facts->final_bill,
		&facts->tap.market_price, &facts->pipe_feet,
		&facts->excess_pipe_quote, &facts->asphalt_feet,
		&facts->concrete_feet, &facts->boring_feet,
		&facts->permit.determined_fee, &facts->boring_line_inches,
		&facts->permit.line_inches
	};

	for (int i = 0; i < 12; i++)
		if (numbers[i]->given && (numbers[i]->status != DECIMAL_OK ||
								  numbers[i]->value.value < (i < 10 ? 0 : 1)))
			return false;
	return true;
}

static void
check_order(const OpeningFacts *facts, ProblemCode code)
{
	if (!is_sensible(facts))
		REQUIRE(code >= PROBLEM_NOT_FINITE && code <= PROBLEM_NOT_POSITIVE);
	else
		REQUIRE(code == NO_PROBLEM || code > PROBLEM_NOT_POSITIVE);
}

/* The only line of a kind, or NULL. */
static const BillLine *
line_of(const Bill *bill, LineKind kind)
{
	const BillLine *found = NULL;

	for (int i = 0; i < bill->nlines; i++)
		if (bill->lines[i].kind == kind)
		{
			REQUIRE(found == NULL);
			found = &bill->lines[i];
		}
	return found;
}

/* A line is there with this rate, in dollars. */
static void
require_line(const Bill *bill, LineKind kind, Decimal dollars)
{
	const BillLine *line = line_of(bill, kind);

	REQUIRE(line != NULL);
	REQUIRE(line->quantity.value == 1 && line->quantity.scale == 0);
	REQUIRE(order(line->rate, dollars) == 0);
}

/* The same; no line where the amount is zero. */
static void
require_amount(const Bill *bill, LineKind kind, const Number *amount)
{
	if (is_positive(amount))
		require_line(bill, kind, amount->value);
	else
		REQUIRE(line_of(bill, kind) == NULL);
}

/* The highest step that the building exceeds, else the lowest. */
static void
check_deposit(const RateSchedule *schedule, const OpeningFacts *facts,
			  const Bill *bill)
{
	const DepositStep *step = NULL;
	Decimal		feet = facts->deposit.square_feet.value;

	for (int i = 0; i < schedule->ndeposits; i++)
	{
		const DepositStep *candidate = &schedule->deposits[i];

		if (candidate->category == facts->deposit.category.index &&
			(step == NULL || order(feet, decimal_of_rate(candidate->above)) > 0))
			step = candidate;
	}
	REQUIRE(step != NULL);
	REQUIRE(step->above == 0 || order(feet, decimal_of_rate(step->above)) > 0);
	require_line(bill, LINE_DEPOSIT, decimal_of_rate(step->deposit));
	if (is_positive(&facts->deposit_held))
		REQUIRE(line_of(bill, LINE_SERVICE_FEE) == NULL);
	else
		require_line(bill, LINE_SERVICE_FEE,
					 decimal_of_rate(step->service_fee));
}

static void
check_tap_lines(const RateSchedule *schedule, const OpeningFacts *facts,
				const Bill *bill)
{
	const TapRate *tap = tap_rate(schedule, facts->tap.meter.index,
								  facts->tap.compound, facts->tap.area.index);

	REQUIRE(tap->present);
	REQUIRE((tap->amount == NO_RATE) == facts->tap.market_price.given);
	if (tap->amount == NO_RATE)
		require_amount(bill, LINE_WATER_TAP, &facts->tap.market_price);
	else
		require_line(bill, LINE_WATER_TAP, decimal_of_rate(tap->amount));
	if (is_positive(&facts->pipe_feet))
		REQUIRE(facts->excess_pipe_quote.given ==
				(order(facts->pipe_feet.value,
					   decimal_of_rate(schedule->included_pipe_feet)) > 0));
	require_amount(bill, LINE_EXCESS_PIPE, &facts->excess_pipe_quote);
}

static void
check_permit_line(const RateSchedule *schedule, const OpeningFacts *facts,
				  const Bill *bill)
{
	Decimal		inches = facts->permit.line_inches.value;
	const PermitRate *permit = NULL;

	for (int i = schedule->npermits - 1; i >= 0; i--)
	{
		const PermitRate *candidate = &schedule->permits[i];
		int			above = order(inches,
								  decimal_of_rate(candidate->line_inches));

		if (!candidate->larger_than && above == 0)
		{
			permit = candidate;
			break;
		}
		if (candidate->larger_than && above > 0 && permit == NULL)
			permit = candidate;
	}
	REQUIRE(permit != NULL);
	REQUIRE((permit->amount == NO_RATE) == facts->permit.determined_fee.given);
	if (permit->amount == NO_RATE)
		require_amount(bill, LINE_SEWER_PERMIT, &facts->permit.determined_fee);
	else
		require_line(bill, LINE_SEWER_PERMIT, decimal_of_rate(permit->amount));
}

static void
check_fees(const RateSchedule *schedule, const OpeningFacts *facts,
		   const Bill *bill)
{
	Decimal		inches = facts->boring_line_inches.value;
	int			expected = (facts->connection ? 1 : 0) +
		(is_positive(&facts->asphalt_feet) ? 1 : 0) +
		(is_positive(&facts->concrete_feet) ? 1 : 0) +
		(is_positive(&facts->boring_feet) ? 1 : 0);

	for (int i = 0; i < bill->nlines; i++)
		if (bill->lines[i].kind == LINE_FEE)
			expected--;
	REQUIRE(expected == 0);
	REQUIRE(facts->boring_line_inches.given == is_positive(&facts->boring_feet));
	if (facts->boring_line_inches.given)
	{
		REQUIRE(order(inches,
					  decimal_of_rate(schedule->boring_from_inches)) >= 0);
		REQUIRE(order(inches,
					  decimal_of_rate(schedule->boring_to_inches)) <= 0);
	}
}

static void
check_lines(const RateSchedule *schedule, const OpeningFacts *facts,
			const Bill *bill)
{
	const BillLine *held = line_of(bill, LINE_DEPOSIT_HELD);

	REQUIRE(adds_up(bill, MAX_OPENING_LINES));
	if (facts->with_deposit)
		check_deposit(schedule, facts, bill);
	REQUIRE((held != NULL) == is_positive(&facts->deposit_held));
	if (held != NULL)
	{
		Decimal		credit = facts->deposit_held.value;

		credit.value = -credit.value;
		REQUIRE(order(held->rate, credit) == 0);
	}
	require_amount(bill, LINE_FINAL_BILL, &facts->final_bill);
	if (facts->with_tap)
		check_tap_lines(schedule, facts, bill);
	else
		REQUIRE(line_of(bill, LINE_WATER_TAP) == NULL);
	if (facts->permit.line_inches.given)
		check_permit_line(schedule, facts, bill);
	check_fees(schedule, facts, bill);
}

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static FuzzSchedule fuzz;
	Input		in = {data, data + size};
	OpeningFacts facts = take_facts(&in);
	Bill		total = {0};
	Bill		bill = {0};
	Problem		p = {0};
	Problem		q = {0};
	bool		rated;

	take_schedule(&in, &fuzz);

	/* exactly the promised room, so that the sanitizer sees a line too many */
	bill.lines = malloc(MAX_OPENING_LINES * sizeof(BillLine));
	rated = rate_opening(&fuzz.schedule, &facts, &bill, &p);
	REQUIRE(rated == (p.code == NO_PROBLEM));
	REQUIRE(rate_opening(&fuzz.schedule, &facts, &total, &q) == rated);
	REQUIRE(p.code == q.code);
	check_order(&facts, p.code);
	if (rated)
	{
		REQUIRE(total.total == bill.total);
		check_lines(&fuzz.schedule, &facts, &bill);
	}
	free(bill.lines);
	return 0;
}
