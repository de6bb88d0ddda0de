/*
 * unit_bill_portable.c
 *		unit_bill.c on the arithmetic that needs nothing of the compiler: "run"
 *		builds every *_portable.c so.
 */
#include "unit_bill.c"
