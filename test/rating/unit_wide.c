/*
 * unit_wide.c
 *		Numbers of 128 bits: by hand, and against the compiler's own.
 */
#include "check.h"

#include "rating/wide.h"

static void
is_wide(WideInt number, int64_t high, uint64_t low, const char *what)
{
	if (!ok((int64_t) number.high == high && number.low == low, "%s", what))
		printf("# %" PRId64 " * 2^64 + %" PRIu64 "\n", (int64_t) number.high,
			   number.low);
}

static void
check_sums(void)
{
	WideInt		sum = {0, 0};
	int64_t		number = 0;

	wide_add(&sum, wide_of(INT64_MAX));
	ok(wide_fits(sum, &number) && number == INT64_MAX, "2^63 - 1 fits");
	wide_add(&sum, wide_of(1));
	ok(!wide_fits(sum, &number), "2^63 does not");
	is_wide(sum, 0, UINT64_C(1) << 63, "2^63");
	wide_add(&sum, wide_of(INT64_MAX));
	wide_add(&sum, wide_of(1));
	is_wide(sum, 1, 0, "2^64");
	wide_add(&sum, wide_of(-1));
	is_wide(sum, 0, UINT64_MAX, "2^64 - 1");
	for (int i = 0; i < 4; i++)
		wide_add(&sum, wide_of(INT64_MIN));
	is_wide(sum, -2, UINT64_MAX, "-2^64 - 1");
	is_number(wide_sign(sum), -1, "its sign");
	wide_add(&sum, (WideInt) {1, 0});
	ok(wide_fits(sum, &number) && number == -1, "-1 fits");
	is_number(wide_sign(wide_difference(sum, wide_of(-1))), 0, "-1 - -1");
	wide_add(&sum, wide_of(INT64_MIN));
	ok(!wide_fits(sum, &number), "-2^63 - 1 does not");
	is_number(wide_sign((WideInt) {1, 0}), 1, "the sign of 2^64");
}

static void
check_products(void)
{
	WideInt		product;
	uint64_t	quotient = 0;

	is_wide(wide_product(INT64_MAX, INT64_MAX), INT64_C(0x3FFFFFFFFFFFFFFF), 1,
			"(2^63 - 1)^2");
	is_wide(wide_product(INT64_C(100000000), INT64_C(1000000000000)), 5,
			UINT64_C(7766279631452241920), "10^20");
	ok(wide_scale((WideInt) {1, 0}, INT64_MAX, &product), "2^64 * (2^63 - 1)");
	is_wide(product, INT64_MAX, 0, "its digits");
	ok(!wide_scale((WideInt) {2, 0}, INT64_C(1) << 62, &product), "2^127");
	ok(!wide_scale((WideInt) {UINT64_C(1) << 63, 0}, INT64_MAX, &product),
	   "far beyond");
	ok(wide_divide((WideInt) {4, UINT64_MAX}, 5, &quotient) &&
	   quotient == UINT64_MAX, "(5 * 2^64 - 1) / 5");
	ok(!wide_divide((WideInt) {5, 0}, 5, &quotient), "2^64 does not fit");
}

#ifdef __SIZEOF_INT128__

__extension__ typedef unsigned __int128 Native;

/* Numbers around every power of two and of ten, and random ones */
#define MOST_NUMBERS	300

static uint64_t numbers[MOST_NUMBERS];
static int	n;

static void
make_numbers(void)
{
	uint64_t	random = 5244;

	for (int bit = 0; bit < 63; bit++)
		for (int by = -1; by <= 1; by++)
			numbers[n++] = (UINT64_C(1) << bit) + (uint64_t) (bit > 0 ? by : 0);
	for (uint64_t ten = 1; ten <= UINT64_C(1000000000000000000); ten *= 10)
	{
		numbers[n++] = ten;
		numbers[n++] = ten - 1;
	}
	while (n < MOST_NUMBERS)
	{
		int			bits = (int) (next_random(&random) % 60);

		numbers[n++] = next_random(&random) >> 1 >> bits;
	}
}

static Native
native(WideInt number)
{
	return (Native) number.high << 64 | number.low;
}

/* A product of two numbers below 2^63, scaled and divided by a third */
static bool
agrees(uint64_t a, uint64_t b, uint64_t c)
{
	WideInt		product = wide_product(a, b);
	WideInt		scaled;
	bool		fits = c == 0 || native(product) <= ((Native) -1 >> 1) / c;
	uint64_t	divisor = c == 0 ? 1 : c;
	uint64_t	quotient = 0;

	if (native(product) != (Native) a * b ||
		wide_scale(product, c, &scaled) != fits ||
		(fits && native(scaled) != native(product) * c))
		return false;
	fits = native(product) / divisor <= UINT64_MAX;
	return wide_divide(product, divisor, &quotient) == fits &&
		(!fits || quotient == (uint64_t) (native(product) / divisor));
}

static void
check_against_compiler(void)
{
	int			wrong = 0;

	make_numbers();
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			for (int k = (i + j) % 7; k < n; k += 7)
				if (!agrees(numbers[i], numbers[j], numbers[k]))
					wrong++;
	is_number(wrong, 0, "as the compiler's numbers of 128 bits");
}

#endif

int
main(void)
{
	check_sums();
	check_products();
#ifdef __SIZEOF_INT128__
	check_against_compiler();
#endif
	return done();
}
