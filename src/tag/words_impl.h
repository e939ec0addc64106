/* The loops over a chunk's words in plain C, for the levels that have none of
   their own.  None has a branch that the text decides, but for odd words. */
#ifndef GAZ_TAG_WORDS_IMPL_H
#define GAZ_TAG_WORDS_IMPL_H

#include "tag/level.h"
#include "text/class.h"
#include "text/key.h"
#include "text/hash.h"

/* Masks of the lower and upper half of a 16-byte load by word length. */
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

#define WORDS_HIGH 0x8080808080808080ULL

/* 1 if the word of n > 3 bytes at p is a plural in s; *odd if in 'ies'. */
static GAZ_ALWAYS_INLINE uint32_t words_plural(const uint8_t *p, uint32_t n,
                                               uint32_t *odd)
{
    uint32_t i = n > 3 ? n : 3;
    uint32_t s = (uint32_t)(n > 3) & (uint32_t)(p[i - 1] == 's') &
                 key_before_s[p[i - 2]];
    *odd = s & (uint32_t)(p[i - 2] == 'e') & (uint32_t)(p[i - 3] == 'i');
    return s;
}

static GAZ_ALWAYS_INLINE void words_hash_as(struct chunk *c, const bool plural)
{
    struct words *w = &c->runs;
    const uint8_t *const bytes = c->bytes;
    const uint32_t runs = w->n;
    uint32_t odds = 0;
    for (uint32_t j = 0; j < runs; j++) {
        uint32_t start = w->start[j] & 0x7fffu;
        uint32_t n = w->end[j] - start;
        const uint8_t *p = bytes + start;
        uint32_t m = n < 16 ? n : 16, odd = 0;
        uint64_t lo = bytes_load64(p) & words_masks[m].lo;
        uint64_t hi = bytes_load64(p + 8) & words_masks[m].hi;
        if (plural) {
            m -= words_plural(p, m, &odd);
            lo &= words_masks[m].lo;
            hi &= words_masks[m].hi;
        }
        odd |= (n > 16) | (uint32_t)(((lo | hi) & WORDS_HIGH) != 0);
        w->hash[j] = hash_piece(HASH_SEED, lo, hi);
        c->odd_run[odds] = (uint16_t)j;
        odds += odd;
    }
    c->odd = odds;
}

static void words_hash(struct chunk *c)
{
    if (c->plural)
        words_hash_as(c, true);
    else
        words_hash_as(c, false);
}

static void words_filter(struct chunk *c)
{
    const struct words *w = c->words;
    const struct index index = *c->ix, *ix = &index;
    uint32_t solos = 0, pairs = 0, glued = 0;
    for (uint32_t i = 0; i + 1 < w->n; i++) {
        uint64_t h = w->hash[i];
        uint64_t after = hash_symbol(w->after[i]);
        /* by masks, as a branch would be missed at every fifth word */
        uint32_t is_joined = w->start[i + 1] >> 15;
        uint64_t joined = 0 - (uint64_t)is_joined;
        uint64_t next = after ^ ((after ^ w->hash[i + 1]) & joined);
        uint64_t pair = hash_step(h, next);
        uint32_t in_pair = index_bit(ix->pair, ix->pair_shift, pair);
        c->solo[solos] = (uint16_t)i;
        solos += (uint32_t)index_bit(ix->first, ix->first_shift, h);
        c->pair[pairs] = (uint16_t)i;
        c->pair_hash[pairs] = pair;
        c->token[i] = next;
        pairs += in_pair & is_joined;
        c->glue[glued] = (uint16_t)i;
        glued += in_pair & ~is_joined;
    }
    c->solos = solos;
    c->pairs = pairs;
    c->glued = glued;
}

static void words_keep(struct chunk *c)
{
    const struct index index = *c->ix, *ix = &index;
    const uint32_t doubt = c->words->n - 2; /* its third token is unknown */
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->pairs; i++) {
        uint64_t pair = c->pair_hash[i];
        uint32_t k = c->pair[i];
        uint64_t triple = hash_step(pair, c->token[k + 1]);
        uint32_t goes =
            (uint32_t)(k == doubt) |
            (uint32_t)index_bit(ix->triple, ix->triple_shift, triple);
        c->pair[kept] = (uint16_t)(k | goes * PAIR_GOES);
        c->pair_hash[kept] = pair;
        kept += goes | (uint32_t)index_bit(ix->first, ix->first_shift, pair);
    }
    c->pairs = kept;
}

#endif
