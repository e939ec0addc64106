/* Searching the slots. */
#ifndef GAZ_MODEL_LOOKUP_H
#define GAZ_MODEL_LOOKUP_H

#include "model/index.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Which of a bucket's slots have the tag: a bit for each slot. */
static inline unsigned index_tags(const uint64_t *b, uint32_t tag)
{
#if defined(__SSE2__)
    const __m128i *p = (const __m128i *)(const void *)b;
    const __m128i want = _mm_set1_epi32((int)tag);
    /* the tags are the odd ones of 16 words of 32 bits */
    __m128i lo = _mm_packs_epi32(_mm_cmpeq_epi32(_mm_load_si128(p), want),
                                 _mm_cmpeq_epi32(_mm_load_si128(p + 1), want));
    __m128i hi = _mm_packs_epi32(_mm_cmpeq_epi32(_mm_load_si128(p + 2), want),
                                 _mm_cmpeq_epi32(_mm_load_si128(p + 3), want));
    return (unsigned)_mm_movemask_epi8(_mm_packs_epi16(lo, hi)) & 0xaaaa;
#else
    unsigned found = 0;
    for (unsigned i = 0; i < BUCKET_SLOTS; i++)
        found |= (unsigned)((uint32_t)(bytes_le64(b[i]) >> 32) == tag)
                 << (2 * i + 1);
    return found;
#endif
}

/* Of slots (an index's solos or slots) the lower half (record offset / 4 and
   kind) of the first one with the prefix's tag; false if there is none. */
static inline bool index_find_at(const uint64_t *slots, struct place at,
                                 uint32_t *out)
{
    *out = 0;
    const uint64_t *b = slots + (size_t)at.bucket * BUCKET_SLOTS;
    for (unsigned k = 0; k < BUCKETS_MAX; k++, b += BUCKET_SLOTS) {
        unsigned found = index_tags(b, at.tag);
        if (found != 0) {
            uint64_t slot = bytes_le64(b[bits_ctz(found) / 2]);
            *out = (uint32_t)slot;
            return slot != 0;
        }
        if (b[BUCKET_SLOTS - 1] == 0)
            return false;
    }
    return false;
}

/* The same, 0 for none, without a branch but for an overflow. */
static inline uint32_t index_slot_at(const uint64_t *slots, struct place at)
{
    const uint64_t *b = slots + (size_t)at.bucket * BUCKET_SLOTS;
    unsigned found = index_tags(b, at.tag);
    uint64_t last = bytes_le64(b[BUCKET_SLOTS - 1]);
    if (GAZ_UNLIKELY((found == 0) & (last != 0))) {
        uint32_t slot;
        return index_find_at(slots, at, &slot) ? slot : 0;
    }
    /* of a bucket that has it not, the last slot is empty */
    return (uint32_t)bytes_le64(b[bits_ctz(found | 0x8000) / 2]);
}

/* Of two tokens and more. */
static inline bool index_find(const struct index *ix, uint64_t prefix,
                              uint32_t *out)
{
    return index_find_at(ix->slots, index_place(prefix, ix->salt, ix->buckets),
                         out);
}

static inline bool index_find_solo(const struct index *ix, uint64_t token,
                                   uint32_t *out)
{
    return index_find_at(ix->solos,
                         index_place(token, ix->salt, ix->solo_buckets), out);
}

static inline void index_prefetch(const uint64_t *slots, struct place at)
{
    GAZ_PREFETCH(slots + (size_t)at.bucket * BUCKET_SLOTS);
}

#endif
