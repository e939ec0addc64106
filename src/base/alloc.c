#include "base/alloc.h"

#include <stdlib.h>

static void *default_resize(void *context, void *p, size_t old_size,
                            size_t size)
{
    (void)context;
    (void)old_size;
    if (size == 0) {
        free(p);
        return NULL;
    }
    return realloc(p, size);
}

const struct alloc alloc_default = {default_resize, NULL};

void *alloc_get(const struct alloc *a, size_t size)
{
    return a->resize(a->context, NULL, 0, size > 0 ? size : 1);
}

void *alloc_resize(const struct alloc *a, void *p, size_t old_size, size_t size)
{
    return a->resize(a->context, p, old_size, size > 0 ? size : 1);
}

void alloc_free(const struct alloc *a, void *p, size_t size)
{
    if (p != NULL) {
        /* as alloc_get: nothing is one byte */
        (void)a->resize(a->context, p, size > 0 ? size : 1, 0);
    }
}

bool size_mul(size_t a, size_t b, size_t *out)
{
    if (b != 0 && a > SIZE_MAX / b) {
        return false;
    }
    *out = a * b;
    return true;
}

bool size_add(size_t a, size_t b, size_t *out)
{
    if (a > SIZE_MAX - b) {
        return false;
    }
    *out = a + b;
    return true;
}

bool size_to_u32(size_t value, uint32_t *out)
{
    if (value > UINT32_MAX) {
        return false;
    }
    *out = (uint32_t)value;
    return true;
}

bool alloc_grow(const struct alloc *a, void **items, size_t *capacity,
                size_t need, size_t item_size)
{
    if (need <= *capacity) {
        return true;
    }
    size_t want = *capacity < 8 ? 8 : *capacity;
    while (want < need) {
        if (!size_mul(want, 2, &want)) {
            return false;
        }
    }
    size_t bytes = 0;
    if (!size_mul(want, item_size, &bytes)) {
        return false;
    }
    void *p = alloc_resize(a, *items, *capacity * item_size, bytes);
    if (p == NULL) {
        return false;
    }
    *items = p;
    *capacity = want;
    return true;
}
