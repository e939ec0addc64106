/* Which names become entries of the lexicon, and why the others do not. */
#ifndef GAZ_BUILD_SELECT_H
#define GAZ_BUILD_SELECT_H

#include "build/count.h"
#include "model/lexicon.h"

struct select_options {
    enum policy_case corpus_case; /* policy of names from corpora */
    enum policy_case list_case;   /* of list names that set none */
    bool corpus_plural;
    bool list_plural;
    uint32_t min_count; /* annotated; 0 and 1 keep all */
    /* Keep a name of the corpora when (n + a p0) / (N + a) >= min_purity,
     * where a is smoothing and p0 = sum n / sum N over all names of one
     * token, or over all of several. With a = 0 it is n / N. */
    double min_purity;
    double smoothing;
};

enum select_why {
    SELECT_KEPT,
    SELECT_RARE,    /* below min_count */
    SELECT_IMPURE,  /* below min_purity */
    SELECT_NO_WORD, /* no token that can be matched: invalid UTF-8 */
    SELECT_AGAIN    /* a list line that repeats another */
};

/* A name with all that is known of it. Labels are ids of the store, by
 * falling count; labels[0] need not be the one used. */
struct candidate {
    struct slice surface;
    struct slice id;
    struct slice need;
    struct slice deny;
    struct count_label *labels;
    uint32_t label_count;
    uint32_t label; /* the one that is used */
    uint32_t annotated;
    uint32_t occurrences;
    double purity; /* as compared with min_purity; 1 for list names */
    enum policy_case policy;
    bool plural;
    bool from_list;
    int priority;
    const uint32_t *sources; /* ids of the store */
    uint32_t source_count;
    uint32_t line; /* of a list name in sources[0], else 0 */
    enum select_why why;
};

struct selection {
    const struct alloc *alloc;
    struct arena arena;
    struct candidate *items; /* sorted by surface, bytewise */
    size_t count, capacity;
    size_t kept;
};

/* counts and store must outlive the selection. */
enum status select_names(const struct store *store,
                         const struct counts *counts,
                         const struct select_options *options,
                         struct selection *out, struct err *e);
void selection_free(struct selection *s); /* zeroed is fine */

/* "kept", "rare", ... for the report. */
const char *select_reason(enum select_why why);

#endif
