#include "tag/layers.h"

#include <string.h>

#include "model/lexicon_rules.h"
#include "tag/hidden.h"
#include "tag/ranks.h"
#include "text/invisible.h"

struct layers {
    const struct alloc *alloc;
    const struct lexicon *lexicon; /* of a single layer */
    const struct stack *stack;
    struct tagger **taggers;
    uint32_t count;
    struct ranks ranks; /* of several layers */
    struct span *spans;
    size_t span_capacity;
    struct buf key, a, b;
    enum overlap overlap;
    uint32_t hides; /* the label of what is not handed out, or LEXICON_NONE */
    struct overlap_item *items; /* for all but the longest */
    struct overlap_item **by_length;
    size_t item_capacity, length_capacity;
};

enum status layers_create(const struct alloc *alloc,
                          const struct lexicon *lexicon,
                          const struct stack *stack,
                          const struct tagger_options *options,
                          struct layers **out, struct err *e)
{
    struct layers *l = alloc_get(alloc, sizeof *l);
    if (l == NULL) {
        return err_nomem(e);
    }
    memset(l, 0, sizeof *l);
    l->alloc = alloc;
    l->ranks.alloc = alloc;
    l->lexicon = stack != NULL ? stack->layers[0].lexicon : lexicon;
    l->stack = stack;
    l->overlap = options->overlap;
    l->hides = options->hidden ? LEXICON_NONE
               : stack != NULL ? stack->hides
                               : lexicon->hides;
    buf_init(&l->key, alloc);
    buf_init(&l->a, alloc);
    buf_init(&l->b, alloc);
    l->count = stack != NULL ? stack->layer_count : 1;
    l->taggers = alloc_get(alloc, l->count * sizeof *l->taggers);
    enum status s = l->taggers != NULL ? STATUS_OK : err_nomem(e);
    for (uint32_t i = 0; l->taggers != NULL && i < l->count; i++) {
        l->taggers[i] = NULL;
    }
    for (uint32_t i = 0; s == STATUS_OK && i < l->count; i++) {
        s = tagger_create(alloc,
                          stack != NULL ? stack->layers[i].lexicon : lexicon,
                          options, &l->taggers[i], e);
    }
    if (s != STATUS_OK) {
        layers_free(l);
        return s;
    }
    *out = l;
    return STATUS_OK;
}

void layers_free(struct layers *l)
{
    if (l == NULL) {
        return;
    }
    for (uint32_t i = 0; l->taggers != NULL && i < l->count; i++) {
        tagger_free(l->taggers[i]);
    }
    alloc_free(l->alloc, l->taggers, l->count * sizeof *l->taggers);
    ranks_free(&l->ranks);
    alloc_free(l->alloc, l->spans, l->span_capacity * sizeof *l->spans);
    buf_free(&l->key);
    buf_free(&l->a);
    buf_free(&l->b);
    alloc_free(l->alloc, l->items, l->item_capacity * sizeof *l->items);
    alloc_free(l->alloc, l->by_length,
               l->length_capacity * sizeof *l->by_length);
    alloc_free(l->alloc, l, sizeof *l);
}

/* Which bytes a span of a layer covers: those of the text, or of tokens
 * joined. */
struct ground {
    struct slice text;
    const size_t *starts; /* NULL: offsets are bytes */
    const size_t *ends;
};

static struct slice bytes_of(const struct ground *g, const struct span *s)
{
    size_t start = g->starts != NULL ? g->starts[s->start] : s->start;
    size_t end = g->ends != NULL ? g->ends[s->end - 1] : s->end;
    return slice_of(g->text.data + start, end - start);
}

/* An entry of a layer, or a rule behind its entries, in the stack. */
static uint32_t public_entry(const struct stack *s,
                             const struct stack_layer *layer, uint32_t entry)
{
    uint32_t own = layer->lexicon->entry_count;
    return entry < own ? layer->first_entry + entry
                       : s->entry_count + layer->first_rule + (entry - own);
}

static int priority_of(const struct lexicon *l, uint32_t entry)
{
    struct lexicon_rule rule;
    if (entry < l->entry_count) {
        return lexicon_priority(l, entry);
    }
    lexicon_rule(l, entry - l->entry_count, &rule);
    return rule.priority;
}

static enum status add_layer(struct layers *l, uint32_t layer,
                             const struct ground *ground,
                             const struct span *spans, size_t count,
                             struct err *e)
{
    struct ranked_list *to = layer == 0 ? &l->ranks.base : &l->ranks.upper;
    const struct stack_layer *from = &l->stack->layers[layer];
    enum status s = ranks_reserve(&l->ranks, to, count, e);
    for (size_t i = 0; s == STATUS_OK && i < count; i++) {
        if (stack_vetoed(l->stack, layer, bytes_of(ground, &spans[i]), &l->key,
                         &l->a, &l->b)) {
            continue;
        }
        struct ranked *m = &to->items[to->count++];
        *m = (struct ranked){.span = spans[i], .layer = layer};
        m->span.label = stack_label(l->stack, layer, spans[i].label);
        if (spans[i].entry != SPAN_NO_ENTRY) {
            m->span.entry = public_entry(l->stack, from, spans[i].entry);
            m->rank =
                layer > 0 ? priority_of(from->lexicon, spans[i].entry) : 0;
        }
    }
    return s;
}

/* Room for n spans that are handed out; with items, to settle them too. */
static enum status reserve_items(struct layers *l, size_t n, struct err *e)
{
    void *items = l->items;
    bool ok =
        alloc_grow(l->alloc, &items, &l->item_capacity, n, sizeof *l->items);
    l->items = items;
    void *lengths = l->by_length;
    ok = ok && alloc_grow(l->alloc, &lengths, &l->length_capacity, n,
                          sizeof *l->by_length);
    l->by_length = lengths;
    void *spans = l->spans;
    ok = ok &&
         alloc_grow(l->alloc, &spans, &l->span_capacity, n, sizeof *l->spans);
    l->spans = spans;
    return ok ? STATUS_OK : err_nomem(e);
}

/* Settle the items as --overlap wants. */
static void hand_settled(struct layers *l, const struct slice *text, size_t n,
                         const struct span **spans, size_t *count)
{
    overlap_settle(l->overlap, text, l->items, l->by_length, &n);
    for (size_t i = 0; i < n; i++) {
        l->spans[i] = l->items[i].span;
    }
    *spans = l->spans;
    *count = n;
}

/* Of one lexicon. */
static enum status settle_one(struct layers *l, const struct slice *text,
                              const struct lexicon *lexicon,
                              const struct span **spans, size_t *count,
                              struct err *e)
{
    enum status s = reserve_items(l, *count, e);
    for (size_t i = 0; s == STATUS_OK && i < *count; i++) {
        const struct span *span = &(*spans)[i];
        int priority = span->entry != SPAN_NO_ENTRY
                           ? priority_of(lexicon, span->entry)
                           : 0;
        l->items[i] =
            (struct overlap_item){.span = *span, .priority = priority};
    }
    if (s == STATUS_OK) {
        hand_settled(l, text, *count, spans, count);
    }
    return s;
}

/* Of all layers: at one place an upper layer's, where priorities are equal. */
static enum status settle_layers(struct layers *l, const struct slice *text,
                                 const struct span **spans, size_t *count,
                                 struct err *e)
{
    const struct ranked_list *base = &l->ranks.base;
    const struct ranked_list *upper = &l->ranks.upper;
    size_t n = 0;
    enum status s = reserve_items(l, base->count + upper->count, e);
    ranks_sort(&l->ranks);
    for (size_t i = 0; s == STATUS_OK && i < upper->count; i++) {
        const struct ranked *m = &upper->items[i];
        l->items[n++] = (struct overlap_item){
            .span = m->span, .priority = m->rank, .layer = m->layer};
    }
    for (size_t i = 0; s == STATUS_OK && i < base->count; i++) {
        l->items[n++] = (struct overlap_item){.span = base->items[i].span};
    }
    if (s == STATUS_OK) {
        hand_settled(l, text, n, spans, count);
    }
    return s;
}

/* The spans that are handed out are made l's own, to be changed. */
static enum status own(struct layers *l, const struct span **spans,
                       size_t count, struct err *e)
{
    if (*spans != l->spans) {
        void *to = l->spans;
        if (!alloc_grow(l->alloc, &to, &l->span_capacity, count,
                        sizeof *l->spans)) {
            return err_nomem(e);
        }
        l->spans = to;
        memcpy(l->spans, *spans, count * sizeof *l->spans);
        *spans = l->spans;
    }
    return STATUS_OK;
}

/* Less what only hides. */
static enum status drop_hidden(struct layers *l, const struct span **spans,
                               size_t *count, struct err *e)
{
    if (l->hides == LEXICON_NONE || !hidden_any(*spans, *count, l->hides)) {
        return STATUS_OK;
    }
    enum status s = own(l, spans, *count, e);
    if (s == STATUS_OK) {
        *count = hidden_drop(l->spans, *count, l->hides);
    }
    return s;
}

/* Of a text: ends where the names are seen to end. */
static enum status trim_ends(struct layers *l, struct slice text,
                             const struct span **spans, size_t count,
                             struct err *e)
{
    for (size_t i = 0; i < count; i++) {
        const struct span *s = &(*spans)[i];
        if (s->bare || (unsigned char)text.data[s->end - 1] < 0x80) {
            continue;
        }
        size_t end = invisible_trim(text, s->start, s->end);
        if (end < s->end) {
            if (own(l, spans, count, e) != STATUS_OK) {
                return STATUS_NOMEM;
            }
            l->spans[i].end = end;
        }
    }
    return STATUS_OK;
}

/* What is handed out of a text, once it is chosen. */
static enum status finish_text(struct layers *l, struct slice text,
                               const struct span **spans, size_t *count,
                               struct err *e)
{
    enum status s = drop_hidden(l, spans, count, e);
    return s == STATUS_OK ? trim_ends(l, text, spans, *count, e) : s;
}

static enum status hand_out(struct layers *l, const struct slice *text,
                            const struct span **spans, size_t *count,
                            struct err *e)
{
    if (l->overlap != OVERLAP_LONGEST) {
        bool good = buf_ok(&l->key) && buf_ok(&l->a) && buf_ok(&l->b);
        return good ? settle_layers(l, text, spans, count, e) : err_nomem(e);
    }
    const struct ranked_list *taken = &l->ranks.taken;
    enum status s = ranks_settle(&l->ranks, e);
    if (s == STATUS_OK &&
        !(buf_ok(&l->key) && buf_ok(&l->a) && buf_ok(&l->b))) {
        s = err_nomem(e);
    }
    void *out = l->spans;
    if (s == STATUS_OK && !alloc_grow(l->alloc, &out, &l->span_capacity,
                                      taken->count, sizeof *l->spans)) {
        s = err_nomem(e);
    }
    if (s != STATUS_OK) {
        return s;
    }
    l->spans = out;
    for (size_t i = 0; i < taken->count; i++) {
        l->spans[i] = taken->items[i].span;
    }
    *spans = l->spans;
    *count = taken->count;
    return STATUS_OK;
}

/* Nothing found yet, and no failure of the last text left. */
static void start(struct layers *l)
{
    l->ranks.base.count = 0;
    l->ranks.upper.count = 0;
    buf_reset(&l->key);
    buf_reset(&l->a);
    buf_reset(&l->b);
}

void layers_begin(struct layers *l)
{
    for (uint32_t i = 0; i < l->count; i++) {
        tagger_begin(l->taggers[i]);
    }
}

enum status layers_text(struct layers *l, struct slice text,
                        const struct span **spans, size_t *count, struct err *e)
{
    if (l->count == 1) {
        enum status s = tagger_text(l->taggers[0], text, spans, count, e);
        if (s == STATUS_OK && l->overlap != OVERLAP_LONGEST) {
            s = settle_one(l, &text, l->lexicon, spans, count, e);
        }
        return s == STATUS_OK ? finish_text(l, text, spans, count, e) : s;
    }
    struct ground ground = {.text = text};
    start(l);
    for (uint32_t i = 0; i < l->count; i++) {
        const struct span *found = NULL;
        size_t n = 0;
        enum status s = tagger_text(l->taggers[i], text, &found, &n, e);
        if (s == STATUS_OK) {
            s = add_layer(l, i, &ground, found, n, e);
        }
        if (s != STATUS_OK) {
            return s;
        }
    }
    enum status s = hand_out(l, &text, spans, count, e);
    return s == STATUS_OK ? finish_text(l, text, spans, count, e) : s;
}

enum status layers_tokens(struct layers *l, const struct slice *tokens,
                          size_t token_count, const struct span **spans,
                          size_t *count, struct err *e)
{
    if (l->count == 1) {
        enum status s =
            tagger_tokens(l->taggers[0], tokens, token_count, spans, count, e);
        if (s == STATUS_OK && l->overlap != OVERLAP_LONGEST) {
            s = settle_one(l, NULL, l->lexicon, spans, count, e);
        }
        return s == STATUS_OK ? drop_hidden(l, spans, count, e) : s;
    }
    start(l);
    for (uint32_t i = 0; i < l->count; i++) {
        const struct span *found = NULL;
        size_t n = 0;
        struct ground ground = {.starts = NULL};
        enum status s =
            tagger_tokens(l->taggers[i], tokens, token_count, &found, &n, e);
        if (s == STATUS_OK && n > 0) {
            /* Another tagger joins, so that found stays what it is. */
            s = tagger_join(l->taggers[i > 0 ? 0 : 1], tokens, token_count,
                            &ground.text, &ground.starts, &ground.ends, e);
        }
        if (s == STATUS_OK) {
            s = add_layer(l, i, &ground, found, n, e);
        }
        if (s != STATUS_OK) {
            return s;
        }
    }
    enum status s = hand_out(l, NULL, spans, count, e);
    return s == STATUS_OK ? drop_hidden(l, spans, count, e) : s;
}

enum status layers_join(struct layers *l, const struct slice *tokens,
                        size_t token_count, struct slice *text,
                        const size_t **starts, const size_t **ends,
                        struct err *e)
{
    return tagger_join(l->taggers[0], tokens, token_count, text, starts, ends,
                       e);
}

/* Where all layers agree. */
size_t layers_cut(const struct layers *l, struct slice text)
{
    size_t n = tagger_cut(l->taggers[0], text);
    uint32_t agreed = 1;
    for (uint32_t i = 1; n > 0 && agreed < l->count; i = (i + 1) % l->count) {
        size_t room = n < text.len ? n + 1 : n;
        size_t cut = tagger_cut(l->taggers[i], slice_of(text.data, room));
        agreed = cut == n ? agreed + 1 : 1;
        n = cut;
    }
    return n;
}

void layers_rule_stats(const struct layers *l, struct rules_stats *out)
{
    struct rules_stats sum = {.limited = LEXICON_NONE};
    for (uint32_t i = 0; i < l->count; i++) {
        struct rules_stats one;
        tagger_rule_stats(l->taggers[i], &one);
        sum.tries += one.tries;
        sum.limits += one.limits;
        if (sum.limited == LEXICON_NONE && one.limited != LEXICON_NONE) {
            sum.limited =
                one.limited +
                (l->stack != NULL ? l->stack->layers[i].first_rule : 0);
        }
    }
    *out = sum;
}
