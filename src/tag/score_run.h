/* Tagging a sentence of tokens with a scored lexicon. */
#ifndef GAZ_TAG_SCORE_RUN_H
#define GAZ_TAG_SCORE_RUN_H

#include "base/alloc.h"
#include "base/span.h"
#include "model/score.h"

/* A longer sentence is scored in pieces of so many tokens. */
enum { SCORE_CHUNK = 1024 };

struct score_run;

/* score is borrowed. */
enum status score_run_create(const struct alloc *alloc,
                             const struct score *score, struct score_run **out,
                             struct err *e);
void score_run_free(struct score_run *r); /* NULL is fine */

/* The mentions in up to SCORE_CHUNK tokens: *spans is the run's, good until
 * its next use; start and end count tokens; score is the calibrated
 * probability; entry is SPAN_NO_ENTRY for a name that is no entry. Nothing
 * can fail: all memory was taken at the start. */
size_t score_run_tokens(struct score_run *r, const struct slice *tokens,
                        size_t count, const struct span **spans);

/* The same, with every candidate and what it weighs appended to out. */
struct buf;
struct lexicon;
struct places;
enum status score_run_explain(struct score_run *r,
                              const struct lexicon *lexicon,
                              const struct slice *tokens, size_t count,
                              struct places *places, struct buf *out,
                              struct err *e);

/* Is this span (of the tokens last run) a name that the corpora hold? */
bool score_run_known(const struct score_run *r, size_t start, size_t end);

#endif
