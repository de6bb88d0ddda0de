/*
 * explain_amount.c
 *	  explain_amount: which connections have a bill of exactly this amount.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/tuplestore.h"

#include "entry/number.h"
#include "entry/rating_call.h"
#include "rating/monthly.h"

PG_FUNCTION_INFO_V1(explained);

/* The arguments that are given beside the gallons */
#define GIVEN \
	(BILL_ARGUMENT(BILL_CLASS) | BILL_ARGUMENT(BILL_METER) | \
	 BILL_ARGUMENT(BILL_AREA) | BILL_ARGUMENT(BILL_METERED) | \
	 BILL_ARGUMENT(BILL_WATER) | BILL_ARGUMENT(BILL_SEWER) | \
	 BILL_ARGUMENT(BILL_DUMPING_STATIONS))

/* Where the rows go, and which are wanted */
typedef struct Output
{
	ReturnSetInfo *result;
	bool		gallons_given;
	int64		gallons;		/* only runs that hold these */
} Output;

/* Return one combination. */
static void
put_combination(void *context, const BillFacts *facts, const GallonRun *run)
{
	const Output *out = context;
	Datum		values[] = {
		ObjectIdGetDatum(facts->class.id),
		ObjectIdGetDatum(facts->meter.id),
		ObjectIdGetDatum(facts->area.id),
		BoolGetDatum(facts->metered),
		BoolGetDatum(facts->water),
		BoolGetDatum(facts->sewer),
		Int64GetDatum(run->from),
		Int64GetDatum(run->to)
	};
	bool		nulls[] = {
		false, !facts->water, false, false, false, false,
		run->any, run->any || run->to >= MAX_GALLONS
	};

	if (out->gallons_given &&
		(run->any || out->gallons < run->from || out->gallons > run->to))
		return;
	tuplestore_putvalues(out->result->setResult, out->result->setDesc, values,
						 nulls);
}

/* One class with one size of meter, or none: all places and services. */
static void
explain_connection(const Explanation *search, BillFacts *facts)
{
	const LabelIndex *areas = &search->schedule->book->labels[TYPE_AREA];

	/* bits: area, metered, sewer */
	for (int i = 0; i < 8; i++)
	{
		facts->area.index = i & 4 ? AREA_OUTSIDE : AREA_INSIDE;
		facts->area.id = areas->ids[facts->area.index];
		facts->metered = (i & 2) == 0;
		facts->sewer = (i & 1) == 0;
		if (!facts->water && !facts->sewer)
			continue;
		CHECK_FOR_INTERRUPTS();
		if (!explain_facts(search, facts))
			ereport(ERROR,
					errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					errmsg("too many different gallons come near this amount"),
					errdetail("The credits of schedule \"%s\" cancel its volume charges.",
							  search->schedule->name),
					errhint("Compute the bills of the consumption in question with bill()."));
	}
}

/* Every class and size */
static void
explain_all(const Explanation *search)
{
	const LabelIndex *classes = &search->schedule->book->labels[TYPE_CLASS];
	const LabelIndex *sizes = &search->schedule->book->labels[TYPE_SIZE];

	for (int class = 0; class < classes->nlabels; class++)
	{
		BillFacts	facts = {.given = GIVEN};

		facts.class = (Label) {classes->ids[class], class};
		facts.water = true;
		for (int size = 0; size < sizes->nlabels; size++)
		{
			facts.meter = (Label) {sizes->ids[size], size};
			explain_connection(search, &facts);
		}
		facts.water = false;
		explain_connection(search, &facts);
	}
}

/*
 * The amount in cents; false where no bill can have it.  A value that is not a
 * number is an error.
 */
static bool
amount_argument(FunctionCallInfo fcinfo, RatingCall *call, cents_t *cents)
{
	Number		amount = number_argument(fcinfo, 0);

	if (amount.status == DECIMAL_NOT_FINITE)
	{
		(void) check_number(&amount, "amount", &call->problem);
		report_problem(call);
	}
	if (!amount.given || amount.status != DECIMAL_OK || amount.value.scale > 2)
		return false;
	return multiply_to_cents(amount.value, decimal_of_count(1), cents);
}

/*
 * explained(amount, gallons, service_date, schedule)
 *		Every combination of class, meter, place and services whose bill is
 *		this amount, and the gallons that give it.
 */
Datum
explained(PG_FUNCTION_ARGS)
{
	RatingCall	call;
	Explanation search = {.found = put_combination};
	Output		out = {.gallons_given = !PG_ARGISNULL(1)};

	InitMaterializedSRF(fcinfo, 0);
	out.result = (ReturnSetInfo *) fcinfo->resultinfo;
	if (!begin_rating(fcinfo, 2, &call))
		report_problem(&call);
	if (out.gallons_given)
	{
		out.gallons = PG_GETARG_INT64(1);
		if (!check_gallons(out.gallons, "gallons", &call.problem))
			report_problem(&call);
	}
	if (!amount_argument(fcinfo, &call, &search.amount))
		return (Datum) 0;
	search.schedule = call.schedule;
	search.room = palloc(sizeof(BillLine) * explain_room(call.schedule));
	search.context = &out;
	search.problem = &call.problem;
	explain_all(&search);
	if (call.problem.code == PROBLEM_CONTRADICTION)
		report_problem(&call);
	return (Datum) 0;
}
