/* Weights of a fitted model by what they are of, and the small tables that
 * hold all weights of features with few values. */
#ifndef GAZ_BUILD_SCORE_DENSE_H
#define GAZ_BUILD_SCORE_DENSE_H

#include "base/buf.h"
#include "build/score_fit.h"
#include "model/score.h"

struct score_values {
    const struct score_model *m;
    uint32_t labels, stride;
};

void score_values_init(struct score_values *v, const struct score_model *m);

/* In units of the file, no more than 16 bits. */
int16_t score_quantise(double value);

/* The weight of a shared feature, 0 when it has none. */
double score_value(const struct score_values *v, enum score_shared what,
                   uint64_t a, uint64_t b, uint64_t c);

/* Add a row's weights to row[0 .. labels). */
void score_add_row(const struct score_values *v, enum score_row what,
                   uint64_t a, uint64_t b, double *row);

/* The weight of a label's share. */
double score_share_value(const struct score_values *v, unsigned slot,
                         unsigned share);

/* Append the part SCORE_PART_DENSE. */
void score_dense_write(const struct score_values *v, struct buf *out);

#endif
