/*
 * problem.c
 *	  The domains of arguments, checked in one place for all entry points.
 */
#include "rating/problem.h"

/* A finite number that fits the arithmetic; NULL passes. */
bool
check_number(const Number *number, const char *argument, Problem *p)
{
	static const ProblemCode codes[] = {
		[DECIMAL_OK] = NO_PROBLEM,
		[DECIMAL_NOT_FINITE] = PROBLEM_NOT_FINITE,
		[DECIMAL_TOO_FINE] = PROBLEM_TOO_FINE,
		[DECIMAL_TOO_LARGE] = PROBLEM_TOO_LARGE,
	};

	if (!number->given || number->status == DECIMAL_OK)
		return true;
	p->text = number->text;
	return argument_problem(p, codes[number->status], argument);
}

/* Is it negative, even if it does not fit the arithmetic? */
bool
number_is_negative(const Number *number)
{
	if (!number->given || number->status == DECIMAL_NOT_FINITE)
		return false;
	return number->status == DECIMAL_OK ?
		number->value.value < 0 : number->text[0] == '-';
}

/* An amount, a length, an area: zero or more; NULL passes. */
bool
check_not_negative(const Number *number, const char *argument, Problem *p)
{
	if (number_is_negative(number))
	{
		p->text = number->text;
		return argument_problem(p, PROBLEM_NEGATIVE, argument);
	}
	return check_number(number, argument, p);
}

/* A diameter, a line's size: more than zero; NULL passes. */
bool
check_positive(const Number *number, const char *argument, Problem *p)
{
	if (!check_not_negative(number, argument, p))
		return false;
	if (number->given && number->value.value == 0)
		return argument_problem(p, PROBLEM_NOT_POSITIVE, argument);
	return true;
}

/* Note that a count is negative. */
bool
negative_count(int64_t count, const char *argument, Problem *p)
{
	p->value = count;
	p->text = NULL;
	return argument_problem(p, PROBLEM_NEGATIVE, argument);
}

/* Note that consumption is negative, or beyond MAX_GALLONS. */
bool
impossible_gallons(int64_t gallons, const char *argument, Problem *p)
{
	if (gallons < 0)
		return negative_count(gallons, argument, p);
	p->value = gallons;
	p->text = NULL;
	return argument_problem(p, PROBLEM_TOO_MANY_GALLONS, argument);
}

/*
 * Consumption that was passed as a numeric.  The caller drops a fraction of a
 * gallon; it is never rounded (G10).
 */
bool
gallons_from_number(const Number *number, const char *argument,
					int64_t *gallons, Problem *p)
{
	static const Decimal most = {MAX_GALLONS, 0};

	p->text = number->text;
	if (number_is_negative(number))
		return argument_problem(p, PROBLEM_NEGATIVE, argument);
	if (number->status == DECIMAL_TOO_LARGE ||
		(number->status == DECIMAL_OK &&
		 decimal_compare(number->value, most) > 0))
		return argument_problem(p, PROBLEM_TOO_MANY_GALLONS, argument);
	if (number->status == DECIMAL_TOO_FINE)
		return argument_problem(p, PROBLEM_NOT_WHOLE_GALLONS, argument);
	if (!check_number(number, argument, p))
		return false;
	if (!decimal_is_whole(number->value))
		return argument_problem(p, PROBLEM_NOT_WHOLE_GALLONS, argument);
	*gallons = number->value.value / power_of_ten[number->value.scale];
	return true;
}

/* A count that was passed as a number: whole, and within 32 bits. */
bool
count_from_number(const Number *number, const char *argument,
				  int32_t *count, Problem *p)
{
	static const Decimal most = {INT32_MAX, 0};

	if (!check_not_negative(number, argument, p))
	{
		if (p->code == PROBLEM_TOO_FINE)
			p->code = PROBLEM_NOT_WHOLE_COUNT;
		return false;
	}
	p->text = number->text;
	if (decimal_compare(number->value, most) > 0)
		return argument_problem(p, PROBLEM_TOO_LARGE, argument);
	if (!decimal_is_whole(number->value))
		return argument_problem(p, PROBLEM_NOT_WHOLE_COUNT, argument);
	*count = (int32_t) (number->value.value /
						power_of_ten[number->value.scale]);
	return true;
}
