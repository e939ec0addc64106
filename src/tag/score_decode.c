/* From scores to mentions: marginals of the kept candidates over all sets
 * without overlap, then the set with the largest sum of what each marginal is
 * above the threshold. */
#include "base/real.h"
#include "tag/score_run_state.h"

#define NONE UINT32_MAX

/* Tables that are always looked up together become one. */
static void fold_tables(struct score_run *r)
{
    const struct score_dense *at = &r->score->at;
    int16_t *d = r->dense;
    for (unsigned i = 0; i < 2 * 32 * SCORE_BINS; i++) {
        unsigned start = i / SCORE_BINS / 32;
        unsigned a = i / SCORE_BINS % 32;
        unsigned bin = i % SCORE_BINS;
        d[at->start_bin + i] =
            (int16_t)(d[at->start_bin + i] + d[at->start + start * 32 + a] +
                      d[at->bin_shape + bin * 32 + a]);
    }
    for (unsigned bin = 0; bin < SCORE_BINS; bin++) {
        r->no_hint[bin][1] = d[at->hint_outer + bin * 2];
        for (unsigned len = 2; len < 6; len++) {
            r->no_hint[bin][len] = d[at->hint_outer + bin * 2] +
                                   d[at->hint + bin * 2] +
                                   d[at->hint_within + bin * 16 + len];
        }
    }
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        r->unknown += d[at->unknown + f * 2];
    }
}

enum status score_run_create(const struct alloc *alloc,
                             const struct score *score, struct score_run **out,
                             struct err *e)
{
    struct score_run *r = alloc_get(alloc, sizeof *r);
    if (r == NULL) {
        return err_nomem(e);
    }
    memset(r, 0, sizeof *r);
    r->alloc = alloc;
    r->score = score;
    r->dense = alloc_get(alloc, score->at.total * sizeof *r->dense);
    if (r->dense == NULL) {
        score_run_free(r);
        return err_nomem(e);
    }
    for (uint32_t i = 0; i < score->at.total; i++) {
        r->dense[i] = (int16_t)bytes_load16(score->dense + (size_t)i * 2);
    }
    fold_tables(r);
    for (int i = 0; i < SCORE_EXP_SIZE; i++) {
        r->exp_table[i] =
            (float)real_exp(-(double)(i << SCORE_EXP_SHIFT) / SCORE_UNITS);
    }
    enum status s =
        score_words_create(alloc, score, r->dense, SCORE_CHUNK, &r->words, e);
    if (s != STATUS_OK) {
        score_run_free(r);
        return s;
    }
    *out = r;
    return STATUS_OK;
}

void score_run_free(struct score_run *r)
{
    if (r != NULL) {
        score_words_free(r->words);
        alloc_free(r->alloc, r->dense, r->score->at.total * sizeof *r->dense);
        alloc_free(r->alloc, r, sizeof *r);
    }
}

/* Candidates first .. last - 1 that hang together by overlaps, in tokens
 * [from, to). */
struct knot {
    uint32_t first, last;
    uint32_t from, to;
};

/* By their ends, the first to begin first. */
static void sort_ends(struct score_run *r, const struct knot *knot)
{
    for (uint32_t j = knot->from; j <= knot->to; j++) {
        r->ends[j] = NONE;
    }
    for (uint32_t k = knot->last; k-- > knot->first;) {
        r->next[k] = r->ends[r->kept[k].end];
        r->ends[r->kept[k].end] = k;
    }
}

/* front[j]: the sum over the sets of candidates in tokens [from, j);
 * back[i]: in tokens [i, to). False when they get too large. */
static bool run_sums(struct score_run *r, const struct knot *knot)
{
    static const double TOO_LARGE = 1e280;
    for (uint32_t k = knot->first; k < knot->last; k++) {
        struct score_kept *c = &r->kept[k];
        c->p = real_exp(c->score);
        r->total[k] = c->p * c->rest;
    }
    r->front[knot->from] = 1;
    for (uint32_t j = knot->from + 1; j <= knot->to; j++) {
        double f = r->front[j - 1];
        for (uint32_t k = r->ends[j]; k != NONE; k = r->next[k]) {
            f += r->front[r->kept[k].start] * r->total[k];
        }
        r->front[j] = f;
    }
    if (!(r->front[knot->to] < TOO_LARGE)) {
        return false;
    }
    uint32_t k = knot->last;
    r->back[knot->to] = 1;
    for (uint32_t i = knot->to; i-- > knot->from;) {
        double b = r->back[i + 1];
        for (; k > knot->first && r->kept[k - 1].start == i; k--) {
            b += r->back[r->kept[k - 1].end] * r->total[k - 1];
        }
        r->back[i] = b;
    }
    double one = 1 / r->front[knot->to];
    for (k = knot->first; k < knot->last; k++) {
        struct score_kept *c = &r->kept[k];
        c->p *= r->front[c->start] * r->back[c->end] * one;
    }
    return true;
}

/* The same in logarithms. */
static void run_logs(struct score_run *r, const struct knot *knot)
{
    for (uint32_t k = knot->first; k < knot->last; k++) {
        r->total[k] = r->kept[k].score + real_log(r->kept[k].rest);
    }
    r->front[knot->from] = 0;
    for (uint32_t j = knot->from + 1; j <= knot->to; j++) {
        double f = r->front[j - 1];
        for (uint32_t k = r->ends[j]; k != NONE; k = r->next[k]) {
            f = real_log_add(f, r->front[r->kept[k].start] + r->total[k]);
        }
        r->front[j] = f;
    }
    uint32_t k = knot->last;
    r->back[knot->to] = 0;
    for (uint32_t i = knot->to; i-- > knot->from;) {
        double b = r->back[i + 1];
        for (; k > knot->first && r->kept[k - 1].start == i; k--) {
            b = real_log_add(b, r->back[r->kept[k - 1].end] + r->total[k - 1]);
        }
        r->back[i] = b;
    }
    for (k = knot->first; k < knot->last; k++) {
        struct score_kept *c = &r->kept[k];
        c->p = real_exp(r->front[c->start] + r->back[c->end] + c->score -
                        r->front[knot->to]);
    }
}

static void run_knot(struct score_run *r, const struct knot *knot)
{
    if (knot->last - knot->first == 1) {
        struct score_kept *c = &r->kept[knot->first];
        double x = real_exp(c->score);
        c->p = x / (1 + x * c->rest);
        return;
    }
    sort_ends(r, knot);
    if (!run_sums(r, knot)) {
        run_logs(r, knot);
    }
}

/* Marginals, a knot at a time: knots do not touch each other. */
static void run_knots(struct score_run *r)
{
    uint32_t k = 0;
    while (k < r->kept_count) {
        struct knot knot = {k, k + 1, r->kept[k].start, r->kept[k].end};
        while (knot.last < r->kept_count &&
               r->kept[knot.last].start < knot.to) {
            uint32_t end = r->kept[knot.last++].end;
            knot.to = end > knot.to ? end : knot.to;
        }
        run_knot(r, &knot);
        k = knot.last;
    }
}

static void choose(struct score_run *r)
{
    for (size_t j = 0; j <= r->count; j++) {
        r->best[j] = 0;
        r->taken[j] = NONE;
    }
    uint32_t k = 0;
    for (size_t i = 0; i < r->count; i++) {
        for (; k < r->kept_count && r->kept[k].start == i; k++) {
            uint32_t end = r->kept[k].end;
            double v = r->best[i] + r->kept[k].p - r->score->threshold;
            if (v > r->best[end]) {
                r->best[end] = v;
                r->taken[end] = k;
            }
        }
        if (r->best[i] >= r->best[i + 1]) {
            r->best[i + 1] = r->best[i];
            r->taken[i + 1] = NONE;
        }
    }
}

static float calibrated(const struct score *s, double p)
{
    double at = p * (SCORE_KNOTS - 1);
    unsigned i = at >= SCORE_KNOTS - 1 ? SCORE_KNOTS - 2 : (unsigned)at;
    return (float)(s->calibration[i] +
                   (at - i) * (s->calibration[i + 1] - s->calibration[i]));
}

/* Walk back over the taken candidates and turn their order. */
static size_t collect(struct score_run *r)
{
    size_t n = 0;
    for (size_t j = r->count; j > 0;) {
        uint32_t k = r->taken[j];
        if (k == NONE) {
            j--;
            continue;
        }
        const struct score_kept *c = &r->kept[k];
        r->spans[n++] = (struct span){
            .start = c->start,
            .end = c->end,
            .label = bytes_load16(r->score->label_map + (size_t)c->label * 2),
            .entry = c->entry,
            .score = calibrated(r->score, c->p)};
        j = c->start;
    }
    for (size_t i = 0; i < n / 2; i++) {
        struct span swap = r->spans[i];
        r->spans[i] = r->spans[n - 1 - i];
        r->spans[n - 1 - i] = swap;
    }
    return n;
}

size_t score_run_decode(struct score_run *r)
{
    if (r->kept_count == 0) {
        return 0;
    }
    run_knots(r);
    choose(r);
    return collect(r);
}
