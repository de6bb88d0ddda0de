/*
 * label_memo.c
 *	  What texts were found to stand for.
 *
 * A look-up of a label in the server's catalog cache takes some 0.3 us, and of
 * a text that is no label 1.9 us, since every label of the type is compared: 4
 * and 25 times as much as rating a bill.  A column of codes holds few
 * different texts, so the result for each of them is remembered here,
 * including that it is no label.
 *
 * Labels can be added, renamed and dropped in a running session, by this
 * transaction or another one, and a rollback takes that back.  The server
 * tells every backend about each of these, which tables/session.c counts, and
 * then everything is forgotten.  Such a message may also arrive
 * while a label is being looked up; what was found then is not kept, which the
 * generation number shows.
 */
#include "postgres.h"

#include "utils/inval.h"

#include "entry/label_memo.h"
#include "tables/session.h"

/* At most this many bytes are remembered; codes are shorter. */
#define MAX_KEY_LENGTH	15

/* Groups are searched as a whole: few texts push each other out. */
#define GROUP_BITS		7
#define NUM_GROUPS		(1 << GROUP_BITS)
#define GROUP_SIZE		4

/* As many values as remember that they may be used */
#define NUM_USABLE		64

/*
 * What is looked up: up to 15 bytes, which for 8 and more are the first and
 * the last 8, and for 4 and more the first and the last 4; their number, how
 * they are to be understood, and the type make it unambiguous.
 */
typedef struct Key
{
	uint64		first;
	uint64		last;
	uint64		tag;			/* type, kind and length; 0: free */
} Key;

typedef struct Slot
{
	Key			key;
	Oid			value;			/* InvalidOid: the bytes stand for nothing */
} Slot;

static Slot groups[NUM_GROUPS][GROUP_SIZE];

/* Which slot of a full group is taken next */
static unsigned next_victim = 0;

/* Values that the server has let this backend use */
static Oid	usable[NUM_USABLE];

/* The messages about labels that all of this takes account of */
static uint64 generation = 0;

/* Forget everything if a label may have changed. */
static inline void
heed_messages(void)
{
	if (likely(generation == rate_session.label_messages))
		return;
	generation = rate_session.label_messages;
	memset(groups, 0, sizeof(groups));
	memset(usable, 0, sizeof(usable));
}

/* How many labels may have changed so far; to be passed to note_usable(). */
uint64
label_generation(void)
{
	return rate_session.label_messages;
}

/* Copies of a fixed size cost one instruction, others a call. */
static inline uint64
eight_bytes(const char *bytes)
{
	uint64		word;

	memcpy(&word, bytes, sizeof(word));
	return word;
}

/* The same for half as many. */
static inline uint64
four_bytes(const char *bytes)
{
	uint32		word;

	memcpy(&word, bytes, sizeof(word));
	return word;
}

/* The key of some bytes. */
static inline Key
make_key(Oid type, LabelKind kind, const char *bytes, size_t length)
{
	Key			key = {0, 0, ((uint64) type << 8) | (kind << 4) | length};

	if (length >= 8)
	{
		key.first = eight_bytes(bytes);
		key.last = eight_bytes(bytes + length - 8);
	}
	else if (length >= 4)
		key.first = four_bytes(bytes) | four_bytes(bytes + length - 4) << 32;
	else if (length > 0)
		key.first = (unsigned char) bytes[0] |
			(unsigned char) bytes[length / 2] << 8 |
			(unsigned char) bytes[length - 1] << 16;
	return key;
}

/* Where a key is kept, if it is. */
static inline Slot *
group_of(const Key *key)
{
	uint64		hash = (key->first ^ key->tag) * UINT64CONST(0x9E3779B97F4A7C15);

	hash ^= key->last * UINT64CONST(0xC2B2AE3D27D4EB4F);
	return groups[hash >> (64 - GROUP_BITS)];
}

/* Are the keys equal?  Without a branch for each part. */
static inline bool
same_key(const Key *a, const Key *b)
{
	return ((a->first ^ b->first) | (a->last ^ b->last) |
			(a->tag ^ b->tag)) == 0;
}

/* Keep what was found, in place of another if need be. */
static void
store(Slot *group, const Key *key, Oid value)
{
	Slot	   *slot = NULL;

	for (int i = 0; i < GROUP_SIZE && slot == NULL; i++)
		if (group[i].key.tag == 0)
			slot = &group[i];
	if (slot == NULL)
		slot = &group[next_victim++ % GROUP_SIZE];
	slot->key = *key;
	slot->value = value;
}

/* The slot of a key, or NULL. */
static inline const Slot *
look_up(const Slot *group, const Key *key)
{
	for (int i = 0; i < GROUP_SIZE; i++)
		if (same_key(&group[i].key, key))
			return &group[i];
	return NULL;
}

/* Ask "find", and keep what it found. */
static pg_noinline Oid
find_and_store(Slot *group, const Key *key, Oid type, const char *bytes,
			   size_t length, LabelFinder find)
{
	Oid			value = find(type, bytes, length);

	if (generation == rate_session.label_messages)
		store(group, key, value);
	return value;
}

/*
 * What "find" finds for the bytes, which it is asked for once.
 *
 * Bytes that stand for nothing as far as is known may stand for something by
 * now, if another session has added a label: the messages that have come in are
 * read first, as a look-up in the catalog would read them.
 */
Oid
remembered_value(Oid type, LabelKind kind, const char *bytes, size_t length,
				 LabelFinder find)
{
	Key			key;
	Slot	   *group;
	const Slot *slot;

	if (length > MAX_KEY_LENGTH)
		return find(type, bytes, length);
	heed_messages();
	key = make_key(type, kind, bytes, length);
	group = group_of(&key);
	slot = look_up(group, &key);
	if (slot != NULL && !OidIsValid(slot->value))
	{
		AcceptInvalidationMessages();
		heed_messages();
		slot = look_up(group, &key);
	}
	if (likely(slot != NULL))
		return slot->value;
	return find_and_store(group, &key, type, bytes, length, find);
}

/* Has the server let this backend use the value? */
bool
known_to_be_usable(Oid value)
{
	heed_messages();
	return usable[value % NUM_USABLE] == value;
}

/* It has; "before" is the generation from before it was asked. */
void
note_usable(Oid value, uint64 before)
{
	heed_messages();
	if (generation == before)
		usable[value % NUM_USABLE] = value;
}
