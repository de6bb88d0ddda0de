/*
 * discard.c
 *	  Makes a session lose all that it has cached whenever it might: with each
 *	  lock that it takes, as debug_discard_caches = 1 does.
 *
 * That setting needs a server that was built for it.  This library, loaded with
 * session_preload_libraries, writes a jump over the beginning of the server's
 * AcceptInvalidationMessages() instead; for x86-64.  With discard.every = 50 it
 * is every fiftieth lock: what plans large queries takes hours otherwise.
 */
#include "postgres.h"

#include <sys/mman.h>
#include <unistd.h>

#include "fmgr.h"
#include "storage/sinval.h"
#include "utils/guc.h"
#include "utils/inval.h"

#ifndef __x86_64__
#error "the jump is one of x86-64"
#endif

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(discards);
void		_PG_init(void);

static int	every = 1;
static int64 locks = 0;
static int64 count = 0;

/* What the server does with debug_discard_caches = 1. */
static void
accept_and_discard(void)
{
	static bool inside = false;

	ReceiveSharedInvalidMessages(LocalExecuteInvalidationMessage,
								 InvalidateSystemCaches);
	if (inside || ++locks % every != 0)
		return;
	inside = true;
	InvalidateSystemCachesExtended(true);
	inside = false;
	count++;
}

/*
 * discards() RETURNS bigint
 *		How often this session has lost its caches.
 */
Datum
discards(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_INT64(count);
}

/*
 * _PG_init
 *		Let the server call the function above: movabs $address, %rax; jmp *%rax.
 */
void
_PG_init(void)
{
	unsigned char jump[] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0};
	void		(*replacement) (void) = accept_and_discard;
	uintptr_t	place = (uintptr_t) AcceptInvalidationMessages;
	uintptr_t	page_size = sysconf(_SC_PAGESIZE);
	uintptr_t	page = place & ~(page_size - 1);
	size_t		length = place + sizeof(jump) - page;

	DefineCustomIntVariable("discard.every",
							"Loses the caches with each lock of that number.",
							NULL, &every, 1, 1, 1000000, PGC_USERSET, 0,
							NULL, NULL, NULL);
	memcpy(jump + 2, &replacement, sizeof(replacement));
	if (mprotect((void *) page, length, PROT_READ | PROT_WRITE | PROT_EXEC) != 0)
		elog(FATAL, "could not make the server's code writable: %m");
	memcpy((void *) place, jump, sizeof(jump));
	if (mprotect((void *) page, length, PROT_READ | PROT_EXEC) != 0)
		elog(FATAL, "could not protect the server's code: %m");
}
