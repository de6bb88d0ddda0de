/*
 * service_requests.c
 *	  The services that an account has, as callers pass them: an object of
 *	  codes and quantities, or, in rows of accounts, an array of codes.
 *
 * An invalid value is noted as the fault of its request and not raised here:
 * rating checks it in its turn.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "entry/bill_facts.h"

/* Room for so many requests */
static ServiceRequests *
make_requests(int most)
{
	ServiceRequests *services = palloc0(sizeof(ServiceRequests));

	services->requests = palloc0(sizeof(ServiceRequest) * Max(most, 1));
	return services;
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

/* A jsonb as text, for a message */
static char *
jsonb_text(Jsonb *jsonb)
{
	return JsonbToCString(NULL, &jsonb->root, VARSIZE(jsonb));
}

/* One code and its quantity */
static void
read_request(ServiceRequest *request, const JsonbValue *key, JsonbValue *value)
{
	request->code = pnstrdup(key->val.string.val, key->val.string.len);
	if (read_quantity(value, &request->quantity))
		return;
	request->fault = PROBLEM_SERVICE_NOT_A_QUANTITY;
	request->quantity.text = jsonb_text(JsonbValueToJsonb(value));
}

/* {"garbage": 2, "drainage": true} */
ServiceRequests *
services_from_jsonb(Jsonb *jsonb)
{
	ServiceRequests *services = make_requests(JB_ROOT_COUNT(jsonb));
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	key;
	JsonbValue	value;

	if (!JB_ROOT_IS_OBJECT(jsonb))
	{
		services->n = 1;
		services->requests->fault = PROBLEM_SERVICES_NOT_AN_OBJECT;
		services->requests->quantity.text = jsonb_text(jsonb);
		return services;
	}
	iterator = JsonbIteratorInit(&jsonb->root);
	while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE)
		if (token == WJB_KEY)
		{
			CHECK_FOR_INTERRUPTS();
			(void) JsonbIteratorNext(&iterator, &value, true);
			read_request(&services->requests[services->n++], &key, &value);
		}
	return services;
}

/* By code, and where it is the same in the order of the array. */
static int
compare_requests(const void *a, const void *b)
{
	const ServiceRequest *const *one = a;
	const ServiceRequest *const *other = b;
	int			order = strcmp((*one)->code, (*other)->code);

	return order != 0 ? order : (*one > *other) - (*one < *other);
}

/* Note the codes that occur again; the first of each stays. */
static void
find_repeated(ServiceRequests *services)
{
	ServiceRequest **sorted = palloc(sizeof(ServiceRequest *) *
									 Max(services->n, 1));
	int			n = 0;

	for (int i = 0; i < services->n; i++)
		if (services->requests[i].fault == NO_PROBLEM)
			sorted[n++] = &services->requests[i];
	qsort(sorted, n, sizeof(ServiceRequest *), compare_requests);
	for (int i = 1; i < n; i++)
		if (strcmp(sorted[i - 1]->code, sorted[i]->code) == 0)
			sorted[i]->fault = PROBLEM_SERVICE_REPEATED;
}

/* '{garbage,drainage}'::text[], each 1 */
ServiceRequests *
services_from_array(ArrayType *codes)
{
	ServiceRequests *services;
	Datum	   *values;
	bool	   *nulls;
	int			n;

	deconstruct_array(codes, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls,
					  &n);
	services = make_requests(n);
	services->n = n;
	for (int i = 0; i < n; i++)
	{
		ServiceRequest *request = &services->requests[i];

		CHECK_FOR_INTERRUPTS();
		if (nulls[i])
		{
			request->fault = PROBLEM_SERVICE_NULL;
			continue;
		}
		request->code = TextDatumGetCString(values[i]);
		request->quantity = (Number)
		{
			.given = true,.value = decimal_of_count(1),.text = "1"
		};
	}
	find_repeated(services);
	return services;
}
