/* gzip and zstd streams, found by what they begin with. The sole user of zlib
 * and libzstd. */
#ifndef GAZ_OS_UNPACK_H
#define GAZ_OS_UNPACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct unpack;

/* More output than UNPACK_FREE bytes must not be more than UNPACK_RATIO times
 * what was read for it: a few kilobytes can hold petabytes. Where all of it is
 * held in memory, with what is found in it, UNPACK_HELD bytes are free. */
enum {
    UNPACK_MAGIC = 4,
    UNPACK_RATIO = 500,
    UNPACK_FREE = 1 << 30,
    UNPACK_HELD = 1 << 26
};

/* Does data, the first len bytes of a file, begin such a stream? With fewer
 * than UNPACK_MAGIC bytes the file ends there. */
bool unpack_is(const char *data, size_t len);

/* fd stays the caller's; first, up to UNPACK_MAGIC bytes, has been read from
 * it. */
enum status unpack_create(int fd, const char *first, size_t len,
                          struct unpack **out, struct err *e);
void unpack_free(struct unpack *u); /* NULL is fine */
void unpack_hold(struct unpack *u); /* UNPACK_HELD counts */

/* Up to size bytes, at least 1 but at the end of the last stream. A damaged
 * or cut stream is STATUS_CORRUPT. */
enum status unpack_read(struct unpack *u, char *buffer, size_t size,
                        size_t *got, struct err *e);

#endif
