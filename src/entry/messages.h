/*
 * messages.h
 *	  The catalog of problems: SQLSTATE, stable code, message, detail and hint
 *	  of each, in one place (message_catalog.c).
 *
 * bill() raises a problem, billing_problem() returns its message and
 * billing_problem_code() its code, all from the same entry.
 *
 * What is in braces stands for a part of the problem:
 *	{argument}	name of the argument at fault
 *	{other}		another argument, a term of the schedule, a fee's code, "tap"
 *				or "compound tap"
 *	{value}		the value that was passed
 *	{literal}	the same, quoted to be pasted into a command
 *	{labels}	the labels of the type that was asked for
 *	{contradiction}	rows that contradict one another
 *	{date}		a date, and {limit} the date that it is compared with
 *	{class}		the customer class, {rate_class} the one whose rates apply
 *	{meter}		the meter's size		{area}		the service area
 *	{category}	the deposit category
 *	{schedule}	schedule "D2", or draft "D2"
 */
#ifndef MISSION_RATES_MESSAGES_H
#define MISSION_RATES_MESSAGES_H

#include "rating/problem.h"

typedef struct ProblemText
{
	int			sqlstate;
	const char *code;			/* stable; NULL: no bill meets this problem */
	const char *message;
	const char *detail;
	const char *hint;
} ProblemText;

extern const ProblemText problem_texts[NUM_PROBLEMS];

#endif							/* MISSION_RATES_MESSAGES_H */
