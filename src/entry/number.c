/*
 * number.c
 *	  The border between numeric and the scaled integers of rating.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "entry/number.h"

/*
 * A numeric that a caller passed.  Its text is what messages quote; reading
 * that text is exact, and rounds nothing.
 */
Number
number_from_numeric(Datum value)
{
	Number		number = {.given = true};

	number.text = DatumGetCString(DirectFunctionCall1(numeric_out, value));
	number.status = decimal_from_text(number.text, &number.value);
	return number;
}
