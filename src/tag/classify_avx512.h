/* From 64 bytes to the bit masks of runs and on to lists of their edges, with
   AVX-512: a part of level_avx512.c, which alone includes it.

   The positions of a mask's bits are had without a loop: compressing the
   bytes 0..63 by the mask leaves them side by side. */
#ifndef GAZ_TAG_CLASSIFY_AVX512_H
#define GAZ_TAG_CLASSIFY_AVX512_H

#include <immintrin.h>

#include "tag/classify_impl.h"

static const uint8_t numbers[64] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
    16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
    32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
    48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

/* For each ASCII byte: 0x80 if it is in words, else hash_next_class of it.
   One instruction looks up 64 bytes in it. */
static const uint8_t ascii_class[128] = {
    0,    1,    2,    3,    4,    5,    6,    7,    8,    ' ',  ' ',  ' ',
    ' ',  ' ',  14,   15,   16,   17,   18,   19,   20,   21,   22,   23,
    24,   25,   26,   27,   28,   29,   30,   31,   ' ',  '!',  '"',  '#',
    '$',  '%',  '&',  '\'', '(',  ')',  '*',  '+',  ',',  '-',  '.',  '/',
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, ':',  ';',
    '<',  '=',  '>',  '?',  '@',  0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, '[',  '\\', ']',  '^',  0x80,
    '`',  0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
    0x80, 0x80, 0x80, '{',  '|',  '}',  '~',  127};

/* A block has at most 32 starts and 32 ends. */
static inline __m512i positions(__mmask64 bits, __m512i iota, uint32_t at)
{
    __m512i list = _mm512_maskz_compress_epi8(bits, iota);
    return _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_castsi512_si256(list)),
                            _mm512_set1_epi16((short)at));
}

/* The leading symbols of a block: there may be 64. */
static inline uint32_t put_leads(struct chunk *c, uint32_t n, __mmask64 bits,
                                 __m512i iota, uint32_t at)
{
    const uint32_t count = bits_count(bits);
    const __m512i base = _mm512_set1_epi16((short)at);
    __m512i list = _mm512_maskz_compress_epi8(bits, iota);
    __m256i low = _mm512_castsi512_si256(list);
    _mm512_storeu_si512(c->lead + n,
                        _mm512_add_epi16(_mm512_cvtepu8_epi16(low), base));
    if (GAZ_UNLIKELY(count > 32)) {
        __m256i high = _mm512_extracti64x4_epi64(list, 1);
        _mm512_storeu_si512(c->lead + n + 32,
                            _mm512_add_epi16(_mm512_cvtepu8_epi16(high), base));
    }
    return n + count;
}

/* The bytes of a block that are some letters, and the same of the one before.
 */
struct letters {
    uint64_t s, sui, e, i;
};

/* What the three bytes before the ends of runs say, small letters: PLURAL_S for
   a plural in s, and PLURAL_IES. */
static inline __m256i plurals(__m512i x, uint64_t ends, struct letters *last)
{
    struct letters l;
    l.s = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('s'));
    l.i = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('i'));
    l.e = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('e'));
    l.sui = l.s | l.i | _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('u'));
    uint64_t s = (l.s << 1 | last->s >> 63) & ~(l.sui << 2 | last->sui >> 62);
    uint64_t ies = s & (l.e << 2 | last->e >> 62) & (l.i << 3 | last->i >> 61);
    *last = l;
    __m256i is =
        _mm256_maskz_set1_epi8((__mmask32)_pext_u64(s, ends), (char)PLURAL_S);
    return _mm256_mask_set1_epi8(is, (__mmask32)_pext_u64(ies, ends),
                                 (char)(PLURAL_S | PLURAL_IES));
}

static inline struct signs signs_find(__m512i x, const uint8_t *p)
{
    __m512i y = _mm512_loadu_si512(p + 1);
    __m512i z = _mm512_sub_epi8(_mm512_loadu_si512(p + 2),
                                _mm512_set1_epi8((char)0x90));
    struct signs s;
    s.sign = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8((char)0xe2)) &
             _mm512_cmpeq_epi8_mask(y, _mm512_set1_epi8((char)0x80)) &
             _mm512_cmple_epu8_mask(z, _mm512_set1_epi8(0xa7 - 0x90));
    s.space = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8((char)0xc2)) &
              _mm512_cmpeq_epi8_mask(y, _mm512_set1_epi8((char)0xa0));
    return s;
}

static inline void classify_as(struct chunk *c, const uint8_t *p,
                               uint32_t blocks, uint32_t *n_ends,
                               const bool plural)
{
    struct edge_carry carry = {0, 0};
    struct signs begun = {0, 0};
    struct letters last = {0, 0, 0, 0};
    struct words *w = &c->runs;
    uint32_t runs = 0, ends = 0, leads = 0, signs = 0;
    const bool lead = c->ix->flags & INDEX_LEAD, fold = c->fold;
    const __m512i iota = _mm512_loadu_si512(numbers);
    const __m512i class_lo = _mm512_loadu_si512(ascii_class);
    const __m512i class_hi = _mm512_loadu_si512(ascii_class + 64);
    const __m512i lead_lo = _mm512_loadu_si512(c->ix->leads);
    const __m512i lead_hi = _mm512_loadu_si512(c->ix->leads + 64);
    for (uint32_t at = 0; at < 64 * blocks; at += 64) {
        __m512i x = _mm512_loadu_si512(p + at);
        /* of a byte above 127 the lower 7 bits count here */
        __m512i class = _mm512_permutex2var_epi8(class_lo, x, class_hi);
        struct masks m;
        m.run = _mm512_movepi8_mask(_mm512_or_si512(class, x));
        m.space = ~m.run & _mm512_cmpeq_epi8_mask(class, _mm512_set1_epi8(' '));
        if (GAZ_UNLIKELY(_mm512_movepi8_mask(x) != 0)) {
            struct signs s = signs_find(x, p + at);
            signs_take(&m, &s, &begun);
            _mm512_storeu_si512(c->sign + signs, positions(s.sign, iota, at));
            signs += bits_count(s.sign);
        }
        struct edges e = edges_find(&m, &carry);
        __mmask32 joined = (__mmask32)_pext_u64(e.joined, e.starts);
        __m512i s = positions(e.starts, iota, at);
        s = _mm512_mask_add_epi16(s, joined, s,
                                  _mm512_set1_epi16((short)WORD_JOINED));
        _mm512_storeu_si512(w->start + runs, s);
        _mm512_storeu_si512(w->end + ends, positions(e.ends, iota, at));
        _mm256_storeu_si256(
            (__m256i *)(void *)(w->after + ends),
            _mm512_castsi512_si256(_mm512_maskz_compress_epi8(e.ends, class)));
        if (lead) {
            __m512i y = _mm512_permutex2var_epi8(lead_lo, x, lead_hi);
            __mmask64 is = _mm512_movepi8_mask(_mm512_andnot_si512(x, y));
            leads = put_leads(c, leads, is, iota, at);
            c->blocks[at / 64] = (struct block){e.starts, runs};
        }
        if (fold) {
            __mmask64 upper = _mm512_cmple_epu8_mask(
                _mm512_sub_epi8(x, _mm512_set1_epi8('A')),
                _mm512_set1_epi8('Z' - 'A'));
            x = _mm512_mask_add_epi8(x, upper, x, _mm512_set1_epi8(0x20));
            _mm512_storeu_si512(c->lower + at, x);
        }
        if (plural)
            _mm256_storeu_si256((__m256i *)(void *)(c->plurals + ends),
                                plurals(x, e.ends, &last));
        runs += bits_count(e.starts);
        ends += bits_count(e.ends);
    }
    w->n = runs;
    c->leads = leads;
    c->signs = signs;
    *n_ends = ends;
}

#endif
