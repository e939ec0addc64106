#include "build/score_train.h"

#include <math.h>

#include "base/real.h"
#include "model/score.h"

#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#endif

/* Smaller gradients move nothing worth the time. */
static const float SKIP = 1e-3f;

void score_lattice_init(struct score_lattice *l, const struct alloc *alloc)
{
    memset(l, 0, sizeof *l);
    l->alloc = alloc;
}

void score_lattice_free(struct score_lattice *l)
{
    const struct alloc *a = l->alloc;
    alloc_free(a, l->score, l->score_capacity * sizeof *l->score);
    alloc_free(a, l->total, l->total_capacity * sizeof *l->total);
    alloc_free(a, l->front, l->front_capacity * sizeof *l->front);
    alloc_free(a, l->back, l->back_capacity * sizeof *l->back);
    alloc_free(a, l->ends, l->ends_capacity * sizeof *l->ends);
    alloc_free(a, l->next, l->next_capacity * sizeof *l->next);
    memset(l, 0, sizeof *l);
}

static bool grow_doubles(struct score_lattice *l, double **p, size_t *capacity,
                         size_t need)
{
    void *items = *p;
    bool ok = alloc_grow(l->alloc, &items, capacity, need, sizeof **p);
    *p = items;
    return ok;
}

static bool grow_ids(struct score_lattice *l, uint32_t **p, size_t *capacity,
                     size_t need)
{
    void *items = *p;
    bool ok = alloc_grow(l->alloc, &items, capacity, need, sizeof **p);
    *p = items;
    return ok;
}

static bool reserve(struct score_lattice *l, size_t candidates, size_t tokens,
                    uint32_t labels)
{
    return grow_doubles(l, &l->score, &l->score_capacity,
                        candidates * labels) &&
           grow_doubles(l, &l->total, &l->total_capacity, candidates) &&
           grow_doubles(l, &l->front, &l->front_capacity, tokens + 1) &&
           grow_doubles(l, &l->back, &l->back_capacity, tokens + 1) &&
           grow_ids(l, &l->ends, &l->ends_capacity, tokens + 1) &&
           grow_ids(l, &l->next, &l->next_capacity, candidates);
}

/* The ids from `first` on; of a set that has none there is no list. */
static const uint32_t *ids_from(const uint32_t *list, size_t first)
{
    return list != NULL ? list + first : NULL;
}

static void score_candidate(const struct score_weights *w,
                            const struct score_set *set, size_t at, double *out)
{
    const struct score_candidate *c = &set->items[at];
    const uint32_t *shared = ids_from(set->shared, c->first_shared);
    const uint32_t *rows = ids_from(set->rows, c->first_row);
    uint32_t labels = w->labels;
    double sum = 0;
    for (unsigned i = 0; i < c->shared_count; i++) {
        sum += w->shared[shared[i]];
    }
    for (uint32_t y = 0; y < labels; y++) {
        out[y] = sum;
    }
    for (unsigned i = 0; i < c->row_count; i++) {
        const float *row = w->rows + (size_t)rows[i] * labels;
        for (uint32_t y = 0; y < labels; y++) {
            out[y] += row[y];
        }
    }
    const uint8_t *share = set->shares + at * SCORE_SHARE_SLOTS * labels;
    for (unsigned k = 0; k < SCORE_SHARE_SLOTS; k++) {
        for (uint32_t y = 0; y < labels; y++) {
            out[y] += w->shares[k * SCORE_SHARES + *share++];
        }
    }
}

/* Scores and totals of a sentence's candidates, of which there are n; with
 * the scales tipped by margin against what is annotated. */
static void score_all(struct score_lattice *l, const struct score_weights *w,
                      const struct score_set *set, size_t first, size_t n,
                      double margin)
{
    for (size_t k = 0; k < n; k++) {
        double *s = l->score + k * w->labels;
        score_candidate(w, set, first + k, s);
        for (uint32_t y = 0; y < w->labels; y++) {
            s[y] += y == set->items[first + k].label ? -margin : margin;
        }
        double high = s[0];
        double sum = 0;
        for (uint32_t y = 1; y < w->labels; y++) {
            high = s[y] > high ? s[y] : high;
        }
        for (uint32_t y = 0; y < w->labels; y++) {
            sum += real_exp(s[y] - high);
        }
        l->total[k] = high + real_log(sum);
    }
}

/* front[j]: log of the sum over sets of candidates in tokens [0, j);
 * back[i]: in tokens [i, n). The sum over all sets is front[n]. */
static void run_lattice(struct score_lattice *l,
                        const struct score_candidate *c, size_t n,
                        uint32_t tokens)
{
    for (uint32_t j = 0; j <= tokens; j++) {
        l->ends[j] = UINT32_MAX;
    }
    for (size_t k = n; k-- > 0;) {
        l->next[k] = l->ends[c[k].end];
        l->ends[c[k].end] = (uint32_t)k;
    }
    l->front[0] = 0;
    for (uint32_t j = 1; j <= tokens; j++) {
        double f = l->front[j - 1];
        for (uint32_t k = l->ends[j]; k != UINT32_MAX; k = l->next[k]) {
            f = real_log_add(f, l->front[c[k].start] + l->total[k]);
        }
        l->front[j] = f;
    }
    l->back[tokens] = 0;
    size_t k = n;
    for (uint32_t i = tokens; i-- > 0;) {
        double b = l->back[i + 1];
        for (; k > 0 && c[k - 1].start == i; k--) {
            b = real_log_add(b, l->back[c[k - 1].end] + l->total[k - 1]);
        }
        l->back[i] = b;
    }
}

static enum status marginals(struct score_lattice *l,
                             const struct score_weights *w,
                             const struct score_set *set, size_t i,
                             double margin, struct err *e)
{
    size_t first = set->first[i];
    size_t n = set->first[i + 1] - first;
    if (n == 0) {
        return STATUS_OK;
    }
    const struct score_candidate *c = set->items + first;
    uint32_t tokens =
        set->corpus->store->sentences[set->sentence[i]].token_count;
    if (!reserve(l, n, tokens, w->labels)) {
        return err_nomem(e);
    }
    score_all(l, w, set, first, n, margin);
    run_lattice(l, c, n, tokens);
    for (size_t k = 0; k < n; k++) {
        double rest =
            l->front[c[k].start] + l->back[c[k].end] - l->front[tokens];
        double *s = l->score + k * w->labels;
        for (uint32_t y = 0; y < w->labels; y++) {
            s[y] = real_exp(rest + s[y]);
        }
    }
    return STATUS_OK;
}

enum status score_marginals(struct score_lattice *l,
                            const struct score_weights *w,
                            const struct score_set *set, size_t i,
                            struct err *e)
{
    return marginals(l, w, set, i, 0, e);
}

/* What the training keeps beside the weights. */
struct trainer {
    const struct score_set *set;
    const struct score_train_options *options;
    struct score_weights *weights;
    struct score_weights squares, sums;
    struct score_lattice lattice;
    size_t *order;
};

static inline void step(float *w, float *square, float g, float rate,
                        float ridge)
{
    g += ridge * *w;
    *square += g * g;
    *w -= rate * g / sqrtf(*square);
}

static bool matters(float g)
{
    return g > SKIP || g < -SKIP;
}

static void update_candidate(struct trainer *t, size_t at, const float *g)
{
    const struct score_train_options *o = t->options;
    const struct score_candidate *c = &t->set->items[at];
    const uint32_t *shared = ids_from(t->set->shared, c->first_shared);
    const uint32_t *rows = ids_from(t->set->rows, c->first_row);
    uint32_t labels = t->weights->labels;
    float sum = 0;
    for (uint32_t y = 0; y < labels; y++) {
        sum += g[y];
    }
    for (unsigned i = 0; matters(sum) && i < c->shared_count; i++) {
        step(&t->weights->shared[shared[i]], &t->squares.shared[shared[i]], sum,
             o->rate, o->ridge);
    }
    for (unsigned i = 0; i < c->row_count; i++) {
        float *row = t->weights->rows + (size_t)rows[i] * labels;
        float *square = t->squares.rows + (size_t)rows[i] * labels;
        for (uint32_t y = 0; y < labels; y++) {
            if (matters(g[y])) {
                step(&row[y], &square[y], g[y], o->rate, o->ridge);
            }
        }
    }
    const uint8_t *share = t->set->shares + at * SCORE_SHARE_SLOTS * labels;
    for (unsigned k = 0; k < SCORE_SHARE_SLOTS; k++) {
        for (uint32_t y = 0; y < labels; y++, share++) {
            size_t i = k * SCORE_SHARES + *share;
            if (*share != 0 && matters(g[y])) {
                step(&t->weights->shares[i], &t->squares.shares[i], g[y],
                     o->share_rate, o->ridge);
            }
        }
    }
}

static enum status update_sentence(struct trainer *t, size_t i, struct err *e)
{
    size_t first = t->set->first[i];
    size_t n = t->set->first[i + 1] - first;
    uint32_t labels = t->weights->labels;
    float g[SCORE_LABELS_MAX] = {0}; /* score_fit sees to it */
    enum status s =
        marginals(&t->lattice, t->weights, t->set, i, t->options->margin, e);
    for (size_t k = 0; s == STATUS_OK && k < n; k++) {
        const double *p = t->lattice.score + k * labels;
        bool live = false;
        for (uint32_t y = 0; y < labels; y++) {
            g[y] = (float)(p[y] - (t->set->items[first + k].label == y));
            live = live || matters(g[y]);
        }
        if (live) {
            update_candidate(t, first + k, g);
        }
    }
    return s;
}

static float *filled(const struct alloc *a, size_t n, float value)
{
    float *p = alloc_get(a, n * sizeof *p);
    for (size_t i = 0; p != NULL && i < n; i++) {
        p[i] = value;
    }
    return p;
}

static size_t share_total(void)
{
    return (size_t)SCORE_SHARE_SLOTS * SCORE_SHARES;
}

static enum status weights_init(struct score_weights *w,
                                const struct score_set *set, float value,
                                float share_value, struct err *e)
{
    const struct alloc *a = set->corpus->store->alloc;
    memset(w, 0, sizeof *w);
    w->alloc = a;
    w->labels = set->corpus->labels;
    w->shared_count = set->shared_dict.ids.count;
    w->row_count = set->row_dict.ids.count;
    w->shared = filled(a, w->shared_count, value);
    w->rows = filled(a, w->row_count * w->labels, value);
    w->shares = filled(a, share_total(), share_value);
    return w->shared != NULL && w->rows != NULL && w->shares != NULL
               ? STATUS_OK
               : err_nomem(e);
}

void score_weights_free(struct score_weights *w)
{
    if (w->alloc != NULL) {
        alloc_free(w->alloc, w->shared, w->shared_count * sizeof *w->shared);
        alloc_free(w->alloc, w->rows,
                   w->row_count * w->labels * sizeof *w->rows);
        alloc_free(w->alloc, w->shares, share_total() * sizeof *w->shares);
        memset(w, 0, sizeof *w);
    }
}

/* to = to * keep + from * take */
static void blend(struct score_weights *to, const struct score_weights *from,
                  float keep, float take)
{
    for (size_t i = 0; i < to->shared_count; i++) {
        to->shared[i] = to->shared[i] * keep + from->shared[i] * take;
    }
    for (size_t i = 0; i < to->row_count * to->labels; i++) {
        to->rows[i] = to->rows[i] * keep + from->rows[i] * take;
    }
    for (size_t i = 0; i < share_total(); i++) {
        to->shares[i] = to->shares[i] * keep + from->shares[i] * take;
    }
}

static void shuffle(size_t *order, size_t n, uint64_t *seed)
{
    for (size_t i = n; i > 1; i--) {
        *seed += 0x9e3779b97f4a7c15ULL;
        size_t j = (size_t)(score_mix(*seed) % i);
        size_t x = order[i - 1];
        order[i - 1] = order[j];
        order[j] = x;
    }
}

static enum status run(struct trainer *t, struct err *e)
{
    const struct score_train_options *o = t->options;
    size_t n = t->set->sentence_count;
    uint64_t seed = 12345;
    for (unsigned epoch = 0; epoch < o->epochs; epoch++) {
        shuffle(t->order, n, &seed);
        for (size_t i = 0; i < n; i++) {
            enum status s = update_sentence(t, t->order[i], e);
            if (s != STATUS_OK) {
                return s;
            }
            if (o->progress != NULL &&
                !o->progress(o->context, epoch * n + i + 1,
                             (size_t)o->epochs * n)) {
                return err_set(e, STATUS_CANCEL, "the training was ended");
            }
        }
        if (epoch + o->average >= o->epochs) {
            blend(&t->sums, t->weights, 1, 1);
        }
    }
    blend(t->weights, &t->sums, 0, 1.0f / (float)o->average);
    return STATUS_OK;
}

enum status score_train(const struct score_set *set,
                        const struct score_train_options *options,
                        struct score_weights *out, struct err *e)
{
    const struct alloc *a = set->corpus->store->alloc;
    struct score_weights w = {0};
    struct trainer t = {.set = set, .options = options, .weights = &w};
    score_lattice_init(&t.lattice, a);
    t.order = alloc_get(a, set->sentence_count * sizeof *t.order);
    enum status s = t.order == NULL ? err_nomem(e) : STATUS_OK;
    if (s == STATUS_OK) {
        s = weights_init(&w, set, 0, 0, e);
    }
    if (s == STATUS_OK) {
        s = weights_init(&t.squares, set, options->start, options->share_start,
                         e);
    }
    if (s == STATUS_OK) {
        s = weights_init(&t.sums, set, 0, 0, e);
    }
    for (size_t i = 0; s == STATUS_OK && i < set->sentence_count; i++) {
        t.order[i] = i;
    }
    if (s == STATUS_OK) {
        s = run(&t, e);
    }
    alloc_free(a, t.order, set->sentence_count * sizeof *t.order);
    score_weights_free(&t.squares);
    score_weights_free(&t.sums);
    score_lattice_free(&t.lattice);
    if (s == STATUS_OK) {
        *out = w;
    } else {
        score_weights_free(&w);
    }
    return s;
}
