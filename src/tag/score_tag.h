/* Texts and sentences tagged with a scored lexicon, and what its lists find
 * joined in.
 *
 * What lists veto is never a mention. Of a list's mention L and the scored
 * ones:
 *   1. where L has a priority above 0, it stays and what overlaps it goes;
 *   2. else, where a scored one overlaps L, L goes;
 *   3. else, where the corpora hold the very name of L, they have decided
 *      that it is no mention here: L goes;
 *   4. else L stays. */
#ifndef GAZ_TAG_SCORE_TAG_H
#define GAZ_TAG_SCORE_TAG_H

#include "base/alloc.h"
#include "base/buf.h"
#include "base/span.h"
#include "model/lexicon.h"
#include "tag/tail.h"

struct score_tag;

/* The lexicon, which must be a scored one, is borrowed. */
enum status score_tag_create(const struct alloc *alloc,
                             const struct lexicon *lexicon,
                             struct score_tag **out, struct err *e);
void score_tag_free(struct score_tag *t); /* NULL is fine */

/* lists: what the index found, *count of them (offsets as wanted of the
 * result: bytes for a text, tokens for tokens). *spans are the score_tag's,
 * good until its next use. In a text the versions of all of them are found
 * here: the lists' spans come without. */
enum status score_tag_text(struct score_tag *t, struct slice text,
                           const struct tail *tail, const struct span *lists,
                           const struct span **spans, size_t *count,
                           struct err *e);
enum status score_tag_tokens(struct score_tag *t, const struct slice *tokens,
                             size_t token_count, const struct span *lists,
                             const struct span **spans, size_t *count,
                             struct err *e);

/* Every candidate of every sentence, and why it is a mention or not, appended
 * to out. */
struct places;
enum status score_tag_explain(struct score_tag *t, struct places *places,
                              struct buf *out, struct err *e);

#endif
