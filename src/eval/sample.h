/* What the bootstrap needs to remember: the counts of each sentence.
 *
 * Sentences without any mention are only counted: in a resample they weigh,
 * but add nothing. */
#ifndef GAZ_EVAL_SAMPLE_H
#define GAZ_EVAL_SAMPLE_H

#include <stdint.h>

#include "base/alloc.h"
#include "base/status.h"
#include "eval/mention.h"
#include "eval/tally.h"

/* One type's counts in one sentence. */
struct sample_item {
    uint32_t type;
    uint32_t correct;
    uint32_t found;
    uint32_t gold;
};

struct sample {
    struct sample_item *items;
    size_t count;
    size_t capacity;
    size_t *ends; /* by sentence: the end of its items */
    size_t end_count;
    size_t end_capacity;
    size_t empty; /* sentences without mentions */
};

/* A figure with its 95% percentile interval. */
struct interval {
    double low;
    double high;
};

struct sample_result {
    struct interval precision; /* micro */
    struct interval recall;
    struct interval f1;
    struct interval macro_f1;
    struct interval *type_f1; /* by type id, type_count of them; owned */
    size_t type_count;
};

void sample_free(struct sample *s, const struct alloc *alloc);

enum status sample_add(struct sample *s, const struct mentions *gold,
                       const struct mentions *found, const struct alloc *alloc,
                       struct err *e);

/* Are there two sentences, at least? Of one all resamples are the same, and
 * say nothing of what another would give. */
static inline bool sample_varies(const struct sample *s)
{
    return s->end_count + s->empty > 1;
}

/* Resample the sentences `rounds` times. type_count is the tally's. The
 * result's array is freed with sample_result_free. */
enum status sample_bootstrap(const struct sample *s, size_t type_count,
                             uint32_t rounds, uint64_t seed,
                             const struct alloc *alloc,
                             struct sample_result *out, struct err *e);
void sample_result_free(struct sample_result *r, const struct alloc *alloc);

/* Sort values (count > 0) and take the middle 95% of them. */
struct interval interval_of(double *values, size_t count);

/* ---- two taggers on the same sentences ---- */

struct paired_item {
    uint32_t gold;
    uint32_t correct[2];
    uint32_t found[2];
};

struct paired {
    struct paired_item *items;
    size_t count;
    size_t capacity;
    size_t empty;
};

struct paired_result {
    double difference;        /* F1 of the first less F1 of the second */
    bool varies;              /* of two sentences, at least, and then: */
    struct interval interval; /* of the difference */
    double p;                 /* two-sided */
};

void paired_free(struct paired *p, const struct alloc *alloc);
enum status paired_add(struct paired *p, struct paired_item item,
                       const struct alloc *alloc, struct err *e);
enum status paired_bootstrap(const struct paired *p, uint32_t rounds,
                             uint64_t seed, const struct alloc *alloc,
                             struct paired_result *out, struct err *e);

#endif
