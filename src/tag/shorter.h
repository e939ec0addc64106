/* What a mention that does not count leaves room for: when the longest name
 * at a place is a common noun that is not wanted, or its context fails, the
 * names that begin inside it are mentions after all ('Linux' in 'Linux server'
 * where that is generic). */
#ifndef GAZ_TAG_SHORTER_H
#define GAZ_TAG_SHORTER_H

#include "tag/scan.h"

struct shorter {
    const struct alloc *alloc;
    struct scan *scan; /* borrowed; used between its other calls */
    struct span *spans;
    size_t count, capacity;
};

void shorter_init(struct shorter *s, const struct alloc *alloc,
                  struct scan *scan);
void shorter_free(struct shorter *s);

/* Forget what was found. */
void shorter_reset(struct shorter *s);

/* Add the names that begin inside [start, end) of text, but for the whole of
 * it, to s->spans; they may end behind it. options are those of the scan that
 * found the whole. Overwrites what that scan returned. */
enum status shorter_find(struct shorter *s, struct slice text, size_t start,
                         size_t end, const struct scan_options *options);

#endif
