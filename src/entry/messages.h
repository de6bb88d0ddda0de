/*
 * messages.h
 *	  The catalogue of problems: SQLSTATE, message, detail and hint of each.
 *
 * Placeholders:
 *	%a	the argument at fault			%o	another argument, term or fee
 *	%v	the value that was passed		%d	a date, %l the date it is held to
 *	%c	the class						%r	the class whose rates apply
 *	%m	the meter's size				%p	the place (service area)
 *	%k	the deposit category			%x	"compound " or nothing
 *	%s	" (schedule "...")"				%f	a sentence on the first schedule
 *	%n	"rows of sealed rows"
 */
#ifndef MISSION_RATES_MESSAGES_H
#define MISSION_RATES_MESSAGES_H

#include "rating/problem.h"

typedef struct ProblemText
{
	int			sqlstate;
	const char *message;
	const char *detail;
	const char *hint;
} ProblemText;

extern const ProblemText problem_texts[NUM_PROBLEMS];

#endif							/* MISSION_RATES_MESSAGES_H */
