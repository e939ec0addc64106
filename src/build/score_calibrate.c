#include "build/score_calibrate.h"

void score_decoder_init(struct score_decoder *d, const struct alloc *alloc)
{
    memset(d, 0, sizeof *d);
    score_lattice_init(&d->lattice, alloc);
}

void score_decoder_free(struct score_decoder *d)
{
    const struct alloc *a = d->lattice.alloc;
    alloc_free(a, d->best, d->best_capacity * sizeof *d->best);
    alloc_free(a, d->taken, d->taken_capacity * sizeof *d->taken);
    alloc_free(a, d->found, d->found_capacity * sizeof *d->found);
    score_lattice_free(&d->lattice);
}

static bool reserve(struct score_decoder *d, size_t tokens)
{
    const struct alloc *a = d->lattice.alloc;
    void *best = d->best;
    void *taken = d->taken;
    void *found = d->found;
    bool ok =
        alloc_grow(a, &best, &d->best_capacity, tokens + 1, sizeof *d->best);
    d->best = best;
    ok = ok && alloc_grow(a, &taken, &d->taken_capacity, tokens + 1,
                          sizeof *d->taken);
    d->taken = taken;
    ok = ok &&
         alloc_grow(a, &found, &d->found_capacity, tokens, sizeof *d->found);
    d->found = found;
    return ok;
}

static uint32_t best_label(const double *p, uint32_t labels)
{
    uint32_t best = 0;
    for (uint32_t y = 1; y < labels; y++) {
        best = p[y] > p[best] ? y : best;
    }
    return best;
}

/* Walk back over the taken candidates; they come out from right to left. */
static void collect(struct score_decoder *d, const struct score_candidate *c,
                    uint32_t labels, uint32_t tokens)
{
    d->count = 0;
    for (uint32_t j = tokens; j > 0;) {
        if (d->taken[j] == 0) {
            j--;
            continue;
        }
        uint32_t k = d->taken[j] - 1;
        const double *p = d->lattice.score + (size_t)k * labels;
        uint32_t y = best_label(p, labels);
        d->found[d->count++] =
            (struct score_found){c[k].start, c[k].end, y, p[y]};
        j = c[k].start;
    }
    for (size_t i = 0; i < d->count / 2; i++) {
        struct score_found swap = d->found[i];
        d->found[i] = d->found[d->count - 1 - i];
        d->found[d->count - 1 - i] = swap;
    }
}

enum status score_decode(struct score_decoder *d, const struct score_weights *w,
                         const struct score_set *set, size_t i,
                         double threshold, struct err *e)
{
    size_t n = set->first[i + 1] - set->first[i];
    const struct score_candidate *c = n > 0 ? set->items + set->first[i] : NULL;
    uint32_t tokens =
        set->corpus->store->sentences[set->sentence[i]].token_count;
    enum status s = score_marginals(&d->lattice, w, set, i, e);
    if (s != STATUS_OK) {
        return s;
    }
    if (!reserve(d, tokens)) {
        return err_nomem(e);
    }
    for (uint32_t j = 0; j <= tokens; j++) {
        d->best[j] = 0;
        d->taken[j] = 0;
    }
    size_t k = 0;
    for (uint32_t at = 0; at < tokens; at++) {
        for (; k < n && c[k].start == at; k++) {
            const double *p = d->lattice.score + k * w->labels;
            double v = d->best[at] + p[best_label(p, w->labels)] - threshold;
            if (v > d->best[c[k].end]) {
                d->best[c[k].end] = v;
                d->taken[c[k].end] = (uint32_t)k + 1;
            }
        }
        if (d->best[at] >= d->best[at + 1]) {
            d->best[at + 1] = d->best[at];
            d->taken[at + 1] = 0;
        }
    }
    collect(d, c, w->labels, tokens);
    return STATUS_OK;
}

enum status score_sample_add(void *context, size_t sentence,
                             const struct score_found *found, size_t count,
                             struct err *e)
{
    struct score_sample *s = context;
    const struct store_sentence *t = &s->store->sentences[sentence];
    void *items = s->items;
    if (!alloc_grow(s->store->alloc, &items, &s->capacity, s->count + count,
                    sizeof *s->items)) {
        return err_nomem(e);
    }
    s->items = items;
    for (size_t i = 0; i < count; i++) {
        bool correct = false;
        for (uint32_t k = 0; k < t->mention_count; k++) {
            const struct store_mention *m =
                &s->store->mentions[t->first_mention + k];
            correct = correct || (m->first == found[i].start &&
                                  m->first + m->count == found[i].end &&
                                  m->label == found[i].label);
        }
        s->items[s->count++] = (struct score_judged){
            found[i].p, correct, score_mix(sentence) % 2 == 1};
    }
    return STATUS_OK;
}

void score_sample_free(struct score_sample *s)
{
    alloc_free(s->store->alloc, s->items, s->capacity * sizeof *s->items);
}

void score_calibration_none(struct score_calibration *out)
{
    memset(out, 0, sizeof *out);
    for (unsigned i = 0; i <= SCORE_RELIABILITY_BINS; i++) {
        out->value[i] = (double)i / SCORE_RELIABILITY_BINS;
    }
}

double score_calibrated(const struct score_calibration *c, double p)
{
    double at = p * SCORE_RELIABILITY_BINS;
    unsigned i = at >= SCORE_RELIABILITY_BINS ? SCORE_RELIABILITY_BINS - 1
                 : at > 0                     ? (unsigned)at
                                              : 0;
    return c->value[i] + (at - i) * (c->value[i + 1] - c->value[i]);
}

static unsigned bin_of(double p)
{
    unsigned b = p > 0 ? (unsigned)(p * SCORE_RELIABILITY_BINS) : 0;
    return b < SCORE_RELIABILITY_BINS ? b : SCORE_RELIABILITY_BINS - 1;
}

/* The share that is correct around each knot (spans weigh 1 at the knot, 0 a
 * bin's width away; WEIGHT spans of the knot's own value are added), made
 * rising by pooling neighbours that fall. halves: 1 even, 2 odd, 3 both. */
static void fit_knots(const struct score_sample *sample, unsigned halves,
                      double value[SCORE_RELIABILITY_BINS + 1])
{
    enum { KNOTS = SCORE_RELIABILITY_BINS + 1 };
    static const double WEIGHT = 10;
    double mass[KNOTS];
    double sum[KNOTS];
    for (unsigned k = 0; k < KNOTS; k++) {
        mass[k] = WEIGHT;
        sum[k] = WEIGHT * k / SCORE_RELIABILITY_BINS;
    }
    for (size_t i = 0; i < sample->count; i++) {
        const struct score_judged *j = &sample->items[i];
        double at = j->p * SCORE_RELIABILITY_BINS;
        unsigned k = bin_of(j->p);
        if (halves & (j->odd ? 2u : 1u)) {
            mass[k] += 1 - (at - k);
            mass[k + 1] += at - k;
            sum[k] += j->correct ? 1 - (at - k) : 0;
            sum[k + 1] += j->correct ? at - k : 0;
        }
    }
    unsigned size[KNOTS]; /* of the pool that starts here */
    unsigned pools = 0;   /* 1. pool neighbours that fall */
    for (unsigned k = 0; k < KNOTS; k++) {
        sum[pools] = sum[k];
        mass[pools] = mass[k];
        size[pools++] = 1;
        while (pools > 1 && sum[pools - 2] * mass[pools - 1] >
                                sum[pools - 1] * mass[pools - 2]) {
            pools--;
            sum[pools - 1] += sum[pools];
            mass[pools - 1] += mass[pools];
            size[pools - 1] += size[pools];
        }
    }
    for (unsigned pool = 0; pool < pools; pool++) { /* 2. spread them */
        for (unsigned i = 0; i < size[pool]; i++) {
            *value++ = sum[pool] / mass[pool];
        }
    }
}

void score_calibrate(const struct score_sample *sample,
                     struct score_calibration *out)
{
    struct score_calibration half[2];
    score_calibration_none(out);
    for (unsigned h = 0; h < 2; h++) {
        score_calibration_none(&half[h]);
        fit_knots(sample, 2 - h, half[h].value);
    }
    fit_knots(sample, 3, out->value);
    for (size_t i = 0; i < sample->count; i++) {
        const struct score_judged *j = &sample->items[i];
        double p = score_calibrated(&half[j->odd], j->p);
        struct score_reliability *b = &out->bins[bin_of(p)];
        b->count++;
        b->correct += j->correct;
        b->sum += p;
    }
    for (unsigned b = 0; b < SCORE_RELIABILITY_BINS; b++) {
        double gap = out->bins[b].sum - out->bins[b].correct;
        out->error += gap < 0 ? -gap : gap;
    }
    out->error /= sample->count > 0 ? (double)sample->count : 1;
    out->spans = (uint32_t)sample->count;
}
