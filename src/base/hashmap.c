#include "base/hashmap.h"

#include <string.h>

void hashmap_init(struct hashmap *m, const struct alloc *alloc)
{
    memset(m, 0, sizeof *m);
    m->alloc = alloc;
}

void hashmap_free(struct hashmap *m)
{
    if (m->alloc != NULL) {
        alloc_free(m->alloc, m->keys, m->slots * sizeof *m->keys);
        alloc_free(m->alloc, m->ids, m->slots * sizeof *m->ids);
        memset(m, 0, sizeof *m);
    }
}

void hashmap_clear(struct hashmap *m)
{
    if (m->count > 0) {
        memset(m->keys, 0, m->slots * sizeof *m->keys);
        m->count = 0;
    }
}

static void place(struct hashmap *m, uint64_t key, uint32_t id)
{
    size_t at = (size_t)hashmap_slot(key, m->slots);
    while (m->keys[at] != 0) {
        at = (at + 1) & (m->slots - 1);
    }
    m->keys[at] = key;
    m->ids[at] = id;
}

/* Twice the slots, so that no more than half are ever full. */
static bool enlarge(struct hashmap *m)
{
    struct hashmap next = {.alloc = m->alloc, .count = m->count};
    next.slots = m->slots == 0 ? 1024 : m->slots * 2;
    next.keys = alloc_get(m->alloc, next.slots * sizeof *next.keys);
    next.ids = alloc_get(m->alloc, next.slots * sizeof *next.ids);
    if (next.keys == NULL || next.ids == NULL) {
        hashmap_free(&next);
        return false;
    }
    memset(next.keys, 0, next.slots * sizeof *next.keys);
    for (size_t i = 0; i < m->slots; i++) {
        if (m->keys[i] != 0) {
            place(&next, m->keys[i], m->ids[i]);
        }
    }
    hashmap_free(m);
    *m = next;
    return true;
}

bool hashmap_put(struct hashmap *m, uint64_t key, uint32_t *id)
{
    key += key == 0;
    uint32_t found = hashmap_find(m, key);
    if (found == HASHMAP_NONE) {
        if (m->count == HASHMAP_NONE - 1 ||
            ((size_t)m->count * 2 >= m->slots && !enlarge(m))) {
            return false;
        }
        found = m->count++;
        place(m, key, found);
    }
    *id = found;
    return true;
}
