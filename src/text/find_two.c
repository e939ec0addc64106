#include "text/find_two.h"

#include <string.h>

#include "base/bytes.h"

#if defined(__GNUC__)
typedef uint8_t bytes16 __attribute__((vector_size(16)));
enum { STEP = 16 };

static inline bytes16 load(const char *p)
{
    bytes16 v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline bytes16 in_range(bytes16 x, uint8_t low, uint8_t span)
{
    return (bytes16)((bytes16)(x - low) <= span);
}

/* Does one of the pairs begin in the 16 bytes at p? 17 can be read. */
static inline bool any_at(const struct find_two *f, const char *p)
{
    bytes16 x = load(p);
    bytes16 y = load(p + 1);
    bytes16 hit = {0};
    uint64_t half[2];
    if (f->ranges) {
        hit = in_range(x, f->first[0], f->first_span) &
              in_range(y, f->second[0], f->second_span);
    }
    for (size_t i = 0; i < f->count; i++) {
        hit |= (bytes16)(x == f->first[i]) & (bytes16)(y == f->second[i]);
    }
    memcpy(half, &hit, sizeof half);
    return (half[0] | half[1]) != 0;
}
#endif

static void widen(uint8_t *low, uint8_t *span, uint8_t byte)
{
    uint8_t high = (uint8_t)(*low + *span);
    *low = byte < *low ? byte : *low;
    *span = (uint8_t)((byte > high ? byte : high) - *low);
}

static bool stands(const struct find_two *f, uint8_t first, uint8_t second)
{
    if (f->ranges) {
        return (uint8_t)(first - f->first[0]) <= f->first_span &&
               (uint8_t)(second - f->second[0]) <= f->second_span;
    }
    for (size_t i = 0; i < f->count; i++) {
        if (first == f->first[i] && second == f->second[i]) {
            return true;
        }
    }
    return false;
}

void find_two_add(struct find_two *f, uint8_t first, uint8_t second)
{
    if (stands(f, first, second)) {
        return;
    }
    if (f->count < FIND_TWO_EXACT && !f->ranges) {
        f->first[f->count] = first;
        f->second[f->count++] = second;
        return;
    }
    for (size_t i = 1; i < f->count; i++) {
        widen(&f->first[0], &f->first_span, f->first[i]);
        widen(&f->second[0], &f->second_span, f->second[i]);
    }
    f->ranges = true;
    f->count = 0;
    widen(&f->first[0], &f->first_span, first);
    widen(&f->second[0], &f->second_span, second);
}

size_t find_two_next(const struct find_two *f, struct slice text, size_t from)
{
    size_t i = from;
    if (f->count == 0 && !f->ranges) {
        return text.len;
    }
#if defined(__GNUC__)
    while (i + STEP < text.len && !any_at(f, text.data + i)) {
        i += STEP;
    }
#endif
    while (i + 1 < text.len &&
           !stands(f, (uint8_t)text.data[i], (uint8_t)text.data[i + 1])) {
        i++;
    }
    return i + 1 < text.len ? i : text.len;
}
