#include "build/score_extract_state.h"

static bool dict_put(struct score_extract *x, struct score_dict *d,
                     unsigned what, uint64_t key, uint32_t *id)
{
    if (!x->set->learning) {
        *id = hashmap_find(&d->ids, key);
        return *id != HASHMAP_NONE;
    }
    void *count = d->count;
    void *kinds = d->what;
    bool ok = alloc_grow(x->alloc, &count, &d->count_capacity,
                         (size_t)d->ids.count + 1, sizeof *d->count);
    d->count = count;
    ok = ok && alloc_grow(x->alloc, &kinds, &d->what_capacity,
                          (size_t)d->ids.count + 1, 1);
    d->what = kinds;
    uint32_t before = d->ids.count;
    if (!ok || !hashmap_put(&d->ids, key, id)) {
        x->failed = true;
        return false;
    }
    if (*id == before) {
        d->count[*id] = 0;
        d->what[*id] = (uint8_t)what;
    }
    d->count[*id]++;
    return true;
}

void feature_shared(struct score_extract *x, enum score_shared what, uint64_t a,
                    uint64_t b, uint64_t c)
{
    struct score_set *s = x->set;
    uint32_t id = 0;
    void *list = s->shared;
    if (!dict_put(x, &s->shared_dict, what, score_key(what, a, b, c), &id)) {
        return;
    }
    if (!alloc_grow(x->alloc, &list, &s->shared_capacity, s->shared_count + 1,
                    sizeof *s->shared)) {
        x->failed = true;
        return;
    }
    s->shared = list;
    s->shared[s->shared_count++] = id;
    x->item->shared_count++;
}

void feature_row(struct score_extract *x, enum score_row what, uint64_t a,
                 uint64_t b)
{
    struct score_set *s = x->set;
    uint32_t id = 0;
    void *list = s->rows;
    if (!dict_put(x, &s->row_dict, what, score_key(what, a, b, 0), &id)) {
        return;
    }
    if (!alloc_grow(x->alloc, &list, &s->row_capacity, s->row_count + 1,
                    sizeof *s->rows)) {
        x->failed = true;
        return;
    }
    s->rows = list;
    s->rows[s->row_count++] = id;
    x->item->row_count++;
}

/* May a span that is no entry be a mention? Every token must be able to stand
 * in a name, the first to begin one, the last to end one. */
static bool may_be_unseen(const struct score_extract *x, uint32_t start,
                          uint32_t end)
{
    const struct score_counts *k = x->counts;
    const struct score_word *a = word_at(x, start);
    const struct score_word *z = word_at(x, (int64_t)end - 1);
    const uint32_t *first = k->place[SCORE_PLACE_FIRST];
    const uint32_t *last = k->place[SCORE_PLACE_LAST];
    unsigned upper = 0;
    if (end - start > SCORE_UNSEEN_MAX ||
        !(a->form.flags & z->form.flags & WORDFORM_ALNUM)) {
        return false;
    }
    for (uint32_t i = start; i < end; i++) {
        const struct score_word *w = word_at(x, i);
        unsigned name = w->form.flags & (WORDFORM_UPPER | WORDFORM_DIGIT);
        if (!(w->form.flags & WORDFORM_INNER) ||
            (i > start && i + 1 < end && k->inner[w->fold] == 0 && !name)) {
            return false;
        }
        upper |= w->form.flags & WORDFORM_UPPER;
    }
    unsigned name_a = a->form.flags & (WORDFORM_UPPER | WORDFORM_DIGIT);
    unsigned name_z = z->form.flags & (WORDFORM_UPPER | WORDFORM_DIGIT);
    if (end - start == 1) {
        return (a->form.flags & WORDFORM_UPPER) ||
               ((a->form.flags & WORDFORM_DIGIT) &&
                a->form.shape > SHAPE_NUMBER_SYMBOL) ||
               last[a->fold] > 0 || first[a->fold] > 1;
    }
    if (first[a->fold] == 0 && !name_a && a->form.shape != SHAPE_HYPHEN &&
        k->words[a->fold] > 30) {
        return false;
    }
    if (last[z->fold] == 0 && !name_z) {
        return false;
    }
    return upper ||
           (last[z->fold] > 0 && last[z->fold] * 20 >= k->words[z->fold]);
}

static bool is_known(const struct score_extract *x, size_t at)
{
    for (unsigned f = 0; f <= SCORE_JOINED; f++) {
        uint32_t key = x->entry[f][at];
        if (key != HASHMAP_NONE && x->counts->family[f].n[key] > 0) {
            return true;
        }
    }
    return false;
}

bool score_is_candidate(const struct score_extract *x, uint32_t start,
                        uint32_t end)
{
    return is_known(x, cell(start, end)) || x->hint[cell(start, end)] > 0 ||
           may_be_unseen(x, start, end);
}
