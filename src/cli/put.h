/* Text and numbers written behind one another, where there is room for them:
 * what output formats do for each mention. Functions give the place behind
 * what they have put there, and may write up to PUT_SLACK bytes beyond it. */
#ifndef GAZ_CLI_PUT_H
#define GAZ_CLI_PUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { PUT_SLACK = 16, PUT_DIGITS = 20 };

/* A piece of every line, made once. */
enum { READY_MAX = 256 - PUT_SLACK };
struct ready {
    const char *of; /* what it was made of */
    size_t len;     /* SIZE_MAX: does not fit */
    char data[READY_MAX + PUT_SLACK];
};

/* What is made of the labels of a call's mentions, by type. */
enum { READY_LABELS = 8 };

static inline char *put_ready(char *p, const struct ready *r)
{
    for (size_t i = 0; i < r->len; i += 16) {
        memcpy(p + i, r->data + i, 16);
    }
    return p + r->len;
}

/* A string constant. */
#define PUT_STR(p, s) ((char *)memcpy(p, s, sizeof(s) - 1) + (sizeof(s) - 1))

/* n bytes, which may be none of nothing. */
static inline char *put_bytes(char *p, const char *s, size_t n)
{
    return n > 0 ? (char *)memcpy(p, s, n) + n : p;
}

/* Which bytes do formats not write as they are? Of tsv also some that it
 * does. */
enum put_odd { PUT_ODD_JSON, PUT_ODD_TSV };

static inline bool put_is_odd(unsigned char c, enum put_odd how)
{
    return how == PUT_ODD_TSV ? c <= '\r' || c == '\\'
                              : c < 0x20 || c >= 0x7F || c == '"' || c == '\\';
}

/* 16 bytes from s to p; bit i of the result is set when byte i is odd. */
#if defined(__SSE2__)
#include <emmintrin.h>

static inline unsigned put_sixteen(char *p, const char *s, enum put_odd how)
{
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)s);
    __m128i slash = _mm_cmpeq_epi8(x, _mm_set1_epi8('\\'));
    __m128i odd;
    _mm_storeu_si128((__m128i *)(void *)p, x);
    if (how == PUT_ODD_TSV) {
        odd = _mm_cmpeq_epi8(_mm_min_epu8(x, _mm_set1_epi8('\r')), x);
    } else { /* signed: below 0x20 is also 0x80 and above */
        odd = _mm_or_si128(_mm_cmplt_epi8(x, _mm_set1_epi8(0x20)),
                           _mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('"')),
                                        _mm_cmpeq_epi8(x, _mm_set1_epi8(127))));
    }
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(odd, slash));
}
#else
static inline unsigned put_sixteen(char *p, const char *s, enum put_odd how)
{
    unsigned odd = 0;
    memcpy(p, s, 16);
    for (unsigned i = 0; i < 16; i++) {
        odd |= (unsigned)put_is_odd((unsigned char)s[i], how) << i;
    }
    return odd;
}
#endif

/* The number of the lowest bit of a mask that has one. */
static inline unsigned put_lowest(unsigned mask)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctz(mask);
#else
    unsigned n = 0;
    for (; (mask & 1u) == 0; mask >>= 1) {
        n++;
    }
    return n;
#endif
}

/* The bytes of s before the first odd one, *n of len. Up to `limit`, which is
 * not before s + len, bytes can be read. */
static inline char *put_plain(char *p, const char *s, size_t len,
                              const char *limit, enum put_odd how, size_t *n)
{
    size_t i = 0;
    while (len - i >= 16 || (size_t)(limit - s) - i >= 16) {
        unsigned odd = put_sixteen(p + i, s + i, how);
        odd |= len - i < 16 ? 1u << (len - i) : 0;
        if (odd != 0) {
            i += put_lowest(odd);
            *n = i;
            return p + i;
        }
        i += 16;
    }
    while (i < len && !put_is_odd((unsigned char)s[i], how)) {
        p[i] = s[i];
        i++;
    }
    *n = i;
    return p + i;
}

/* The length of a valid UTF-8 sequence at text, 1 for ASCII, 0 for none;
 * len is at least 1. */
size_t put_sequence(const char *text, size_t len);

/* The digits of n. */
char *put_number(char *p, uint64_t n);

/* A JSON string's inside, for which there is room 6 times; `limit` as above.
 */
char *put_json(char *p, const char *s, size_t len, const char *limit);

#endif
