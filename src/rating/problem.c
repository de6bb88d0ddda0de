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
 * A whole number up to "most" that was passed as a numeric.  The caller drops a
 * fraction; it is never rounded (G10).
 */
static bool
whole_from_number(const Number *number, int64_t most, ProblemCode too_large,
				  ProblemCode fraction, const char *argument, int64_t *whole,
				  Problem *p)
{
	p->text = number->text;
	if (number_is_negative(number))
		return argument_problem(p, PROBLEM_NEGATIVE, argument);
	if (number->status == DECIMAL_TOO_FINE)
		return argument_problem(p, fraction, argument);
	if (number->status == DECIMAL_TOO_LARGE)
		return argument_problem(p, too_large, argument);
	if (!check_number(number, argument, p))
		return false;
	if (decimal_compare(number->value, decimal_of_count(most)) > 0)
		return argument_problem(p, too_large, argument);
	if (!decimal_is_whole(number->value))
		return argument_problem(p, fraction, argument);
	*whole = number->value.value / power_of_ten[number->value.scale];
	return true;
}

/* Consumption that was passed as a numeric. */
bool
gallons_from_number(const Number *number, const char *argument,
					int64_t *gallons, Problem *p)
{
	return whole_from_number(number, MAX_GALLONS, PROBLEM_TOO_MANY_GALLONS,
							 PROBLEM_NOT_WHOLE_GALLONS, argument, gallons, p);
}

/* A count that was passed as a number: whole, and within 32 bits. */
bool
count_from_number(const Number *number, const char *argument,
				  int32_t *count, Problem *p)
{
	int64_t		whole;

	if (!whole_from_number(number, INT32_MAX, PROBLEM_TOO_LARGE,
						   PROBLEM_NOT_WHOLE_COUNT, argument, &whole, p))
		return false;
	*count = (int32_t) whole;
	return true;
}
