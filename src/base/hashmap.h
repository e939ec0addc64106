/* A map from 64-bit hashes to dense ids 0, 1, 2, ... in order of first
 * sight. The hash stands for what was hashed: nothing else is compared. */
#ifndef GAZ_BASE_HASHMAP_H
#define GAZ_BASE_HASHMAP_H

#include "base/alloc.h"

struct hashmap {
    const struct alloc *alloc;
    uint64_t *keys; /* by slot; 0: empty */
    uint32_t *ids;  /* by slot */
    size_t slots;   /* a power of two, or 0 */
    uint32_t count;
};

#define HASHMAP_NONE UINT32_MAX

void hashmap_init(struct hashmap *m, const struct alloc *alloc);
void hashmap_free(struct hashmap *m);  /* zeroed is fine */
void hashmap_clear(struct hashmap *m); /* empty; keeps memory */

/* The id of a key (0 is taken for 1), which is added when new. False when
 * memory or ids are out: the map is as it was. */
bool hashmap_put(struct hashmap *m, uint64_t key, uint32_t *id);

static inline uint64_t hashmap_slot(uint64_t key, size_t slots)
{
    return (key ^ key >> 29) & (slots - 1);
}

/* HASHMAP_NONE when the key is not there. */
static inline uint32_t hashmap_find(const struct hashmap *m, uint64_t key)
{
    if (m->slots == 0) {
        return HASHMAP_NONE;
    }
    key += key == 0;
    size_t at = (size_t)hashmap_slot(key, m->slots);
    while (m->keys[at] != 0 && m->keys[at] != key) {
        at = (at + 1) & (m->slots - 1);
    }
    return m->keys[at] == key ? m->ids[at] : HASHMAP_NONE;
}

#endif
