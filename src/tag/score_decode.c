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
    for (unsigned i = 0; i < SCORE_FAMILIES * 2; i++) {
        r->unknown[i & 1] += d[at->unknown + i];
    }
}

enum status score_run_create(const struct alloc *alloc,
                             const struct score *score,
                             struct score_run **out, struct err *e)
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
        r->exp_table[i] = (float)real_exp(-(double)(i << SCORE_EXP_SHIFT) / SCORE_UNITS);
    }
    enum status s = score_words_create(alloc, score, r->dense, SCORE_CHUNK,
                                       &r->words, e);
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
        alloc_free(r->alloc, r->dense,
                   r->score->at.total * sizeof *r->dense);
        alloc_free(r->alloc, r, sizeof *r);
    }
}

/* front[j]: log of the sum over the sets of candidates in tokens [0, j). */
static void run_front(struct score_run *r)
{
    r->front[0] = 0;
    for (size_t j = 1; j <= r->count; j++) {
        double f = r->front[j - 1];
        for (uint32_t k = r->ends[j]; k != NONE; k = r->next[k]) {
            f = real_log_add(f, r->front[r->kept[k].start] +
                                    r->kept[k].total);
        }
        r->front[j] = f;
    }
}

static void run_back(struct score_run *r)
{
    size_t k = r->kept_count;
    r->back[r->count] = 0;
    for (size_t i = r->count; i-- > 0;) {
        double b = r->back[i + 1];
        for (; k > 0 && r->kept[k - 1].start == i; k--) {
            b = real_log_add(b, r->back[r->kept[k - 1].end] +
                                    r->kept[k - 1].total);
        }
        r->back[i] = b;
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
            double v = r->best[i] + r->p[k] - r->score->threshold;
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
            .score = calibrated(r->score, r->p[k])};
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
    for (size_t j = 0; j <= r->count; j++) {
        r->ends[j] = NONE;
    }
    for (uint32_t k = (uint32_t)r->kept_count; k-- > 0;) {
        r->next[k] = r->ends[r->kept[k].end];
        r->ends[r->kept[k].end] = k;
    }
    run_front(r);
    run_back(r);
    for (size_t k = 0; k < r->kept_count; k++) {
        const struct score_kept *c = &r->kept[k];
        r->p[k] = real_exp(r->front[c->start] + r->back[c->end] + c->score -
                           r->front[r->count]);
    }
    choose(r);
    return collect(r);
}
