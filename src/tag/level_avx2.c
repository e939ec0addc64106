/* x86-64 with AVX2 and BMI2. */
#include "tag/level.h"

#if defined(__AVX2__) && defined(__BMI2__)

#include <immintrin.h>

#include "tag/classify_impl.h"
#include "tag/words_impl.h"
#include "text/class.h"

#define FIND_TWO_STEP 32
#include "text/find_two_impl.h"
#include "text/introduce_impl.h"

struct half {
    uint32_t run, space, lead, high;
};

static inline __m256i in_range(__m256i x, char lo, char hi)
{
    /* signed: bytes from 0x80 are below every lo */
    return _mm256_and_si256(
        _mm256_cmpgt_epi8(x, _mm256_set1_epi8((char)(lo - 1))),
        _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(hi + 1)), x));
}

static inline struct half half_masks(__m256i x, __m256i lut, bool leads)
{
    struct half h = {0, 0, 0, 0};
    __m256i letter =
        in_range(_mm256_or_si256(x, _mm256_set1_epi8(0x20)), 'a', 'z');
    __m256i word =
        _mm256_or_si256(_mm256_or_si256(letter, in_range(x, '0', '9')),
                        _mm256_cmpeq_epi8(x, _mm256_set1_epi8('_')));
    __m256i space = _mm256_or_si256(
        in_range(x, '\t', '\r'), _mm256_cmpeq_epi8(x, _mm256_set1_epi8(' ')));
    h.run = (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(word, x));
    h.space = (uint32_t)_mm256_movemask_epi8(space);
    h.high = (uint32_t)_mm256_movemask_epi8(x);
    if (leads) {
        const __m256i bit = _mm256_setr_epi8(
            1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8,
            16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
        __m256i row =
            _mm256_shuffle_epi8(lut, _mm256_and_si256(x, _mm256_set1_epi8(15)));
        __m256i col =
            _mm256_shuffle_epi8(bit, _mm256_and_si256(_mm256_srli_epi16(x, 4),
                                                      _mm256_set1_epi8(15)));
        __m256i none = _mm256_cmpeq_epi8(_mm256_and_si256(row, col),
                                         _mm256_setzero_si256());
        h.lead = ~(uint32_t)_mm256_movemask_epi8(none);
    }
    return h;
}

/* Of the bytes that are not ASCII; those of signs go to the chunk's list. */
static struct signs signs_find(struct chunk *c, const uint8_t *p, uint32_t at,
                               uint64_t high)
{
    struct signs s = {0, 0};
    for (; high != 0; high &= high - 1) {
        unsigned i = bits_ctz(high), n = class_sign_at(p + at + i);
        if (n == 3)
            c->sign[c->signs++] = (uint16_t)(at + i);
        s.sign |= (uint64_t)(n == 3) << i;
        s.space |= (uint64_t)(n == 2) << i;
    }
    return s;
}

static inline __m256i lower(__m256i x)
{
    __m256i upper = in_range(x, 'A', 'Z');
    return _mm256_or_si256(x, _mm256_and_si256(upper, _mm256_set1_epi8(0x20)));
}

static void classify(struct chunk *c, const uint8_t *p, uint32_t blocks,
                     uint32_t *n_ends)
{
    struct edge_carry carry = {0, 0};
    struct signs begun = {0, 0};
    uint32_t runs = 0, ends = 0, leads = 0;
    const bool lead = c->ix->flags & INDEX_LEAD;
    const __m256i lut = _mm256_broadcastsi128_si256(
        _mm_loadu_si128((const __m128i *)(const void *)c->ix->lead_lut));
    c->signs = 0;
    for (uint32_t at = 0; at < 64 * blocks; at += 64) {
        __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(p + at));
        __m256i b =
            _mm256_loadu_si256((const __m256i *)(const void *)(p + at + 32));
        struct half x = half_masks(a, lut, lead);
        struct half y = half_masks(b, lut, lead);
        struct masks m = {x.run | (uint64_t)y.run << 32,
                          x.space | (uint64_t)y.space << 32,
                          x.lead | (uint64_t)y.lead << 32};
        uint64_t high = x.high | (uint64_t)y.high << 32;
        if (GAZ_UNLIKELY(high != 0)) {
            struct signs s = signs_find(c, p, at, high);
            signs_take(&m, &s, &begun);
        }
        struct edges e = edges_find(&m, &carry);
        c->blocks[at / 64] = (struct block){e.starts, runs};
        runs = edges_starts(c->runs.start, runs, &e, at);
        ends = edges_ends(&c->runs, ends, e.ends, p, at);
        leads = edges_leads(c->lead, leads, m.lead, at);
        if (c->fold) {
            __m256i *to = (__m256i *)(void *)(c->lower + at);
            _mm256_storeu_si256(to, lower(a));
            _mm256_storeu_si256(to + 1, lower(b));
        }
    }
    c->runs.n = runs;
    c->leads = leads;
    *n_ends = ends;
}

const struct level level_avx2 = {SIMD_AVX2,     "avx2",       classify,
                                 words_hash,    words_filter, words_keep,
                                 find_two_skip, NULL,         introduce_skip};

#endif
