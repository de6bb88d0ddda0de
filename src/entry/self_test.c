/*
 * self_test.c
 *	  Does this installation rate as it should, and is everything around it in
 *	  order?
 *
 * The tests are rows of _mission_rates.self_tests(): a name, an expression and
 * what it should give.  Each is evaluated in a subtransaction, so that an
 * error is the result of one test and does not end all of them, and as the
 * owner of the rate tables, so that the results do not depend on the caller.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/resowner.h"
#include "utils/tuplestore.h"

#include "tables/catalog.h"
#include "schedule/owner.h"
#include "schedule/query.h"

PG_FUNCTION_INFO_V1(self_test);
PG_FUNCTION_INFO_V1(verify_tables);

typedef struct SelfTest
{
	const char *name;
	const char *expression;
	const char *expected;
} SelfTest;

/*
 * Read as the owner of the rate tables, with the snapshot of the caller's query.
 */
static void
read_query(const char *query)
{
	OwnerState	before;
	int			result;

	owner_begin(rate_table("schedule"), &before);
	result = SPI_execute(query, true, 0);
	owner_end(&before);
	if (result != SPI_OK_SELECT)
		elog(ERROR, "could not execute \"%s\": %s",
			 query, SPI_result_code_string(result));
}

/*
 * The value of an expression as text; NULL: NULL.
 */
static char *
evaluate(const char *expression)
{
	read_query(psprintf("SELECT (%s)::pg_catalog.text", expression));
	return SPI_processed == 1 ? result_text(0, 1) : NULL;
}

/*
 * Take the error that was caught.
 */
static ErrorData *
take_error(MemoryContext context)
{
	ErrorData  *error;

	MemoryContextSwitchTo(context);
	error = CopyErrorData();
	FlushErrorState();
	return error;
}

/*
 * The answer of a test: the value, or the error in its place.  A request to
 * stop is no answer.
 */
static char *
answer(const char *expression)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	char	   *volatile result = NULL;
	ErrorData  *volatile error = NULL;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		result = evaluate(expression);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		error = take_error(context);
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
	if (error == NULL)
		return result;
	if (error->sqlerrcode == ERRCODE_QUERY_CANCELED)
		ReThrowError(error);
	return psprintf("%s: %s", unpack_sql_state(error->sqlerrcode),
					error->message);
}

/*
 * The list of the tests; returns how many there are.
 */
static int
read_tests(SelfTest **tests)
{
	int			number;

	read_query("SELECT t.test, t.expression, t.expected"
			   " FROM _mission_rates.self_tests() AS t");
	number = (int) SPI_processed;
	*tests = palloc(number * sizeof(SelfTest));
	for (int i = 0; i < number; i++)
	{
		(*tests)[i].name = result_text(i, 1);
		(*tests)[i].expression = result_text(i, 2);
		(*tests)[i].expected = result_text(i, 3);
	}
	return number;
}

/*
 * A row of the result.
 */
static void
return_test(ReturnSetInfo *result, const SelfTest *test, const char *actual)
{
	Datum		values[4];
	bool		nulls[4] = {false, false, actual == NULL, false};

	values[0] = CStringGetTextDatum(test->name);
	values[1] = CStringGetTextDatum(test->expected);
	values[2] = actual == NULL ? (Datum) 0 : CStringGetTextDatum(actual);
	values[3] = BoolGetDatum(actual != NULL &&
							 strcmp(actual, test->expected) == 0);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/*
 * self_test() RETURNS SETOF record
 *		Every test, with what it should give and what it gave.
 */
Datum
self_test(PG_FUNCTION_ARGS)
{
	SelfTest   *tests;
	int			number;

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	number = read_tests(&tests);
	for (int i = 0; i < number; i++)
		return_test((ReturnSetInfo *) fcinfo->resultinfo, &tests[i],
					answer(tests[i].expression));
	SPI_finish();
	PG_RETURN_NULL();
}

/*
 * verify_tables() RETURNS text
 *		NULL where the rate tables are as this library expects them.
 */
Datum
verify_tables(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	verify_rate_tables();
	PG_RETURN_NULL();
}
