/* Hints: names of a prior list, as the trainer of a scored lexicon sees them.
 * What a hint is worth is learned from the corpora. */
#ifndef GAZ_BUILD_SCORE_HINT_H
#define GAZ_BUILD_SCORE_HINT_H

#include "base/hashmap.h"
#include "build/store.h"

struct score_hints {
    const struct alloc *alloc;
    struct hashmap keys; /* folded key of a name -> id */
    uint32_t *label;     /* by id: of the store; their number for others */
    size_t label_capacity;
    struct hashmap words; /* fold of one of several tokens -> id */
    uint8_t *lengths;     /* by id: bit k > 0: names of k + 1 tokens begin so;
                             bit 0: it stands further back in some */
    size_t length_capacity;
};

/* The names of the store's hints that are one sentence of up to
 * SCORE_SPAN_MAX tokens; the first label of a name counts. */
enum status score_hints_init(struct score_hints *h, const struct store *store,
                             uint32_t labels, struct err *e);
void score_hints_free(struct score_hints *h); /* zeroed is fine */

#endif
