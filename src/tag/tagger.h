/* Tagging: a scan of a text, or of a tokenised sentence. */
#ifndef GAZ_TAG_TAGGER_H
#define GAZ_TAG_TAGGER_H

#include "base/alloc.h"
#include "base/buf.h"
#include "base/span.h"
#include "model/lexicon.h"
#include "tag/level.h"
#include "tag/overlap.h"
#include "tag/rules.h"
#include "tag/tail.h"

struct tagger_options {
    bool inside;          /* also inside paths, URLs, mail, dotted names */
    bool hyphen_join;     /* a hyphen joins */
    bool generic;         /* also common nouns (kind=generic) */
    bool alone;           /* a document says nothing of its names */
    bool hidden;          /* for tag/layers.h: hand out what hides, too */
    enum overlap overlap; /* other than OVERLAP_LONGEST: every name is
                             found; it is for tag/layers.h to choose */
    enum tail_mode versions;
    enum simd_level simd; /* no better than this */
};

struct tagger;

/* The lexicon is borrowed. */
enum status tagger_create(const struct alloc *alloc,
                          const struct lexicon *lexicon,
                          const struct tagger_options *options,
                          struct tagger **out, struct err *e);
void tagger_free(struct tagger *t); /* NULL is fine */

/* The sentences that tagger_tokens is given from now on are of one document
 * (tag/document.h), until the next call; without, each is one. */
void tagger_begin(struct tagger *t);

/* The mentions in a text, a document, in order, without overlap, and what hides
 * (tag/hidden.h); offsets in bytes. They are the tagger's, good until its next
 * use. */
enum status tagger_text(struct tagger *t, struct slice text,
                        const struct span **spans, size_t *count,
                        struct err *e);

/* The mentions in a sentence of tokens; offsets in tokens. */
enum status tagger_tokens(struct tagger *t, const struct slice *tokens,
                          size_t token_count, const struct span **spans,
                          size_t *count, struct err *e);

/* What a scored lexicon says of each candidate of a text, appended to out;
 * nothing for another lexicon. */
struct places;
enum status tagger_explain(struct tagger *t, struct places *places,
                           struct buf *out, struct err *e);

/* What rules matched in the last text, whether it is a mention or not: *out is
 * the tagger's, good until its next use. */
struct settle_mention;
void tagger_matches(const struct tagger *t, const struct settle_mention **out,
                    size_t *count);

/* The text that tagger_tokens makes of tokens (text/join.h), the tagger's,
 * good until its next use; where each token begins and ends in it. */
enum status tagger_join(struct tagger *t, const struct slice *tokens,
                        size_t token_count, struct slice *text,
                        const size_t **starts, const size_t **ends,
                        struct err *e);

/* All zero where there are no rules. */
void tagger_rule_stats(const struct tagger *t, struct rules_stats *out);

/* The largest 0 < n <= text.len where the text can be cut without changing
 * what is found, or 0: in front of white space that follows a symbol after
 * which no name goes on, or between two newlines. */
size_t tagger_cut(const struct tagger *t, struct slice text);

#endif
