/* The scorer: sentences go in, counts of every kind that was asked for come
 * out. Memory grows with the types met, not with the sentences, but for the
 * bootstrap, which keeps the counts of each sentence that has a mention. */
#ifndef GAZ_EVAL_SCORER_H
#define GAZ_EVAL_SCORER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/status.h"
#include "base/strmap.h"
#include "eval/align.h"
#include "eval/feed.h"
#include "eval/mention.h"
#include "eval/nerval.h"
#include "eval/sample.h"
#include "eval/seen.h"
#include "eval/tagset.h"
#include "eval/tally.h"

/* What to count, as bits. */
enum {
    PART_MENTIONS = 1,  /* precision, recall and F1 by READ_ALL */
    PART_CONLLEVAL = 2, /* as the Perl scorer */
    PART_SEQEVAL = 4,   /* as seqeval's default mode */
    PART_STRICT = 8,    /* as seqeval's strict mode */
    PART_NERVAL = 16,   /* as nervaluate */
    PART_ALIGN = 32,    /* kinds of errors and the confusion matrix */
    PART_BOOTSTRAP = 64 /* the sample for intervals */
};

/* The scheme of strict mode. AUTO: IOBES or BILOU when a tag of theirs alone
 * (E S or L U) is met anywhere, else IOB2. */
enum strict_scheme { STRICT_AUTO, STRICT_IOB2, STRICT_IOBES, STRICT_BILOU };

extern const char *const strict_names[]; /* by strict_scheme */

struct scorer;

/* Called for each sentence with its pairs when PART_ALIGN is on. */
typedef enum status (*scorer_pairs_fn)(void *context,
                                       const struct scorer *scorer,
                                       const struct feed_sentence *s,
                                       const struct align *pairs,
                                       struct err *e);

/* All zero counts nothing. */
struct scorer_options {
    unsigned parts;
    enum strict_scheme strict;
    bool raw;      /* tags are bare types (conlleval -r) */
    size_t tagger; /* whose tags of a feed_sentence are scored */
    seen_fn known; /* for the seen/unseen split, or NULL */
    void *known_context;
    struct train *train; /* for shared sentences, or NULL */
    scorer_pairs_fn pairs;
    void *pairs_context;
};

#define CONFUSION_NONE UINT32_MAX /* as a type id: no mention there */

/* Read only outside scorer.c. */
struct scorer {
    const struct alloc *alloc;
    struct scorer_options options;
    struct tagset tagset;
    uint64_t sentences;
    uint64_t tokens;
    struct tally tallies[READ_COUNT];
    struct nerval nerval;
    uint64_t kinds[ALIGN_COUNT];
    struct strmap *cells; /* confusion: two type ids (gold, found) */
    uint64_t *cell_counts;
    size_t cell_capacity;
    struct sample sample;
    struct seen seen;
    /* Of the sentence that was added last, by READ_ALL: */
    struct mentions gold;
    struct mentions found;
    /* Scratch: */
    uint32_t *tags[2];
    size_t tag_capacity[2];
    struct mentions other[2];
    struct align align;
};

enum status scorer_create(const struct scorer_options *options,
                          const struct alloc *alloc, struct scorer **out,
                          struct err *e);
void scorer_free(struct scorer *s); /* NULL is fine */

/* Has the form of a feed_use_fn, with the scorer as context. */
enum status scorer_add(void *scorer, const struct feed_sentence *sentence,
                       struct err *e);

/* The scheme strict mode has found or was given; STATUS_SYNTAX when tags of
 * several schemes are mixed. */
enum status scorer_strict(const struct scorer *s, enum strict_scheme *out,
                          struct err *e);

/* The tally of a strict scheme. */
const struct tally *scorer_strict_tally(const struct scorer *s,
                                        enum strict_scheme scheme);

/* The confusion matrix: how often the gold type `gold` was found as `found`;
 * CONFUSION_NONE as gold counts the spurious, as found the missed. */
uint64_t scorer_confusion(const struct scorer *s, uint32_t gold,
                          uint32_t found);

/* What is known of a mention of a sentence, and the class that makes it. */
enum seen_class seen_class_of(unsigned bits);

#endif
