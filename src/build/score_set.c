#include "build/score_extract.h"

#include "model/score_bins.h"

static void dict_init(struct score_dict *d, const struct alloc *a)
{
    memset(d, 0, sizeof *d);
    hashmap_init(&d->ids, a);
}

static void dict_free(struct score_dict *d, const struct alloc *a)
{
    hashmap_free(&d->ids);
    alloc_free(a, d->count, d->count_capacity * sizeof *d->count);
    alloc_free(a, d->what, d->what_capacity);
}

enum status score_set_init(struct score_set *s,
                           const struct score_corpus *corpus, struct err *e)
{
    const struct alloc *a = corpus->store->alloc;
    memset(s, 0, sizeof *s);
    s->corpus = corpus;
    s->learning = true;
    dict_init(&s->shared_dict, a);
    dict_init(&s->row_dict, a);
    void *first = NULL;
    if (!alloc_grow(a, &first, &s->first_capacity, 1, sizeof *s->first)) {
        return err_nomem(e);
    }
    s->first = first;
    s->first[0] = 0;
    return STATUS_OK;
}

void score_set_free(struct score_set *s)
{
    if (s->corpus == NULL) {
        return;
    }
    const struct alloc *a = s->corpus->store->alloc;
    dict_free(&s->shared_dict, a);
    dict_free(&s->row_dict, a);
    alloc_free(a, s->items, s->capacity * sizeof *s->items);
    alloc_free(a, s->shared, s->shared_capacity * sizeof *s->shared);
    alloc_free(a, s->rows, s->row_capacity * sizeof *s->rows);
    alloc_free(a, s->shares, s->share_capacity);
    alloc_free(a, s->first, s->first_capacity * sizeof *s->first);
    alloc_free(a, s->sentence, s->sentence_capacity * sizeof *s->sentence);
    memset(s, 0, sizeof *s);
}

/* Feature ids that stay get new ones, the others HASHMAP_NONE. */
static enum status renumber(struct score_dict *d, const struct alloc *a,
                            uint32_t least, uint32_t **map, struct err *e)
{
    uint32_t n = d->ids.count;
    uint32_t kept = 0;
    *map = alloc_get(a, n * sizeof **map);
    if (*map == NULL) {
        return err_nomem(e);
    }
    for (uint32_t i = 0; i < n; i++) {
        (*map)[i] = d->count[i] >= least ? kept : HASHMAP_NONE;
        d->count[kept] = d->count[i];
        d->what[kept] = d->what[i];
        kept += d->count[i] >= least;
    }
    for (size_t i = 0; i < d->ids.slots; i++) {
        if (d->ids.keys[i] != 0) {
            d->ids.ids[i] = (*map)[d->ids.ids[i]];
        }
    }
    d->ids.count = kept;
    return STATUS_OK;
}

/* Renumber a candidate's run in place; *at is where the next one goes. */
static uint16_t squeeze(uint32_t *ids, size_t first, uint16_t count,
                        const uint32_t *map, size_t *at)
{
    size_t from = *at;
    for (size_t i = first; i < first + count; i++) {
        if (map[ids[i]] != HASHMAP_NONE) {
            ids[(*at)++] = map[ids[i]];
        }
    }
    return (uint16_t)(*at - from);
}

enum status score_set_cut(struct score_set *s, uint32_t least, struct err *e)
{
    const struct alloc *a = s->corpus->store->alloc;
    uint32_t *shared = NULL;
    uint32_t *rows = NULL;
    uint32_t shared_before = s->shared_dict.ids.count;
    uint32_t rows_before = s->row_dict.ids.count;
    size_t shared_at = 0;
    size_t row_at = 0;
    enum status st = renumber(&s->shared_dict, a, least, &shared, e);
    if (st == STATUS_OK) {
        st = renumber(&s->row_dict, a, least, &rows, e);
    }
    for (size_t i = 0; st == STATUS_OK && i < s->count; i++) {
        struct score_candidate *c = &s->items[i];
        size_t first_shared = shared_at;
        size_t first_row = row_at;
        c->shared_count = squeeze(s->shared, c->first_shared, c->shared_count,
                                  shared, &shared_at);
        c->row_count =
            squeeze(s->rows, c->first_row, c->row_count, rows, &row_at);
        c->first_shared = first_shared;
        c->first_row = first_row;
    }
    alloc_free(a, shared, shared_before * sizeof *shared);
    alloc_free(a, rows, rows_before * sizeof *rows);
    return st;
}

void score_topic_bins(const double *topic, uint32_t labels, uint8_t *out)
{
    double high = topic[0];
    double sum = 0;
    for (uint32_t y = 1; y < labels; y++) {
        high = topic[y] > high ? topic[y] : high;
    }
    for (uint32_t y = 0; y < labels; y++) {
        sum += real_exp(SCORE_TOPIC_SCALE * (topic[y] - high));
    }
    for (uint32_t y = 0; y < labels; y++) {
        out[y] = (uint8_t)score_topic_bin(
            real_exp(SCORE_TOPIC_SCALE * (topic[y] - high)) / sum);
    }
}
