#include "base/buffer.h"

#include <string.h>

void buffer_init(struct buffer *b, const struct alloc *al)
{
    b->al = al;
    b->data = NULL;
    b->size = b->room = 0;
}

void buffer_free(struct buffer *b)
{
    alloc_free(b->al, b->data, b->room);
    b->data = NULL;
    b->size = b->room = 0;
}

uint8_t *buffer_reserve(struct buffer *b, size_t n)
{
    if (b->room - b->size < n) {
        if (n > SIZE_MAX / 4 || b->size > SIZE_MAX / 4)
            return NULL;
        size_t room = b->size + b->size / 2 + n + 64;
        uint8_t *p = alloc_resize(b->al, b->data, b->room, room);
        if (p == NULL)
            return NULL;
        b->data = p;
        b->room = room;
    }
    return b->data + b->size;
}

bool buffer_add(struct buffer *b, const void *p, size_t n)
{
    uint8_t *at = buffer_reserve(b, n);
    if (at == NULL)
        return false;
    if (n != 0)
        memcpy(at, p, n);
    b->size += n;
    return true;
}
