#include "text/find_two.h"

#include <string.h>

#include "base/bytes.h"
#include "text/find_two_impl.h"

static void widen(uint8_t *low, uint8_t *span, uint8_t byte)
{
    uint8_t high = (uint8_t)(*low + *span);
    *low = byte < *low ? byte : *low;
    *span = (uint8_t)((byte > high ? byte : high) - *low);
}

static unsigned bit_of(uint8_t first, uint8_t second)
{
    return (first * 37u + second) % FIND_TWO_BITS;
}

static bool stands(const struct find_two *f, uint8_t first, uint8_t second)
{
    if (f->ranges) {
        return (uint8_t)(first - f->first[0]) <= f->first_span &&
               (uint8_t)(second - f->second[0]) <= f->second_span &&
               (f->bits[bit_of(first, second) / 64] >>
                    bit_of(first, second) % 64 &
                1) != 0;
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
    unsigned bit = bit_of(first, second);
    if (stands(f, first, second)) {
        return;
    }
    f->bits[bit / 64] |= UINT64_C(1) << bit % 64;
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

size_t find_two_next(const struct find_two *f, struct slice text, size_t from,
                     find_two_skip_fn *skip)
{
    size_t i = from;
    if (f->count == 0 && !f->ranges) {
        return text.len;
    }
    if (skip == NULL) {
        skip = find_two_skip;
    }
    for (; (i = skip(f, text, i)) + 1 < text.len; i++) {
        if (stands(f, (uint8_t)text.data[i], (uint8_t)text.data[i + 1])) {
            return i;
        }
    }
    return text.len;
}
