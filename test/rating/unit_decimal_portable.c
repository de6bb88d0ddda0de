/*
 * unit_decimal_portable.c
 *		unit_decimal.c on the arithmetic that needs nothing of the compiler: "run"
 *		builds every *_portable.c so.
 */
#include "unit_decimal.c"
