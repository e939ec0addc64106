/* The corpora as the scored lexicon sees them: forms of words, and where in
 * the sentences the keys of annotated names occur.
 *
 * A key is that of a mention of up to SCORE_SPAN_MAX tokens in one of the
 * families (model/score_key.h); a hit is a place where some key occurs,
 * annotated or not. Which of the sentences are counted is not settled here:
 * keys and hits are the same for all folds. */
#ifndef GAZ_BUILD_SCORE_CORPUS_H
#define GAZ_BUILD_SCORE_CORPUS_H

#include "base/hashmap.h"
#include "build/score_hint.h"
#include "build/store.h"
#include "model/score_key.h"

struct score_word {
    struct wordform form;
    uint32_t fold; /* dense id of form.fold; HASHMAP_NONE beyond the ends */
};

struct score_hit {
    uint32_t key;    /* id in keys[family], or of a hint */
    uint32_t first;  /* token of the sentence */
    uint16_t count;  /* tokens */
    uint16_t family; /* or SCORE_HINTS */
};

struct score_corpus {
    const struct store *store;
    struct score_word *words; /* by id in store->words */
    struct score_word start, end;
    struct hashmap folds;
    struct hashmap keys[SCORE_FAMILIES];
    struct score_hints hints;
    struct score_hit *hits; /* by sentence, first, count, family */
    size_t hit_count, hit_capacity;
    size_t *first_hit; /* by sentence, and one more */
    uint32_t labels;   /* ids of the store below this */
};

enum status score_corpus_init(struct score_corpus *c, const struct store *store,
                              struct err *e);
void score_corpus_free(struct score_corpus *c); /* zeroed is fine */

/* Token i of a sentence, which may lie up to two beyond either end. */
static inline const struct score_word *
score_corpus_word(const struct score_corpus *c, const struct store_sentence *s,
                  int64_t i)
{
    if (i < 0) {
        return &c->start;
    }
    return i >= s->token_count
               ? &c->end
               : &c->words[c->store->tokens[s->first_token + (size_t)i]];
}

#endif
