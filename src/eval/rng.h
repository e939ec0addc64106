/* A small pseudo-random generator (splitmix64), so that a seed gives the same
 * figures everywhere. Not for secrets. */
#ifndef GAZ_EVAL_RNG_H
#define GAZ_EVAL_RNG_H

#include <stdint.h>

struct rng {
    uint64_t state;
};

static inline uint64_t rng_next(struct rng *r)
{
    uint64_t z = r->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* 0 .. n - 1, n > 0 and below 2^32. Multiplies instead of dividing; its bias,
 * below n / 2^32, is of no weight in a resampling. */
static inline uint32_t rng_below(struct rng *r, uint32_t n)
{
    return (uint32_t)((rng_next(r) >> 32) * n >> 32);
}

#endif
