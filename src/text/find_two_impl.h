/* The loops of find_two, for vectors of FIND_TWO_STEP bytes: a file that is
 * compiled for a kind of processor sets it to what that has, and includes this.
 */
#ifndef GAZ_TEXT_FIND_TWO_IMPL_H
#define GAZ_TEXT_FIND_TWO_IMPL_H

#include <string.h>

#include "base/bytes.h"
#include "text/find_two.h"

#ifndef FIND_TWO_STEP
#define FIND_TWO_STEP 16
#endif

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#if defined(__GNUC__)
typedef uint8_t find_two_bytes __attribute__((vector_size(FIND_TWO_STEP)));

static inline find_two_bytes find_two_load(const char *p)
{
    find_two_bytes v;
    memcpy(&v, p, sizeof v);
    return v;
}

/* The first byte that is not 0, FIND_TWO_STEP if there is none. */
static inline unsigned find_two_first(find_two_bytes hit)
{
#if FIND_TWO_STEP == 64 && defined(__AVX512BW__)
    uint64_t bits = _mm512_test_epi8_mask((__m512i)(hit), (__m512i)(hit));
    return bits != 0 ? bits_ctz(bits) : FIND_TWO_STEP;
#elif FIND_TWO_STEP == 32 && defined(__AVX2__)
    uint32_t bits = (uint32_t)_mm256_movemask_epi8((__m256i)(hit));
    return bits != 0 ? bits_ctz(bits) : FIND_TWO_STEP;
#elif FIND_TWO_STEP == 16 && defined(__SSE2__)
    uint32_t bits = (uint32_t)_mm_movemask_epi8((__m128i)(hit));
    return bits != 0 ? bits_ctz(bits) : FIND_TWO_STEP;
#else
    uint8_t part[FIND_TWO_STEP];
    memcpy(part, &hit, sizeof part);
    for (unsigned k = 0; k < FIND_TWO_STEP; k += 8) {
        uint64_t eight = bytes_load64(part + k);
        if (eight != 0) {
            return k + bits_ctz(eight) / 8;
        }
    }
    return FIND_TWO_STEP;
#endif
}

/* pairs: at least f->count, known where it is inlined. */
static inline size_t find_two_pairs(const struct find_two *f, struct slice text,
                                    size_t i, const size_t pairs)
{
    find_two_bytes a[FIND_TWO_EXACT]; /* copies stay in registers */
    find_two_bytes b[FIND_TWO_EXACT];
    for (size_t k = 0; k < pairs; k++) {
        size_t from = k < f->count ? k : 0;
        memset(&a[k], f->first[from], sizeof a[k]);
        memset(&b[k], f->second[from], sizeof b[k]);
    }
    for (; i + FIND_TWO_STEP < text.len; i += FIND_TWO_STEP) {
        find_two_bytes x = find_two_load(text.data + i);
        find_two_bytes y = find_two_load(text.data + i + 1);
        find_two_bytes hit = {0};
        for (size_t k = 0; k < pairs; k++) {
            hit |= (find_two_bytes)(x == a[k]) & (find_two_bytes)(y == b[k]);
        }
        unsigned first = find_two_first(hit);
        if (first < FIND_TWO_STEP) {
            return i + first;
        }
    }
    return i;
}

static size_t find_two_exact(const struct find_two *f, struct slice text,
                             size_t i)
{
    enum { FEW = FIND_TWO_EXACT / 2 };
    return f->count <= FEW ? find_two_pairs(f, text, i, FEW)
                           : find_two_pairs(f, text, i, FIND_TWO_EXACT);
}

static inline find_two_bytes find_two_in(const char *p, uint8_t low,
                                         uint8_t span)
{
    return (find_two_bytes)((find_two_bytes)(find_two_load(p) - low) <= span);
}

static size_t find_two_ranges(const struct find_two *f, struct slice text,
                              size_t i)
{
    const struct find_two r = *f;
    for (; i + FIND_TWO_STEP < text.len; i += FIND_TWO_STEP) {
        const char *p = text.data + i;
        unsigned first =
            find_two_first(find_two_in(p, r.first[0], r.first_span) &
                           find_two_in(p + 1, r.second[0], r.second_span));
        if (first < FIND_TWO_STEP) {
            return i + first;
        }
    }
    return i;
}

/* The first place from i on where a pair may begin, or one so near the end that
 * there are no FIND_TWO_STEP + 1 bytes more. */
static size_t find_two_skip(const struct find_two *f, struct slice text,
                            size_t i)
{
    return f->ranges ? find_two_ranges(f, text, i) : find_two_exact(f, text, i);
}
#else
static size_t find_two_skip(const struct find_two *f, struct slice text,
                            size_t i)
{
    (void)f;
    (void)text;
    return i;
}
#endif

#endif
