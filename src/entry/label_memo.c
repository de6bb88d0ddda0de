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
 * tells every backend about each of these through the syscache callback of
 * pg_enum, and then everything is forgotten.  Such a message may also arrive
 * while a label is being looked up; what was found then is not kept, which the
 * generation number shows.
 */
#include "postgres.h"

#include "utils/inval.h"
#include "utils/syscache.h"

#include "entry/label_memo.h"

/* A text of at most this many bytes is remembered; codes are shorter. */
#define KEY_TEXT_SIZE	15

/* Groups are searched as a whole: few texts push each other out. */
#define GROUP_BITS		7
#define NUM_GROUPS		(1 << GROUP_BITS)
#define GROUP_SIZE		4

/* As many values as remember that they may be used */
#define NUM_USABLE		64

/* The bytes of a text, zeros behind them, and its length as the last byte */
typedef union Key
{
	char		bytes[KEY_TEXT_SIZE + 1];
	uint64		words[2];
} Key;

typedef struct Slot
{
	Key			key;
	Oid			type;			/* InvalidOid: free */
	Oid			value;			/* InvalidOid: the text stands for nothing */
} Slot;

static Slot groups[NUM_GROUPS][GROUP_SIZE];

/* Which slot of a full group is taken next */
static unsigned next_victim = 0;

/* Values that the server has let this backend use */
static Oid	usable[NUM_USABLE];

/* Counts the messages that made everything be forgotten */
static uint64 generation = 0;

/* Some row of pg_enum has changed. */
static void
labels_changed(Datum arg, int cache, uint32 hash)
{
	(void) arg;
	(void) cache;
	(void) hash;
	generation++;
	memset(groups, 0, sizeof(groups));
	memset(usable, 0, sizeof(usable));
}

/* Register the callback that makes everything be forgotten. */
void
label_memo_init(void)
{
	CacheRegisterSyscacheCallback(ENUMOID, labels_changed, (Datum) 0);
}

uint64
label_generation(void)
{
	return generation;
}

static Slot *
group_of(Oid type, const Key *key)
{
	uint64		hash = (key->words[0] ^ type) * UINT64CONST(0x9E3779B97F4A7C15);

	hash = (hash ^ (hash >> 32) ^ key->words[1]) *
		UINT64CONST(0xC2B2AE3D27D4EB4F);
	return groups[hash >> (64 - GROUP_BITS)];
}

static bool
is_of(const Slot *slot, Oid type, const Key *key)
{
	return slot->type == type && slot->key.words[0] == key->words[0] &&
		slot->key.words[1] == key->words[1];
}

/* Keep what a text was found to stand for, in place of another if need be. */
static void
store(Slot *group, Oid type, const Key *key, Oid value)
{
	Slot	   *slot = NULL;

	for (int i = 0; i < GROUP_SIZE && slot == NULL; i++)
		if (!OidIsValid(group[i].type))
			slot = &group[i];
	if (slot == NULL)
		slot = &group[next_victim++ % GROUP_SIZE];
	slot->key = *key;
	slot->type = type;
	slot->value = value;
}

static const Slot *
look_up(const Slot *group, Oid type, const Key *key)
{
	for (int i = 0; i < GROUP_SIZE; i++)
		if (is_of(&group[i], type, key))
			return &group[i];
	return NULL;
}

/*
 * The same for a text that stands for nothing as far as is known.  Another
 * session may have added its label meanwhile: the messages that have come in
 * are read first, as a look-up in the catalog would read them.
 */
static const Slot *
look_up_nothing(const Slot *group, Oid type, const Key *key)
{
	AcceptInvalidationMessages();
	return look_up(group, type, key);
}

/* What "find" finds for the text, which it is asked for once. */
Oid
remembered_value(Oid type, const char *text, size_t length, LabelFinder find)
{
	Key			key = {{0}};
	const Slot *slot;
	Slot	   *group;
	uint64		before;
	Oid			value;

	if (length > KEY_TEXT_SIZE)
		return find(type, text, length);
	memcpy(key.bytes, text, length);
	key.bytes[KEY_TEXT_SIZE] = (char) length;
	group = group_of(type, &key);
	slot = look_up(group, type, &key);
	if (slot != NULL && !OidIsValid(slot->value))
		slot = look_up_nothing(group, type, &key);
	if (slot != NULL)
		return slot->value;
	before = generation;
	value = find(type, text, length);
	if (generation == before)
		store(group, type, &key, value);
	return value;
}

/* Has the server let this backend use the value? */
bool
known_to_be_usable(Oid value)
{
	return usable[value % NUM_USABLE] == value;
}

/* It has; "before" is the generation from before it was asked. */
void
note_usable(Oid value, uint64 before)
{
	if (generation == before)
		usable[value % NUM_USABLE] = value;
}
