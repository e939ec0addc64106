/* Counting: steps 1 and 2 of build/count_state.h. */
#include "build/count_state.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "text/fold.h"
#include "text/join.h"

enum { ROOT = 0 };
#define NO_GROUP UINT32_MAX

void count_surface(const struct store *store,
                   const struct store_sentence *sentence, uint32_t first,
                   uint32_t count, struct buf *out)
{
    struct slice before = {0};
    for (uint32_t i = 0; i < count; i++) {
        struct slice token = store_word(store, sentence, first + i);
        join_token(i > 0 ? &before : NULL, token, out);
        before = token;
    }
}

static enum status key_words(struct counter *c, struct err *e)
{
    uint32_t n = strmap_count(c->store->words);
    for (uint32_t i = 0; i < n; i++) {
        buf_clear(&c->key);
        fold_name(strmap_key(c->store->words, i), c->out->folding, &c->key);
        if (!buf_ok(&c->key) || !strmap_put(c->token_keys, buf_view(&c->key),
                                            &c->key_of_word[i], NULL)) {
            return err_nomem(e);
        }
    }
    return STATUS_OK;
}

static void edge_key(uint32_t node, uint32_t key, char out[8])
{
    bytes_store32(out, node);
    bytes_store32(out + 4, key);
}

static uint32_t token_key(const struct counter *c,
                          const struct store_sentence *sentence, uint32_t i)
{
    return c->key_of_word[c->store->tokens[sentence->first_token + i]];
}

static enum status add_path(struct counter *c,
                            const struct store_sentence *sentence,
                            const struct store_mention *m, uint32_t *out,
                            struct err *e)
{
    uint32_t node = ROOT;
    for (uint32_t i = 0; i < m->count; i++) {
        char key[8];
        uint32_t edge = 0;
        bool added = false;
        void *groups = c->node_group;
        edge_key(node, token_key(c, sentence, m->first + i), key);
        if (!alloc_grow(c->store->alloc, &groups, &c->node_capacity,
                        (size_t)strmap_count(c->edges) + 2,
                        sizeof *c->node_group)) {
            return err_nomem(e);
        }
        c->node_group = groups;
        if (!strmap_put(c->edges, slice_of(key, sizeof key), &edge, &added)) {
            return err_nomem(e);
        }
        node = edge + 1;
        if (added) {
            c->node_group[node] = NO_GROUP;
        }
    }
    *out = node;
    return STATUS_OK;
}

static enum status add_group(struct counter *c, uint32_t tokens, uint32_t *id,
                             struct err *e)
{
    struct counts *out = c->out;
    bool added = false;
    void *groups = out->groups;
    if (!alloc_grow(out->alloc, &groups, &out->group_capacity,
                    out->group_count + 1, sizeof *out->groups)) {
        return err_nomem(e);
    }
    out->groups = groups;
    if (!strmap_put(out->keys, buf_view(&c->key), id, &added)) {
        return err_nomem(e);
    }
    if (added) {
        out->groups[out->group_count++] =
            (struct count_group){.tokens = tokens};
    }
    return STATUS_OK;
}

/* The note about a surface, made when it is new. */
static enum status note_form(struct counter *c, uint32_t group,
                             uint32_t *surface, struct err *e)
{
    bool added = false;
    void *forms = c->forms;
    if (!alloc_grow(c->store->alloc, &forms, &c->form_capacity,
                    (size_t)strmap_count(c->surfaces) + 1, sizeof *c->forms)) {
        return err_nomem(e);
    }
    c->forms = forms;
    if (!buf_ok(&c->text) ||
        !strmap_put(c->surfaces, buf_view(&c->text), surface, &added)) {
        return err_nomem(e);
    }
    if (added) {
        c->forms[*surface] = (struct form){group, 0, false};
    }
    return STATUS_OK;
}

static enum status add_mention(struct counter *c,
                               const struct store_sentence *sentence,
                               uint32_t number, struct err *e)
{
    const struct store_mention *m = &c->store->mentions[number];
    struct event *event = &c->events[number];
    buf_clear(&c->text);
    buf_clear(&c->key);
    count_surface(c->store, sentence, m->first, m->count, &c->text);
    fold_name(buf_view(&c->text), c->out->folding, &c->key);
    if (!buf_ok(&c->key)) {
        return err_nomem(e);
    }
    uint32_t node = ROOT;
    enum status st = add_group(c, m->count, &event->group, e);
    if (st == STATUS_OK) {
        st = note_form(c, event->group, &event->surface, e);
    }
    if (st == STATUS_OK) {
        st = add_path(c, sentence, m, &node, e);
    }
    if (st == STATUS_OK) {
        c->forms[event->surface].annotated = true;
        c->node_group[node] = event->group;
        event->label = m->label;
        event->source = sentence->source;
        c->out->groups[event->group].annotated++;
    }
    return st;
}

/* Is tokens [from, to) strictly inside the mention that covers `from`? */
static bool inside_longer(const struct counter *c,
                          const struct store_sentence *sentence, uint32_t from,
                          uint32_t to)
{
    uint32_t cover = c->cover[from];
    if (cover == 0) {
        return false;
    }
    const struct store_mention *m =
        &c->store->mentions[sentence->first_mention + cover - 1];
    return m->first + m->count >= to && m->count > to - from;
}

static enum status cover_sentence(struct counter *c,
                                  const struct store_sentence *sentence,
                                  struct err *e)
{
    void *cover = c->cover;
    if (!alloc_grow(c->store->alloc, &cover, &c->cover_capacity,
                    sentence->token_count, sizeof *c->cover)) {
        return err_nomem(e);
    }
    c->cover = cover;
    memset(c->cover, 0, sentence->token_count * sizeof *c->cover);
    for (uint32_t i = 0; i < sentence->mention_count; i++) {
        const struct store_mention *m =
            &c->store->mentions[sentence->first_mention + i];
        for (uint32_t k = 0; k < m->count; k++) {
            c->cover[m->first + k] = i + 1;
        }
    }
    return STATUS_OK;
}

static enum status count_from(struct counter *c,
                              const struct store_sentence *sentence,
                              uint32_t from, struct err *e)
{
    uint32_t node = ROOT;
    for (uint32_t i = from; i < sentence->token_count; i++) {
        char key[8];
        uint32_t edge = 0;
        edge_key(node, token_key(c, sentence, i), key);
        if (!strmap_find(c->edges, slice_of(key, sizeof key), &edge)) {
            break;
        }
        node = edge + 1;
        uint32_t group = c->node_group[node];
        if (group == NO_GROUP || inside_longer(c, sentence, from, i + 1)) {
            continue;
        }
        uint32_t surface = 0;
        buf_clear(&c->text);
        count_surface(c->store, sentence, from, i + 1 - from, &c->text);
        enum status st = note_form(c, group, &surface, e);
        if (st != STATUS_OK) {
            return st;
        }
        c->forms[surface].occurrences++;
        c->out->groups[group].occurrences++;
    }
    return STATUS_OK;
}

static enum status count_occurrences(struct counter *c, struct err *e)
{
    for (size_t s = 0; s < c->store->sentence_count; s++) {
        const struct store_sentence *sentence = &c->store->sentences[s];
        enum status st = cover_sentence(c, sentence, e);
        if (st != STATUS_OK) {
            return st;
        }
        for (uint32_t i = 0; st == STATUS_OK && i < sentence->token_count;
             i++) {
            st = count_from(c, sentence, i, e);
        }
        if (st != STATUS_OK) {
            return st;
        }
    }
    return STATUS_OK;
}

static enum status run(struct counter *c, struct err *e)
{
    const struct store *store = c->store;
    enum status st = key_words(c, e);
    for (size_t s = 0; st == STATUS_OK && s < store->sentence_count; s++) {
        const struct store_sentence *sentence = &store->sentences[s];
        for (uint32_t i = 0; st == STATUS_OK && i < sentence->mention_count;
             i++) {
            st = add_mention(c, sentence, sentence->first_mention + i, e);
        }
    }
    if (st == STATUS_OK) {
        st = count_occurrences(c, e);
    }
    return st == STATUS_OK ? count_collect(c, e) : st;
}

static void counter_free(struct counter *c)
{
    const struct alloc *a = c->store->alloc;
    strmap_free(c->token_keys);
    strmap_free(c->edges);
    strmap_free(c->surfaces);
    alloc_free(a, c->key_of_word,
               strmap_count(c->store->words) * sizeof *c->key_of_word);
    alloc_free(a, c->node_group, c->node_capacity * sizeof *c->node_group);
    alloc_free(a, c->events, c->store->mention_count * sizeof *c->events);
    alloc_free(a, c->forms, c->form_capacity * sizeof *c->forms);
    alloc_free(a, c->cover, c->cover_capacity * sizeof *c->cover);
    buf_free(&c->text);
    buf_free(&c->key);
}

enum status count_mentions(const struct store *store, unsigned folding,
                           struct counts *out, struct err *e)
{
    const struct alloc *a = store->alloc;
    struct counts result = {.alloc = a, .folding = folding};
    arena_init(&result.arena, a);
    result.keys = strmap_create(a);
    struct counter c = {.store = store, .out = &result};
    buf_init(&c.text, a);
    buf_init(&c.key, a);
    c.token_keys = strmap_create(a);
    c.edges = strmap_create(a);
    c.surfaces = strmap_create(a);
    c.key_of_word =
        alloc_get(a, strmap_count(store->words) * sizeof *c.key_of_word);
    c.events = alloc_get(a, store->mention_count * sizeof *c.events);
    enum status st = STATUS_OK;
    if (result.keys == NULL || c.token_keys == NULL || c.edges == NULL ||
        c.surfaces == NULL || c.key_of_word == NULL || c.events == NULL) {
        st = err_nomem(e);
    } else {
        st = run(&c, e);
    }
    counter_free(&c);
    if (st == STATUS_OK) {
        *out = result;
    } else {
        counts_free(&result);
    }
    return st;
}

void counts_free(struct counts *c)
{
    if (c->alloc == NULL) {
        return;
    }
    strmap_free(c->keys);
    arena_free(&c->arena);
    alloc_free(c->alloc, c->groups, c->group_capacity * sizeof *c->groups);
    alloc_free(c->alloc, c->labels, c->label_capacity * sizeof *c->labels);
    alloc_free(c->alloc, c->sources, c->source_capacity * sizeof *c->sources);
    alloc_free(c->alloc, c->forms, c->form_capacity * sizeof *c->forms);
    memset(c, 0, sizeof *c);
}
