#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void buf_init(struct buf *b, const struct alloc *alloc)
{
    memset(b, 0, sizeof *b);
    b->alloc = alloc;
}

void buf_free(struct buf *b)
{
    if (b->alloc != NULL) {
        alloc_free(b->alloc, b->data, b->capacity);
    }
    b->data = NULL;
    b->len = 0;
    b->capacity = 0;
}

void buf_clear(struct buf *b)
{
    b->len = 0;
}

void buf_reset(struct buf *b)
{
    b->len = 0;
    b->failed = false;
}

bool buf_ok(const struct buf *b)
{
    return !b->failed;
}

bool buf_reserve(struct buf *b, size_t n)
{
    size_t need = 0;
    void *data = b->data;
    if (b->failed || !size_add(b->len, n, &need) ||
        !alloc_grow(b->alloc, &data, &b->capacity, need, 1)) {
        b->failed = true;
        return false;
    }
    b->data = data;
    return true;
}

void buf_add(struct buf *b, const void *data, size_t n)
{
    if (n > 0 && buf_reserve(b, n)) {
        memcpy(b->data + b->len, data, n);
        b->len += n;
    }
}

void buf_byte(struct buf *b, char c)
{
    if (b->len < b->capacity && !b->failed) {
        b->data[b->len++] = c;
    } else {
        buf_add(b, &c, 1);
    }
}

void buf_fill(struct buf *b, char c, size_t n)
{
    if (n > 0 && buf_reserve(b, n)) {
        memset(b->data + b->len, c, n);
        b->len += n;
    }
}

void buf_slice(struct buf *b, struct slice s)
{
    buf_add(b, s.data, s.len);
}

void buf_str(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_u64(struct buf *b, uint64_t value)
{
    char digits[20];
    size_t i = sizeof digits;
    do {
        digits[--i] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    buf_add(b, digits + i, sizeof digits - i);
}

void buf_format(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    char small[256];
    int n = vsnprintf(small, sizeof small, format, args);
    if (n < 0) {
        b->failed = true;
    } else if ((size_t)n < sizeof small) {
        buf_add(b, small, (size_t)n);
    } else if (buf_reserve(b, (size_t)n + 1)) {
        (void)vsnprintf(b->data + b->len, (size_t)n + 1, format, again);
        b->len += (size_t)n;
    }
    va_end(again);
    va_end(args);
}
