/* A growing byte buffer. */
#ifndef GAZ_BASE_BUFFER_H
#define GAZ_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"

struct buffer {
    const struct alloc *al;
    uint8_t *data;
    size_t size, room;
};

void buffer_init(struct buffer *b, const struct alloc *al);
void buffer_free(struct buffer *b);

/* Room for n more bytes at the end, or NULL.  The bytes count only after
   they are added to b->size. */
uint8_t *buffer_reserve(struct buffer *b, size_t n);

/* false: out of memory, nothing changed. */
bool buffer_add(struct buffer *b, const void *p, size_t n);

#endif
