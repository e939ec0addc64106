#include "tag/memo.h"

#include <string.h>

struct memo memo_create(const struct alloc *al, uint32_t names)
{
    unsigned log2 = names < MEMO_LARGE ? MEMO_LOG2 : MEMO_LARGE_LOG2;
    struct memo m = {NULL, 64 - log2};
    size_t size = sizeof *m.entries << log2;
    m.entries = alloc_get(al, size);
    if (m.entries != NULL)
        memset(m.entries, 0, size);
    return m;
}

void memo_free(const struct alloc *al, struct memo *m)
{
    alloc_free(al, m->entries, sizeof *m->entries << (64 - m->shift));
}
