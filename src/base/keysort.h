/* Sorting of many things by their first bytes: what is compared most lies side
 * by side in memory, and its room comes from an allocator (qsort's does not).
 */
#ifndef GAZ_BASE_KEYSORT_H
#define GAZ_BASE_KEYSORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/slice.h"

struct keysort_key {
    uint64_t prefix; /* bytes 0 to 7 of what is sorted, big-endian */
    uint64_t second; /* bytes 8 to 15 */
    uint32_t item;
};

/* Which of two items with the same first 16 bytes comes first, as qsort wants
 * it. */
typedef int keysort_rest(const void *context, uint32_t a, uint32_t b);

/* The key of an item: in the order of slice_cmp where it differs. */
struct keysort_key keysort_key(struct slice s, uint32_t item);

/* A stable merge sort. False when memory is out: the keys are as they were. */
bool keysort(const struct alloc *alloc, struct keysort_key *keys, size_t n,
             keysort_rest *rest, const void *context);

#endif
