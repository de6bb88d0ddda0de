/*
 * label_memo.c
 *	  What texts were found to stand for.
 *
 * A column of codes holds few different texts, so what each of them stands for
 * is remembered, a label or none.  A look-up in the server's catalog cache takes
 * 4 times as long as to rate a bill, and one that finds no label 25 times.
 *
 * Labels can be added, renamed and dropped in a running session, and a rollback
 * takes that back.  The server sends a message about each of these, which
 * tables/session.c counts; then everything is forgotten, and what was being
 * looked up is not kept.
 */
#include "postgres.h"

#include "utils/inval.h"
#include "utils/memutils.h"

#include "entry/codes.h"
#include "tables/session.h"

/* At most this many bytes are remembered; codes are shorter. */
#define MAX_KEY_LENGTH	15

/* With so many different texts the memo begins anew. */
#define MAX_MEMBERS		512

/*
 * What is looked up: up to 15 bytes, which for 8 and more are the first and
 * the last 8, and for 4 and more the first and the last 4; their number, how
 * they are to be understood, and the type make it unambiguous.
 */
typedef struct Key
{
	uint64		first;
	uint64		last;
	uint64		tag;			/* type, kind and length */
} Key;

typedef struct Slot
{
	Key			key;
	Oid			value;			/* InvalidOid: the bytes stand for nothing */
	char		status;			/* for simplehash */
} Slot;

/* Are the keys equal?  Without a branch for each part. */
static inline bool
same_key(Key a, Key b)
{
	return ((a.first ^ b.first) | (a.last ^ b.last) | (a.tag ^ b.tag)) == 0;
}

static inline uint32
hash_of(Key key)
{
	uint64		hash = (key.first ^ key.tag) * UINT64CONST(0x9E3779B97F4A7C15);

	return (hash ^ key.last * UINT64CONST(0xC2B2AE3D27D4EB4F)) >> 32;
}

#define SH_PREFIX			memo
#define SH_ELEMENT_TYPE		Slot
#define SH_KEY_TYPE			Key
#define SH_KEY				key
#define SH_HASH_KEY(memo, key)	hash_of(key)
#define SH_EQUAL(memo, a, b)	same_key(a, b)
#define SH_SCOPE			static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

static memo_hash *memo = NULL;

/* The messages about labels that the memo takes account of; none so far */
static uint64 generation = PG_UINT64_MAX;

/* Begin without knowing anything. */
static pg_noinline void
forget(void)
{
	if (memo == NULL)
		memo = memo_create(TopMemoryContext, MAX_MEMBERS, NULL);
	memo_reset(memo);
	generation = rate_session.label_messages;
}

/* Forget everything if a label may have changed. */
static inline void
heed_messages(void)
{
	if (unlikely(generation != rate_session.label_messages))
		forget();
}

/* The key of some bytes; copies of a fixed size cost one instruction each. */
static inline Key
make_key(Oid type, LabelKind kind, const char *bytes, size_t length)
{
	Key			key = {0, 0, ((uint64) type << 8) | (kind << 4) | length};
	uint32		half[2];

	if (length >= 8)
	{
		memcpy(&key.first, bytes, 8);
		memcpy(&key.last, bytes + length - 8, 8);
	}
	else if (length >= 4)
	{
		memcpy(&half[0], bytes, 4);
		memcpy(&half[1], bytes + length - 4, 4);
		key.first = half[0] | (uint64) half[1] << 32;
	}
	else if (length > 0)
		key.first = (unsigned char) bytes[0] |
			(unsigned char) bytes[length / 2] << 8 |
			(unsigned char) bytes[length - 1] << 16;
	return key;
}

/* Keep what was found. */
static void
store(Key key, Oid value)
{
	bool		found;

	if (memo->members == MAX_MEMBERS)
		memo_reset(memo);
	memo_insert(memo, key, &found)->value = value;
}

/*
 * What "find" finds for bytes of which no value is known.  Messages are read
 * first, as a look-up in the catalog would: a label may have been added.
 */
static pg_noinline Oid
find_value(Oid type, LabelKind kind, const char *bytes, size_t length,
		   LabelFinder find)
{
	Key			key = make_key(type, kind, bytes, length);
	Oid			value;

	AcceptInvalidationMessages();
	heed_messages();
	if (memo_lookup(memo, key) != NULL)
		return InvalidOid;
	value = find(type, bytes, length);
	if (generation == rate_session.label_messages)
		store(key, value);
	return value;
}

/* What "find" finds for the bytes, which it is asked for once. */
Oid
remembered_value(Oid type, LabelKind kind, const char *bytes, size_t length,
				 LabelFinder find)
{
	const Slot *slot;

	if (length > MAX_KEY_LENGTH)
		return find(type, bytes, length);
	heed_messages();
	slot = memo_lookup(memo, make_key(type, kind, bytes, length));
	if (likely(slot != NULL && OidIsValid(slot->value)))
		return slot->value;
	return find_value(type, kind, bytes, length, find);
}
