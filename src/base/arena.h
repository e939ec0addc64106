/* Memory that is handed out piece by piece and freed all at once. Pieces are
 * aligned to 8 bytes and never move. */
#ifndef GAZ_BASE_ARENA_H
#define GAZ_BASE_ARENA_H

#include "base/alloc.h"
#include "base/slice.h"

struct arena_block;

struct arena {
    const struct alloc *alloc;
    struct arena_block *head;
};

void arena_init(struct arena *a, const struct alloc *alloc);
void arena_free(struct arena *a); /* everything handed out is gone */

/* NULL when memory is out. */
void *arena_get(struct arena *a, size_t size);

/* A copy of s; data is NULL when memory is out (never for length 0). */
struct slice arena_copy(struct arena *a, struct slice s);

#endif
