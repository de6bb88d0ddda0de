/*
 * check.h
 *		What the checks of src/rating share: TAP, and assertions.
 */
#ifndef MISSION_RATES_CHECK_H
#define MISSION_RATES_CHECK_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int	tests_run;
static int	tests_failed;

/* One line of TAP. */
__attribute__((format(printf, 2, 3)))
static inline bool
ok(bool passed, const char *format,...)
{
	va_list		arguments;

	tests_run++;
	if (!passed)
		tests_failed++;
	printf("%sok %d - ", passed ? "" : "not ", tests_run);
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	putchar('\n');
	return passed;
}

/* A whole number is what it should be. */
static inline bool
is_number(int64_t got, int64_t expected, const char *what)
{
	if (ok(got == expected, "%s", what))
		return true;
	printf("# got %" PRId64 ", expected %" PRId64 "\n", got, expected);
	return false;
}

/* The plan, and the status to leave main() with. */
static inline int
done(void)
{
	printf("1..%d\n", tests_run);
	return tests_failed > 0 ? 1 : 0;
}

/* What must hold for every input of a fuzz target. */
#define REQUIRE(condition) \
	do { \
		if (!(condition)) \
		{ \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, \
					#condition); \
			abort(); \
		} \
	} while (0)

/* One step of the xorshift64 generator: the same numbers on every run. */
static inline uint64_t
next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

#endif							/* MISSION_RATES_CHECK_H */
