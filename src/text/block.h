/* 64 bytes of text at a time, a bit for each: which are part of words of
 * ASCII, which are above ASCII, which end a sentence. */
#ifndef GAZ_TEXT_BLOCK_H
#define GAZ_TEXT_BLOCK_H

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/bytes.h"
#include "base/slice.h"

enum { BLOCK = 64, BLOCK_SLACK = 8 };

/* Byte `at` of the text and what follows; BLOCK + BLOCK_SLACK bytes can be
 * read there. Behind the text's end there are zeros, in room. */
static inline const char *block_at(struct slice text, size_t at,
                                   char room[BLOCK + BLOCK_SLACK])
{
    size_t left = text.len - at;
    if (left >= BLOCK + BLOCK_SLACK) {
        return text.data + at;
    }
    memset(room, 0, BLOCK + BLOCK_SLACK);
    memcpy(room, text.data + at, left);
    return room;
}

#ifdef __SSE2__

/* Bytes are compared as signed: those above ASCII are below all else. */
static inline uint64_t block_words16(const char *p)
{
    __m128i x = _mm_loadu_si128((const void *)p);
    __m128i lower = _mm_or_si128(x, _mm_set1_epi8(0x20));
    __m128i letter =
        _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)),
                      _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1)));
    __m128i digit = _mm_and_si128(_mm_cmpgt_epi8(x, _mm_set1_epi8('0' - 1)),
                                  _mm_cmplt_epi8(x, _mm_set1_epi8('9' + 1)));
    __m128i bar = _mm_cmpeq_epi8(x, _mm_set1_epi8('_'));
    return (unsigned)_mm_movemask_epi8(
        _mm_or_si128(bar, _mm_or_si128(letter, digit)));
}

/* ASCII letters, digits and '_'. */
static inline uint64_t block_words(const char *p)
{
    return block_words16(p) | block_words16(p + 16) << 16 |
           block_words16(p + 32) << 32 | block_words16(p + 48) << 48;
}

/* Bytes above ASCII. */
static inline uint64_t block_high(const char *p)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < BLOCK; i += 16) {
        __m128i x = _mm_loadu_si128((const void *)(p + i));
        bits |= (uint64_t)(unsigned)_mm_movemask_epi8(x) << i;
    }
    return bits;
}

/* . ! or ? before white space, and a newline before another. */
static inline uint64_t block_ends(const char *p)
{
    uint64_t ends = 0;
    const __m128i newline = _mm_set1_epi8('\n');
    for (unsigned i = 0; i < BLOCK; i += 16) {
        __m128i x = _mm_loadu_si128((const void *)(p + i));
        __m128i y = _mm_loadu_si128((const void *)(p + i + 1));
        __m128i stop =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('.')),
                                      _mm_cmpeq_epi8(x, _mm_set1_epi8('!'))),
                         _mm_cmpeq_epi8(x, _mm_set1_epi8('?')));
        __m128i line = _mm_cmpeq_epi8(y, newline);
        __m128i blank = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(y, _mm_set1_epi8(' ')), line),
            _mm_or_si128(_mm_cmpeq_epi8(y, _mm_set1_epi8('\t')),
                         _mm_cmpeq_epi8(y, _mm_set1_epi8('\r'))));
        __m128i end =
            _mm_or_si128(_mm_and_si128(stop, blank),
                         _mm_and_si128(_mm_cmpeq_epi8(x, newline), line));
        ends |= (uint64_t)(unsigned)_mm_movemask_epi8(end) << i;
    }
    return ends;
}

#else

/* A byte eight times. */
#define BLOCK_ALL(byte) (UINT64_C(0x0101010101010101) * (byte))

/* 0x80 in each byte that is an ASCII letter, digit or '_'. */
static inline uint64_t block_words8(uint64_t x)
{
    uint64_t low = x & BLOCK_ALL(0x7F);
    uint64_t lower = low | BLOCK_ALL(0x20);
    uint64_t letter =
        (lower + BLOCK_ALL(0x80 - 'a')) & ~(lower + BLOCK_ALL(0x7F - 'z'));
    uint64_t digit =
        (low + BLOCK_ALL(0x80 - '0')) & ~(low + BLOCK_ALL(0x7F - '9'));
    uint64_t bar = ~((low ^ BLOCK_ALL('_')) + BLOCK_ALL(0x7F));
    return (letter | digit | bar) & ~x & BLOCK_ALL(0x80);
}

/* 0x80 in each byte that is c, which is below 0x80. */
static inline uint64_t block_equal8(uint64_t x, unsigned char c)
{
    uint64_t y = x ^ BLOCK_ALL(c);
    return ~(((y & BLOCK_ALL(0x7F)) + BLOCK_ALL(0x7F)) | y) & BLOCK_ALL(0x80);
}

/* Bit i of the result is bit 7 of byte i. */
static inline uint64_t block_gather(uint64_t x)
{
    return ((x & BLOCK_ALL(0x80)) >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* ASCII letters, digits and '_'. */
static inline uint64_t block_words(const char *p)
{
    uint64_t words = 0;
    for (unsigned i = 0; i < BLOCK; i += 8) {
        words |= block_gather(block_words8(bytes_load64(p + i))) << i;
    }
    return words;
}

/* Bytes above ASCII. */
static inline uint64_t block_high(const char *p)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < BLOCK; i += 8) {
        bits |= block_gather(bytes_load64(p + i)) << i;
    }
    return bits;
}

/* . ! or ? before white space, and a newline before another. */
static inline uint64_t block_ends(const char *p)
{
    uint64_t ends = 0;
    for (unsigned i = 0; i < BLOCK; i += 8) {
        uint64_t x = bytes_load64(p + i);
        uint64_t y = bytes_load64(p + i + 1);
        uint64_t line = block_equal8(y, '\n');
        uint64_t stop =
            block_equal8(x, '.') | block_equal8(x, '!') | block_equal8(x, '?');
        uint64_t blank = line | block_equal8(y, ' ') | block_equal8(y, '\t') |
                         block_equal8(y, '\r');
        uint64_t end = (stop & blank) | (block_equal8(x, '\n') & line);
        ends |= block_gather(end) << i;
    }
    return ends;
}

#endif

#endif
