#include "build/score_names.h"

#include "text/fold.h"

/* By group: its entry, or UINT32_MAX. */
static void number_groups(const struct counts *counts,
                          const struct selection *selection, uint32_t *out)
{
    uint32_t entry = 0;
    for (size_t i = 0; i < counts->group_count; i++) {
        out[i] = UINT32_MAX;
    }
    for (size_t i = 0; i < selection->count; i++) {
        const struct candidate *c = &selection->items[i];
        if (select_is_entry(c)) {
            if (!c->from_list && c->why == SELECT_KEPT) {
                out[c->group] = entry;
            }
            entry++;
        }
    }
}

/* A mention's key in each family. */
static void keys_of(const struct score_corpus *c,
                    const struct store_sentence *t,
                    const struct store_mention *m,
                    uint64_t keys[SCORE_FAMILIES])
{
    uint64_t joined = score_span_start(SCORE_JOINED);
    keys[SCORE_EXACT] = score_span_start(SCORE_EXACT);
    keys[SCORE_FOLDED] = score_span_start(SCORE_FOLDED);
    keys[SCORE_JOINED] = joined;
    for (uint32_t i = 0; i < m->count; i++) {
        const struct wordform *w =
            &score_corpus_word(c, t, (int64_t)m->first + i)->form;
        keys[SCORE_EXACT] = score_span_step(keys[SCORE_EXACT], w->exact);
        keys[SCORE_FOLDED] = score_span_step(keys[SCORE_FOLDED], w->fold);
        keys[SCORE_JOINED] = score_joined_key(joined, w);
        joined = wordform_join(joined, w->joined);
    }
}

static enum status name_keys(struct score_entries *s,
                             const struct counts *counts,
                             const uint32_t *entry_of, struct err *e)
{
    const struct score_corpus *c = s->corpus;
    const struct store *store = c->store;
    struct buf text;
    struct buf key;
    buf_init(&text, store->alloc);
    buf_init(&key, store->alloc);
    bool ok = true;
    for (size_t i = 0; ok && i < store->sentence_count; i++) {
        const struct store_sentence *t = &store->sentences[i];
        for (uint32_t k = 0; ok && k < t->mention_count; k++) {
            const struct store_mention *m =
                &store->mentions[t->first_mention + k];
            uint64_t keys[SCORE_FAMILIES];
            uint32_t group = 0;
            if (m->count > SCORE_SPAN_MAX) {
                continue;
            }
            buf_clear(&text);
            buf_clear(&key);
            count_surface(store, t, m->first, m->count, &text);
            fold_name(buf_view(&text), counts->folding, &key);
            ok = buf_ok(&text) && buf_ok(&key);
            keys_of(c, t, m, keys);
            if (!ok || !strmap_find(counts->keys, buf_view(&key), &group)) {
                continue;
            }
            for (unsigned f = 0; f <= SCORE_JOINED; f++) {
                uint32_t *id = &s->ids[f][hashmap_find(&c->keys[f], keys[f])];
                *id = *id == UINT32_MAX ? entry_of[group] : *id;
            }
        }
    }
    buf_free(&text);
    buf_free(&key);
    return ok ? STATUS_OK : err_nomem(e);
}

enum status score_entries_init(struct score_entries *s,
                               const struct score_corpus *corpus,
                               const struct counts *counts,
                               const struct selection *selection, struct err *e)
{
    const struct alloc *a = corpus->store->alloc;
    memset(s, 0, sizeof *s);
    s->corpus = corpus;
    size_t size = counts->group_count * sizeof(uint32_t);
    uint32_t *entry_of = alloc_get(a, size);
    bool ok = entry_of != NULL;
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        uint32_t n = corpus->keys[f].count;
        s->ids[f] = alloc_get(a, n * sizeof *s->ids[f]);
        ok = ok && s->ids[f] != NULL;
        for (uint32_t i = 0; s->ids[f] != NULL && i < n; i++) {
            s->ids[f][i] = UINT32_MAX;
        }
    }
    enum status st = ok ? STATUS_OK : err_nomem(e);
    if (ok) {
        number_groups(counts, selection, entry_of);
        st = name_keys(s, counts, entry_of, e);
    }
    alloc_free(a, entry_of, size);
    return st;
}

void score_entries_free(struct score_entries *s)
{
    for (unsigned f = 0; s->corpus != NULL && f < SCORE_FAMILIES; f++) {
        alloc_free(s->corpus->store->alloc, s->ids[f],
                   s->corpus->keys[f].count * sizeof *s->ids[f]);
    }
    memset(s, 0, sizeof *s);
}
