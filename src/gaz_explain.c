/* Why names of a text are mentions or not. */
#include <string.h>

#include "gaz_internal.h"
#include "tag/explain.h"
#include "tag/layers.h"
#include "tag/rules.h"
#include "text/utf8.h"

struct gaz_explainer {
    struct alloc alloc;
    const gaz_lexicon *lexicon;
    struct tagger_options options;
    gaz_unit unit;
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
    x->options.hidden = true;
    x->unit = GAZ_BYTES;
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

void gaz_explainer_unit(gaz_explainer *explainer, gaz_unit unit)
{
    explainer->unit = unit;
}

static enum status explain_layer(struct gaz_explainer *x,
                                 const struct lexicon *l, struct places *places,
                                 struct err *e)
{
    struct tagger *tagger = NULL;
    enum status s = tagger_create(&x->alloc, l, &x->options, &tagger, e);
    if (s == STATUS_OK) {
        s = explain_text(&x->alloc, l, tagger, &x->options, places, &x->text,
                         e);
    }
    tagger_free(tagger);
    return s;
}

/* The layer that a mention of the stack comes from; layer_count where it is of
 * no entry and no rule. */
static uint32_t layer_of(const struct stack *stack, uint32_t entry)
{
    if (entry == SPAN_NO_ENTRY) {
        return stack->layer_count;
    }
    if (entry < stack->entry_count) {
        return stack_entry_layer(stack, &entry);
    }
    entry -= stack->entry_count;
    return stack_rule_layer(stack, &entry);
}

/* What became of a layer's own mention among those of all layers. */
static void put_settled(struct gaz_explainer *x, uint32_t layer,
                        const struct span *own, struct places *places,
                        const struct span *found, size_t count)
{
    const struct stack *stack = x->lexicon->stack;
    const struct span *by = NULL;
    for (size_t i = 0; i < count && by == NULL; i++) {
        bool over = found[i].start < own->end && own->start < found[i].end;
        by = over ? &found[i] : NULL;
    }
    uint32_t label = stack_label(stack, layer, own->label);
    places_put(places, own->start, own->end, &x->text);
    buf_format(&x->text, " '%.*s' of layer %u\n", (int)(own->end - own->start),
               places->text.data + own->start, (unsigned)layer);
    uint32_t winner = by != NULL ? layer_of(stack, by->entry) : layer;
    if (by == NULL) {
        buf_str(&x->text, "  no: a list above takes the name away\n");
    } else if (by->start == own->start && by->end == own->end &&
               by->label == label && winner == layer &&
               slice_is(stack->labels[label], LEXICON_HIDES)) {
        buf_str(&x->text, "  no: it hides what lies in it (label '--')\n");
    } else if (by->start == own->start && by->end == own->end &&
               by->label == label && winner == layer) {
        buf_format(&x->text, "  FOUND: %s\n", stack->labels[label].data);
    } else {
        buf_str(&x->text, "  no: ");
        places_put(places, by->start, by->end, &x->text);
        buf_format(&x->text, " of layer %u stays: %s\n", (unsigned)winner,
                   stack->labels[by->label].data);
    }
}

/* How the layers' mentions were settled against each other. */
static enum status explain_together(struct gaz_explainer *x,
                                    struct places *places, struct err *e)
{
    const struct stack *stack = x->lexicon->stack;
    struct layers *all = NULL;
    const struct span *found = NULL;
    size_t count = 0;
    enum status s = layers_create(&x->alloc, &x->lexicon->core, stack,
                                  &x->options, &all, e);
    if (s == STATUS_OK) {
        s = layers_text(all, places->text, &found, &count, e);
    }
    buf_str(&x->text, "together\n");
    for (uint32_t i = 0; s == STATUS_OK && i < stack->layer_count; i++) {
        struct tagger *tagger = NULL;
        const struct span *own = NULL;
        size_t n = 0;
        s = tagger_create(&x->alloc, stack->layers[i].lexicon, &x->options,
                          &tagger, e);
        if (s == STATUS_OK) {
            s = tagger_text(tagger, places->text, &own, &n, e);
        }
        for (size_t k = 0; s == STATUS_OK && k < n; k++) {
            put_settled(x, i, &own[k], places, found, count);
        }
        tagger_free(tagger);
    }
    layers_free(all);
    return s;
}

static gaz_status explain(gaz_explainer *explainer, struct places *places,
                          const char **out, size_t *out_len, gaz_error *e)
{
    struct err why = {0};
    const struct stack *stack = explainer->lexicon->stack;
    places->length = explainer->unit == GAZ_CHARS   ? utf8_count_chars
                     : explainer->unit == GAZ_UTF16 ? utf8_count_utf16
                                                    : NULL;
    buf_reset(&explainer->text);
    enum status s = STATUS_OK;
    if (stack == NULL) {
        s = explain_layer(explainer, &explainer->lexicon->core, places, &why);
    }
    for (uint32_t i = 0;
         s == STATUS_OK && stack != NULL && i < stack->layer_count; i++) {
        buf_format(&explainer->text, "layer %u\n", (unsigned)i);
        s = explain_layer(explainer, stack->layers[i].lexicon, places, &why);
    }
    if (s == STATUS_OK && stack != NULL) {
        s = explain_together(explainer, places, &why);
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

gaz_status gaz_explain(gaz_explainer *explainer, const char *text, size_t len,
                       const char **out, size_t *out_len, gaz_error *e)
{
    struct places places = {.text = slice_of(text, len),
                            .original = slice_of(text, len)};
    return explain(explainer, &places, out, out_len, e);
}

static void map_place(const void *document, size_t *start, size_t *end)
{
    gaz_document_map(document, *start, *end, start, end);
}

gaz_status gaz_explain_document(gaz_explainer *explainer,
                                const gaz_document *document, const char **out,
                                size_t *out_len, gaz_error *e)
{
    const char *text = NULL;
    size_t len = 0;
    gaz_document_text(document, &text, &len);
    struct places places = {.text = slice_of(text, len),
                            .map = map_place,
                            .context = document,
                            .original = facade_document_source(document)};
    return explain(explainer, &places, out, out_len, e);
}
