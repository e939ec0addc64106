/* Which entries of the lexicon the keys of a fitted model stand for. */
#ifndef GAZ_BUILD_SCORE_NAMES_H
#define GAZ_BUILD_SCORE_NAMES_H

#include "build/count.h"
#include "build/score_corpus.h"
#include "build/select.h"

struct score_entries {
    const struct score_corpus *corpus;
    uint32_t *ids[SCORE_FAMILIES]; /* by key; UINT32_MAX: none */
};

/* The entry of a key is that of its first mention in the corpora; a name of
 * other numbers is not the same one, so SCORE_NUMBERS has none. */
enum status score_entries_init(struct score_entries *s,
                               const struct score_corpus *corpus,
                               const struct counts *counts,
                               const struct selection *selection,
                               struct err *e);
void score_entries_free(struct score_entries *s);

#endif
