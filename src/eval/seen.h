/* Seen and unseen: how much of a test set a list of the training mentions
 * can know. Surfaces are compared folded, tokens joined by one space. */
#ifndef GAZ_EVAL_SEEN_H
#define GAZ_EVAL_SEEN_H

#include <stdint.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/slice.h"
#include "base/status.h"
#include "eval/feed.h"
#include "eval/tally.h"

/* What is known of a surface, as bits. */
enum {
    SEEN_KNOWN = 1,     /* it is in there, with whatever types */
    SEEN_AMBIGUOUS = 2, /* with two types or more */
    SEEN_TYPED = 4,     /* with the type asked for */
    SEEN_MAJORITY = 8   /* which is its most frequent one */
};

/* A knower of surfaces: a training corpus (train_seen) or a lexicon. */
typedef unsigned (*seen_fn)(void *context, const struct slice *tokens,
                            size_t count, struct slice type);

enum seen_class { CLASS_SEEN, CLASS_AMBIGUOUS, CLASS_UNSEEN, CLASS_COUNT };

extern const char *const seen_names[CLASS_COUNT];

struct seen {
    /* Mentions by what is known of their own surface: gold and correct by the
     * gold mention, found by the prediction. */
    struct counts by[CLASS_COUNT];
    uint64_t typed;    /* gold mentions that are SEEN_TYPED */
    uint64_t majority; /* gold mentions that are SEEN_MAJORITY */
    uint64_t gold;
    uint64_t sentences;   /* of the test set */
    uint64_t shared;      /* of these, those that stand in training, too */
    uint64_t shared_long; /* of these, those of SEEN_LONG tokens or more */
};

enum { SEEN_LONG = 5 };

/* The F1 of an oracle that tags exactly the gold mentions whose surface
 * occurs in training with their type (with `majority`: as their surface's
 * most frequent type, which is all that a list of one type a surface can
 * give). It makes no false prediction, so P is 1, R is the share of such
 * mentions, and F1 = 2R / (1 + R): what memorising alone can reach. */
double seen_ceiling(const struct seen *s, bool majority);

/* Append the folded form of one token to out. */
typedef void (*seen_fold_fn)(struct slice token, struct buf *out);

/* Folds ASCII letters only. */
void surface_fold_ascii(struct slice token, struct buf *out);

/* ---- a training corpus ---- */

struct train;

/* NULL when memory is out. */
struct train *train_create(const struct alloc *alloc, seen_fold_fn fold);
void train_free(struct train *t); /* NULL is fine */

/* Add a sentence; of its tags only the gold ones are looked at. Has the form
 * of a feed_use_fn, with the train as context. */
enum status train_add(void *train, const struct feed_sentence *s,
                      struct err *e);

/* A seen_fn, with the train as context. */
unsigned train_seen(void *train, const struct slice *tokens, size_t count,
                    struct slice type);

/* Was a sentence of these very tokens added? */
bool train_has_sentence(struct train *t, const struct slice *tokens,
                        size_t count);

/* Did memory run out in train_seen, which then knew nothing? */
bool train_failed(const struct train *t);

#endif
