/* Counts of correct, found and gold mentions, and what follows from them. */
#ifndef GAZ_EVAL_TALLY_H
#define GAZ_EVAL_TALLY_H

#include <stdint.h>

#include "base/alloc.h"
#include "base/status.h"
#include "eval/mention.h"

struct counts {
    uint64_t correct; /* found with the right tokens and type */
    uint64_t found;   /* predicted */
    uint64_t gold;    /* annotated: the support */
};

struct tally {
    struct counts *types; /* by type id; ids not seen are all zero */
    size_t type_count;    /* one more than the largest type id seen */
    size_t capacity;
    struct counts all;
    uint64_t tokens;
    uint64_t equal; /* tokens whose two tags are the same */
};

void tally_free(struct tally *t, const struct alloc *alloc);

/* Add a sentence's mentions (not its tokens). */
enum status tally_add(struct tally *t, const struct mentions *gold,
                      const struct mentions *found, const struct alloc *alloc,
                      struct err *e);

/* The types that were counted (gold or found), sorted bytewise by name, as
 * ids in *ids, *count of them, which the caller frees as an array of
 * t->type_count. */
enum status tally_types(const struct tally *t, const struct tagset *tagset,
                        const struct alloc *alloc, uint32_t **ids,
                        size_t *count, struct err *e);

/* Precision, recall and F1 as shares of 1; 0/0 is 0. */
struct prf {
    double precision;
    double recall;
    double f1;
};

struct prf prf_of(struct counts c);

/* The same in percent, by conlleval's order of operations: a figure that lies
 * between two roundings must fall on its side. */
struct prf prf_percent(struct counts c);

/* The harmonic mean, 0 for 0 and 0. */
double f1_of(double precision, double recall);

#endif
