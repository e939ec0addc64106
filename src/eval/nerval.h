/* nervaluate's counting: a prediction uses up at most one gold mention, and
 * four schemes judge the pair. */
#ifndef GAZ_EVAL_NERVAL_H
#define GAZ_EVAL_NERVAL_H

#include <stdint.h>

#include "eval/mention.h"
#include "eval/tally.h"

enum nerval_scheme {
    NERVAL_STRICT,
    NERVAL_EXACT,
    NERVAL_PARTIAL,
    NERVAL_ENT_TYPE,
    NERVAL_COUNT
};

extern const char *const nerval_names[NERVAL_COUNT];

struct nerval_counts {
    uint64_t correct;
    uint64_t incorrect;
    uint64_t partial;
    uint64_t missed;
    uint64_t spurious;
};

struct nerval {
    struct nerval_counts by[NERVAL_COUNT];
};

/* Add a sentence, which is evaluated alone. */
void nerval_add(struct nerval *n, const struct mentions *gold,
                const struct mentions *found);

uint64_t nerval_possible(struct nerval_counts c);
uint64_t nerval_actual(struct nerval_counts c);

/* partial and ent_type give half credit for PAR. */
struct prf nerval_prf(enum nerval_scheme scheme, struct nerval_counts c);

#endif
