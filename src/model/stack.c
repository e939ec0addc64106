#include "model/stack.h"

#include <stdlib.h>

#include "text/fold.h"

enum { FOLD_ALL = FOLD_CASE | FOLD_PLURAL };

void stack_free(struct stack *s)
{
    if (s == NULL) {
        return;
    }
    const struct alloc *a = s->alloc;
    alloc_free(a, s->labels, s->label_total * sizeof *s->labels);
    alloc_free(a, s->labels_of, s->label_total * sizeof *s->labels_of);
    strmap_free(s->veto_keys);
    alloc_free(a, s->veto_first,
               s->veto_first_capacity * sizeof *s->veto_first);
    alloc_free(a, s->vetoes, s->veto_capacity * sizeof *s->vetoes);
    alloc_free(a, s, sizeof *s);
}

/* Number entries, sources and labels through. */
static enum status number_layers(struct stack *s,
                                 const struct lexicon *const *layers,
                                 size_t count, struct err *e)
{
    if (count == 0 || count > STACK_LAYERS_MAX) {
        return err_set(e, STATUS_LIMIT, "%zu lexicons at once; 1 to %d work",
                       count, STACK_LAYERS_MAX);
    }
    uint64_t entries = 0;
    uint64_t sources = 0;
    for (uint32_t i = 0; i < count; i++) {
        s->layers[i] = (struct stack_layer){.lexicon = layers[i],
                                            .first_entry = (uint32_t)entries,
                                            .first_source = (uint32_t)sources,
                                            .first_rule = s->rule_count,
                                            .first_label = s->label_total};
        entries += layers[i]->entry_count;
        sources += layers[i]->source_count;
        s->label_total += layers[i]->label_count;
        s->rule_count += layers[i]->rule_count;
        if (entries + s->rule_count >= LEXICON_NONE ||
            sources >= LEXICON_NONE) {
            return err_set(e, STATUS_LIMIT,
                           "the lexicons have over 4 billion entries");
        }
    }
    s->layer_count = (uint32_t)count;
    s->entry_count = (uint32_t)entries;
    s->source_count = (uint32_t)sources;
    return STATUS_OK;
}

static int by_name(const void *a, const void *b)
{
    const struct slice *x = a;
    const struct slice *y = b;
    return slice_cmp(*x, *y);
}

static enum status join_labels(struct stack *s, struct err *e)
{
    s->labels = alloc_get(s->alloc, s->label_total * sizeof *s->labels);
    s->labels_of = alloc_get(s->alloc, s->label_total * sizeof *s->labels_of);
    if (s->labels == NULL || s->labels_of == NULL) {
        return err_nomem(e);
    }
    for (uint32_t i = 0; i < s->layer_count; i++) {
        const struct stack_layer *l = &s->layers[i];
        for (uint32_t k = 0; k < l->lexicon->label_count; k++) {
            s->labels[l->first_label + k] = lexicon_label(l->lexicon, k);
        }
    }
    if (s->label_total > 0) {
        qsort(s->labels, s->label_total, sizeof *s->labels, by_name);
    }
    for (uint32_t i = 0; i < s->label_total; i++) {
        if (i == 0 || !slice_eq(s->labels[i], s->labels[s->label_count - 1])) {
            s->labels[s->label_count++] = s->labels[i];
        }
    }
    s->hides = LEXICON_NONE;
    for (uint32_t i = 0; i < s->layer_count; i++) {
        const struct stack_layer *l = &s->layers[i];
        for (uint32_t k = 0; k < l->lexicon->label_count; k++) {
            struct slice name = lexicon_label(l->lexicon, k);
            const struct slice *at = bsearch(&name, s->labels, s->label_count,
                                             sizeof *s->labels, by_name);
            s->labels_of[l->first_label + k] = (uint32_t)(at - s->labels);
        }
        if (l->lexicon->hides != LEXICON_NONE) {
            s->hides = stack_label(s, i, l->lexicon->hides);
        }
    }
    return STATUS_OK;
}

static enum status add_veto(struct stack *s, uint32_t layer, uint32_t entry,
                            struct slice surface, struct buf *key,
                            struct err *e)
{
    uint32_t id = 0;
    bool added = false;
    void *first = s->veto_first;
    void *vetoes = s->vetoes;
    bool ok = alloc_grow(s->alloc, &first, &s->veto_first_capacity,
                         (size_t)strmap_count(s->veto_keys) + 1,
                         sizeof *s->veto_first);
    s->veto_first = first;
    ok = ok && alloc_grow(s->alloc, &vetoes, &s->veto_capacity,
                          s->veto_count + 1, sizeof *s->vetoes);
    s->vetoes = vetoes;
    buf_clear(key);
    fold_name(surface, FOLD_ALL, key);
    if (!ok || !buf_ok(key) ||
        !strmap_put(s->veto_keys, buf_view(key), &id, &added)) {
        return err_nomem(e);
    }
    s->vetoes[s->veto_count] = (struct stack_veto){
        layer, entry, added ? LEXICON_NONE : s->veto_first[id]};
    s->veto_first[id] = (uint32_t)s->veto_count++;
    return STATUS_OK;
}

/* The vetoes that lists state, of all layers that have one below. */
static enum status gather_vetoes(struct stack *s, struct err *e)
{
    struct buf key;
    buf_init(&key, s->alloc);
    s->veto_keys = strmap_create(s->alloc);
    enum status st = s->veto_keys != NULL ? STATUS_OK : err_nomem(e);
    for (uint32_t i = 1; st == STATUS_OK && i < s->layer_count; i++) {
        const struct lexicon *l = s->layers[i].lexicon;
        for (uint32_t k = 0; st == STATUS_OK && k < l->entry_count; k++) {
            struct lexicon_entry entry;
            if ((lexicon_flags(l, k) & LEXICON_VETO) == 0) {
                continue;
            }
            lexicon_entry(l, k, &entry);
            if (entry.occurrences == 0) {
                st = add_veto(s, i, k, entry.surface, &key, e);
            }
        }
    }
    buf_free(&key);
    return st;
}

enum status stack_create(const struct alloc *alloc,
                         const struct lexicon *const *layers, size_t count,
                         struct stack **out, struct err *e)
{
    struct stack *s = alloc_get(alloc, sizeof *s);
    if (s == NULL) {
        return err_nomem(e);
    }
    memset(s, 0, sizeof *s);
    s->alloc = alloc;
    enum status st = number_layers(s, layers, count, e);
    if (st == STATUS_OK) {
        st = join_labels(s, e);
    }
    if (st == STATUS_OK) {
        st = gather_vetoes(s, e);
    }
    if (st != STATUS_OK) {
        stack_free(s);
        return st;
    }
    *out = s;
    return STATUS_OK;
}

uint32_t stack_entry_layer(const struct stack *s, uint32_t *entry)
{
    uint32_t i = s->layer_count - 1;
    while (i > 0 && s->layers[i].first_entry > *entry) {
        i--;
    }
    *entry -= s->layers[i].first_entry;
    return i;
}

uint32_t stack_source_layer(const struct stack *s, uint32_t *source)
{
    uint32_t i = s->layer_count - 1;
    while (i > 0 && s->layers[i].first_source > *source) {
        i--;
    }
    *source -= s->layers[i].first_source;
    return i;
}

bool stack_vetoed(const struct stack *s, uint32_t layer, struct slice text,
                  struct buf *key, struct buf *a, struct buf *b)
{
    uint32_t id = 0;
    if (s->veto_count == 0) {
        return false;
    }
    buf_clear(key);
    fold_name(text, FOLD_ALL, key);
    if (!strmap_find(s->veto_keys, buf_view(key), &id)) {
        return false;
    }
    for (uint32_t i = s->veto_first[id]; i != LEXICON_NONE;
         i = s->vetoes[i].next) {
        const struct stack_veto *v = &s->vetoes[i];
        struct lexicon_entry entry;
        lexicon_entry(s->layers[v->layer].lexicon, v->entry, &entry);
        if (v->layer > layer && policy_accepts(entry.policy, entry.plural,
                                               entry.surface, text, a, b)) {
            return true;
        }
    }
    return false;
}

uint32_t stack_rule_layer(const struct stack *s, uint32_t *rule)
{
    uint32_t i = s->layer_count - 1;
    while (i > 0 && s->layers[i].first_rule > *rule) {
        i--;
    }
    *rule -= s->layers[i].first_rule;
    return i;
}
