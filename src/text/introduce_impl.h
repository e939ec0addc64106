/* Where names may be introduced, 64 bytes at a time: a file that is compiled
 * for AVX2 or AVX-512 includes this. */
#ifndef GAZ_TEXT_INTRODUCE_IMPL_H
#define GAZ_TEXT_INTRODUCE_IMPL_H

#include <immintrin.h>

#include "text/introduce.h"

#if defined(__AVX512BW__)
static inline uint64_t introduce_likely64(const char *p)
{
#define AT(k)        _mm512_loadu_si512(p + (k))
#define IS(in, k, c) _mm512_mask_cmpeq_epi8_mask(in, AT(k), _mm512_set1_epi8(c))
#define BLANK(in, k)                                                           \
    _mm512_mask_cmple_epu8_mask(in, AT(k), _mm512_set1_epi8(' '))
    __mmask64 verb = IS(IS(IS(UINT64_MAX, 0, 'i'), 1, 's'), 3, 'a');
    __mmask64 comma = IS(IS(UINT64_MAX, 0, ','), 2, 'a');
    return verb | BLANK(comma, 3) | BLANK(IS(comma, 3, 'n'), 4);
#undef AT
#undef IS
#undef BLANK
}
#else
static inline uint32_t introduce_likely32(const char *p)
{
#define AT(k)    _mm256_loadu_si256((const __m256i *)(const void *)(p + (k)))
#define IS(k, c) _mm256_cmpeq_epi8(AT(k), _mm256_set1_epi8(c))
    __m256i verb = _mm256_and_si256(IS(0, 'i'), IS(1, 's'));
    __m256i comma = _mm256_and_si256(IS(0, ','), IS(2, 'a'));
    return (uint32_t)_mm256_movemask_epi8(
        _mm256_or_si256(_mm256_and_si256(verb, IS(3, 'a')), comma));
#undef AT
#undef IS
}

static inline uint64_t introduce_likely64(const char *p)
{
    return introduce_likely32(p) | (uint64_t)introduce_likely32(p + 32) << 32;
}
#endif

static size_t introduce_skip(struct slice text, size_t i, uint64_t *bits)
{
    *bits = 0;
    for (; i + 64 + INTRODUCE_BEHIND <= text.len; i += 64) {
        *bits = introduce_likely64(text.data + i);
        if (*bits != 0) {
            break;
        }
    }
    return i;
}

#endif
