/* A growable byte buffer. Errors stick: after a failed append the buffer is
 * marked and later appends do nothing, so that a long run of appends is
 * checked once, at its end, with buf_ok. */
#ifndef GAZ_BASE_BUF_H
#define GAZ_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/slice.h"

struct buf {
    char *data; /* owned; NULL while capacity is 0 */
    size_t len;
    size_t capacity;
    const struct alloc *alloc;
    bool failed;
};

void buf_init(struct buf *b, const struct alloc *alloc);
void buf_free(struct buf *b);
void buf_clear(struct buf *b); /* length 0; keeps memory and the mark */
void buf_reset(struct buf *b); /* the same, and forgets the mark */
bool buf_ok(const struct buf *b);

/* Room for n more bytes; false (and marked) when memory is out. */
bool buf_reserve(struct buf *b, size_t n);
void buf_add(struct buf *b, const void *data, size_t n);
void buf_byte(struct buf *b, char c);
void buf_fill(struct buf *b, char c, size_t n);
void buf_slice(struct buf *b, struct slice s);
void buf_str(struct buf *b, const char *s);
void buf_u64(struct buf *b, uint64_t value); /* decimal digits */
void buf_format(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline struct slice buf_view(const struct buf *b)
{
    return slice_of(b->data, b->len);
}

#endif
