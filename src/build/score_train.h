/* Training: the likelihood of the annotated mentions among all sets of
 * candidates that do not overlap (a zero-order semi-Markov field), climbed by
 * AdaGrad a sentence at a time, in an order that is always the same. */
#ifndef GAZ_BUILD_SCORE_TRAIN_H
#define GAZ_BUILD_SCORE_TRAIN_H

#include "build/score_extract.h"

/* Weights by feature id: of shared features one, of rows one for each label,
 * of shares SCORE_SHARES for each slot. */
struct score_weights {
    const struct alloc *alloc;
    uint32_t labels;
    size_t shared_count, row_count; /* features */
    float *shared;
    float *rows;
    float *shares;
};

struct score_train_options {
    unsigned epochs;
    unsigned average;  /* of the weights after each of the last epochs */
    float rate, start; /* AdaGrad; start: first sum of squares */
    float share_rate, share_start; /* of shares, which are few and dense */
    float ridge;                   /* l2 */
    double margin; /* log-odds by which what is annotated must stand out */
    /* After each sentence; false ends the training with STATUS_CANCEL. */
    bool (*progress)(void *context, size_t done, size_t total);
    void *context;
};

enum status score_train(const struct score_set *set,
                        const struct score_train_options *options,
                        struct score_weights *out, struct err *e);
void score_weights_free(struct score_weights *w); /* zeroed is fine */

/* Forward and backward over the candidates of a sentence. */
struct score_lattice {
    const struct alloc *alloc;
    double *score;         /* by candidate, label; then the marginals */
    double *total;         /* by candidate: log of the sum over labels */
    double *front, *back;  /* by token boundary */
    uint32_t *ends, *next; /* candidates that end at a boundary */
    size_t score_capacity, total_capacity, front_capacity, back_capacity;
    size_t ends_capacity, next_capacity;
};

void score_lattice_init(struct score_lattice *l, const struct alloc *alloc);
void score_lattice_free(struct score_lattice *l);

/* Marginal probabilities l->score[candidate * labels + y] of the set's
 * i-th sentence. */
enum status score_marginals(struct score_lattice *l,
                            const struct score_weights *w,
                            const struct score_set *set, size_t i,
                            struct err *e);

#endif
