/* The next place in a text where one of a few pairs of bytes stands: many bytes
 * at a time, for a search that must cost next to nothing where they are rare.
 */
#ifndef GAZ_TEXT_FIND_TWO_H
#define GAZ_TEXT_FIND_TWO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum { FIND_TWO_EXACT = 8, FIND_TWO_BITS = 2048 };

/* Up to FIND_TWO_EXACT pairs are looked for as they are, of more the ranges
 * that their first and their second bytes lie in; what lies there must have its
 * bit in a filter, too. */
struct find_two {
    uint8_t first[FIND_TWO_EXACT], second[FIND_TWO_EXACT];
    size_t count;
    bool ranges; /* from first[0] and second[0], instead of pairs */
    uint8_t first_span, second_span;
    uint64_t bits[FIND_TWO_BITS / 64];
};

/* All zero is none. */
void find_two_add(struct find_two *f, uint8_t first, uint8_t second);

/* A faster version of what find_two_next does first, as in find_two_impl.h. */
typedef size_t find_two_skip_fn(const struct find_two *f, struct slice text,
                                size_t i);

/* From `from` on; text.len: there is none. What stands there may be none of
 * the pairs, but none is passed over. skip: NULL, or that of the processor. */
size_t find_two_next(const struct find_two *f, struct slice text, size_t from,
                     find_two_skip_fn *skip);

#endif
