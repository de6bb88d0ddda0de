/*
 * unit_wide_sum.c
 *		Sums of 128 bits by two words, by hand.
 */
#include "check.h"

#include "rating/wide_sum.h"

static void
is_sum(WideSum sum, int64_t high, uint64_t low, const char *what)
{
	is_number(sum.high, high, what);
	ok(sum.low == low, "%s: the low word", what);
}

static void
check_sums(void)
{
	WideSum		sum = {0, 0};
	int64_t		number = 0;

	wide_sum_add(&sum, INT64_MAX);
	ok(wide_sum_fits(sum, &number) && number == INT64_MAX, "2^63 - 1 fits");
	wide_sum_add(&sum, 1);
	ok(!wide_sum_fits(sum, &number), "2^63 does not");
	is_sum(sum, 0, UINT64_C(1) << 63, "2^63");
	wide_sum_add(&sum, INT64_MAX);
	wide_sum_add(&sum, 1);
	is_sum(sum, 1, 0, "2^64");
	wide_sum_add(&sum, -1);
	is_sum(sum, 0, UINT64_MAX, "2^64 - 1");
	for (int i = 0; i < 4; i++)
		wide_sum_add(&sum, INT64_MIN);
	is_sum(sum, -2, UINT64_MAX, "-2^64 - 1");
	wide_sum_merge(&sum, (WideSum) {1, 0});
	ok(wide_sum_fits(sum, &number) && number == -1, "-1 fits");
	wide_sum_add(&sum, INT64_MIN);
	ok(!wide_sum_fits(sum, &number), "-2^63 - 1 does not");
}

static void
check_products(void)
{
	is_sum(wide_product(0, INT64_MAX), 0, 0, "nothing");
	is_sum(wide_product(3, 7), 0, 21, "3 * 7");
	is_sum(wide_product(INT64_C(1) << 32, INT64_C(1) << 32), 1, 0,
		   "2^32 * 2^32");
	is_sum(wide_product(INT64_MAX, INT64_MAX), INT64_C(0x3FFFFFFFFFFFFFFF), 1,
		   "(2^63 - 1)^2");
	is_sum(wide_product(INT64_MAX, 2), 0, UINT64_MAX - 1, "2^64 - 2");
	is_sum(wide_product(INT64_C(100000000), INT64_C(1000000000000)), 5,
		   UINT64_C(7766279631452241920), "10^20");
}

int
main(void)
{
	check_sums();
	check_products();
	return done();
}
