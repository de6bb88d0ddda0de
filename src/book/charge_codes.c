/*
 * charge_codes.c
 *	  The codes of charges that the ordinance and its functions know.
 *
 * Reports, checks and the constraints of the rate tables take them from here,
 * by the functions of entry/book_info.c.
 */
#include "postgres.h"

#include "book/book.h"
#include "rating/services.h"

/* Each with the fee that the ordinance lists after it */
static const struct
{
	const char *code;
	int			before;
}			other_fees[NUM_OTHER_FEES] = {
	{"service_call", FEE_CONNECTION},
	{"meter_box", NUM_FEE_CODES},
	{"meter_lid", NUM_FEE_CODES},
};

static ChargeCode
fee_charge(const char *code, bool needed)
{
	int			kind = monthly_charge_line(code);

	return (ChargeCode) {code, line_words[kind < 0 ? LINE_FEE : kind].service,
		true, needed, kind >= 0};
}

/*
 * list_charge_codes
 *		All of them: charges with rates of their own in the order of a bill,
 *		then fees in the order of the ordinance.  Returns how many there are.
 */
int
list_charge_codes(ChargeCode *codes)
{
	int			n = 0;

	for (int kind = 0; kind < NUM_LINE_KINDS; kind++)
		if (line_words[kind].charge != NULL)
			codes[n++] = (ChargeCode) {line_words[kind].charge,
				line_words[kind].service, false, false, kind < LINE_SERVICE};
	for (int fee = 0; fee <= NUM_FEE_CODES; fee++)
	{
		for (int i = 0; i < NUM_OTHER_FEES; i++)
			if (other_fees[i].before == fee)
				codes[n++] = fee_charge(other_fees[i].code, false);
		if (fee < NUM_FEE_CODES)
			codes[n++] = fee_charge(fee_code_names[fee], true);
	}
	return n;
}

/*
 * is_reserved_code
 *		May a rate row of a city not have this code?  A fee may have that of a
 *		fee that the functions rate by: it is that fee.  Another row may have
 *		that of a fee which no function rates by.
 */
bool
is_reserved_code(const char *code, bool for_fee)
{
	ChargeCode	codes[MAX_CHARGE_CODES];
	int			n = list_charge_codes(codes);

	for (int i = 0; i < n; i++)
		if (strcmp(codes[i].charge, code) == 0)
			return !codes[i].is_fee || (!for_fee && codes[i].needed);
	return false;
}
