/* What tagger.c and tagger_lost.c share. */
#ifndef GAZ_TAG_TAGGER_STATE_H
#define GAZ_TAG_TAGGER_STATE_H

#include "tag/context.h"
#include "tag/document.h"
#include "tag/scan.h"
#include "tag/score_tag.h"
#include "tag/shorter.h"
#include "tag/tagger.h"

struct tagger {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    struct tagger_options options;
    struct scan *scan;
    struct context *context;
    struct document *document;
    struct shorter shorter;
    struct span *lost; /* found, but common nouns or out of context */
    size_t lost_count, lost_capacity;
    struct rules_run *rules; /* NULL: the lexicon has none */
    struct tail tail;
    struct span *spans;
    size_t span_capacity;
    struct buf text; /* of tokens */
    size_t *starts;  /* of tokens in text */
    size_t *ends;
    size_t start_capacity, end_capacity;
    size_t token_count;
    unsigned char *edges; /* by byte of text: EDGE_* */
    size_t edge_capacity;
    struct score_tag *score; /* NULL: not a scored lexicon */
    struct span *every;      /* with all that overlaps */
    size_t every_capacity;
};

/* Take the *count spans that the scanner found, less the common nouns that are
 * not wanted. */
enum status tagger_take_found(struct tagger *t, size_t *count, struct err *e);

/* Less those out of context. */
enum status tagger_keep_in_context(struct tagger *t, struct slice text,
                                   size_t *count, struct err *e);

/* The shorter names inside what was lost, where nothing else stands now. */
enum status tagger_fill_lost(struct tagger *t, struct slice text,
                             const struct scan_options *options, size_t *count,
                             struct err *e);

#endif
