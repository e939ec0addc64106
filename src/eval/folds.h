/* A corpus in memory, parted into folds for cross-validation. */
#ifndef GAZ_EVAL_FOLDS_H
#define GAZ_EVAL_FOLDS_H

#include <stdint.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/status.h"
#include "eval/feed.h"

struct folds_options {
    size_t folds; /* at least 2 */
    uint64_t seed;
    bool by_document; /* documents begin at a token '-DOCSTART-' */
};

struct folds_sentence {
    size_t from; /* bytes of the text */
    size_t unit; /* which is kept together: a sentence or a document */
};

struct folds {
    struct folds_options options;
    const struct alloc *alloc;
    struct buf text; /* "token TAB tag" lines; an empty line ends a sentence */
    struct folds_sentence *sentences;
    size_t count;
    size_t capacity;
    size_t units;
    uint32_t *fold_of; /* by unit, after folds_deal */
};

void folds_init(struct folds *f, const struct folds_options *options,
                const struct alloc *alloc);
void folds_free(struct folds *f);

/* A feed_use_fn, with the folds as context: add a sentence. */
enum status folds_add(void *folds, const struct feed_sentence *s,
                      struct err *e);

/* Deal the units to the folds at random, as evenly as can be. STATUS_OPTION
 * when there are fewer units than folds. */
enum status folds_deal(struct folds *f, struct err *e);

/* Append the sentences of a fold (inside) or all others to out. */
void folds_text(const struct folds *f, size_t fold, bool inside,
                struct buf *out);

#endif
