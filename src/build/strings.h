/* The pool of strings of an image (STRS): each ended by NUL, "" at 0. */
#ifndef GAZ_BUILD_STRINGS_H
#define GAZ_BUILD_STRINGS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "base/status.h"

struct strings {
    const struct alloc *alloc;
    struct buf bytes;
    uint32_t *slots; /* places of shared strings by their hash; 0: empty */
    size_t slot_count;
    size_t count; /* of shared strings */
};

enum status strings_init(struct strings *p, const struct alloc *alloc,
                         struct err *e);
void strings_free(struct strings *p); /* zeroed is fine */

/* The place of a string; equal strings are one. */
enum status strings_share(struct strings *p, struct slice s, uint32_t *at,
                          struct err *e);

/* The same for a string that is known to come once. */
enum status strings_add(struct strings *p, struct slice s, uint32_t *at,
                        struct err *e);

#endif
