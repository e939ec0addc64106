/* The next place in a text where one of a few pairs of bytes stands: 16 bytes
 * at a time, for a search that must cost next to nothing where they are rare.
 */
#ifndef GAZ_TEXT_FIND_TWO_H
#define GAZ_TEXT_FIND_TWO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum { FIND_TWO_EXACT = 4 };

/* Up to FIND_TWO_EXACT pairs are looked for as they are, of more only the
 * ranges that their first and their second bytes lie in. */
struct find_two {
    uint8_t first[FIND_TWO_EXACT], second[FIND_TWO_EXACT];
    size_t count;
    bool ranges; /* from first[0] and second[0], instead of pairs */
    uint8_t first_span, second_span;
};

/* All zero is none. */
void find_two_add(struct find_two *f, uint8_t first, uint8_t second);

/* From `from` on; text.len: there is none. What stands there may be none of
 * the pairs, but none is passed over. */
size_t find_two_next(const struct find_two *f, struct slice text, size_t from);

#endif
