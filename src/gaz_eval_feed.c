#include "gaz_eval_feed.h"

#include "gaz_internal.h"

_Static_assert(sizeof(gaz_token) == sizeof(struct slice) &&
                   offsetof(gaz_token, data) == offsetof(struct slice, data) &&
                   offsetof(gaz_token, len) == offsetof(struct slice, len),
               "tokens and tags are handed over as they are");

static enum status core_error(gaz_status s, const gaz_error *from,
                              struct err *to)
{
    if (to != NULL) {
        to->code = (enum status)s;
        to->reason = (enum err_reason)from->reason;
        to->line = from->line;
        to->column = from->column;
        to->pos = from->pos;
        memcpy(to->message, from->message, sizeof to->message);
    }
    return (enum status)s;
}

static enum status input_read(void *context, char *buffer, size_t size,
                              size_t *got, struct err *e)
{
    const gaz_eval_input *in = context;
    gaz_error why = {0};
    gaz_status s = in->read(in->context, buffer, size, got, &why);
    return s == GAZ_OK ? STATUS_OK : core_error(s, &why, e);
}

enum status facade_tag(void *call, const struct slice *tokens, size_t count,
                       struct slice *tags, struct err *e)
{
    const struct facade_call *c = call;
    gaz_error why = {0};
    gaz_status s = c->predict(c->context, (const gaz_token *)tokens, count,
                              (gaz_token *)tags, &why);
    return s == GAZ_OK ? STATUS_OK : core_error(s, &why, e);
}

enum status facade_feed(const gaz_eval_input *gold,
                        const gaz_eval_input *const *predictions,
                        size_t prediction_count, feed_use_fn use, void *context,
                        const struct alloc *alloc, size_t *input, struct err *e)
{
    /* The callbacks take a context that is not const, but only read it. */
    gaz_eval_input in[1 + FEED_TAGGERS_MAX] = {*gold};
    struct facade_call calls[FEED_TAGGERS_MAX];
    struct feed f = {.gold = {input_read, &in[0]},
                     .token_column = gold->token_column,
                     .gold_column = gold->tag_column,
                     .tagger_count = prediction_count,
                     .use = use,
                     .context = context};
    for (size_t i = 0; i < prediction_count; i++) {
        const gaz_eval_input *p = predictions[i];
        struct feed_tagger *t = &f.taggers[i];
        in[i + 1] = *p;
        calls[i] = (struct facade_call){p->predict, p->context};
        t->token_column = p->token_column;
        t->tag_column = p->tag_column;
        if (p->predict != NULL) {
            t->tag = facade_tag;
            t->context = &calls[i];
        } else if (p->read != NULL) {
            t->file = (struct source){input_read, &in[i + 1]};
        }
    }
    return feed_run(&f, alloc, input, e);
}
