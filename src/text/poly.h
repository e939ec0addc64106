/* Polynomial hashes modulo 2^61 - 1: the hash of any part of a sequence from
   the hashes of two prefixes.  Used for names of many tokens only. */
#ifndef GAZ_TEXT_POLY_H
#define GAZ_TEXT_POLY_H

#include "text/hash.h"

#define POLY_P ((1ULL << 61) - 1)
#define POLY_R 0x0b4e8d7c31f5a926ULL

static inline uint64_t poly_reduce(uint64_t x)
{
    x = (x & POLY_P) + (x >> 61);
    return x >= POLY_P ? x - POLY_P : x;
}

/* a, b < 2^61. */
static inline uint64_t poly_mul(uint64_t a, uint64_t b)
{
#if defined(__SIZEOF_INT128__)
    __extension__ typedef unsigned __int128 wide;
    wide p = (wide)a * b;
    return poly_reduce(((uint64_t)p & POLY_P) + (uint64_t)(p >> 61));
#else
    uint64_t a1 = a >> 31, a0 = a & 0x7fffffff;
    uint64_t b1 = b >> 31, b0 = b & 0x7fffffff;
    uint64_t mid = a1 * b0 + a0 * b1;
    return poly_reduce(poly_reduce(2 * a1 * b1) + (mid >> 30) +
                       ((mid & 0x3fffffff) << 31) + poly_reduce(a0 * b0));
#endif
}

/* The hash of a sequence with one more token. */
static inline uint64_t poly_push(uint64_t prefix, uint64_t token)
{
    return poly_reduce(poly_mul(prefix, POLY_R) + poly_reduce(token));
}

/* The hash of the tokens that `longer` has and `prefix` has not; power is
   POLY_R to the number of these. */
static inline uint64_t poly_part(uint64_t longer, uint64_t prefix,
                                 uint64_t power)
{
    return poly_reduce(longer + POLY_P - poly_mul(prefix, power));
}

/* The key of a prefix of `depth` tokens: the first one's hash, and the
   polynomial hash of the others with their gaps.  Never 0. */
static inline uint64_t poly_key(uint64_t first, uint64_t others, uint64_t depth)
{
    return hash_step(hash_step(first, others), depth) | 1ULL << 63;
}

#endif
