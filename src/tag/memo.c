#include "tag/memo.h"

struct memo memo_create(const struct alloc *al, uint32_t names)
{
    unsigned log2 = names < MEMO_LARGE ? MEMO_LOG2 : MEMO_LARGE_LOG2;
    struct memo m = {NULL, 64 - log2};
    size_t n = (size_t)1 << log2;
    m.entries = alloc_get(al, n * sizeof *m.entries);
    for (size_t i = 0; m.entries != NULL && i < n; i++)
        m.entries[i] = (struct memo_entry){~0ULL, ~0ULL, {0, 0}};
    return m;
}

void memo_free(const struct alloc *al, struct memo *m)
{
    alloc_free(al, m->entries, sizeof *m->entries << (64 - m->shift));
}
