/* The loops over a chunk's words in plain C, for the levels that have none of
   their own.  None has a branch that the text decides, but for odd words. */
#ifndef GAZ_TAG_WORDS_IMPL_H
#define GAZ_TAG_WORDS_IMPL_H

#include "tag/level.h"
#include "tag/words_mask.h"
#include "text/class.h"
#include "text/key.h"
#include "text/hash.h"

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

/* Of the names of one word that the rows pass, what the first filter
   passes too. */
static void words_solos(struct chunk *c)
{
    const struct index index = *c->ix, *ix = &index;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->solos; i++) {
        uint32_t k = c->solo[i];
        c->solo[kept] = (uint16_t)k;
        kept +=
            (uint32_t)index_bit(ix->first, ix->first_shift, c->words->hash[k]);
    }
    c->solos = kept;
}

/* Which of those that the rows have passed the pairs' filter passes. */
static void words_pairs(struct chunk *c)
{
    const struct index index = *c->ix, *ix = &index;
    uint32_t pairs = 0, glues = 0, others = 0;
    for (uint32_t i = 0; i < c->nears; i++) {
        uint64_t pair = c->near_hash[i];
        uint32_t k = c->near[i], joined = k / LIST_JOINED;
        uint32_t glued = k / LIST_GLUED & (joined ^ 1);
        uint64_t bits = bytes_le64(ix->pair[pair >> ix->pair_shift]);
        uint32_t in = (uint32_t)index_word_bit(bits, pair);
        uint32_t two = (uint32_t)index_word_name(bits, pair) * LIST_TWO;
        c->pair[pairs] = c->glue[glues] =
            (uint16_t)((k & (LIST_TWO - 1)) | two);
        c->pair_hash[pairs] = c->glue_hash[glues] = pair;
        c->other[others] = k & LIST_WORD;
        pairs += in & joined;
        glues += in & glued;
        others += in & (joined ^ 1) & (glued ^ 1);
    }
    c->pairs = pairs;
    c->glues = glues;
    c->others = others;
}

static void words_filter(struct chunk *c)
{
    const struct words *w = c->words;
    const struct index index = *c->ix, *ix = &index;
    uint32_t solos = 0, near = 0;
    for (uint32_t i = 0; i + 1 < w->n; i++) {
        uint64_t h = w->hash[i];
        uint64_t after = hash_symbol(w->after[i]);
        /* by masks, as a branch would be missed at every fifth word */
        uint32_t is_joined = w->start[i + 1] & WORD_JOINED;
        uint32_t third = w->start[i + 2] & WORD_JOINED;
        uint64_t joined = 0 - (uint64_t)(is_joined / WORD_JOINED);
        uint64_t next = after ^ ((after ^ w->hash[i + 1]) & joined);
        uint64_t row = bytes_le64(ix->row[index_row(h, next, ix->row_shift)]);
        c->token[i] = next;
        c->solo[solos] = (uint16_t)i;
        solos += (uint32_t)index_word_bit(row, h);
        uint32_t glued = w->start[i + 1] == w->end[i] + 1u;
        c->near[near] =
            (uint16_t)(i | is_joined | third / 2 | glued * LIST_GLUED);
        c->near_hash[near] = hash_step(h, next);
        near += (uint32_t)index_word_bit(row, next);
    }
    c->solos = solos;
    c->nears = near;
    words_solos(c);
    words_pairs(c);
}

/* Of the pairs, or of words with a symbol and a word glued to it. */
static GAZ_ALWAYS_INLINE void words_keep_as(struct chunk *c, const bool glued)
{
    const struct index index = *c->ix, *ix = &index;
    const uint32_t all = glued ? c->glues : c->pairs, n = c->words->n;
    const uint64_t *nexts = glued ? c->words->hash + 1 : c->token + 1;
    const uint32_t flag = glued ? LIST_GLUED : LIST_THIRD;
    uint32_t twos = c->twos, threes = c->threes, goes = c->goes;
    for (uint32_t i = 0; i < all; i++) {
        uint64_t two = glued ? c->glue_hash[i] : c->pair_hash[i];
        uint32_t word = glued ? c->glue[i] : c->pair[i], k = word & LIST_WORD;
        uint64_t next = nexts[k] ^ (glued ? HASH_GLUED : 0);
        uint64_t three = hash_step(two, next);
        uint64_t bits = bytes_le64(ix->triple[three >> ix->triple_shift]);
        /* of the chunk's last words not all that follows is known */
        uint32_t seen = glued || k + 2 < n;
        uint32_t third = glued ? 1 : word / LIST_THIRD & 1 & seen;
        uint32_t on = (uint32_t)index_word_bit(bits, three) | (seen ^ 1);
        c->two[twos] = c->three[threes] = (uint16_t)k;
        c->two_hash[twos] = two;
        c->three_hash[threes] = three;
        c->go[goes] = (uint16_t)(k | third * flag);
        c->go_hash[goes] = third ? three : two;
        twos += word / LIST_TWO;
        threes += (uint32_t)index_word_name(bits, three) & on & third;
        goes += on;
    }
    c->twos = twos;
    c->threes = threes;
    c->goes = goes;
}

/* Those of which the third token is known go on only as the fours' filter
   says. */
static void words_keep_fours(struct chunk *c)
{
    const struct index index = *c->ix, *ix = &index;
    const uint32_t n = c->words->n;
    uint32_t goes = 0;
    for (uint32_t i = 0; i < c->goes; i++) {
        uint32_t word = c->go[i], k = word & LIST_WORD;
        uint32_t glued = word / LIST_GLUED & 1, third = word / LIST_THIRD & 1;
        uint32_t at = k + 2 - glued;
        uint64_t hash = c->go_hash[i], four = hash_step(hash, c->token[at]);
        c->go[goes] = (uint16_t)word;
        c->go_hash[goes] = hash;
        goes += (uint32_t)index_bit(ix->quad, ix->quad_shift, four) |
                (uint32_t)(at + 1 >= n) | ((glued | third) ^ 1);
    }
    c->goes = goes;
}

static void words_keep(struct chunk *c)
{
    c->twos = c->threes = c->goes = 0;
    words_keep_as(c, false);
    words_keep_as(c, true);
    words_keep_fours(c);
}

#endif
