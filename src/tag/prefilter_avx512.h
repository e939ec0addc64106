/* The rules' prefilter with AVX-512: a part of level_avx512.c, which alone
   includes it.  It gives what prefilter.c does, 16 words at a time. */
#ifndef GAZ_TAG_PREFILTER_AVX512_H
#define GAZ_TAG_PREFILTER_AVX512_H

#include <immintrin.h>

#include "tag/prefilter.h"
#include "text/block.h"
#include "text/class.h"

/* A table of a number for each byte. */
struct byte_table {
    __m512i at[4];
};

static inline struct byte_table table_load(const uint8_t table[256])
{
    struct byte_table t;
    for (int i = 0; i < 4; i++)
        t.at[i] = _mm512_loadu_si512(table + 64 * i);
    return t;
}

static inline __m512i table_get(const struct byte_table *t, __m512i x)
{
    __m512i low = _mm512_permutex2var_epi8(t->at[0], x, t->at[1]);
    __m512i high = _mm512_permutex2var_epi8(t->at[2], x, t->at[3]);
    return _mm512_mask_mov_epi8(low, _mm512_movepi8_mask(x), high);
}

static inline __mmask64 ascii_words(__m512i x)
{
    const __m512i letter = _mm512_sub_epi8(
        _mm512_or_si512(x, _mm512_set1_epi8(0x20)), _mm512_set1_epi8('a'));
    const __m512i digit = _mm512_sub_epi8(x, _mm512_set1_epi8('0'));
    return _mm512_cmplt_epu8_mask(letter, _mm512_set1_epi8(26)) |
           _mm512_cmplt_epu8_mask(digit, _mm512_set1_epi8(10)) |
           _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('_'));
}

/* Words of a step, their first 4 bytes side by side. */
struct sift_words {
    uint32_t n;
    uint32_t four[PREFILTER_STEP + PREFILTER_ROOM];
    uint32_t place[PREFILTER_STEP + PREFILTER_ROOM];
};

/* Which of 16 words, of which the first 4 bytes are given, pass. */
static inline __mmask16 sift_pass16(const struct prefilter *f, __m512i four)
{
    __m512i three =
        _mm512_and_si512(_mm512_or_si512(four, _mm512_set1_epi32(0x202000)),
                         _mm512_set1_epi32(0xFFFFFF));
    __m512i row = _mm512_srli_epi32(
        _mm512_mullo_epi32(three, _mm512_set1_epi32((int)PREFILTER_FACTOR)),
        32 - PREFILTER_ROW_BITS);
    __m512i bit =
        _mm512_and_si512(_mm512_srli_epi32(four, 24), _mm512_set1_epi32(31));
    __m512i bits = _mm512_i32gather_epi32(row, (const void *)f->rows, 4);
    return _mm512_test_epi32_mask(bits,
                                  _mm512_sllv_epi32(_mm512_set1_epi32(1), bit));
}

/* Bit 0 .. 7 of each number: the sets that both of the first bytes are in. */
static inline __m512i sift_sets16(const struct byte_table *one,
                                  const struct byte_table *two, __m512i four)
{
    __m512i second = _mm512_srli_epi32(table_get(two, four), 8);
    __m512i both = _mm512_and_si512(table_get(one, four), second);
    return _mm512_and_si512(both, _mm512_set1_epi32(0xFF));
}

/* Those of the list that pass. */
static inline size_t sift_list(const struct prefilter *f,
                               const struct sift_words *w, uint32_t *places,
                               const bool any_short)
{
    const struct byte_table one = table_load(f->one);
    const struct byte_table two = table_load(f->two);
    size_t n = 0;
    for (uint32_t i = 0; i < w->n; i += 16) {
        __m512i four = _mm512_loadu_si512(w->four + i);
        uint32_t pass = sift_pass16(f, four);
        if (any_short) {
            __m512i sets = sift_sets16(&one, &two, four);
            pass |= _mm512_test_epi32_mask(sets, sets);
        }
        if (w->n - i < 16)
            pass &= (1u << (w->n - i)) - 1;
        _mm512_storeu_si512(
            places + n, _mm512_maskz_compress_epi32(
                            (__mmask16)pass, _mm512_loadu_si512(w->place + i)));
        n += bits_count(pass);
    }
    return n;
}

/* Put those into a list that begin in the 64 bytes x, before those of next. */
static inline void sift_put(struct sift_words *w, __m512i x, __m512i next,
                            uint64_t starts, uint32_t base, __m512i iota)
{
    const __m512i four_times = _mm512_setr_epi32(
        0x00000000, 0x01010101, 0x02020202, 0x03030303, 0x04040404, 0x05050505,
        0x06060606, 0x07070707, 0x08080808, 0x09090909, 0x0A0A0A0A, 0x0B0B0B0B,
        0x0C0C0C0C, 0x0D0D0D0D, 0x0E0E0E0E, 0x0F0F0F0F);
    __m512i list = _mm512_maskz_compress_epi8(starts, iota);
    const uint32_t n = bits_count(starts);
    for (uint32_t i = 0; i < n; i += 16) {
        __m512i which = _mm512_add_epi8(four_times, _mm512_set1_epi8((char)i));
        __m512i at = _mm512_permutexvar_epi8(which, list);
        __m512i four = _mm512_permutex2var_epi8(
            x, _mm512_add_epi8(at, _mm512_set1_epi32(0x03020100)), next);
        _mm512_storeu_si512(w->four + w->n + i, four);
        _mm512_storeu_si512(w->place + w->n + i,
                            _mm512_add_epi32(_mm512_srli_epi32(at, 24),
                                             _mm512_set1_epi32((int)base)));
    }
    w->n += n;
}

static size_t sift(const struct prefilter *f, struct slice text, size_t from,
                   size_t *pos, uint32_t *places)
{
    struct sift_words w;
    const __m512i iota = _mm512_loadu_si512(numbers);
    uint64_t before =
        from > 0 && class_of_byte[(uint8_t)text.data[from - 1]] == BYTE_WORD;
    const size_t left = text.len - from;
    if (left < PREFILTER_STEP + BLOCK_SLACK)
        return 0;
    w.n = 0;
    for (uint32_t i = 0; i < PREFILTER_STEP; i += BLOCK) {
        const char *p = text.data + from + i;
        __m512i x = _mm512_loadu_si512(p);
        __m512i next = _mm512_zextsi128_si512(
            _mm_loadl_epi64((const __m128i *)(const void *)(p + BLOCK)));
        uint64_t words = ascii_words(x);
        uint64_t starts = words & ~(words << 1 | before);
        before = words >> 63;
        if (f->high)
            starts |= _mm512_cmpge_epu8_mask(x, _mm512_set1_epi8((char)0xC0));
        if (f->everywhere)
            starts = UINT64_MAX;
        sift_put(&w, x, next, starts, i, iota);
    }
    *pos = from + PREFILTER_STEP;
    return f->any_short ? sift_list(f, &w, places, true)
                        : sift_list(f, &w, places, false);
}

#endif
