/* What the fuzz targets share. */
#ifndef GAZ_TESTS_FUZZ_H
#define GAZ_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_CHECK(condition)                                                  \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__,         \
                    #condition);                                               \
            abort();                                                           \
        }                                                                      \
    } while (0)

/* A block of exactly that size, so that a sanitizer sees its end. */
static inline void *fuzz_copy(const void *data, size_t size)
{
    void *p = malloc(size > 0 ? size : 1);
    if (p != NULL && size > 0) {
        memcpy(p, data, size);
    }
    return p;
}

#endif
