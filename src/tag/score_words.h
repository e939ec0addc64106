/* All that a scored lexicon knows of a word, summed up and kept: words come
 * again. A cache of a fixed number of words, by the hash of their bytes. */
#ifndef GAZ_TAG_SCORE_WORDS_H
#define GAZ_TAG_SCORE_WORDS_H

#include "base/alloc.h"
#include "tag/score_word.h"

struct score_words;

/* score and dense (its dense part in the machine's order) are borrowed. At
 * most `live` words are in use at a time. */
enum status score_words_create(const struct alloc *alloc,
                               const struct score *score, const int16_t *dense,
                               size_t live, struct score_words **out,
                               struct err *e);
void score_words_free(struct score_words *w); /* NULL is fine */

/* From here on words handed out before may go. */
void score_words_begin(struct score_words *w);

/* The words of up to `live` tokens, good until the next score_words_begin. */
void score_words_get(struct score_words *w, const struct slice *tokens,
                     size_t count, const struct score_word **out);

/* What stands beyond a sentence's ends; good for ever. */
const struct score_word *score_words_edge(const struct score_words *w,
                                          bool end);

#endif
