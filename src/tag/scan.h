/* Finding the names of an index in a text: leftmost-longest, whole words. */
#ifndef GAZ_TAG_SCAN_H
#define GAZ_TAG_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/span.h"
#include "base/status.h"
#include "model/index.h"
#include "tag/level.h"

struct scan_options {
    bool tokens;      /* no boundary rules: the caller's tokens count */
    bool inside;      /* find inside paths, URLs, addresses, dotted names */
    bool join_hyphen; /* 'Go' is not in 'Go-based' */
    bool every;       /* every name at every start: spans overlap, those of a
                         start from the longest on, a place perhaps twice */
    size_t before;    /* not 0: only names that begin before this byte */
    /* A match is taken only if this is NULL or says so; must not depend on
       the order of calls. */
    bool (*accept)(void *ctx, size_t start, size_t end);
    void *accept_ctx;
};

struct scan_stats {
    uint64_t words, candidates, lookups, verified, steps;
};

/* One for each thread; the index is shared and must live longer. */
struct scan;

enum status scan_create(const struct alloc *al, const struct index *ix,
                        enum simd_level level, struct scan **out);
void scan_free(struct scan *sc);

/* Tags a text of len bytes (any bytes).  *spans are the scanner's, valid
   until its next call; ordered, without overlap.  Allocates only when there
   are more spans than in any call before. */
enum status scan_text(struct scan *sc, const uint8_t *text, size_t len,
                      const struct scan_options *opt, const struct span **spans,
                      size_t *n);

/* Gives away the spans of the last call, and takes other room for the next:
   both of the scanner's allocator, *room in spans. */
void scan_swap(struct scan *sc, struct span **spans, size_t *room);

const char *scan_level(const struct scan *sc);
const struct scan_stats *scan_stats(const struct scan *sc);

#endif
