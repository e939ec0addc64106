/* Explicit little-endian loads and stores at any alignment. On little-endian
 * machines compilers make one instruction of each. */
#ifndef GAZ_BASE_ENDIAN_H
#define GAZ_BASE_ENDIAN_H

#include <stdint.h>

static inline uint16_t le16_load(const void *p)
{
    const unsigned char *b = p;
    return (uint16_t)(b[0] | (unsigned)b[1] << 8);
}

static inline uint32_t le32_load(const void *p)
{
    const unsigned char *b = p;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
           (uint32_t)b[3] << 24;
}

static inline uint64_t le64_load(const void *p)
{
    const unsigned char *b = p;
    return (uint64_t)le32_load(b) | (uint64_t)le32_load(b + 4) << 32;
}

static inline void le16_store(void *p, uint16_t v)
{
    unsigned char *b = p;
    b[0] = (unsigned char)v;
    b[1] = (unsigned char)(v >> 8);
}

static inline void le32_store(void *p, uint32_t v)
{
    unsigned char *b = p;
    b[0] = (unsigned char)v;
    b[1] = (unsigned char)(v >> 8);
    b[2] = (unsigned char)(v >> 16);
    b[3] = (unsigned char)(v >> 24);
}

static inline void le64_store(void *p, uint64_t v)
{
    unsigned char *b = p;
    le32_store(b, (uint32_t)v);
    le32_store(b + 4, (uint32_t)(v >> 32));
}

#endif
