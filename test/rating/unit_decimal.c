/*
 * unit_decimal.c
 *		Exact decimal numbers: read, compared, multiplied.
 */
#include "check.h"
#include "exact.h"

#define LENGTH(array)	((int) (sizeof(array) / sizeof((array)[0])))
#define MOST			INT64_MAX

static void
check_text(const char *text, DecimalStatus status, int64_t value, int scale)
{
	Decimal		read = {-7, -7};
	DecimalStatus got = decimal_from_text(text, &read);

	if (!ok(got == status && (status != DECIMAL_OK ||
							  (read.value == value && read.scale == scale)),
			"decimal_from_text(\"%s\")", text))
		printf("# status %d, %" PRId64 " / 10^%d\n", (int) got, read.value,
			   read.scale);
}

static void
check_good_texts(void)
{
	check_text("0", DECIMAL_OK, 0, 0);
	check_text("0.00", DECIMAL_OK, 0, 0);
	check_text("-0.00", DECIMAL_OK, 0, 0);
	check_text("1", DECIMAL_OK, 1, 0);
	check_text("-1", DECIMAL_OK, -1, 0);
	check_text("10.00", DECIMAL_OK, 10, 0);
	check_text("100", DECIMAL_OK, 100, 0);
	check_text("40.45", DECIMAL_OK, 4045, 2);
	check_text("-40.450", DECIMAL_OK, -4045, 2);
	check_text("-0.5", DECIMAL_OK, -5, 1);
	check_text("0.05", DECIMAL_OK, 5, 2);
	check_text("1.0500000000000000000000", DECIMAL_OK, 105, 2);
	check_text("007.10", DECIMAL_OK, 71, 1);
	check_text("0.123456789", DECIMAL_OK, 123456789, 9);
	check_text("0.1234567890", DECIMAL_OK, 123456789, 9);
	check_text("0.000000001", DECIMAL_OK, 1, 9);
	check_text("9223372036854775807", DECIMAL_OK, MOST, 0);
	check_text("-9223372036854775807", DECIMAL_OK, -MOST, 0);
	check_text("9223372036854775807.000", DECIMAL_OK, MOST, 0);
	check_text("9223372036.854775807", DECIMAL_OK, MOST, 9);
	check_text("-9223372036.854775807", DECIMAL_OK, -MOST, 9);
}

static void
check_bad_texts(void)
{
	check_text("NaN", DECIMAL_NOT_FINITE, 0, 0);
	check_text("Infinity", DECIMAL_NOT_FINITE, 0, 0);
	check_text("-Infinity", DECIMAL_NOT_FINITE, 0, 0);
	check_text("", DECIMAL_NOT_FINITE, 0, 0);
	check_text("-", DECIMAL_NOT_FINITE, 0, 0);
	check_text("0.1234567891", DECIMAL_TOO_FINE, 0, 0);
	check_text("0.0000000001", DECIMAL_TOO_FINE, 0, 0);
	check_text("-5.00000000010", DECIMAL_TOO_FINE, 0, 0);
	check_text("9223372036854775808", DECIMAL_TOO_LARGE, 0, 0);
	check_text("-9223372036854775808", DECIMAL_TOO_LARGE, 0, 0);
	check_text("18446744073709551617", DECIMAL_TOO_LARGE, 0, 0);
	check_text("92233720368547758070", DECIMAL_TOO_LARGE, 0, 0);
	check_text("9223372036.854775808", DECIMAL_TOO_LARGE, 0, 0);
	check_text("922337203685477580.78", DECIMAL_TOO_LARGE, 0, 0);
	check_text("9223372036854775807.1", DECIMAL_TOO_LARGE, 0, 0);
	check_text("100000000000000000000000000", DECIMAL_TOO_LARGE, 0, 0);
}

static void
check_compare(void)
{
	static const struct
	{
		Decimal		a;
		Decimal		b;
		int			order;
	}			cases[] = {
		{{0, 0}, {0, 9}, 0},
		{{1, 0}, {1000000000, 9}, 0},
		{{2000, 0}, {20000000, 4}, 0},
		{{20000001, 4}, {2000, 0}, 1},
		{{19999999, 4}, {2000, 0}, -1},
		{{1, 9}, {0, 0}, 1},
		{{-1, 9}, {0, 0}, -1},
		{{-15, 1}, {-1, 0}, -1},
		{{MOST, 0}, {MOST, 9}, 1},
		{{-MOST, 0}, {MOST, 0}, -1},
		{{-MOST, 9}, {-MOST, 0}, 1},
		{{MOST, 0}, {MOST, 0}, 0},
	};

	for (int i = 0; i < LENGTH(cases); i++)
	{
		int			there = decimal_compare(cases[i].a, cases[i].b);
		int			back = decimal_compare(cases[i].b, cases[i].a);

		ok((there > 0) - (there < 0) == cases[i].order &&
		   (back > 0) - (back < 0) == -cases[i].order,
		   "decimal_compare, case %d, both ways", i);
	}
}

static void
check_whole(void)
{
	ok(decimal_is_whole((Decimal) {0, 0}), "0 is whole");
	ok(decimal_is_whole((Decimal) {0, 9}), "0.000000000 is whole");
	ok(decimal_is_whole((Decimal) {300, 2}), "3.00 is whole");
	ok(decimal_is_whole((Decimal) {-300, 2}), "-3.00 is whole");
	ok(decimal_is_whole((Decimal) {MOST, 0}), "the largest is whole");
	ok(!decimal_is_whole((Decimal) {301, 2}), "3.01 is not whole");
	ok(!decimal_is_whole((Decimal) {-5, 1}), "-0.5 is not whole");
	ok(!decimal_is_whole((Decimal) {1, 9}), "0.000000001 is not whole");
}

static void
check_overcharge(void)
{
	static const struct
	{
		Decimal		billed;
		Decimal		corrected;
		Decimal		fraction;
		bool		expected;
		const char *what;
	}			cases[] = {
		{{1250, 2}, {1000, 2}, {2500, 4}, true, "exactly a quarter"},
		{{1249, 2}, {1000, 2}, {2500, 4}, false, "one cent less"},
		{{1251, 2}, {1000, 2}, {2500, 4}, true, "one cent more"},
		{{125, 1}, {10, 0}, {2500, 4}, true, "other scales"},
		{{12499999, 6}, {10000, 3}, {2500, 4}, false, "a millionth less"},
		{{1000, 2}, {1000, 2}, {2500, 4}, false, "billed right"},
		{{1000, 2}, {1000, 2}, {0, 4}, false, "billed right, fraction 0"},
		{{1001, 2}, {1000, 2}, {0, 4}, true, "a cent over, fraction 0"},
		{{900, 2}, {1000, 2}, {0, 4}, false, "billed too little"},
		{{1, 2}, {0, 0}, {2500, 4}, true, "nothing was to be billed"},
		{{0, 0}, {0, 0}, {2500, 4}, false, "nothing was billed"},
		{{MOST, 0}, {MOST - 1, 0}, {2500, 4}, false, "huge, one over"},
		{{MOST, 0}, {MOST, 9}, {2500, 4}, true, "huge over small"},
		{{MOST, 0}, {MOST, 9}, {MOST, 4}, false, "huge fraction"},
		{{MOST, 0}, {MOST / 2, 0}, {MOST, 0}, false, "all huge"},
		{{MOST, 0}, {1, 9}, {MOST, 9}, true, "huge over nearly nothing"},
	};

	for (int i = 0; i < LENGTH(cases); i++)
		ok(overcharged_by(cases[i].billed, cases[i].corrected,
						  cases[i].fraction) == cases[i].expected,
		   "overcharged_by: %s", cases[i].what);
}

/* Any amounts in cents, by plain multiplication. */
static void
check_many_overcharges(void)
{
	uint64_t	state = 11455;
	int			wrong = 0;

	for (int i = 0; i < 100000; i++)
	{
		int64_t		corrected = (int64_t) (next_random(&state) % 2000);
		int64_t		billed = (int64_t) (next_random(&state) % 4000);
		int64_t		fraction = (int64_t) (next_random(&state) % 15000);
		bool		expected = billed > corrected &&
			(billed - corrected) * 10000 >= corrected * fraction;

		if (overcharged_by((Decimal) {billed, 2}, (Decimal) {corrected, 2},
						   (Decimal) {fraction, 4}) != expected)
			wrong++;
	}
	is_number(wrong, 0, "overcharged_by of 100000 pairs of bills");
}

static void
check_products(void)
{
	static const struct
	{
		Decimal		quantity;
		Decimal		rate;
		int64_t		cents;
	}			cases[] = {
		{{20, 3}, {22500, 4}, 5},	/* 0.045 */
		{{500, 3}, {14500, 4}, 73}, /* 0.725 */
		{{25, 1}, {7500, 4}, 188},	/* 1.875 */
		{{4045, 2}, {500, 4}, 202}, /* 2.0225 */
		{{5010, 2}, {500, 4}, 251}, /* 2.505 */
		{{1, 0}, {49, 4}, 0},
		{{1, 0}, {50, 4}, 1},
		{{1, 0}, {149, 4}, 1},
		{{-1, 0}, {49, 4}, 0},
		{{-1, 0}, {50, 4}, -1},
		{{1, 0}, {-10005, 4}, -100},
		{{1, 0}, {-10050, 4}, -101},
		{{-1, 0}, {-50, 4}, 1},
		{{1, 9}, {1, 9}, 0},
		{{7, 0}, {3, 0}, 2100},
		{{7, 0}, {3, 1}, 210},
		{{1, 0}, {MOST, 2}, MOST},
		{{1, 0}, {-MOST, 2}, -MOST},
	};

	for (int i = 0; i < LENGTH(cases); i++)
	{
		cents_t		cents = -7;

		ok(multiply_to_cents(cases[i].quantity, cases[i].rate, &cents) &&
		   cents == cases[i].cents, "multiply_to_cents, case %d", i);
	}
}

static void
check_overflow(void)
{
	static const Decimal pairs[][2] = {
		{{1, 0}, {MOST, 0}},
		{{1, 0}, {MOST, 1}},
		{{MOST, 2}, {2, 0}},
		{{MOST, 9}, {-MOST, 9}},
		{{MOST, 0}, {MOST, 0}},
		{{-MOST, 0}, {-MOST, 0}},
		{{-MOST, 1}, {MOST, 0}},
		{{MOST / 1000 + 1, 0}, {100000, 4}},
	};
	cents_t		cents;

	for (int i = 0; i < LENGTH(pairs); i++)
		ok(!multiply_to_cents(pairs[i][0], pairs[i][1], &cents),
		   "multiply_to_cents does not fit, case %d", i);
}

/* Does multiply_to_cents() agree with the computation on paper? */
static bool
agrees(Decimal quantity, Decimal rate)
{
	cents_t		cents = 0;
	int64_t		expected = 0;
	bool		fits = multiply_to_cents(quantity, rate, &cents);

	if (fits == exact_cents(quantity, rate, &expected) &&
		(!fits || cents == expected))
		return true;
	printf("# %" PRId64 "/10^%d * %" PRId64 "/10^%d: %d, %" PRId64 "\n",
		   quantity.value, quantity.scale, rate.value, rate.scale, fits, cents);
	return false;
}

/* Numbers at the limits of digits, of doubling, and of 64 bits */
static const int64_t edges[] = {
	0, 1, 4, 5, 6, 49, 50, 51, 99, 100, 149, 150, 499, 500, 4999, 5000,
	2250, 22500, 999999, INT64_C(1000000000000), INT64_C(3037000499),
	INT64_C(3037000500), INT64_C(4999999999999999), INT64_C(5000000000000000),
	INT64_C(9213372036854775806), INT64_C(9213372036854775807),
	INT64_C(9213372036854775808), MOST / 100, MOST / 100 + 1, MOST / 2 - 1,
	MOST / 2, MOST / 2 + 1, MOST - 1, MOST
};

static int
disagreements(int64_t a, int64_t b)
{
	int			wrong = 0;

	for (int i = 0; i <= MAX_DECIMAL_SCALE; i++)
		for (int j = 0; j <= MAX_DECIMAL_SCALE; j++)
			if (!agrees((Decimal) {a, i}, (Decimal) {b, j}))
				wrong++;
	return wrong;
}

static void
check_edges(void)
{
	int			wrong = 0;

	for (int i = 0; i < LENGTH(edges); i++)
		for (int j = 0; j < LENGTH(edges); j++)
			wrong += disagreements(edges[i], edges[j]) +
				disagreements(-edges[i], edges[j]);
	is_number(wrong, 0, "multiply_to_cents at the edges, as on paper");
}

static void
check_many_products(void)
{
	uint64_t	state = 5244;
	int			wrong = 0;

	for (int i = 0; i < 200000; i++)
	{
		int64_t		a = (int64_t) (next_random(&state) >> (1 + i % 62));
		int64_t		b = (int64_t) (next_random(&state) >> (1 + i / 64 % 62));
		Decimal		quantity = {i % 3 == 0 ? -a : a, i % 10};
		Decimal		rate = {b, i / 10 % 10};

		if (!agrees(quantity, rate))
			wrong++;
	}
	is_number(wrong, 0, "multiply_to_cents of 200000 pairs, as on paper");
}

int
main(void)
{
	check_good_texts();
	check_bad_texts();
	check_compare();
	check_whole();
	check_overcharge();
	check_many_overcharges();
	check_products();
	check_overflow();
	check_edges();
	check_many_products();
	return done();
}
