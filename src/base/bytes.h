/* Unaligned little-endian loads and stores, and bit operations. */
#ifndef GAZ_BASE_BYTES_H
#define GAZ_BASE_BYTES_H

#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define GAZ_LIKELY(x)     __builtin_expect(!!(x), 1)
#define GAZ_UNLIKELY(x)   __builtin_expect(!!(x), 0)
#define GAZ_PREFETCH(p)   __builtin_prefetch(p)
#define GAZ_ALWAYS_INLINE inline __attribute__((always_inline))
#define GAZ_NOINLINE      __attribute__((noinline))
#else
#define GAZ_LIKELY(x)     (x)
#define GAZ_UNLIKELY(x)   (x)
#define GAZ_PREFETCH(p)   ((void)(p))
#define GAZ_ALWAYS_INLINE inline
#define GAZ_NOINLINE
#endif

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define GAZ_BIG_ENDIAN 1
#else
#define GAZ_BIG_ENDIAN 0
#endif

static inline uint64_t bytes_swap64(uint64_t x)
{
    x = (x & 0x00ff00ff00ff00ffULL) << 8 | (x >> 8 & 0x00ff00ff00ff00ffULL);
    x = (x & 0x0000ffff0000ffffULL) << 16 | (x >> 16 & 0x0000ffff0000ffffULL);
    return x << 32 | x >> 32;
}

static inline uint64_t bytes_le64(uint64_t x)
{
    return GAZ_BIG_ENDIAN ? bytes_swap64(x) : x;
}

static inline uint64_t bytes_load64(const void *p)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    return bytes_le64(x);
}

static inline uint32_t bytes_load32(const void *p)
{
    uint32_t x;
    memcpy(&x, p, sizeof x);
    return GAZ_BIG_ENDIAN ? (uint32_t)(bytes_swap64(x) >> 32) : x;
}

static inline uint16_t bytes_load16(const void *p)
{
    const uint8_t *b = p;
    return (uint16_t)(b[0] | b[1] << 8);
}

static inline void bytes_store64(void *p, uint64_t x)
{
    x = bytes_le64(x);
    memcpy(p, &x, sizeof x);
}

static inline void bytes_store32(void *p, uint32_t x)
{
    if (GAZ_BIG_ENDIAN)
        x = (uint32_t)(bytes_swap64(x) >> 32);
    memcpy(p, &x, sizeof x);
}

static inline void bytes_store16(void *p, uint16_t x)
{
    uint8_t *b = p;
    b[0] = (uint8_t)x;
    b[1] = (uint8_t)(x >> 8);
}

static inline uint64_t bits_rotl(uint64_t x, unsigned r)
{
    return x << r | x >> (64 - r);
}

/* x must not be 0. */
static inline unsigned bits_ctz(uint64_t x)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(x);
#else
    unsigned n = 0;
    while ((x & 1) == 0) {
        x >>= 1;
        n++;
    }
    return n;
#endif
}

/* The bits up to the highest that is set.  x must not be 0. */
static inline unsigned bits_width(uint64_t x)
{
#if defined(__GNUC__)
    return 64 - (unsigned)__builtin_clzll(x);
#else
    unsigned n = 0;
    for (; x != 0; x >>= 1)
        n++;
    return n;
#endif
}

static inline unsigned bits_count(uint64_t x)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_popcountll(x);
#else
    unsigned n = 0;
    for (; x != 0; x &= x - 1)
        n++;
    return n;
#endif
}

#endif
