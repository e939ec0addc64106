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
    for (size_t i = 0; i < f->count; i++) {
        hit |= in_range(x, f->first[i], f->first_span[i]) &
               in_range(y, f->second[i], f->second_span[i]);
    }
    memcpy(half, &hit, sizeof half);
    return (half[0] | half[1]) != 0;
}
#endif

static void widen(uint8_t *low, uint8_t *span, uint8_t from, uint8_t width)
{
    uint8_t high = (uint8_t)(*low + *span);
    uint8_t to = (uint8_t)(from + width);
    *low = from < *low ? from : *low;
    *span = (uint8_t)((to > high ? to : high) - *low);
}

void find_two_add(struct find_two *f, uint8_t first, uint8_t second)
{
    for (size_t i = 0; i < f->count; i++) {
        if ((uint8_t)(first - f->first[i]) <= f->first_span[i] &&
            (uint8_t)(second - f->second[i]) <= f->second_span[i]) {
            return;
        }
    }
    bool ranges = f->count > 0 && (f->first_span[0] | f->second_span[0]) != 0;
    if (f->count < FIND_TWO_EXACT && !ranges) {
        size_t n = f->count++;
        f->first[n] = first;
        f->second[n] = second;
        f->first_span[n] = f->second_span[n] = 0;
        return;
    }
    for (size_t i = 1; i < f->count; i++) {
        widen(&f->first[0], &f->first_span[0], f->first[i], 0);
        widen(&f->second[0], &f->second_span[0], f->second[i], 0);
    }
    f->count = 1;
    widen(&f->first[0], &f->first_span[0], first, 0);
    widen(&f->second[0], &f->second_span[0], second, 0);
}

static bool stands(const struct find_two *f, const char *p)
{
    for (size_t i = 0; i < f->count; i++) {
        if ((uint8_t)((uint8_t)p[0] - f->first[i]) <= f->first_span[i] &&
            (uint8_t)((uint8_t)p[1] - f->second[i]) <= f->second_span[i]) {
            return true;
        }
    }
    return false;
}

size_t find_two_next(const struct find_two *f, struct slice text, size_t from)
{
    size_t i = from;
    if (f->count == 0) {
        return text.len;
    }
#if defined(__GNUC__)
    while (i + STEP < text.len && !any_at(f, text.data + i)) {
        i += STEP;
    }
#endif
    while (i + 1 < text.len && !stands(f, text.data + i)) {
        i++;
    }
    return i + 1 < text.len ? i : text.len;
}
