/* The hashes of tokens and of token sequences.

   A word's hash is taken over its key's bytes, 16 at a time, the last piece
   padded with zeros:

       key "kernel_parameters" -> |kernel_parameter|s...............|
       h0 = piece(SEED, lo, hi)    h1 = piece(h0, lo', hi')

   so a word of up to 16 bytes needs one piece.  The scanner's SIMD levels
   and the builder use the same functions: the hash is defined here only.

   A sequence t1 g1 t2 g2 t3 has the hash

       P1 = h(t1)    P2 = step(P1, h(t2) ^ g1)    P3 = step(P2, h(t3) ^ g2)

   where g tells a gap of the less common kind: HASH_GLUED before a glued
   word or a spaced symbol, else 0. */
#ifndef GAZ_TEXT_HASH_H
#define GAZ_TEXT_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

#define HASH_SEED  0x243f6a8885a308d3ULL
#define HASH_K1    0x9e3779b97f4a7c15ULL
#define HASH_K2    0xc2b2ae3d27d4eb4fULL
#define HASH_K3    0xd6e8feb86659fd93ULL
#define HASH_K4    0xff51afd7ed558ccdULL
#define HASH_GLUED 0xa0761d6478bd642fULL
/* Of what is in no name: invalid bytes, words over LIMIT_WORD. */
#define HASH_BAD 0x8ebc6af09c88c6e3ULL

static inline uint64_t hash_piece(uint64_t seed, uint64_t lo, uint64_t hi)
{
    uint64_t z = (lo ^ seed) * HASH_K1 ^ bits_rotl(hi * HASH_K2, 32);
    return (z ^ z >> 32) * HASH_K3;
}

static inline uint64_t hash_step(uint64_t prefix, uint64_t token)
{
    uint64_t x = (prefix ^ bits_rotl(token, 29)) * HASH_K4;
    return x ^ x >> 32;
}

static inline uint64_t hash_symbol(uint32_t cp)
{
    return cp * HASH_K2;
}

/* A token in a sequence: a word is taken to be spaced, a symbol glued, if
   nothing else is said. */
static inline uint64_t hash_gap(uint64_t token, bool word, bool glued)
{
    return word == glued ? token ^ HASH_GLUED : token;
}

/* What the byte behind a token says of the next one, if that is no spaced
   word; for the filters.  A glued ASCII symbol is known by it; white space
   stands for any spaced symbol, 0x80 for all that is not ASCII. */
static inline uint8_t hash_next_class(uint8_t c)
{
    if (c >= 0x80)
        return 0x80;
    return c >= '\t' && c <= '\r' ? ' ' : c;
}

#define HASH_OTHER hash_symbol(' ')
#define HASH_HIGH  hash_symbol(0x80)

/* The hash of a word's key, from its bytes alone. */
static inline uint64_t hash_key(const uint8_t *key, size_t n)
{
    uint64_t h = HASH_SEED;
    size_t at = 0;
    do {
        uint8_t piece[16] = {0};
        size_t left = n - at;
        memcpy(piece, key + at, left < 16 ? left : 16);
        h = hash_piece(h, bytes_load64(piece), bytes_load64(piece + 8));
        at += 16;
    } while (at < n);
    return h;
}

#endif
