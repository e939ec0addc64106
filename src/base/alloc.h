/* The allocator that every allocation of the core goes through.
 *
 * One function does all: size 0 frees, p NULL allocates. old_size is what was
 * asked for when p was handed out, so that a counting or arena allocator
 * needs no header of its own. Failure is NULL, and p stays as it was. */
#ifndef GAZ_BASE_ALLOC_H
#define GAZ_BASE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct alloc {
    void *(*resize)(void *context, void *p, size_t old_size, size_t size);
    void *context;
};

/* malloc, realloc and free. */
extern const struct alloc alloc_default;

void *alloc_get(const struct alloc *a, size_t size);
void *alloc_resize(const struct alloc *a, void *p, size_t old_size,
                   size_t size);
void alloc_free(const struct alloc *a, void *p, size_t size);

/* Checked arithmetic: true and *out set, or false when it overflows. */
bool size_mul(size_t a, size_t b, size_t *out);
bool size_add(size_t a, size_t b, size_t *out);

/* size_t to uint32_t for ids and counts: false when it does not fit. */
bool size_to_u32(size_t value, uint32_t *out);

/* Make *items (of item_size bytes each, *capacity of them) hold at least
 * `need`, doubling. False when memory is out: *items is as it was. */
bool alloc_grow(const struct alloc *a, void **items, size_t *capacity,
                size_t need, size_t item_size);

#endif
