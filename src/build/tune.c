#include "build/tune.h"

#include "build/score_count.h"

/* The grid, and one place more for the values given. */
static const double PURITIES[] = {.2, .25, .3, .35, .4, .45, .5, .55, .6};
static const double SMOOTHINGS[] = {0, .5, 1, 2, 4};

enum {
    PURITY_COUNT = sizeof PURITIES / sizeof PURITIES[0],
    SMOOTHING_COUNT = sizeof SMOOTHINGS / sizeof SMOOTHINGS[0],
    POINTS = PURITY_COUNT * SMOOTHING_COUNT + 1
};

struct point {
    double min_purity, smoothing;
    size_t correct, found;
};

struct tuner {
    const struct score_corpus *corpus;
    enum score_family family;
    struct score_counts counts;
    double prior;
    uint8_t *several; /* by key: has it more than one token? */
    uint8_t *hinted;  /* by key: does the prior list have it? */
    double mean[2];   /* n / N of names of one token, of several */
    struct point points[POINTS];
    size_t gold;
};

static bool in_fold(size_t sentence, unsigned fold)
{
    return score_mix(sentence + 777) % TUNE_FOLDS == fold;
}

static void mean_purity(struct tuner *t)
{
    const struct score_family_counts *k = &t->counts.family[t->family];
    double n[2] = {0, 0};
    double all[2] = {0, 0};
    for (uint32_t i = 0; i < t->corpus->keys[t->family].count; i++) {
        n[t->several[i]] += k->n[i];
        all[t->several[i]] += k->N[i];
    }
    for (unsigned i = 0; i < 2; i++) {
        t->mean[i] = all[i] > 0 ? n[i] / all[i] : 0;
    }
}

static uint32_t majority(const struct tuner *t, uint32_t key)
{
    uint32_t labels = t->corpus->labels;
    const uint32_t *n =
        t->counts.family[t->family].labels + (size_t)key * labels;
    uint32_t best = 0;
    for (uint32_t y = 1; y < labels; y++) {
        best = n[y] > n[best] ? y : best;
    }
    return best;
}

static bool is_right(const struct tuner *t, const struct store_sentence *s,
                     const struct score_hit *h)
{
    uint32_t label = majority(t, h->key);
    for (uint32_t i = 0; i < s->mention_count; i++) {
        const struct store_mention *m =
            &t->corpus->store->mentions[s->first_mention + i];
        if (m->first == h->first && m->count == h->count) {
            return m->label == label;
        }
    }
    return false;
}

static bool is_pure(const struct tuner *t, const struct point *p,
                    const struct score_hit *h)
{
    const struct score_family_counts *k = &t->counts.family[t->family];
    double a = p->smoothing;
    double w = t->hinted[h->key] != 0 ? t->prior : 0;
    double all = k->N[h->key] + a + w;
    return k->n[h->key] > 0 &&
           k->n[h->key] + a * t->mean[h->count > 1] + w >= p->min_purity * all;
}

/* Leftmost-longest: hits come by their first token, then by length. */
static void tag_sentence(struct tuner *t, size_t sentence, struct point *p)
{
    const struct score_corpus *c = t->corpus;
    const struct store_sentence *s = &c->store->sentences[sentence];
    uint32_t free_from = 0;
    size_t end = c->first_hit[sentence + 1];
    for (size_t i = c->first_hit[sentence]; i < end;) {
        const struct score_hit *best = NULL;
        uint32_t first = c->hits[i].first;
        for (; i < end && c->hits[i].first == first; i++) {
            const struct score_hit *h = &c->hits[i];
            if (h->family == t->family && first >= free_from &&
                is_pure(t, p, h)) {
                best = h;
            }
        }
        if (best != NULL) {
            free_from = first + best->count;
            p->found++;
            p->correct += is_right(t, s, best);
        }
    }
}

static enum status run_fold(struct tuner *t, unsigned fold, struct err *e)
{
    size_t n = t->corpus->store->sentence_count;
    enum status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < n; i++) {
        s = in_fold(i, fold) ? STATUS_OK
                             : score_counts_add(&t->counts, i, false, e);
    }
    mean_purity(t);
    for (size_t i = 0; s == STATUS_OK && i < n; i++) {
        for (unsigned k = 0; in_fold(i, fold) && k < POINTS; k++) {
            tag_sentence(t, i, &t->points[k]);
        }
    }
    for (size_t i = 0; s == STATUS_OK && i < n; i++) {
        s = in_fold(i, fold) ? STATUS_OK
                             : score_counts_add(&t->counts, i, true, e);
    }
    return s;
}

static double f1_of(const struct tuner *t, const struct point *p)
{
    size_t sum = p->found + t->gold;
    return sum > 0 ? 2.0 * (double)p->correct / (double)sum : 0;
}

static void choose(const struct tuner *t, struct tune_choice *choice)
{
    const struct point *best = &t->points[0];
    for (unsigned i = 1; i + 1 < POINTS; i++) {
        best = f1_of(t, &t->points[i]) > f1_of(t, best) ? &t->points[i] : best;
    }
    choice->before = f1_of(t, &t->points[POINTS - 1]);
    choice->f1 = f1_of(t, best);
    choice->min_purity = best->min_purity;
    choice->smoothing = best->smoothing;
}

static void make_points(struct tuner *t, const struct tune_choice *given)
{
    for (unsigned i = 0; i + 1 < POINTS; i++) {
        t->points[i] =
            (struct point){.min_purity = PURITIES[i / SMOOTHING_COUNT],
                           .smoothing = SMOOTHINGS[i % SMOOTHING_COUNT]};
    }
    t->points[POINTS - 1] = (struct point){.min_purity = given->min_purity,
                                           .smoothing = given->smoothing};
}

/* A place's hits lie together, those of hints among them. */
static void mark_keys(struct tuner *t, size_t sentence)
{
    const struct score_corpus *c = t->corpus;
    size_t from = c->first_hit[sentence]; /* the place's first */
    size_t end = c->first_hit[sentence + 1];
    for (size_t i = from; i < end; i++) {
        const struct score_hit *h = &c->hits[i];
        from = c->hits[from].first == h->first ? from : i;
        if (h->family != t->family) {
            continue;
        }
        t->several[h->key] = h->count > 1;
        for (size_t k = from; k < end && c->hits[k].first == h->first; k++) {
            t->hinted[h->key] |= c->hits[k].family == SCORE_HINTS &&
                                 c->hits[k].count == h->count;
        }
    }
}

static enum status tune(struct tuner *t, struct tune_choice *choice,
                        struct err *e)
{
    const struct score_corpus *c = t->corpus;
    uint32_t keys = c->keys[t->family].count;
    t->several = alloc_get(c->store->alloc, keys);
    t->hinted = alloc_get(c->store->alloc, keys);
    enum status s = t->several == NULL || t->hinted == NULL
                        ? err_nomem(e)
                        : score_counts_init(&t->counts, c, e);
    if (s == STATUS_OK) {
        memset(t->hinted, 0, keys);
    }
    for (size_t i = 0; s == STATUS_OK && i < c->store->sentence_count; i++) {
        mark_keys(t, i);
    }
    t->gold = c->store->mention_count;
    make_points(t, choice);
    for (unsigned fold = 0; s == STATUS_OK && fold < TUNE_FOLDS; fold++) {
        s = run_fold(t, fold, e);
    }
    if (s == STATUS_OK) {
        choose(t, choice);
    }
    alloc_free(c->store->alloc, t->several, keys);
    alloc_free(c->store->alloc, t->hinted, keys);
    score_counts_free(&t->counts);
    return s;
}

enum status tune_purity(const struct store *store, bool folded, double prior,
                        struct tune_choice *choice, struct err *e)
{
    struct score_corpus corpus;
    struct tuner *t = alloc_get(store->alloc, sizeof *t);
    if (t == NULL) {
        return err_nomem(e);
    }
    memset(t, 0, sizeof *t);
    t->corpus = &corpus;
    t->prior = prior;
    t->family = folded ? SCORE_FOLDED : SCORE_EXACT;
    enum status s = score_corpus_init(&corpus, store, e);
    if (s == STATUS_OK) {
        s = tune(t, choice, e);
    }
    score_corpus_free(&corpus);
    alloc_free(store->alloc, t, sizeof *t);
    return s;
}
