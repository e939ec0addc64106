#include "base/arena.h"

#include <string.h>

enum { BLOCK_SIZE = 1 << 18 };

struct arena_block {
    struct arena_block *next;
    size_t used; /* bytes, of room */
    size_t room;
    size_t size; /* of the whole allocation, header included */
};

_Static_assert(sizeof(struct arena_block) % 8 == 0, "pieces stay aligned");

void arena_init(struct arena *a, const struct alloc *alloc)
{
    a->alloc = alloc;
    a->head = NULL;
}

void arena_free(struct arena *a)
{
    struct arena_block *b = a->head;
    while (b != NULL) {
        struct arena_block *next = b->next;
        alloc_free(a->alloc, b, b->size);
        b = next;
    }
    a->head = NULL;
}

static struct arena_block *new_block(struct arena *a, size_t room)
{
    size_t size = 0;
    if (!size_add(room, sizeof(struct arena_block), &size)) {
        return NULL;
    }
    struct arena_block *b = alloc_get(a->alloc, size);
    if (b != NULL) {
        b->used = 0;
        b->room = room;
        b->size = size;
    }
    return b;
}

void *arena_get(struct arena *a, size_t size)
{
    size_t want = 0;
    if (!size_add(size, 7, &want)) {
        return NULL;
    }
    want &= ~(size_t)7;
    struct arena_block *b = a->head;
    if (b == NULL || b->room - b->used < want) {
        bool large = want > BLOCK_SIZE / 4;
        struct arena_block *fresh = new_block(a, large ? want : BLOCK_SIZE);
        if (fresh == NULL) {
            return NULL;
        }
        if (large && b != NULL) {
            /* Behind the head, so that the head's rest is not lost. */
            fresh->next = b->next;
            b->next = fresh;
        } else {
            fresh->next = b;
            a->head = fresh;
        }
        b = fresh;
    }
    void *p = (char *)(b + 1) + b->used;
    b->used += want;
    return p;
}

struct slice arena_copy(struct arena *a, struct slice s)
{
    char *p = arena_get(a, s.len + 1);
    if (p == NULL) {
        return slice_of(NULL, 0);
    }
    if (s.len > 0) {
        memcpy(p, s.data, s.len);
    }
    p[s.len] = '\0';
    return slice_of(p, s.len);
}
