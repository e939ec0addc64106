#include "build/score_corpus.h"

static enum status make_words(struct score_corpus *c, struct err *e)
{
    uint32_t n = strmap_count(c->store->words);
    c->words = alloc_get(c->store->alloc, n * sizeof *c->words);
    if (c->words == NULL) {
        return err_nomem(e);
    }
    for (uint32_t i = 0; i < n; i++) {
        struct score_word *w = &c->words[i];
        wordform_make(strmap_key(c->store->words, i), &w->form);
        if (!hashmap_put(&c->folds, w->form.fold, &w->fold)) {
            return err_nomem(e);
        }
    }
    c->start.fold = HASHMAP_NONE;
    c->end.fold = HASHMAP_NONE;
    wordform_edge(false, &c->start.form);
    wordform_edge(true, &c->end.form);
    return STATUS_OK;
}

/* The running hashes of a span that grows to the right. */
struct growing {
    uint64_t hash[SCORE_FAMILIES];
};

static void grow_start(struct growing *g)
{
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        g->hash[f] = score_span_start((enum score_family)f);
    }
}

/* Take a token in; the keys of the span that it ends. */
static void grow_step(struct growing *g, const struct wordform *w,
                      uint64_t keys[SCORE_FAMILIES])
{
    g->hash[SCORE_EXACT] = score_span_step(g->hash[SCORE_EXACT], w->exact);
    g->hash[SCORE_FOLDED] = score_span_step(g->hash[SCORE_FOLDED], w->fold);
    g->hash[SCORE_NUMBERS] =
        score_span_step(g->hash[SCORE_NUMBERS], w->numbers);
    keys[SCORE_EXACT] = g->hash[SCORE_EXACT];
    keys[SCORE_FOLDED] = g->hash[SCORE_FOLDED];
    keys[SCORE_NUMBERS] = g->hash[SCORE_NUMBERS];
    keys[SCORE_JOINED] = score_joined_key(g->hash[SCORE_JOINED], w);
    g->hash[SCORE_JOINED] = wordform_join(g->hash[SCORE_JOINED], w->joined);
}

static enum status add_keys(struct score_corpus *c,
                            const struct store_sentence *s, struct err *e)
{
    for (uint32_t i = 0; i < s->mention_count; i++) {
        const struct store_mention *m =
            &c->store->mentions[s->first_mention + i];
        struct growing g;
        uint64_t keys[SCORE_FAMILIES] = {0};
        grow_start(&g);
        if (m->count > SCORE_SPAN_MAX) {
            continue;
        }
        for (uint32_t k = 0; k < m->count; k++) {
            grow_step(&g, &score_corpus_word(c, s, m->first + k)->form, keys);
        }
        for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
            uint32_t id = 0;
            if (!hashmap_put(&c->keys[f], keys[f], &id)) {
                return err_nomem(e);
            }
        }
    }
    return STATUS_OK;
}

static enum status add_hits(struct score_corpus *c,
                            const struct store_sentence *s, struct err *e)
{
    for (uint32_t i = 0; i < s->token_count; i++) {
        struct growing g;
        uint64_t keys[SCORE_FAMILIES];
        grow_start(&g);
        for (uint32_t k = 0; k < SCORE_SPAN_MAX && i + k < s->token_count;
             k++) {
            grow_step(&g, &score_corpus_word(c, s, i + k)->form, keys);
            void *hits = c->hits;
            if (!alloc_grow(c->store->alloc, &hits, &c->hit_capacity,
                            c->hit_count + SCORE_FAMILIES + 1,
                            sizeof *c->hits)) {
                return err_nomem(e);
            }
            c->hits = hits;
            for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
                uint32_t id = hashmap_find(&c->keys[f], keys[f]);
                if (id != HASHMAP_NONE) {
                    c->hits[c->hit_count++] = (struct score_hit){
                        id, i, (uint16_t)(k + 1), (uint16_t)f};
                }
            }
            uint32_t hint = hashmap_find(&c->hints.keys, keys[SCORE_FOLDED]);
            if (hint != HASHMAP_NONE) {
                c->hits[c->hit_count++] =
                    (struct score_hit){hint, i, (uint16_t)(k + 1), SCORE_HINTS};
            }
        }
    }
    return STATUS_OK;
}

static enum status fill(struct score_corpus *c, struct err *e)
{
    const struct store *store = c->store;
    enum status s = make_words(c, e);
    if (s == STATUS_OK) {
        s = score_hints_init(&c->hints, store, c->labels, e);
    }
    for (size_t i = 0; s == STATUS_OK && i < store->sentence_count; i++) {
        s = add_keys(c, &store->sentences[i], e);
    }
    c->first_hit = alloc_get(store->alloc, (store->sentence_count + 1) *
                                               sizeof *c->first_hit);
    if (s == STATUS_OK && c->first_hit == NULL) {
        s = err_nomem(e);
    }
    for (size_t i = 0; s == STATUS_OK && i < store->sentence_count; i++) {
        c->first_hit[i] = c->hit_count;
        s = add_hits(c, &store->sentences[i], e);
    }
    if (s == STATUS_OK) {
        c->first_hit[store->sentence_count] = c->hit_count;
    }
    return s;
}

enum status score_corpus_init(struct score_corpus *c, const struct store *store,
                              struct err *e)
{
    memset(c, 0, sizeof *c);
    c->store = store;
    c->labels = strmap_count(store->labels);
    hashmap_init(&c->folds, store->alloc);
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        hashmap_init(&c->keys[f], store->alloc);
    }
    return fill(c, e);
}

void score_corpus_free(struct score_corpus *c)
{
    if (c->store == NULL) {
        return;
    }
    const struct alloc *a = c->store->alloc;
    alloc_free(a, c->words, strmap_count(c->store->words) * sizeof *c->words);
    alloc_free(a, c->hits, c->hit_capacity * sizeof *c->hits);
    alloc_free(a, c->first_hit,
               (c->store->sentence_count + 1) * sizeof *c->first_hit);
    hashmap_free(&c->folds);
    score_hints_free(&c->hints);
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        hashmap_free(&c->keys[f]);
    }
    memset(c, 0, sizeof *c);
}
