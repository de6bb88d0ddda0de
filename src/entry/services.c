/*
 * services.c
 *	  The services that an account has, as callers pass them: an object of
 *	  codes and quantities, or, in rows of accounts, an array of codes.
 *
 * An invalid value is recorded as the problem of the argument and not raised
 * here: rating checks it in its turn.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"

#include "entry/number.h"
#include "entry/services.h"

static ServiceRequests *
make_requests(int most)
{
	ServiceRequests *services = palloc0(sizeof(ServiceRequests));

	services->requests = palloc(sizeof(ServiceRequest) * Max(most, 1));
	return services;
}

/* Record the first invalid value. */
static void
note_unreadable(ServiceRequests *services, const RateSchedule *schedule,
				ProblemCode problem, const char *code, const char *value)
{
	Problem    *unreadable = &services->unreadable;

	if (unreadable->code != NO_PROBLEM)
		return;
	unreadable->schedule = schedule;
	unreadable->other = code;
	unreadable->text = value;
	note_problem(unreadable, problem);
}

/* The quantity of a service: a number, true for 1, false for 0. */
static bool
read_quantity(const JsonbValue *value, Number *quantity)
{
	switch (value->type)
	{
		case jbvNumeric:
			*quantity = number_from_numeric(NumericGetDatum(value->val.numeric));
			return true;
		case jbvBool:
			*quantity = (Number)
			{
				.given = true,
					.value = decimal_of_count(value->val.boolean ? 1 : 0),
					.text = value->val.boolean ? "true" : "false"
			};
			return true;
		default:
			return false;
	}
}

/* A value of the object as text, for a message. */
static char *
value_text(JsonbValue *value)
{
	Jsonb	   *jsonb = JsonbValueToJsonb(value);

	return JsonbToCString(NULL, &jsonb->root, VARSIZE(jsonb));
}

/* One code and its quantity. */
static void
read_request(ServiceRequests *services, const RateSchedule *schedule,
			 const JsonbValue *key, JsonbValue *value)
{
	ServiceRequest *request = &services->requests[services->n];

	request->code = pnstrdup(key->val.string.val, key->val.string.len);
	if (read_quantity(value, &request->quantity))
		services->n++;
	else
		note_unreadable(services, schedule, PROBLEM_SERVICE_NOT_A_QUANTITY,
						request->code, value_text(value));
}

/*
 * services_from_jsonb
 *		{"garbage": 2, "drainage": true}
 */
ServiceRequests *
services_from_jsonb(Jsonb *jsonb, const RateSchedule *schedule)
{
	ServiceRequests *services = make_requests(JB_ROOT_COUNT(jsonb));
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	key;
	JsonbValue	value;

	if (!JB_ROOT_IS_OBJECT(jsonb))
	{
		note_unreadable(services, schedule, PROBLEM_SERVICES_NOT_AN_OBJECT,
						NULL, JsonbToCString(NULL, &jsonb->root,
											 VARSIZE(jsonb)));
		return services;
	}
	iterator = JsonbIteratorInit(&jsonb->root);
	while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE)
		if (token == WJB_KEY)
		{
			(void) JsonbIteratorNext(&iterator, &value, true);
			read_request(services, schedule, &key, &value);
		}
	return services;
}

static bool
is_requested(const ServiceRequests *services, const char *code)
{
	for (int i = 0; i < services->n; i++)
		if (strcmp(services->requests[i].code, code) == 0)
			return true;
	return false;
}

/* One code of an array: one of that service. */
static void
read_code(ServiceRequests *services, const RateSchedule *schedule,
		  const char *code)
{
	if (is_requested(services, code))
		note_unreadable(services, schedule, PROBLEM_SERVICE_REPEATED, code,
						NULL);
	else
		services->requests[services->n++] = (ServiceRequest)
		{
			.code = code,
				.quantity = {.given = true,.value = decimal_of_count(1),
			.text = "1"}
		};
}

/*
 * services_from_array
 *		'{garbage,drainage}'::text[], each 1
 */
ServiceRequests *
services_from_array(ArrayType *codes, const RateSchedule *schedule)
{
	ServiceRequests *services;
	Datum	   *values;
	bool	   *nulls;
	int			n;

	deconstruct_array(codes, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls,
					  &n);
	services = make_requests(n);
	for (int i = 0; i < n; i++)
	{
		if (nulls[i])
			note_unreadable(services, schedule, PROBLEM_SERVICE_NULL, NULL,
							NULL);
		else
			read_code(services, schedule, TextDatumGetCString(values[i]));
	}
	return services;
}
