/* Mentions found by patterns (model/lexicon_rules.h), beside those of the
 * lexicon.
 *
 * A rule is tried at the word starts that pass the prefilter, or where its
 * trigger word stands and at up to 4 words before it, or where a mention of
 * the label begins that it leads with. It sees up to PATTERN_WINDOW bytes
 * from there on, but not over an empty line nor over a symbol that white
 * space follows (a closing parenthesis aside), so that a text can be cut
 * there (tagger_cut). A rule that gives up for its limits RULES_PATIENCE
 * times in a text is not tried again in it.
 *
 * Which mentions stay, of the lexicon's and of rules': the higher priority
 * (the lexicon's is 0), then the leftmost, then the longest, then the
 * lexicon's (unless its own context would have to be asked), then the
 * earlier rule. */
#ifndef GAZ_TAG_RULES_H
#define GAZ_TAG_RULES_H

#include "base/alloc.h"
#include "base/span.h"
#include "model/lexicon.h"
#include "tag/level.h"

enum { RULES_PATIENCE = 64, RULES_WORDS_BACK = 4, RULES_BYTES_BACK = 96 };

struct rules;     /* compiled; immutable, shared by threads */
struct rules_run; /* the scratch of one thread */

/* Compile the rules of a lexicon, which must live longer. *out is NULL where
 * it has none. */
enum status rules_create(const struct alloc *alloc,
                         const struct lexicon *lexicon, struct rules **out,
                         struct err *e);
void rules_free(struct rules *r); /* NULL is fine */

/* NULL when memory is out. */
struct rules_run *rules_run_create(const struct alloc *alloc,
                                   const struct rules *rules,
                                   enum simd_level simd);
void rules_run_free(struct rules_run *run); /* NULL is fine */

/* May a mention lie at bytes start .. end - 1 of the text? */
typedef bool (*rules_place)(void *context, struct slice text, size_t start,
                            size_t end);

/* The spans given (the lexicon's, in order) together with those of rules:
 * *out is run's, good until its next use, or `spans` itself where no rule
 * matches. The entry of a rule's span is the number of entries plus the
 * number of the rule. */
enum status rules_apply(struct rules_run *run, struct slice text,
                        rules_place place, void *context,
                        const struct span *spans, size_t span_count,
                        const struct span **out, size_t *count, struct err *e);

/* What the rules matched in the last text, whether it stays or not; run's,
 * good until its next use. */
struct settle_mention;
const struct settle_mention *rules_matches(const struct rules_run *run,
                                           size_t *count);

struct rules_stats {
    uint64_t tries;   /* of patterns */
    uint64_t limits;  /* tries that gave up */
    uint32_t limited; /* the first rule that did; LEXICON_NONE: none */
};

/* Since rules_run_create. */
void rules_run_stats(const struct rules_run *run, struct rules_stats *out);

#endif
