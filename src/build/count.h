/* What the corpora say of each name: how often it is annotated, with which
 * labels, and how often it occurs at all.
 *
 * Names are grouped by key (text/fold.h): 'Windows' and 'windows' are one
 * group when case is folded. Of a group,
 *
 *   annotated    mentions with this key, any label                     (n)
 *   occurrences  places where the tokens have this key, annotated or not,
 *                less those strictly inside a longer mention           (N)
 *
 * so that n <= N, and n / N is the purity of the name. */
#ifndef GAZ_BUILD_COUNT_H
#define GAZ_BUILD_COUNT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/strmap.h"
#include "build/store.h"

struct count_label {
    uint32_t label; /* id in the store */
    uint32_t count;
};

struct count_group {
    struct slice surface; /* the most frequent spelling; ties: bytewise */
    uint32_t annotated;
    uint32_t occurrences;
    uint32_t tokens;      /* of the corpus, in the first mention */
    uint32_t first_label; /* in counts->labels, by falling count, then id */
    uint32_t label_count;
    uint32_t first_source; /* in counts->sources, rising */
    uint32_t source_count;
};

/* A spelling of a group's key that occurs in the corpora but is never
 * annotated, such as 'grids' where only 'grid' is a mention. */
struct count_form {
    struct slice surface;
    uint32_t group;
    uint32_t occurrences;
};

struct counts {
    const struct alloc *alloc;
    unsigned folding;
    struct arena arena;
    struct strmap *keys; /* group ids */
    struct count_group *groups;
    size_t group_count, group_capacity;
    struct count_label *labels;
    size_t label_count, label_capacity;
    uint32_t *sources;
    size_t source_count, source_capacity;
    struct count_form *forms; /* sorted by surface */
    size_t form_count, form_capacity;
};

/* Count all mentions of the store under a folding. */
enum status count_mentions(const struct store *store, unsigned folding,
                           struct counts *out, struct err *e);
void counts_free(struct counts *c); /* zeroed is fine */

/* The text of a mention, appended to out. */
void count_surface(const struct store *store,
                   const struct store_sentence *sentence, uint32_t first,
                   uint32_t count, struct buf *out);

#endif
