/* A run of bytes that somebody else owns: text is (pointer, length), never
 * modified, may hold NUL bytes and invalid UTF-8. */
#ifndef GAZ_BASE_SLICE_H
#define GAZ_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *data;
    size_t len; /* bytes */
};

static inline struct slice slice_of(const char *data, size_t len)
{
    struct slice s = {data, len};
    return s;
}

/* From a C string that outlives the slice. */
static inline struct slice slice_str(const char *s)
{
    return slice_of(s, strlen(s));
}

static inline bool slice_eq(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static inline bool slice_is(struct slice a, const char *s)
{
    return slice_eq(a, slice_str(s));
}

/* Bytewise order, shorter first among equals: the order of all output. */
static inline int slice_cmp(struct slice a, struct slice b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n > 0 ? memcmp(a.data, b.data, n) : 0;
    return c != 0 ? c : (a.len > b.len) - (a.len < b.len);
}

/* The bytes of a byte order mark in front of a text: 3, or 0 for none. */
static inline size_t slice_mark(struct slice s)
{
    return s.len >= 3 && memcmp(s.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* Without ASCII blanks (space, tab, CR) at either end. */
static inline struct slice slice_trim(struct slice s)
{
    while (s.len > 0 &&
           (s.data[0] == ' ' || s.data[0] == '\t' || s.data[0] == '\r')) {
        s.data++;
        s.len--;
    }
    while (s.len > 0 &&
           (s.data[s.len - 1] == ' ' || s.data[s.len - 1] == '\t' ||
            s.data[s.len - 1] == '\r')) {
        s.len--;
    }
    return s;
}

#endif
