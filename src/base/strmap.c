#include "base/strmap.h"

#include <string.h>
#include <xxhash.h>

#include "base/arena.h"

struct strmap_item;

/* uthash takes its memory and reports its failures through macros that are
 * expanded where `m` (the map) and `oom` (a flag) are in scope. Its default
 * hash warns under clang and its default failure calls exit: both are
 * replaced. */
#define HASH_NONFATAL_OOM 1
#define HASH_FUNCTION(key, length, hashv)                                      \
    ((hashv) = (unsigned)XXH3_64bits((key), (length)))
#define uthash_malloc(size)    alloc_get(m->alloc, (size))
#define uthash_free(p, size)   alloc_free(m->alloc, (p), (size))
#define uthash_nonfatal_oom(e) (oom = true)
#include <uthash.h>

struct strmap_item {
    const char *data;
    size_t len;
    uint32_t id;
    UT_hash_handle hh;
};

struct strmap {
    const struct alloc *alloc;
    struct arena arena;
    struct strmap_item *table;
    struct strmap_item **items; /* by id */
    size_t capacity;
    uint32_t count;
};

struct strmap *strmap_create(const struct alloc *alloc)
{
    struct strmap *m = alloc_get(alloc, sizeof *m);
    if (m != NULL) {
        memset(m, 0, sizeof *m);
        m->alloc = alloc;
        arena_init(&m->arena, alloc);
    }
    return m;
}

void strmap_free(struct strmap *m)
{
    if (m == NULL) {
        return;
    }
    HASH_CLEAR(hh, m->table);
    arena_free(&m->arena);
    alloc_free(m->alloc, m->items, m->capacity * sizeof(struct strmap_item *));
    alloc_free(m->alloc, m, sizeof *m);
}

uint32_t strmap_count(const struct strmap *m)
{
    return m->count;
}

static struct strmap_item *find(const struct strmap *m, struct slice key)
{
    struct strmap_item *item = NULL;
    const char *data = key.len > 0 ? key.data : "";
    HASH_FIND(hh, m->table, data, key.len, item);
    return item;
}

bool strmap_find(const struct strmap *m, struct slice key, uint32_t *id)
{
    struct strmap_item *item = find(m, key);
    if (item == NULL) {
        return false;
    }
    *id = item->id;
    return true;
}

bool strmap_put(struct strmap *m, struct slice key, uint32_t *id, bool *added)
{
    struct strmap_item *item = find(m, key);
    bool fresh = item == NULL;
    if (fresh) {
        bool oom = false;
        void *items = m->items;
        if (m->count == UINT32_MAX ||
            !alloc_grow(m->alloc, &items, &m->capacity, (size_t)m->count + 1,
                        sizeof(struct strmap_item *))) {
            return false;
        }
        m->items = items;
        item = arena_get(&m->arena, sizeof *item);
        struct slice copy = arena_copy(&m->arena, key);
        if (item == NULL || copy.data == NULL) {
            return false;
        }
        item->data = copy.data;
        item->len = copy.len;
        item->id = m->count;
        HASH_ADD_KEYPTR(hh, m->table, item->data, item->len, item);
        if (oom) {
            return false;
        }
        m->items[m->count++] = item;
    }
    *id = item->id;
    if (added != NULL) {
        *added = fresh;
    }
    return true;
}

struct slice strmap_key(const struct strmap *m, uint32_t id)
{
    const struct strmap_item *item = m->items[id];
    return slice_of(item->data, item->len);
}
