#include "eval/sample.h"

#include <string.h>

#include "eval/rng.h"

void sample_free(struct sample *s, const struct alloc *alloc)
{
    alloc_free(alloc, s->items, s->capacity * sizeof *s->items);
    alloc_free(alloc, s->ends, s->end_capacity * sizeof *s->ends);
    memset(s, 0, sizeof *s);
}

/* The item of a type in the sentence that begins at `from`. */
static struct sample_item *item_of(struct sample *s, size_t from, uint32_t type,
                                   const struct alloc *alloc)
{
    for (size_t i = from; i < s->count; i++) {
        if (s->items[i].type == type) {
            return &s->items[i];
        }
    }
    void *items = s->items;
    if (!alloc_grow(alloc, &items, &s->capacity, s->count + 1,
                    sizeof *s->items)) {
        return NULL;
    }
    s->items = items;
    s->items[s->count] = (struct sample_item){type, 0, 0, 0};
    return &s->items[s->count++];
}

static bool same(struct mention a, struct mention b)
{
    return mention_same_place(a, b) && a.type == b.type;
}

enum status sample_add(struct sample *s, const struct mentions *gold,
                       const struct mentions *found, const struct alloc *alloc,
                       struct err *e)
{
    if (gold->count == 0 && found->count == 0) {
        s->empty++;
        return STATUS_OK;
    }
    void *ends = s->ends;
    if (!alloc_grow(alloc, &ends, &s->end_capacity, s->end_count + 1,
                    sizeof *s->ends)) {
        return err_nomem(e);
    }
    s->ends = ends;
    size_t from = s->count;
    size_t j = 0;
    for (size_t i = 0; i < gold->count; i++) {
        struct mention g = gold->items[i];
        struct sample_item *item = item_of(s, from, g.type, alloc);
        if (item == NULL) {
            return err_nomem(e);
        }
        while (j < found->count && found->items[j].first < g.first) {
            j++;
        }
        item->gold++;
        item->correct += j < found->count && same(found->items[j], g);
    }
    for (size_t i = 0; i < found->count; i++) {
        struct sample_item *item =
            item_of(s, from, found->items[i].type, alloc);
        if (item == NULL) {
            return err_nomem(e);
        }
        item->found++;
    }
    s->ends[s->end_count++] = s->count;
    return STATUS_OK;
}

/* Shell sort, like all that is sorted here: no recursion, no memory. */
static void sort_doubles(double *v, size_t count)
{
    size_t gap = 1;
    while (gap < count / 3) {
        gap = 3 * gap + 1;
    }
    for (; gap > 0; gap /= 3) {
        for (size_t i = gap; i < count; i++) {
            double x = v[i];
            size_t j = i;
            while (j >= gap && v[j - gap] > x) {
                v[j] = v[j - gap];
                j -= gap;
            }
            v[j] = x;
        }
    }
}

/* Linear between neighbours (Hyndman and Fan's type 7, the usual one). */
static double quantile(const double *sorted, size_t count, double q)
{
    double at = q * (double)(count - 1);
    size_t below = (size_t)at;
    double rest = at - (double)below;
    double v = sorted[below];
    return below + 1 < count ? v + rest * (sorted[below + 1] - v) : v;
}

struct interval interval_of(double *values, size_t count)
{
    sort_doubles(values, count);
    struct interval i = {quantile(values, count, 0.025),
                         quantile(values, count, 0.975)};
    return i;
}

/* How often each sentence with mentions is drawn in one resample. */
static void draw(struct rng *rng, uint32_t *weights, size_t count, size_t empty)
{
    memset(weights, 0, count * sizeof *weights);
    size_t n = count + empty;
    for (size_t i = 0; i < n; i++) {
        uint32_t k = rng_below(rng, (uint32_t)n);
        if (k < count) {
            weights[k]++;
        }
    }
}

/* The columns of the table of resampled figures. */
enum { FIGURE_P, FIGURE_R, FIGURE_F, FIGURE_MACRO, FIGURE_TYPES };

/* One resample: its figures go to table[figure * rounds + round]. present
 * marks the types of the whole sample, over which macro F1 is the mean. */
static void resample(const struct sample *s, const uint32_t *weights,
                     struct counts *sums, const bool *present,
                     size_t type_count, double *table, size_t rounds,
                     size_t round)
{
    memset(sums, 0, type_count * sizeof *sums);
    struct counts all = {0, 0, 0};
    size_t i = 0;
    for (size_t k = 0; k < s->end_count; k++) {
        uint64_t w = weights[k];
        for (; i < s->ends[k]; i++) {
            const struct sample_item *item = &s->items[i];
            struct counts *c = &sums[item->type];
            c->correct += w * item->correct;
            c->found += w * item->found;
            c->gold += w * item->gold;
        }
    }
    double macro = 0;
    size_t types = 0;
    for (size_t t = 0; t < type_count; t++) {
        double f1 = prf_of(sums[t]).f1;
        table[(FIGURE_TYPES + t) * rounds + round] = f1;
        all.correct += sums[t].correct;
        all.found += sums[t].found;
        all.gold += sums[t].gold;
        macro += present[t] ? f1 : 0;
        types += present[t];
    }
    struct prf micro = prf_of(all);
    table[FIGURE_P * rounds + round] = micro.precision;
    table[FIGURE_R * rounds + round] = micro.recall;
    table[FIGURE_F * rounds + round] = micro.f1;
    table[FIGURE_MACRO * rounds + round] =
        types > 0 ? macro / (double)types : 0;
}

struct scratch {
    uint32_t *weights;
    struct counts *sums;
    bool *present;
    double *table;
    size_t sentences;
    size_t types;
    size_t cells;
};

static void scratch_free(struct scratch *x, const struct alloc *alloc)
{
    alloc_free(alloc, x->weights, x->sentences * sizeof *x->weights);
    alloc_free(alloc, x->sums, x->types * sizeof *x->sums);
    alloc_free(alloc, x->present, x->types * sizeof *x->present);
    alloc_free(alloc, x->table, x->cells * sizeof *x->table);
}

static enum status scratch_get(struct scratch *x, const struct sample *s,
                               size_t type_count, uint32_t rounds,
                               const struct alloc *alloc, struct err *e)
{
    size_t bytes = 0;
    memset(x, 0, sizeof *x);
    x->sentences = s->end_count;
    x->types = type_count;
    if (!size_mul(type_count + FIGURE_TYPES, rounds, &x->cells) ||
        !size_mul(x->cells, sizeof *x->table, &bytes)) {
        return err_nomem(e);
    }
    x->weights = alloc_get(alloc, x->sentences * sizeof *x->weights);
    x->sums = alloc_get(alloc, x->types * sizeof *x->sums);
    x->present = alloc_get(alloc, x->types * sizeof *x->present);
    x->table = alloc_get(alloc, bytes);
    if (x->weights == NULL || x->sums == NULL || x->present == NULL ||
        x->table == NULL) {
        scratch_free(x, alloc);
        return err_nomem(e);
    }
    memset(x->present, 0, x->types * sizeof *x->present);
    for (size_t i = 0; i < s->count; i++) {
        x->present[s->items[i].type] = true;
    }
    return STATUS_OK;
}

static enum status check_rounds(size_t sentences, uint32_t rounds,
                                struct err *e)
{
    uint32_t ignored = 0;
    if (rounds == 0) {
        return err_set(e, STATUS_OPTION, "a bootstrap of 0 rounds");
    }
    if (!size_to_u32(sentences, &ignored)) {
        return err_set(e, STATUS_LIMIT,
                       "more than 2^32 sentences for the bootstrap");
    }
    return STATUS_OK;
}

enum status sample_bootstrap(const struct sample *s, size_t type_count,
                             uint32_t rounds, uint64_t seed,
                             const struct alloc *alloc,
                             struct sample_result *out, struct err *e)
{
    struct scratch x;
    struct interval *types = NULL;
    enum status status = check_rounds(s->end_count + s->empty, rounds, e);
    if (status == STATUS_OK) {
        status = scratch_get(&x, s, type_count, rounds, alloc, e);
    }
    if (status != STATUS_OK) {
        return status;
    }
    types = alloc_get(alloc, type_count * sizeof *types);
    if (types == NULL) {
        status = err_nomem(e);
        goto have_scratch;
    }
    struct rng rng = {seed};
    for (size_t i = 0; i < rounds; i++) {
        draw(&rng, x.weights, s->end_count, s->empty);
        resample(s, x.weights, x.sums, x.present, type_count, x.table, rounds,
                 i);
    }
    for (size_t t = 0; t < type_count; t++) {
        types[t] = interval_of(x.table + (FIGURE_TYPES + t) * rounds, rounds);
    }
    out->precision = interval_of(x.table + FIGURE_P * (size_t)rounds, rounds);
    out->recall = interval_of(x.table + FIGURE_R * (size_t)rounds, rounds);
    out->f1 = interval_of(x.table + FIGURE_F * (size_t)rounds, rounds);
    out->macro_f1 =
        interval_of(x.table + FIGURE_MACRO * (size_t)rounds, rounds);
    out->type_f1 = types;
    out->type_count = type_count;
have_scratch:
    scratch_free(&x, alloc);
    return status;
}

void sample_result_free(struct sample_result *r, const struct alloc *alloc)
{
    alloc_free(alloc, r->type_f1, r->type_count * sizeof *r->type_f1);
    memset(r, 0, sizeof *r);
}

void paired_free(struct paired *p, const struct alloc *alloc)
{
    alloc_free(alloc, p->items, p->capacity * sizeof *p->items);
    memset(p, 0, sizeof *p);
}

enum status paired_add(struct paired *p, struct paired_item item,
                       const struct alloc *alloc, struct err *e)
{
    if (item.gold == 0 && item.found[0] == 0 && item.found[1] == 0) {
        p->empty++;
        return STATUS_OK;
    }
    void *items = p->items;
    if (!alloc_grow(alloc, &items, &p->capacity, p->count + 1,
                    sizeof *p->items)) {
        return err_nomem(e);
    }
    p->items = items;
    p->items[p->count++] = item;
    return STATUS_OK;
}

/* F1 of the first less F1 of the second; weights NULL counts each once. */
static double difference(const struct paired *p, const uint32_t *weights)
{
    struct counts c[2] = {{0, 0, 0}, {0, 0, 0}};
    for (size_t i = 0; i < p->count; i++) {
        uint64_t w = weights != NULL ? weights[i] : 1;
        for (size_t k = 0; k < 2; k++) {
            c[k].gold += w * p->items[i].gold;
            c[k].correct += w * p->items[i].correct[k];
            c[k].found += w * p->items[i].found[k];
        }
    }
    return prf_of(c[0]).f1 - prf_of(c[1]).f1;
}

/* p is twice the share of resamples on the less frequent side of 0, those at
 * 0 counting for both, with the sample itself counted in: it is never 0. */
enum status paired_bootstrap(const struct paired *p, uint32_t rounds,
                             uint64_t seed, const struct alloc *alloc,
                             struct paired_result *out, struct err *e)
{
    enum status s = check_rounds(p->count + p->empty, rounds, e);
    if (s != STATUS_OK) {
        return s;
    }
    uint32_t *weights = alloc_get(alloc, p->count * sizeof *weights);
    double *values = alloc_get(alloc, (size_t)rounds * sizeof *values);
    if (weights == NULL || values == NULL) {
        s = err_nomem(e);
        goto out;
    }
    struct rng rng = {seed};
    size_t below = 0;
    size_t above = 0;
    for (size_t i = 0; i < rounds; i++) {
        draw(&rng, weights, p->count, p->empty);
        values[i] = difference(p, weights);
        below += values[i] <= 0;
        above += values[i] >= 0;
    }
    size_t less = below < above ? below : above;
    double share = 2 * (double)(less + 1) / ((double)rounds + 1);
    out->difference = difference(p, NULL);
    out->varies = p->count + p->empty > 1;
    out->interval = interval_of(values, rounds);
    out->p = share < 1 ? share : 1;
out:
    alloc_free(alloc, values, (size_t)rounds * sizeof *values);
    alloc_free(alloc, weights, p->count * sizeof *weights);
    return s;
}
