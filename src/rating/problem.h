/*
 * problem.h
 *	  Why a charge cannot be computed.
 *
 * Rating never raises an error.  It returns a Problem, and the entry floor
 * either raises it (bill) or returns its message (billing_problem), with the
 * same wording.
 */
#ifndef MISSION_RATES_PROBLEM_H
#define MISSION_RATES_PROBLEM_H

#include <stddef.h>

#include "rating/rates.h"

typedef enum ProblemCode
{
	NO_PROBLEM,

	/* the schedule */
	PROBLEM_NO_DATE,
	PROBLEM_NO_MAILING_DATE,
	PROBLEM_NOT_IN_FORCE,		/* the date is before the first schedule */
	PROBLEM_NONE_ADOPTED,		/* no schedule is in force on any date */
	PROBLEM_UNKNOWN_SCHEDULE,
	PROBLEM_CHANGED_RATES,		/* not those that were adopted */
	PROBLEM_UNFINISHED_RESTORE,	/* a schedule is missing */

	/* what is not known: the result is NULL */
	PROBLEM_NULL,

	/* values outside their domain */
	PROBLEM_NOT_A_NUMBER,		/* text that is not a number */
	PROBLEM_NOT_FINITE,
	PROBLEM_TOO_FINE,
	PROBLEM_TOO_LARGE,
	PROBLEM_NEGATIVE,
	PROBLEM_NOT_POSITIVE,
	PROBLEM_TOO_MANY_GALLONS,
	PROBLEM_NOT_WHOLE_GALLONS,
	PROBLEM_NOT_WHOLE_COUNT,
	PROBLEM_INVALID_FLAG,		/* text that is not a boolean */
	PROBLEM_INVALID_CLASS,
	PROBLEM_INVALID_METER,
	PROBLEM_INVALID_AREA,
	PROBLEM_INVALID_CATEGORY,
	PROBLEM_UNREADABLE_DATE,	/* text that is not a date */
	PROBLEM_NEVER_INSIDE,
	PROBLEM_NEVER_OUTSIDE,
	PROBLEM_NOTHING_TO_BILL,
	PROBLEM_NOTHING_ASKED,
	PROBLEM_ARGUMENT_WITHOUT,	/* argument needs other */
	PROBLEM_PART_OF_A_UNIT,
	PROBLEM_SQUARE_FEET_MISSING,
	PROBLEM_MARKET_PRICE_MISSING,
	PROBLEM_MARKET_PRICE_UNWANTED,
	PROBLEM_DETERMINED_FEE_MISSING,
	PROBLEM_DETERMINED_FEE_UNWANTED,
	PROBLEM_PIPE_QUOTE_MISSING,
	PROBLEM_PIPE_QUOTE_UNWANTED,
	PROBLEM_BORING_INCHES_MISSING,
	PROBLEM_SERVICES_NOT_AN_OBJECT,
	PROBLEM_SERVICE_NOT_A_QUANTITY,
	PROBLEM_SERVICE_NULL,		/* an element of an array of codes */
	PROBLEM_SERVICE_REPEATED,
	PROBLEM_SERVICE_NEGATIVE,
	PROBLEM_SERVICE_TOO_FINE,
	PROBLEM_SERVICE_TOO_LARGE,
	PROBLEM_SERVICE_NOT_ONCE,
	PROBLEM_NOT_A_DATE,
	PROBLEM_BEFORE_MAILING,

	/* what the schedule sets in two ways */
	PROBLEM_CONTRADICTION,

	/* what the schedule does not set */
	PROBLEM_NO_CLASS_RULE,
	PROBLEM_NO_WATER_SERVICE,
	PROBLEM_NO_AREA,
	PROBLEM_NO_MINIMUM,
	PROBLEM_NO_VOLUME_RATE,
	PROBLEM_NO_SEWER_RATE,
	PROBLEM_NO_FEE,
	PROBLEM_SERVICE_UNKNOWN,
	PROBLEM_NO_DEPOSIT,
	PROBLEM_NO_TAP,
	PROBLEM_NO_PERMIT,
	PROBLEM_NO_BORING,
	PROBLEM_NO_TERM,

	/* results out of range */
	PROBLEM_OUT_OF_RANGE,
	PROBLEM_DATE_OUT_OF_RANGE,

	NUM_PROBLEMS
} ProblemCode;

/*
 * The code, and the values that its message names.  It is cleared in the path
 * of every call, which takes 4 ns more from 81 bytes on: gcc uses a string
 * instruction then.
 */
typedef struct Problem
{
	ProblemCode code;
	int32_t		date;
	const RateSchedule *schedule;
	const char *argument;		/* name of the argument at fault */
	const char *other;			/* another argument, a term, a kind of tap, the
								 * code of a fee or service */
	const char *text;			/* a value as it was passed */
	int64_t		value;			/* a whole number that was passed */
	int32_t		limit;			/* the date that "date" is compared with */
	uint32_t	class_id;		/* class, the one whose rates apply, ... */
	uint32_t	rate_class_id;
	uint32_t	meter_id;
	uint32_t	area_id;
	uint32_t	label;			/* a deposit category, or the enum type that
								 * an unknown code was to be of */
	const Contradiction *contradiction;
} Problem;

/* Each of these notes a problem and returns false. */
static inline bool
note_problem(Problem *p, ProblemCode code)
{
	p->code = code;
	return false;
}

static inline bool
argument_problem(Problem *p, ProblemCode code, const char *argument)
{
	p->argument = argument;
	return note_problem(p, code);
}

static inline bool
note_contradiction(Problem *p, const Contradiction *contradiction)
{
	p->contradiction = contradiction;
	return note_problem(p, PROBLEM_CONTRADICTION);
}

static inline bool
null_argument(Problem *p, const char *argument)
{
	return argument_problem(p, PROBLEM_NULL, argument);
}

/* The schedule does not set a term, which is a column of its row. */
static inline bool
missing_term(Problem *p, const char *term)
{
	p->other = term;
	return note_problem(p, PROBLEM_NO_TERM);
}

/* "argument" was given, but "other", which it belongs to, was not. */
static inline bool
argument_without(Problem *p, const char *argument, const char *other)
{
	p->other = other;
	return argument_problem(p, PROBLEM_ARGUMENT_WITHOUT, argument);
}

extern bool number_is_negative(const Number *number);
extern bool check_number(const Number *number, const char *argument,
						 Problem *p);
extern bool check_not_negative(const Number *number, const char *argument,
							   Problem *p);
extern bool check_positive(const Number *number, const char *argument,
						   Problem *p);
extern bool gallons_from_number(const Number *number, const char *argument,
							   int64_t *gallons, Problem *p);
extern bool count_from_number(const Number *number, const char *argument,
							  int32_t *count, Problem *p);
extern bool negative_count(int64_t count, const char *argument, Problem *p);
extern bool impossible_gallons(int64_t gallons, const char *argument,
							   Problem *p);

/* A number of meters, stations, findings. */
static inline bool
check_count(int64_t count, const char *argument, Problem *p)
{
	return count >= 0 || negative_count(count, argument, p);
}

/* Consumption: whole gallons, not negative (G10), at most MAX_GALLONS. */
static inline bool
check_gallons(int64_t gallons, const char *argument, Problem *p)
{
	return (uint64_t) gallons <= (uint64_t) MAX_GALLONS ||
		impossible_gallons(gallons, argument, p);
}

#endif							/* MISSION_RATES_PROBLEM_H */
