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

#if defined(__SANITIZE_ADDRESS__) || defined(GAZ_FUZZER)
#include <sanitizer/asan_interface.h>
#define FUZZ_POISON(p, n)   ASAN_POISON_MEMORY_REGION(p, n)
#define FUZZ_UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define FUZZ_POISON(p, n)   ((void)(p), (void)(n))
#define FUZZ_UNPOISON(p, n) ((void)(p), (void)(n))
#endif

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

/* Large blocks that were given back, for the next that asks for as much: under
 * a sanitizer fetching 5 MB anew for each tagger takes longer than tagging.
 * What lies there may not be touched. */
enum { FUZZ_LARGE = 1 << 17, FUZZ_KEPT = 32 };

struct fuzz_block {
    void *p;
    size_t size;
};

static inline void *fuzz_swap(struct fuzz_block *kept, void *p, size_t size)
{
    static unsigned last;
    for (unsigned i = 0; p == NULL && i < FUZZ_KEPT; i++) {
        if (kept[i].p != NULL && kept[i].size == size) {
            p = kept[i].p;
            kept[i].p = NULL;
            FUZZ_UNPOISON(p, size);
            return p;
        }
    }
    if (p == NULL) {
        return malloc(size);
    }
    FUZZ_POISON(p, size);
    void *old = kept[last].p;
    FUZZ_UNPOISON(old, old != NULL ? kept[last].size : 0);
    free(old);
    kept[last] = (struct fuzz_block){p, size};
    last = (last + 1) % FUZZ_KEPT;
    return NULL;
}

static inline void *fuzz_resize(void *context, void *p, size_t old_size,
                                size_t size)
{
    static struct fuzz_block kept[FUZZ_KEPT];
    (void)context;
    if (p == NULL && size >= FUZZ_LARGE) {
        return fuzz_swap(kept, NULL, size);
    }
    if (p != NULL && size == 0 && old_size >= FUZZ_LARGE) {
        return fuzz_swap(kept, p, old_size);
    }
    if (size == 0) {
        free(p);
        return NULL;
    }
    return realloc(p, size);
}

static const gaz_allocator fuzz_allocator = {fuzz_resize, NULL};

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
