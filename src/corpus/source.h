/* Where the bytes of a text input come from: a callback, so that the core
 * reads files, pipes and memory alike and never more than it needs. */
#ifndef GAZ_CORPUS_SOURCE_H
#define GAZ_CORPUS_SOURCE_H

#include <stddef.h>

#include "base/slice.h"
#include "base/status.h"

struct source {
    /* Put up to size bytes (size > 0) at buffer and their number in *got;
     * 0 is the end. A failure ends the reading and is handed on. */
    enum status (*read)(void *context, char *buffer, size_t size, size_t *got,
                        struct err *e);
    void *context;
};

/* Bytes in memory as a source; *rest is used up by reading. */
struct source source_of_memory(struct slice *rest);

#endif
