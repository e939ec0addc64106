/* The loop over a chunk's words; each SIMD level compiles it for itself.

   One pass, without a branch that the text decides (but for long words and
   non-ASCII ones): the word's hash from one load of 16 bytes, then the
   filters for the word before, whose next token is known now:

     first words' filter: h(w)               is w a name by itself?
     pairs' filter:       step(h(w), next)   does a longer name begin here?

   The candidate is always written, and counted if a filter passes it. */
#ifndef GAZ_TAG_WORDS_IMPL_H
#define GAZ_TAG_WORDS_IMPL_H

#include "tag/level.h"
#include "text/key.h"
#include "text/hash.h"

/* Masks of the lower and upper half of a 16-byte load by word length. */
struct words_mask {
    uint64_t lo, hi;
};

#define WORDS_ONES(n) ((n) >= 8 ? ~0ULL : (1ULL << (8 * ((n) & 7))) - 1)
#define WORDS_MASK(n) {WORDS_ONES(n), (n) > 8 ? WORDS_ONES((n) - 8) : 0}

static const struct words_mask words_masks[17] = {
    {0, 0},         WORDS_MASK(1),  WORDS_MASK(2),  WORDS_MASK(3),
    WORDS_MASK(4),  WORDS_MASK(5),  WORDS_MASK(6),  WORDS_MASK(7),
    WORDS_MASK(8),  WORDS_MASK(9),  WORDS_MASK(10), WORDS_MASK(11),
    WORDS_MASK(12), WORDS_MASK(13), WORDS_MASK(14), WORDS_MASK(15),
    WORDS_MASK(16)};

#define WORDS_HIGH 0x8080808080808080ULL

/* What the loop keeps in registers. */
struct words_state {
    uint64_t last;  /* the hash of the word before */
    uint64_t after; /* what its next byte stands for */
    uint32_t first; /* the first words' filter for it */
    uint32_t words, candidates;
};

static GAZ_ALWAYS_INLINE void words_push(struct chunk *c,
                                         const struct index *ix,
                                         struct words_state *st, uint64_t h,
                                         uint64_t where, uint64_t after)
{
    uint64_t next = where_joined(where) ? h : st->after;
    uint64_t pair = hash_step(st->last, next);
    uint32_t pass = st->first |
                    (uint32_t)index_bit(ix->pair, ix->pair_shift, pair) << 1;
    struct candidate *cand = &c->cand[st->candidates];
    cand->pair = pair;
    cand->word = st->words - 1;
    cand->pass = pass;
    st->candidates += pass != 0;
    st->last = h;
    st->after = after;
    st->first = (uint32_t)index_bit(ix->first, ix->first_shift, h);
    c->hash[st->words] = h;
    c->where[st->words] = where;
    st->words++;
}

/* A run off the fast path: slow_run puts its words where they belong, here
   they go through the same filters. */
static GAZ_NOINLINE void words_slow(struct chunk *c, const struct index *ix,
                                    struct words_state *st, uint32_t run)
{
    struct words_state s = *st;
    c->words = s.words;
    slow_run(c, run);
    for (uint32_t i = s.words; i < c->words; i++) {
        uint32_t after = where_end(c->where[i]);
        words_push(c, ix, &s, c->hash[i], c->where[i],
                   c->after[after < CHUNK ? c->bytes[after] : 0x80]);
    }
    *st = s;
}

/* The singular's bytes in lo, hi, if the word is a plural. */
static GAZ_ALWAYS_INLINE uint32_t words_singular(const uint8_t *p, uint32_t n,
                                                 uint64_t *lo, uint64_t *hi)
{
    const uint8_t *e = p + n;
    uint32_t s = (uint32_t)(n > 3) & (uint32_t)(e[-1] == 's') &
                 key_before_s[e[-2 + (n < 2)]];
    if (GAZ_UNLIKELY(s & (uint32_t)(n > 4) & (uint32_t)(e[-2 + (n < 2)] == 'e')) &&
        e[-3] == 'i') {
        uint32_t at = n - 3;
        uint64_t flip = (uint64_t)('i' ^ 'y') << (at % 8 * 8);
        if (at < 8)
            *lo ^= flip;
        else
            *hi ^= flip;
        return n - 2;
    }
    return n - s;
}

static GAZ_ALWAYS_INLINE void words_all(struct chunk *c, const bool plural)
{
    const struct index index = *c->ix, *ix = &index;
    const uint8_t *const bytes = c->bytes;
    struct words_state st = {0, 0, 0, 0, 0};
    const uint32_t runs = c->runs;
    for (uint32_t j = 0; j < runs; j++) {
        uint32_t start = c->starts[j] & 0x7fffu;
        uint32_t joined = c->starts[j] & RUN_JOINED;
        uint32_t end = c->ends[j];
        uint32_t n = end - start;
        const uint8_t *p = bytes + start;
        uint64_t lo = bytes_load64(p), hi = bytes_load64(p + 8);
        uint32_t m = n < 16 ? n : 16;
        uint64_t h;
        lo &= words_masks[m].lo;
        hi &= words_masks[m].hi;
        if (GAZ_UNLIKELY((n > 16) | (((lo | hi) & WORDS_HIGH) != 0))) {
            h = n <= LIMIT_WORD ? slow_long(p, n, plural) : 0;
            if (h == 0) {
                words_slow(c, ix, &st, j);
                continue;
            }
        } else {
            if (plural) {
                uint32_t k = words_singular(p, n, &lo, &hi);
                lo &= words_masks[k].lo;
                hi &= words_masks[k].hi;
            }
            h = hash_piece(HASH_SEED, lo, hi);
        }
        words_push(c, ix, &st, h,
                   (uint64_t)start | joined << 16 | (uint64_t)end << 32,
                   c->after[bytes[end]]);
    }
    c->words = st.words;
    c->candidates = st.candidates;
    /* the first word had no word before it */
    if (c->candidates > 0 && c->cand[0].word == UINT32_MAX) {
        c->candidates--;
        memmove(c->cand, c->cand + 1, c->candidates * sizeof *c->cand);
    }
}

static void words_loop(struct chunk *c)
{
    c->words = 0;
    c->candidates = 0;
    c->leads_high = 0;
    if (c->plural)
        words_all(c, true);
    else
        words_all(c, false);
}

#endif
