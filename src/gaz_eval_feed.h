/* Shared by the parts of the facade that score: public inputs as a feed. */
#ifndef GAZ_EVAL_FEED_PUBLIC_H
#define GAZ_EVAL_FEED_PUBLIC_H

#include "eval/feed.h"
#include "gaz.h"

/* A public predict function behind the core's: a feed_tag_fn, with a
 * facade_call as context. */
struct facade_call {
    gaz_predict_fn predict;
    void *context;
};

enum status facade_tag(void *call, const struct slice *tokens, size_t count,
                       struct slice *tags, struct err *e);

/* predictions NULL: the gold alone. On failure *input is as in feed.h. */
enum status facade_feed(const gaz_eval_input *gold,
                        const gaz_eval_input *const *predictions,
                        size_t prediction_count, feed_use_fn use, void *context,
                        const struct alloc *alloc, size_t *input,
                        struct err *e);

#endif
