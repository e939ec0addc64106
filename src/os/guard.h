/* What is put right when a signal ends the process.
 *
 * Mapped files that shrink. A file that another process cuts short, or a disk
 * that fails, makes the next look at a mapped page end the process with
 * SIGBUS. Where the page lies in a mapping that was made known here, a message
 * with the file's name goes to standard error instead, and the process ends
 * with GUARD_EXIT. What standard output got stays.
 *
 * Temporary files. They are removed where SIGBUS, SIGINT, SIGTERM, SIGHUP or
 * SIGQUIT ends the process; only SIGKILL and a crash leave them. */
#ifndef GAZ_OS_GUARD_H
#define GAZ_OS_GUARD_H

#include <stddef.h>

enum { GUARD_EXIT = 3, GUARD_MAX = 64, GUARD_TEMPORARIES = 8 };

/* name must live as long as the mapping. Mappings past the first GUARD_MAX
 * are told of without a name. Not while another thread reads mappings. */
void guard_add(const void *data, size_t len, const char *name);
void guard_remove(const void *data);

/* mkstemp: the template becomes the file's name, which must stay there until
 * guard_temporary_done. -1 and errno, and then nothing is to be done. */
int guard_temporary(char *template);
void guard_temporary_done(const char *name); /* NULL is fine */

#endif
