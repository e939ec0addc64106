/* x86-64 with AVX-512 BW, VBMI and VBMI2: Ice Lake, Zen 4 and later.

   The positions of a mask's bits are had without a loop: compressing the
   bytes 0..63 by the mask leaves them side by side. */
#include "tag/level.h"

#if defined(__AVX512VBMI2__) && defined(__AVX512VBMI__) && defined(__BMI2__)

#include <immintrin.h>

#include "tag/classify_impl.h"
#include "tag/words_impl.h"

static inline __mmask64 in_range(__m512i x, uint8_t lo, uint8_t hi)
{
    return _mm512_cmple_epu8_mask(
        _mm512_sub_epi8(x, _mm512_set1_epi8((char)lo)),
        _mm512_set1_epi8((char)(hi - lo)));
}

/* A block has at most 32 starts and 32 ends. */
static inline __m512i positions(__mmask64 bits, __m512i iota, uint32_t at)
{
    __m512i list = _mm512_maskz_compress_epi8(bits, iota);
    return _mm512_add_epi16(
        _mm512_cvtepu8_epi16(_mm512_castsi512_si256(list)),
        _mm512_set1_epi16((short)at));
}

static uint32_t add_leads(uint16_t *list, uint32_t n, __mmask64 bits,
                          __m512i iota, uint32_t at)
{
    uint64_t lo = bits & 0xffffffff, hi = bits & ~0xffffffffULL;
    _mm512_storeu_si512(list + n, positions(lo, iota, at));
    n += bits_count(lo);
    if (hi != 0) {
        _mm512_storeu_si512(list + n, positions(hi, iota, at));
        n += bits_count(hi);
    }
    return n;
}

static void classify(struct chunk *c, const uint8_t *p, uint32_t blocks,
                     uint32_t *n_ends)
{
    struct edge_carry carry = {0, 0};
    uint32_t runs = 0, ends = 0, leads = 0;
    const bool lead = c->ix->flags & INDEX_LEAD, fold = c->fold;
    uint8_t numbers[64], columns[64];
    for (unsigned i = 0; i < 64; i++) {
        numbers[i] = (uint8_t)i;
        columns[i] = (uint8_t)(i % 16 < 8 ? 1u << i % 16 : 0);
    }
    const __m512i iota = _mm512_loadu_si512(numbers);
    const __m512i column = _mm512_loadu_si512(columns);
    const __m512i row = _mm512_broadcast_i32x4(
        _mm_loadu_si128((const __m128i *)(const void *)c->ix->lead_lut));
    const __m512i low = _mm512_set1_epi8(15);
    for (uint32_t at = 0; at < 64 * blocks; at += 64) {
        __m512i x = _mm512_loadu_si512(p + at);
        __m512i y = _mm512_or_si512(x, _mm512_set1_epi8(0x20));
        struct masks m;
        m.run = in_range(y, 'a', 'z') | in_range(x, '0', '9') |
                _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('_')) |
                _mm512_movepi8_mask(x);
        m.space = in_range(x, '\t', '\r') |
                  _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(' '));
        struct edges e = edges_find(&m, &carry);
        uint32_t joined = (uint32_t)_pext_u64(e.joined, e.starts);
        __m512i s = positions(e.starts, iota, at);
        s = _mm512_mask_add_epi16(s, joined, s,
                                  _mm512_set1_epi16((short)RUN_JOINED));
        _mm512_storeu_si512(c->starts + runs, s);
        _mm512_storeu_si512(c->ends + ends, positions(e.ends, iota, at));
        runs += bits_count(e.starts);
        ends += bits_count(e.ends);
        if (lead) {
            __m512i r = _mm512_shuffle_epi8(row, _mm512_and_si512(x, low));
            __m512i q = _mm512_shuffle_epi8(
                column, _mm512_and_si512(_mm512_srli_epi16(x, 4), low));
            __mmask64 bits = _mm512_test_epi8_mask(r, q);
            leads = add_leads(c->lead, leads, bits, iota, at);
        }
        if (fold)
            _mm512_storeu_si512(
                c->lower + at,
                _mm512_mask_add_epi8(x, in_range(x, 'A', 'Z'), x,
                                     _mm512_set1_epi8(0x20)));
    }
    c->runs = runs;
    c->leads = leads;
    *n_ends = ends;
}

const struct level level_avx512 = {SIMD_AVX512, "avx512", classify,
                                   words_loop};

#endif
