/* What the fuzz targets share. */
#ifndef GAZ_TESTS_FUZZ_H
#define GAZ_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gaz.h"

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

/* Tokens of a text: what is between blanks and line ends, at most max of them;
 * how many. */
static inline size_t fuzz_tokens(const char *text, size_t len, gaz_token *out,
                                 size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < len && n < max; n++) {
        size_t end = i;
        while (end < len && text[end] != ' ' && text[end] != '\n') {
            end++;
        }
        out[n] = (gaz_token){text + i, end - i};
        i = end + 1;
    }
    return n;
}

/* The spans are in order, none is empty, and they end within len. */
static inline void fuzz_check_spans(const gaz_span *spans, size_t count,
                                    size_t len)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        FUZZ_CHECK(spans[i].start >= at && spans[i].start < spans[i].end &&
                   spans[i].end <= len);
        at = spans[i].end;
    }
}

#endif
