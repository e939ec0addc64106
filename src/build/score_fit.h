/* Fitting a scored lexicon: counts, features, weights, and what its
 * probabilities are worth. */
#ifndef GAZ_BUILD_SCORE_FIT_H
#define GAZ_BUILD_SCORE_FIT_H

#include "build/score_train.h"

enum { SCORE_RELIABILITY_BINS = 10 };

/* One bin of the reliability table, of held-out spans. */
struct score_reliability {
    uint32_t count;
    uint32_t correct;
    double sum; /* of the probabilities given out */
};

/* Raw probability -> calibrated, rising, straight between the knots. */
struct score_calibration {
    double value[SCORE_RELIABILITY_BINS + 1]; /* at 0, .1, ..., 1 */
    struct score_reliability bins[SCORE_RELIABILITY_BINS];
    double error; /* expected calibration error, on the other half */
    uint32_t spans;
};

struct score_model {
    struct score_corpus corpus;
    struct score_counts counts;
    struct score_set set;
    struct score_weights weights;
    struct score_calibration calibration;
};

/* done and total are of all steps together; step is a static string. False
 * stops with STATUS_CANCEL. */
typedef bool (*score_progress)(void *context, const char *step, size_t done,
                               size_t total);

struct score_fit_options {
    double threshold; /* spans below are no mentions */
    double prior;     /* what is learned of hints is taken so many times */
    bool calibrate;
    score_progress progress; /* may be NULL */
    void *context;
};

/* Fit to all sentences of the store, which must hold mentions and outlive
 * the model. */
enum status score_fit(const struct store *store,
                      const struct score_fit_options *options,
                      struct score_model *out, struct err *e);
void score_model_free(struct score_model *m); /* zeroed is fine */

/* A mention as the model finds it. */
struct score_found {
    uint32_t start, end; /* tokens */
    uint32_t label;
    double p; /* raw marginal */
};

/* Is given the sentences that are held out, in order, with the mentions found
 * in them. */
typedef enum status (*score_found_fn)(void *context, size_t sentence,
                                      const struct score_found *found,
                                      size_t count, struct err *e);

#endif
