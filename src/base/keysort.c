#include "base/keysort.h"

#include <string.h>

static uint64_t eight_bytes(struct slice s, size_t at)
{
    uint64_t x = 0;
    for (size_t i = at; i < at + 8; i++) {
        x = x << 8 | (i < s.len ? (unsigned char)s.data[i] : 0);
    }
    return x;
}

struct keysort_key keysort_key(struct slice s, uint32_t item)
{
    return (struct keysort_key){eight_bytes(s, 0), eight_bytes(s, 8), item};
}

/* Merge the runs [low, middle) and [middle, high) of from into to. */
static void merge(const struct keysort_key *from, struct keysort_key *to,
                  size_t low, size_t middle, size_t high, keysort_rest *rest,
                  const void *context)
{
    size_t i = low;
    size_t j = middle;
    size_t k = low;
    while (i < middle && j < high) {
        const struct keysort_key *a = &from[i];
        const struct keysort_key *b = &from[j];
        bool second = b->prefix != a->prefix ? b->prefix < a->prefix
                      : b->second != a->second
                          ? b->second < a->second
                          : rest(context, b->item, a->item) < 0;
        to[k++] = second ? from[j++] : from[i++];
    }
    memcpy(to + k, from + i, (middle - i) * sizeof *to);
    k += middle - i;
    memcpy(to + k, from + j, (high - j) * sizeof *to);
}

bool keysort(const struct alloc *alloc, struct keysort_key *keys, size_t n,
             keysort_rest *rest, const void *context)
{
    struct keysort_key *other = alloc_get(alloc, n * sizeof *other);
    if (other == NULL) {
        return false;
    }
    struct keysort_key *from = keys;
    struct keysort_key *to = other;
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t low = 0; low < n; low += 2 * width) {
            size_t middle = n - low > width ? low + width : n;
            size_t high = n - middle > width ? middle + width : n;
            merge(from, to, low, middle, high, rest, context);
        }
        struct keysort_key *t = from;
        from = to;
        to = t;
    }
    if (from != keys) {
        memcpy(keys, from, n * sizeof *keys);
    }
    alloc_free(alloc, other, n * sizeof *other);
    return true;
}
