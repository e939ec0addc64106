/* Two taggers on the same gold: who is better, by how much, how surely, and
 * which mentions only one of them gets. */
#ifndef GAZ_EVAL_COMPARE_H
#define GAZ_EVAL_COMPARE_H

#include "base/buf.h"
#include "eval/sample.h"
#include "eval/scorer.h"

/* What becomes of a gold mention. */
enum compare_fate {
    FATE_BOTH,
    FATE_FIRST, /* only the first tagger gets it */
    FATE_SECOND,
    FATE_NEITHER,
    FATE_COUNT
};

struct compare {
    const struct alloc *alloc;
    struct scorer *scorers[2];
    struct paired paired;
    uint64_t fates[FATE_COUNT];
    uint64_t (*by_type)[FATE_COUNT]; /* by type id of scorers[0] */
    size_t type_count;
    size_t type_capacity;
    struct slice names[2];
    /* The mentions that only one gets: a header line, then a line each. */
    struct buf list;
};

/* names are shown in reports and must outlive *c. */
enum status compare_init(struct compare *c, struct slice first,
                         struct slice second, bool raw,
                         const struct alloc *alloc, struct err *e);
void compare_free(struct compare *c);

/* A feed_use_fn for sentences of two taggers, with the compare as context. */
enum status compare_add(void *compare, const struct feed_sentence *s,
                        struct err *e);

/* The report for people, or as JSON; result is that of paired_bootstrap. */
enum status compare_report(const struct compare *c,
                           const struct paired_result *result, uint32_t rounds,
                           uint64_t seed, bool json, struct buf *out,
                           struct err *e);

#endif
