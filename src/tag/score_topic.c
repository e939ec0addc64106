#include "model/score_bins.h"
#include "tag/score_run_state.h"

/* What the words say of the sentence's labels, summed up: log-odds in units.
 * Is no word in lower case? */
static bool sum_words(const struct score_run *r, int32_t *sum)
{
    unsigned stride = r->score->stride;
    bool no_lower = true;
    for (size_t i = 0; i < r->count; i++) {
        const struct score_word *w = score_word_at(r, i);
        const int16_t *topic = w->rows + (size_t)WORD_TOPIC * stride;
        no_lower = no_lower && w->shape != SHAPE_LOWER;
        for (unsigned k = 0; k < stride; k += 4) {
            lanes_widen(sum + k, topic + k);
        }
    }
    return no_lower;
}

/* A label that has this bin: what that weighs for it, and for all of them. */
static void add_topic(struct score_run *r, unsigned label, unsigned bin)
{
    const struct score *s = r->score;
    const int16_t *rows = r->dense + s->at.row_topic;
    for (unsigned known = 0; known < 2; known++) {
        unsigned at = known * 16 + bin;
        int16_t *to = r->topic[known];
        score_row_add(to,
                      score_row_at(rows, label * SCORE_TOPICS + at, s->stride),
                      s->stride);
        to[label] = (int16_t)(to[label] + r->dense[s->at.topic + at]);
    }
}

void score_look_around(struct score_run *r)
{
    const struct score *s = r->score;
    int32_t sum[SCORE_LABELS_MAX] = {0};
    float p[SCORE_LABELS_MAX] = {0};
    float total = 0;
    bool no_lower = sum_words(r, sum);
    int32_t high = sum[0];
    for (unsigned y = 1; y < s->labels; y++) {
        high = sum[y] > high ? sum[y] : high;
    }
    for (unsigned y = 0; y < s->labels; y++) {
        int32_t gap =
            (int32_t)(SCORE_TOPIC_SCALE * (high - sum[y])) >> SCORE_EXP_SHIFT;
        p[y] = gap < SCORE_EXP_SIZE ? r->exp_table[gap] : 0;
        total += p[y];
    }
    memset(r->topic, 0, sizeof r->topic);
    for (unsigned y = 0; y < s->labels; y++) {
        add_topic(r, y, score_topic_bin((double)(p[y] / total)));
    }
    r->no_lower = r->dense[s->at.no_lower + no_lower];
}
