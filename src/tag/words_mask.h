/* Masks of the lower and upper half of a 16-byte load by word length. */
#ifndef GAZ_TAG_WORDS_MASK_H
#define GAZ_TAG_WORDS_MASK_H

#include <stdint.h>

struct words_mask {
    uint64_t lo, hi;
};

#define WORDS_ONES(n) ((n) >= 8 ? ~0ULL : (1ULL << (8 * ((n)&7))) - 1)
#define WORDS_MASK(n)                                                          \
    {                                                                          \
        WORDS_ONES(n), (n) > 8 ? WORDS_ONES((n)-8) : 0                         \
    }

static const struct words_mask words_masks[17] = {
    {0, 0},         WORDS_MASK(1),  WORDS_MASK(2),  WORDS_MASK(3),
    WORDS_MASK(4),  WORDS_MASK(5),  WORDS_MASK(6),  WORDS_MASK(7),
    WORDS_MASK(8),  WORDS_MASK(9),  WORDS_MASK(10), WORDS_MASK(11),
    WORDS_MASK(12), WORDS_MASK(13), WORDS_MASK(14), WORDS_MASK(15),
    WORDS_MASK(16)};

#endif
