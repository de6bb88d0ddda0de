/*
 * unit_int128.c
 *		128-bit arithmetic in 64-bit words, against what the compiler has.
 */
#include "check.h"
#include "rating/int128.h"

#define LENGTH(array)	((int) (sizeof(array) / sizeof((array)[0])))

/* Numbers around every power of two and of ten, and random ones */
#define MOST_NUMBERS	400

static uint64_t numbers[MOST_NUMBERS];
static int	n;

static void
make_numbers(void)
{
	uint64_t	random = 1;
	uint64_t	ten = 1;

	for (int bit = 0; bit < 64; bit++)
		for (int by = -1; by <= 1; by++)
			numbers[n++] = (UINT64_C(1) << bit) + (uint64_t) by;
	for (int i = 0; i < 19; i++, ten *= 10)
		for (int by = -1; by <= 1; by++)
			numbers[n++] = ten + (uint64_t) by;
	for (int i = 0; i < 40; i++)
	{
		random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
		numbers[n++] = random >> (random % 60);
	}
}

/* Sums and products of 64 bits: whether they overflow, and if not the result */
static void
check_overflow(void)
{
	int			wrong = 0;

	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
		{
			int64_t		a = (int64_t) numbers[i];
			int64_t		b = (int64_t) numbers[j];
			int64_t		got[2] = {0, 0};
			int64_t		expected[2] = {0, 0};
			bool		over = plain_add_overflows(a, b, &got[0]);

			if (over != add_overflows(a, b, &expected[0]) ||
				(!over && got[0] != expected[0]))
				wrong++;
			over = plain_multiply_overflows(a, b, &got[1]);
			if (over != multiply_overflows(a, b, &expected[1]) ||
				(!over && got[1] != expected[1]))
				wrong++;
		}
	is_number(wrong, 0, "sums and products of 64 bits");
}

#ifdef HAVE_NATIVE_INT128

static bool
same(WordPair pair, wide_t native)
{
	return pair.high == (uint64_t) (native >> 64) &&
		pair.low == (uint64_t) native;
}

/* Every function for a product of two numbers and a third number */
static bool
agree(uint64_t a, uint64_t b, uint64_t c)
{
	WordPair	pair = pair_multiply(a, b);
	wide_t		native = wide_multiply(a, b);
	WordPair	scaled;
	wide_t		native_scaled;
	bool		fits = pair_scale(pair, c, &scaled);
	uint64_t	divisor = (c >> 1) + 1;
	uint64_t	quotient;
	uint64_t	native_quotient;

	if (!same(pair, native) ||
		fits != wide_scale(native, c, &native_scaled) ||
		(fits && !same(scaled, native_scaled)) ||
		pair_compare(pair, (WordPair) {0, c}) != wide_compare(native, c) ||
		!same(pair_subtract(pair, (WordPair) {0, c}), native - c))
		return false;
	fits = pair_divide(pair, divisor, &quotient);
	return fits == wide_divide(native, divisor, &native_quotient) &&
		(!fits || quotient == native_quotient);
}

static void
check_wide(void)
{
	int			wrong = 0;

	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			for (int k = (i + j) % 7; k < n; k += 7)
				if (!agree(numbers[i], numbers[j], numbers[k]))
					wrong++;
	is_number(wrong, 0, "numbers of 128 bits");
}

#endif

int
main(void)
{
	make_numbers();
	check_overflow();
#ifdef HAVE_NATIVE_INT128
	check_wide();
#endif
	return done();
}
