/*
 * replay.c
 *		Runs a fuzz target without libFuzzer: over the files of a folder, and
 *		over inputs made from a fixed seed, so that every run is the same.
 */
#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define MAX_BYTES 4096
#define GENERATED 200000

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One step of the xorshift64 generator. */
static uint64_t
next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Feeds one file to the target, cut off at MAX_BYTES bytes. */
static void
replay_file(const char *path)
{
	uint8_t		data[MAX_BYTES];
	FILE	   *file = fopen(path, "rb");

	if (file == NULL)
		return;
	LLVMFuzzerTestOneInput(data, fread(data, 1, sizeof(data), file));
	fclose(file);
}

/* Feeds every file of a folder to the target. */
static void
replay_folder(const char *folder)
{
	char		path[MAX_BYTES];
	struct dirent *entry;
	DIR		   *dir = opendir(folder);

	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL)
	{
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		replay_file(path);
	}
	closedir(dir);
}

/* Feeds generated inputs of 0 to 255 bytes to the target. */
static void
replay_generated(void)
{
	uint64_t	state = 5244;
	uint8_t		data[256];
	int			i;

	for (i = 0; i < GENERATED; i++)
	{
		size_t		size = next_random(&state) % sizeof(data);
		size_t		at;

		for (at = 0; at < size; at++)
			data[at] = (uint8_t) (next_random(&state) >> 24);
		LLVMFuzzerTestOneInput(data, size);
	}
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		replay_folder(argv[1]);
	replay_generated();
	return 0;
}
