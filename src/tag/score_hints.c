/* Names of the prior list that stand in a sentence, and what they weigh. */
#include "tag/score_run_state.h"

void score_find_hints(struct score_run *r, size_t i)
{
    const struct score_word *w = score_word_at(r, i);
    const struct score *s = r->score;
    r->hints[i].at[0] = w->hint;
    if (!(w->roles & ROLE_HINT)) {
        return;
    }
    unsigned lengths = w->more->hint_lengths;
    uint64_t key = score_span_step(score_span_start(SCORE_FOLDED), w->fold);
    for (size_t m = 1;
         lengths >> m != 0 && m < SCORE_SPAN_MAX && i + m < r->count; m++) {
        const struct score_word *next = score_word_at(r, i + m);
        if (!(next->roles & ROLE_HINTED)) {
            return;
        }
        key = score_span_step(key, next->fold);
        if ((lengths >> m & 1) != 0 && score_hinted_unchecked(s, key)) {
            unsigned label = score_hint_unchecked(s, key);
            r->hints[i].at[m] = (uint8_t)(label <= s->labels + 1 ? label : 0);
        }
    }
}

/* Is the candidate part of a longer hint? */
static bool is_within(const struct score_run *r, const struct score_look *k)
{
    size_t from = k->start > SCORE_SIDE ? k->start - SCORE_SIDE : 0;
    for (size_t i = from; i <= k->start; i++) {
        if (score_any_from(&r->hints[i], k->end - i + (i == k->start),
                           k->end - i + SCORE_SIDE)) {
            return true;
        }
    }
    return false;
}

/* Is a shorter hint part of it? */
static bool holds_one(const struct score_run *r, const struct score_look *k)
{
    for (size_t i = k->start; i < k->end; i++) {
        if (score_any_from(&r->hints[i], 1, k->end - i - (i == k->start))) {
            return true;
        }
    }
    return false;
}

int32_t score_hint_sum(const struct score_run *r, const struct score_look *k)
{
    const struct score_dense *at = &r->score->at;
    const int16_t *d = r->dense;
    unsigned hint = k->hint > 0;
    if (!k->hint_near) {
        return r->no_hint[k->bin][k->len < 5 ? k->len : 5];
    }
    unsigned outer = is_within(r, k);
    int32_t sum = d[at->hint_outer + (outer * SCORE_BINS + k->bin) * 2 + hint];
    if (k->single) {
        return sum;
    }
    unsigned within = holds_one(r, k);
    unsigned len = k->len < 5 ? (unsigned)k->len : 5;
    sum += d[at->hint + (hint * SCORE_BINS + k->bin) * 2];
    sum += d[at->hint_within + (within * SCORE_BINS + k->bin) * 16 + hint * 8 +
             len];
    if (hint > 0) {
        unsigned y = k->hint - 1;
        sum += d[at->hint_shapes + k->a->shape * 32u + k->z->shape];
        sum += d[at->hint_label + y * 2 + k->known];
        sum += d[at->hint_shape + (y * 32 + k->a->shape) * 2 + k->known];
    }
    return sum;
}
