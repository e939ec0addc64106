#include "build/score_extract_state.h"

enum status score_extract_create(const struct score_corpus *corpus,
                                 struct score_extract **out, struct err *e)
{
    const struct alloc *a = corpus->store->alloc;
    struct score_extract *x = alloc_get(a, sizeof *x);
    if (x == NULL) {
        return err_nomem(e);
    }
    memset(x, 0, sizeof *x);
    x->corpus = corpus;
    x->alloc = a;
    x->topic_bins = alloc_get(a, corpus->labels);
    if (x->topic_bins == NULL) {
        score_extract_free(x);
        return err_nomem(e);
    }
    *out = x;
    return STATUS_OK;
}

void score_extract_free(struct score_extract *x)
{
    if (x == NULL) {
        return;
    }
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        alloc_free(x->alloc, x->entry[f],
                   x->entry_capacity[f] * sizeof *x->entry[f]);
    }
    alloc_free(x->alloc, x->bin, x->bin_capacity);
    alloc_free(x->alloc, x->hint, x->hint_capacity);
    alloc_free(x->alloc, x->topic_bins, x->corpus->labels);
    alloc_free(x->alloc, x, sizeof *x);
}

static uint32_t majority(const struct score_extract *x, uint32_t key)
{
    uint32_t labels = x->corpus->labels;
    const uint32_t *n =
        x->counts->family[SCORE_FOLDED].labels + (size_t)key * labels;
    uint32_t best = 0;
    for (uint32_t y = 1; y < labels; y++) {
        best = n[y] > n[best] ? y : best;
    }
    return best;
}

/* The highest number in the cells (bins of entries, hints) around
 * [start, end), and within. */
static void nested(const struct score_extract *x, const uint8_t *cells,
                   uint32_t start, uint32_t end, unsigned *around,
                   unsigned *within)
{
    uint32_t n = x->sentence->token_count;
    uint32_t from = start > SCORE_SIDE ? start - SCORE_SIDE : 0;
    uint32_t to = end + SCORE_SIDE < n ? end + SCORE_SIDE : n;
    *around = 0;
    *within = 0;
    for (uint32_t i = from; i <= start; i++) {
        for (uint32_t j = end; j <= to; j++) {
            unsigned c = i < start || j > end ? score_cell(cells, i, j) : 0;
            *around = c > *around ? c : *around;
        }
    }
    for (uint32_t i = start; i < end; i++) {
        for (uint32_t j = i + 1; j <= end; j++) {
            unsigned c = i > start || j < end ? score_cell(cells, i, j) : 0;
            *within = c > *within ? c : *within;
        }
    }
}

static void nesting(struct score_extract *x, uint32_t start, uint32_t end)
{
    unsigned around = 0;
    unsigned within = 0;
    unsigned own = bin_of(x, start, end);
    uint32_t len = end - start < 4 ? end - start : 4;
    const struct wordform *a = &word_at(x, start)->form;
    const struct wordform *z = &word_at(x, (int64_t)end - 1)->form;
    nested(x, x->bin, start, end, &around, &within);
    feature_shared(x, SCORE_OUTER, around, own, 0);
    feature_shared(x, SCORE_WITHIN, within, len, own > 0);
    for (uint32_t j = end - 1; j > start; j--) {
        unsigned b = bin_of(x, start, j);
        if (b > 0) {
            uint32_t y = majority(x, x->entry[SCORE_FOLDED][cell(start, j)]);
            feature_shared(x, SCORE_HEAD_SHAPE, y, z->shape, end - j);
            feature_shared(x, SCORE_HEAD_BIN, y, b, own > 0);
            feature_row(x, SCORE_ROW_HEAD, y, 0);
            break;
        }
    }
    for (uint32_t i = start + 1; i < end; i++) {
        unsigned b = bin_of(x, i, end);
        if (b > 0) {
            uint32_t y = majority(x, x->entry[SCORE_FOLDED][cell(i, end)]);
            feature_shared(x, SCORE_TAIL_SHAPE, y, a->shape, i - start);
            feature_shared(x, SCORE_TAIL_BIN, y, b, own > 0);
            feature_row(x, SCORE_ROW_TAIL, y, 0);
            break;
        }
    }
}

/* The words that a candidate's features are about. */
struct around {
    const struct score_word *p2, *p, *a, *z, *n, *n2;
    uint64_t bin, known, single, len;
};

static void base_features(struct score_extract *x, const struct around *w,
                          uint32_t start, uint32_t end)
{
    uint64_t a = w->a->form.shape;
    uint64_t z = w->z->form.shape;
    uint64_t p = w->p->form.shape;
    uint64_t n = w->n->form.shape;
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        uint32_t key = x->entry[f][cell(start, end)];
        const struct score_family_counts *k = &x->counts->family[f];
        bool counts =
            key != HASHMAP_NONE && (x->set->learning || k->n[key] > 0);
        feature_shared(x, SCORE_ENTRY, f,
                       counts ? score_state(k->n[key], k->N[key])
                              : SCORE_STATE_UNKNOWN,
                       w->single);
    }
    feature_shared(x, SCORE_SHAPES, a, z, w->single);
    feature_shared(x, SCORE_BIN_SHAPE, w->bin, a, 0);
    feature_shared(x, SCORE_START, start == 0, a, 0);
    feature_shared(x, SCORE_START_BIN, start == 0, a, w->bin);
    feature_shared(x, SCORE_NO_LOWER, x->no_lower, 0, 0);
    feature_shared(x, SCORE_SHAPE_BEFORE, p, a, w->single);
    feature_shared(x, SCORE_SHAPE_AFTER, n, z, w->single);
    feature_shared(x, SCORE_SHAPE_AROUND, p, n, w->bin);
    feature_shared(x, SCORE_WORD_BEFORE2, w->p2->form.lower, 0, 0);
    feature_shared(x, SCORE_WORD_BEFORE, w->p->form.lower, 0, 0);
    feature_shared(x, SCORE_WORD_AFTER, w->n->form.lower, 0, 0);
    feature_shared(x, SCORE_WORD_AFTER2, w->n2->form.lower, 0, 0);
    feature_shared(x, SCORE_LENGTH, w->len, w->known, 0);
    feature_row(x, SCORE_ROW_BIAS, 0, 0);
    feature_row(x, SCORE_ROW_LENGTH, w->len < 4 ? w->len : 4, 0);
}

static unsigned place_state(const struct score_extract *x,
                            enum score_place place, const struct score_word *w)
{
    return score_state(x->counts->place[place][w->fold],
                       x->counts->words[w->fold]);
}

static unsigned place_bin(const struct score_extract *x, enum score_place place,
                          const struct score_word *w)
{
    return score_bin(x->counts->place[place][w->fold],
                     x->counts->words[w->fold]);
}

static void word_features(struct score_extract *x, const struct around *w,
                          uint32_t start, uint32_t end)
{
    uint64_t known = w->known;
    unsigned first = place_state(x, SCORE_PLACE_FIRST, w->a);
    if (w->single) {
        feature_shared(x, SCORE_SINGLE, w->a->form.lower, 0, 0);
        feature_shared(x, SCORE_SINGLE_LAST,
                       place_state(x, SCORE_PLACE_LAST, w->a), known, 0);
        feature_shared(x, SCORE_SINGLE_FIRST, first, known, 0);
        return;
    }
    feature_shared(x, SCORE_FIRST_STATE, first, known, 0);
    feature_shared(x, SCORE_LAST_STATE, place_state(x, SCORE_PLACE_LAST, w->z),
                   known, 0);
    feature_shared(x, SCORE_ENDS, place_bin(x, SCORE_PLACE_FIRST, w->a),
                   place_bin(x, SCORE_PLACE_LAST, w->z), known);
    for (uint32_t i = start + 1; i + 1 < end; i++) {
        const struct score_word *q = word_at(x, i);
        feature_shared(
            x, SCORE_INNER_STATE,
            score_state(x->counts->inner[q->fold], x->counts->words[q->fold]),
            known, 0);
        feature_shared(x, SCORE_INNER_SHAPE, q->form.shape, known, 0);
        feature_shared(x, SCORE_INNER, q->form.lower, 0, 0);
    }
    feature_shared(x, SCORE_LAST, w->z->form.fold, 0, 0);
    feature_shared(x, SCORE_FIRST, w->a->form.fold, 0, 0);
}

static void side_features(struct score_extract *x, const struct around *w)
{
    const struct score_word *p = w->p;
    const struct score_word *n = w->n;
    if (n->fold != HASHMAP_NONE) {
        feature_shared(x, SCORE_AFTER_LAST, place_bin(x, SCORE_PLACE_LAST, n),
                       n->form.shape, w->known);
        feature_shared(x, SCORE_AFTER_STATE,
                       place_state(x, SCORE_PLACE_AFTER, n), w->known, 0);
    }
    if (p->fold != HASHMAP_NONE) {
        feature_shared(x, SCORE_BEFORE_FIRST,
                       place_bin(x, SCORE_PLACE_FIRST, p), p->form.shape,
                       w->known);
        feature_shared(x, SCORE_BEFORE_STATE,
                       place_state(x, SCORE_PLACE_BEFORE, p), w->known, 0);
    }
}

static void form_features(struct score_extract *x, const struct around *w)
{
    const struct wordform *a = &w->a->form;
    const struct wordform *z = &w->z->form;
    const struct wordform *p = &w->p->form;
    const struct wordform *n = &w->n->form;
    feature_shared(x, SCORE_SUFFIX3, z->suffix3, w->single, w->known);
    feature_shared(x, SCORE_SUFFIX4, z->suffix4, w->single, w->known);
    feature_shared(x, SCORE_PREFIX, a->prefix, w->single, w->known);
    feature_shared(x, SCORE_PATTERNS, a->pattern, z->pattern, w->len);
    feature_shared(x, SCORE_NUMBER_WORDS, a->numbers, z->numbers, w->len);
    feature_shared(x, SCORE_AROUND, p->lower, n->lower, 0);
    feature_shared(x, SCORE_BEFORE_SHAPES, p->lower, a->shape, z->shape);
    feature_shared(x, SCORE_AFTER_SHAPES, n->lower, a->shape, z->shape);
    feature_shared(x, SCORE_BEFORE_TWO, p->lower, w->p2->form.lower, 0);
    feature_shared(x, SCORE_AFTER_TWO, n->lower, w->n2->form.lower, 0);
    feature_shared(x, SCORE_LAST_AFTER, n->lower, z->fold, 0);
    feature_shared(x, SCORE_BEFORE_A, p->lower, a->fold, 0);
    feature_row(x, SCORE_ROW_LAST, z->fold, w->single);
    feature_row(x, SCORE_ROW_FIRST, w->single ? 0 : a->fold, 0);
    feature_row(x, SCORE_ROW_BEFORE, p->lower, 0);
    feature_row(x, SCORE_ROW_AFTER, n->lower, 0);
    feature_row(x, SCORE_ROW_SUFFIX, z->suffix3, w->single);
    feature_row(x, SCORE_ROW_PATTERN, a->pattern, w->single);
    feature_row(x, SCORE_ROW_PREFIX, a->prefix, w->single);
    feature_row(x, SCORE_ROW_BEFORE2, w->p2->form.lower, 0);
    feature_row(x, SCORE_ROW_AFTER2, w->n2->form.lower, 0);
    feature_row(x, SCORE_ROW_SHAPES, a->shape, z->shape);
}

static void hint_features(struct score_extract *x, const struct around *w,
                          uint32_t start, uint32_t end)
{
    unsigned around = 0;
    unsigned within = 0;
    unsigned hint = hint_of(x, start, end);
    uint64_t one = hint > 0;
    if (x->corpus->hints.keys.count == 0) {
        return;
    }
    nested(x, x->hint, start, end, &around, &within);
    feature_shared(x, SCORE_HINT, one, w->bin, w->single);
    feature_shared(x, SCORE_HINT_OUTER, around > 0, w->bin, one);
    feature_shared(x, SCORE_HINT_WITHIN, within > 0, w->bin, one * 8 + w->len);
    if (hint > 0) {
        uint64_t a = w->a->form.shape;
        feature_shared(x, SCORE_HINT_SHAPES, a, w->z->form.shape, 0);
        feature_shared(x, SCORE_HINT_LABEL, hint - 1, w->known, 0);
        feature_shared(x, SCORE_HINT_SHAPE, hint - 1, a, w->known);
        feature_row(x, SCORE_ROW_HINT, hint - 1, w->known);
        feature_row(x, SCORE_ROW_HINT_SHAPE, hint - 1, a);
    }
}

/* How likely each label is in such a sentence, and what that says of every
 * label. Of names that nobody knows the span is right far more often than the
 * label. */
static void topic_features(struct score_extract *x, const struct around *w)
{
    for (uint32_t y = 0; y < x->corpus->labels; y++) {
        feature_row(x, SCORE_ROW_TOPIC, y, w->known * 16 + x->topic_bins[y]);
    }
}

static void shares(struct score_extract *x, const struct around *w,
                   uint32_t start, uint32_t end, uint8_t *out)
{
    uint32_t labels = x->corpus->labels;
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        uint32_t key = x->entry[f][cell(start, end)];
        const struct score_family_counts *k = &x->counts->family[f];
        for (uint32_t y = 0; y < labels; y++) {
            *out++ = key == HASHMAP_NONE
                         ? 0
                         : (uint8_t)score_share(
                               k->labels[(size_t)key * labels + y], k->n[key]);
        }
    }
    const struct score_word *words[SCORE_PLACES] = {w->z, w->a, w->p, w->n};
    for (unsigned p = 0; p < SCORE_PLACES; p++) {
        uint32_t fold = words[p]->fold;
        for (uint32_t y = 0; y < labels; y++) {
            *out++ =
                fold == HASHMAP_NONE
                    ? 0
                    : (uint8_t)score_share(
                          x->counts->place_labels[p][(size_t)fold * labels + y],
                          x->counts->place[p][fold]);
        }
    }
    for (uint32_t y = 0; y < labels; y++) {
        *out++ = (uint8_t)(w->known * 16 + x->topic_bins[y]);
    }
}

/* The cells of the sentence, from its hits. */
static bool prepare(struct score_extract *x, size_t sentence)
{
    size_t cells = (size_t)x->sentence->token_count * SCORE_SPAN_MAX;
    void *p = NULL;
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        p = x->entry[f];
        if (!alloc_grow(x->alloc, &p, &x->entry_capacity[f], cells,
                        sizeof *x->entry[f])) {
            return false;
        }
        x->entry[f] = p;
        memset(p, 0xFF, cells * sizeof *x->entry[f]);
    }
    p = x->bin;
    if (!alloc_grow(x->alloc, &p, &x->bin_capacity, cells, 1)) {
        return false;
    }
    x->bin = p;
    memset(p, 0, cells);
    p = x->hint;
    if (!alloc_grow(x->alloc, &p, &x->hint_capacity, cells, 1)) {
        return false;
    }
    x->hint = p;
    memset(p, 0, cells);
    const struct score_corpus *c = x->corpus;
    for (size_t i = c->first_hit[sentence]; i < c->first_hit[sentence + 1];
         i++) {
        const struct score_hit *h = &c->hits[i];
        size_t at = (size_t)h->first * SCORE_SPAN_MAX + h->count - 1;
        if (h->family == SCORE_HINTS) {
            x->hint[at] = (uint8_t)(1 + c->hints.label[h->key]);
            continue;
        }
        const struct score_family_counts *k = &x->counts->family[h->family];
        x->entry[h->family][at] = h->key;
        if (h->family == SCORE_FOLDED && k->n[h->key] > 0) {
            x->bin[at] = (uint8_t)(1 + score_bin(k->n[h->key], k->N[h->key]));
        }
    }
    x->no_lower = true;
    for (uint32_t i = 0; i < x->sentence->token_count; i++) {
        x->no_lower = x->no_lower && word_at(x, i)->form.shape != SHAPE_LOWER;
    }
    return true;
}

static uint32_t label_at(const struct score_extract *x, uint32_t start,
                         uint32_t end)
{
    for (uint32_t i = 0; i < x->sentence->mention_count; i++) {
        const struct store_mention *m =
            &x->corpus->store->mentions[x->sentence->first_mention + i];
        if (m->first == start && m->count == end - start) {
            return m->label;
        }
    }
    return SCORE_NO_LABEL;
}

static bool add_candidate(struct score_extract *x, uint32_t start, uint32_t end)
{
    struct score_set *s = x->set;
    size_t share = (size_t)SCORE_SHARE_SLOTS * x->corpus->labels;
    void *items = s->items;
    void *bytes = s->shares;
    bool ok = alloc_grow(x->alloc, &items, &s->capacity, s->count + 1,
                         sizeof *s->items);
    s->items = items;
    ok = ok && alloc_grow(x->alloc, &bytes, &s->share_capacity,
                          (s->count + 1) * share, 1);
    s->shares = bytes;
    if (!ok) {
        return false;
    }
    x->item = &s->items[s->count];
    *x->item = (struct score_candidate){.start = start,
                                        .end = end,
                                        .label = label_at(x, start, end),
                                        .first_shared = s->shared_count,
                                        .first_row = s->row_count};
    unsigned bin = bin_of(x, start, end);
    struct around w = {.p2 = word_at(x, (int64_t)start - 2),
                       .p = word_at(x, (int64_t)start - 1),
                       .a = word_at(x, start),
                       .z = word_at(x, (int64_t)end - 1),
                       .n = word_at(x, end),
                       .n2 = word_at(x, (int64_t)end + 1),
                       .bin = bin,
                       .known = bin > 0,
                       .single = end - start == 1,
                       .len = end - start < 5 ? end - start : 5};
    base_features(x, &w, start, end);
    nesting(x, start, end);
    word_features(x, &w, start, end);
    side_features(x, &w);
    form_features(x, &w);
    hint_features(x, &w, start, end);
    topic_features(x, &w);
    shares(x, &w, start, end, s->shares + s->count * share);
    s->count++;
    return !x->failed;
}

static bool end_sentence(struct score_extract *x, size_t sentence)
{
    struct score_set *s = x->set;
    void *first = s->first;
    void *ids = s->sentence;
    bool ok = alloc_grow(x->alloc, &first, &s->first_capacity,
                         s->sentence_count + 2, sizeof *s->first);
    s->first = first;
    ok = ok && alloc_grow(x->alloc, &ids, &s->sentence_capacity,
                          s->sentence_count + 1, sizeof *s->sentence);
    s->sentence = ids;
    if (ok) {
        s->sentence[s->sentence_count++] = (uint32_t)sentence;
        s->first[s->sentence_count] = s->count;
    }
    return ok;
}

enum status score_extract_sentence(struct score_extract *x,
                                   const struct score_counts *counts,
                                   size_t sentence, const double *topic,
                                   struct score_set *out, struct err *e)
{
    x->counts = counts;
    x->sentence = &x->corpus->store->sentences[sentence];
    x->set = out;
    bool ok = prepare(x, sentence);
    score_topic_bins(topic, x->corpus->labels, x->topic_bins);
    uint32_t n = x->sentence->token_count;
    for (uint32_t i = 0; ok && i < n; i++) {
        for (uint32_t j = i + 1; ok && j <= n && j - i <= SCORE_SPAN_MAX; j++) {
            if (score_is_candidate(x, i, j)) {
                ok = add_candidate(x, i, j);
            }
        }
    }
    return ok && end_sentence(x, sentence) ? STATUS_OK : err_nomem(e);
}
