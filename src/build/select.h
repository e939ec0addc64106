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
    /* Keep a name of the corpora when (n + a p0 + w) / (N + a + w) >=
     * min_purity, where a is smoothing, p0 = sum n / sum N over all names of
     * one token, or over all of several, and w is `prior` for a name that
     * stands in the prior list, else 0. With a = w = 0 it is n / N. */
    double min_purity;
    double smoothing;
    double prior; /* w: mentions that a name of the prior list has beforehand */
    /* Leave out a spelling of a kept name that the corpora hold this often
     * and never annotated ('grids' beside 'grid'); 0: leave out none. */
    uint32_t min_veto;
};

enum select_why {
    SELECT_KEPT,
    SELECT_RARE,    /* below min_count */
    SELECT_IMPURE,  /* below min_purity */
    SELECT_NO_WORD, /* no token that can be matched: invalid UTF-8 */
    SELECT_AGAIN,   /* a list line that repeats another */
    SELECT_VETO     /* a spelling that is never annotated, or a list's '-':
                       an entry that keeps others from matching */
};

/* A name with all that is known of it. Labels are ids of the store, by
 * falling count; labels[0] need not be the one used. */
struct candidate {
    struct slice surface;
    struct slice id;
    const struct slice *context; /* LIST_CONTEXT_COUNT of them, or NULL */
    const struct count_label *labels;
    const uint32_t *sources; /* ids of the store */
    double purity;           /* as compared with min_purity; 1 for list names */
    uint32_t label_count;    /* 0 for a list's veto */
    uint32_t label;          /* the one that is used */
    uint32_t annotated;
    uint32_t occurrences;
    uint32_t source_count;
    uint32_t line;  /* of a list name in sources[0], else 0 */
    uint32_t group; /* of the counts, when not from_list */
    int16_t priority;
    uint8_t policy; /* enum policy_case */
    uint8_t why;    /* enum select_why */
    bool plural;
    bool generic; /* kind=generic */
    bool no_version, no_short;
    bool derived; /* from a list name: 'APIs' from API */
    bool from_list;
};

struct selection {
    const struct alloc *alloc;
    struct arena arena;
    struct candidate *items; /* sorted by surface, bytewise */
    size_t count, capacity;
    size_t kept;
    size_t entries; /* the kept ones and the vetoes */
};

/* counts and store must outlive the selection; the store's names may be
 * dropped. */
enum status select_names(const struct store *store, const struct counts *counts,
                         const struct select_options *options,
                         struct selection *out, struct err *e);
void selection_free(struct selection *s); /* zeroed is fine */

/* Does this candidate become an entry of the lexicon? */
static inline bool select_is_entry(const struct candidate *c)
{
    return c->why == SELECT_KEPT || c->why == SELECT_VETO;
}

/* Does it count in some contexts only? */
static inline bool select_has_context(const struct candidate *c)
{
    return c->context != NULL;
}

/* Which of two entries with the same key is tried first (as qsort wants it):
 * vetoes, then by priority, then names that corpora tell of, then those with
 * a context, then the stricter policy, then the more frequent. 0 when none of
 * these differ. */
int select_rank(const struct candidate *a, const struct candidate *b);

/* "rare", "impure", ... for the report; "" for a kept name. */
const char *select_reason(enum select_why why);

#endif
