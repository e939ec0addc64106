/* Writing a fitted model as a section SCOR (model/score.h). */
#ifndef GAZ_BUILD_SCORE_WRITE_H
#define GAZ_BUILD_SCORE_WRITE_H

#include "base/buf.h"
#include "build/score_fit.h"
#include "model/score.h"

/* What the rest of the lexicon calls the model's labels and names. */
struct score_names {
    const uint32_t *labels;                  /* by label of the store */
    const uint32_t *entries[SCORE_FAMILIES]; /* by key; UINT32_MAX: none */
    double threshold;
};

/* Append the section to out, which must be empty. */
enum status score_write(const struct score_model *m,
                        const struct score_names *names, struct buf *out,
                        struct err *e);

#endif
