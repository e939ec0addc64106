/* Eight 16-bit numbers at a time. Compilers do not make vectors of the plain
 * loops at -O2. */
#ifndef GAZ_BASE_LANES_H
#define GAZ_BASE_LANES_H

#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
typedef int16_t lanes16 __attribute__((vector_size(16)));
typedef int16_t lanes16_half __attribute__((vector_size(8)));
typedef int32_t lanes32 __attribute__((vector_size(16)));

/* to[0 .. 8) += from[0 .. 8) */
static inline void lanes_add(int16_t *to, const int16_t *from)
{
    lanes16 a;
    lanes16 b;
    memcpy(&a, to, sizeof a);
    memcpy(&b, from, sizeof b);
    a += b;
    memcpy(to, &a, sizeof a);
}

/* to[0 .. 8) = the higher of to and from */
static inline void lanes_high(int16_t *to, const int16_t *from)
{
    lanes16 a;
    lanes16 b;
    memcpy(&a, to, sizeof a);
    memcpy(&b, from, sizeof b);
    lanes16 more = a > b;
    a = (a & more) | (b & ~more);
    memcpy(to, &a, sizeof a);
}

/* to[0 .. 4) += from[0 .. 4) */
static inline void lanes_widen(int32_t *to, const int16_t *from)
{
    lanes32 a;
    lanes16_half b;
    memcpy(&a, to, sizeof a);
    memcpy(&b, from, sizeof b);
    a += __builtin_convertvector(b, lanes32);
    memcpy(to, &a, sizeof a);
}
#else
static inline void lanes_add(int16_t *to, const int16_t *from)
{
    for (unsigned i = 0; i < 8; i++) {
        to[i] = (int16_t)(to[i] + from[i]);
    }
}

static inline void lanes_high(int16_t *to, const int16_t *from)
{
    for (unsigned i = 0; i < 8; i++) {
        to[i] = to[i] > from[i] ? to[i] : from[i];
    }
}

static inline void lanes_widen(int32_t *to, const int16_t *from)
{
    for (unsigned i = 0; i < 4; i++) {
        to[i] += from[i];
    }
}
#endif

#endif
