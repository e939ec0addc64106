/* Mentions of several layers: which stay where some overlap. */
#ifndef GAZ_TAG_RANKS_H
#define GAZ_TAG_RANKS_H

#include "base/alloc.h"
#include "base/span.h"
#include "base/status.h"

struct ranked {
    struct span span;
    int rank; /* the entry's priority, above the lowest layer */
    uint32_t layer;
};

struct ranked_list {
    struct ranked *items;
    size_t count, capacity;
};

struct ranks {
    const struct alloc *alloc;
    struct ranked_list base;  /* of layer 0, in order and without overlap */
    struct ranked_list upper; /* of the others, in any order */
    struct ranked_list taken, merged;
};

/* Zeroed but for the allocator is empty. */
void ranks_free(struct ranks *r);

/* Room for `more` mentions behind those of a list, which is one of r's. */
enum status ranks_reserve(struct ranks *r, struct ranked_list *list,
                          size_t more, struct err *e);

/* The upper ones by rank from the highest on, then as they stand in the text.
 */
void ranks_sort(struct ranks *r);

/* The mentions that stay, into r->taken, in order: of two that overlap the one
 * of higher rank, where the base's count as 0, then the one further left, the
 * longer, of the upper layer. */
enum status ranks_settle(struct ranks *r, struct err *e);

#endif
