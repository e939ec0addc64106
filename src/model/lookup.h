/* Searching the slots.  The generic version; SIMD levels have their own. */
#ifndef GAZ_MODEL_LOOKUP_H
#define GAZ_MODEL_LOOKUP_H

#include "model/index.h"

/* The slot's lower half (record offset / 4 and kind) of the first slot with
   the prefix's tag; false if there is none. */
static inline bool index_find_at(const struct index *ix, struct place at,
                                 uint32_t *out)
{
    const uint64_t *b = ix->slots + at.bucket * BUCKET_SLOTS;
    for (unsigned k = 0; k < BUCKETS_MAX; k++, b += BUCKET_SLOTS) {
        unsigned found = 0;
        for (unsigned i = 0; i < BUCKET_SLOTS; i++)
            found |= (unsigned)((uint32_t)(bytes_le64(b[i]) >> 32) == at.tag)
                     << i;
        if (found != 0) {
            uint64_t slot = bytes_le64(b[bits_ctz(found)]);
            *out = (uint32_t)slot;
            return slot != 0;
        }
        if (b[BUCKET_SLOTS - 1] == 0)
            return false;
    }
    return false;
}

static inline bool index_find(const struct index *ix, uint64_t prefix,
                              uint32_t *out)
{
    return index_find_at(ix, index_place(prefix, ix->salt, ix->buckets), out);
}

static inline void index_prefetch(const struct index *ix, struct place at)
{
    GAZ_PREFETCH(ix->slots + at.bucket * BUCKET_SLOTS);
}

#endif
