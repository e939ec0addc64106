/* From marginals to mentions, and what a marginal is worth. */
#ifndef GAZ_BUILD_SCORE_CALIBRATE_H
#define GAZ_BUILD_SCORE_CALIBRATE_H

#include "build/score_fit.h"

struct score_decoder {
    struct score_lattice lattice;
    double *best;    /* by token boundary */
    uint32_t *taken; /* by token boundary: 1 + the candidate that ends there */
    struct score_found *found;
    size_t count; /* of found, by start */
    size_t best_capacity, taken_capacity, found_capacity;
};

void score_decoder_init(struct score_decoder *d, const struct alloc *alloc);
void score_decoder_free(struct score_decoder *d);

/* The candidates without overlap for which the sum of (the best label's
 * marginal - threshold) is largest, of the set's i-th sentence. */
enum status score_decode(struct score_decoder *d, const struct score_weights *w,
                         const struct score_set *set, size_t i,
                         double threshold, struct err *e);

/* Mentions found in held-out sentences, right or wrong. */
struct score_judged {
    double p;
    bool correct;
    bool odd; /* sentence: one half calibrates the other */
};

struct score_sample {
    const struct store *store;
    struct score_judged *items;
    size_t count, capacity;
};

/* A score_found_fn; context is the sample. */
enum status score_sample_add(void *context, size_t sentence,
                             const struct score_found *found, size_t count,
                             struct err *e);
void score_sample_free(struct score_sample *s);

/* Fit to the sample; bins and error are of each half under the other's fit. */
void score_calibrate(const struct score_sample *sample,
                     struct score_calibration *out);

/* Values as they are. */
void score_calibration_none(struct score_calibration *out);

/* The calibrated probability of a raw one. */
double score_calibrated(const struct score_calibration *c, double p);

#endif
