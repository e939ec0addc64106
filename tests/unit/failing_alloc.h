/* An allocator that counts, checks the sizes it is told, and fails the n-th
 * request on demand. */
#ifndef GAZ_TESTS_FAILING_ALLOC_H
#define GAZ_TESTS_FAILING_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

#include "gaz.h"

struct failing_alloc {
    size_t requests;  /* allocations and growths so far */
    size_t fail_from; /* the first request that fails, from 1; 0: none */
    size_t fail_to;   /* the last that fails */
    size_t blocks;    /* handed out and not freed */
    size_t bytes;
    bool wrong_size; /* old_size was not what was asked for */
};

/* An allocator over *state, which starts as all zeros. */
gaz_allocator failing_allocator(struct failing_alloc *state);

#endif
