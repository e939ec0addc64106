/* Why names of a text are mentions or not. */
#include <string.h>

#include "gaz_internal.h"
#include "tag/explain.h"
#include "tag/rules.h"

struct gaz_explainer {
    struct alloc alloc;
    const gaz_lexicon *lexicon;
    struct tagger_options options;
    struct buf text;
};

gaz_status gaz_explainer_create(const gaz_lexicon *lexicon,
                                const gaz_tag_options *options,
                                gaz_explainer **out, gaz_error *e)
{
    struct gaz_explainer *x = alloc_get(&lexicon->alloc, sizeof *x);
    if (x == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    memset(x, 0, sizeof *x);
    x->alloc = lexicon->alloc;
    x->lexicon = lexicon;
    x->options.simd = SIMD_BEST;
    if (options != NULL) {
        x->options.inside = options->inside;
        x->options.hyphen_join = options->hyphen_join;
        x->options.generic = options->generic;
    }
    buf_init(&x->text, &x->alloc);
    *out = x;
    return GAZ_OK;
}

void gaz_explainer_free(gaz_explainer *explainer)
{
    if (explainer != NULL) {
        struct alloc alloc = explainer->alloc;
        buf_free(&explainer->text);
        alloc_free(&alloc, explainer, sizeof *explainer);
    }
}

static enum status explain_layer(struct gaz_explainer *x,
                                 const struct lexicon *l, struct slice text,
                                 struct err *e)
{
    struct tagger *tagger = NULL;
    enum status s = tagger_create(&x->alloc, l, &x->options, &tagger, e);
    if (s == STATUS_OK) {
        s = explain_text(&x->alloc, l, tagger, &x->options, text, &x->text, e);
    }
    tagger_free(tagger);
    return s;
}

gaz_status gaz_explain(gaz_explainer *explainer, const char *text, size_t len,
                       const char **out, size_t *out_len, gaz_error *e)
{
    struct err why = {0};
    const struct stack *stack = explainer->lexicon->stack;
    struct slice bytes = slice_of(text, len);
    buf_reset(&explainer->text);
    enum status s = STATUS_OK;
    if (stack == NULL) {
        s = explain_layer(explainer, &explainer->lexicon->core, bytes, &why);
    }
    for (uint32_t i = 0;
         s == STATUS_OK && stack != NULL && i < stack->layer_count; i++) {
        buf_format(&explainer->text, "layer %u\n", (unsigned)i);
        s = explain_layer(explainer, stack->layers[i].lexicon, bytes, &why);
    }
    buf_byte(&explainer->text, '\0');
    if (s == STATUS_OK && !buf_ok(&explainer->text)) {
        s = err_nomem(&why);
    }
    if (s == STATUS_OK) {
        *out = explainer->text.data;
        *out_len = explainer->text.len - 1;
    }
    return facade_status(s, &why, e);
}
