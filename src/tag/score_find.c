/* The entries of a scored lexicon that stand in a sentence. */
#include "tag/score_run_state.h"

/* Look the families up for a span of several tokens; true when one of them
 * has it. Numbers are the coarsest of the word families: a name whose numbers
 * key is no entry's is in none of the three. */
static bool look_up(struct score_run *r, const uint64_t keys[SCORE_FAMILIES],
                    bool numbers, bool joined, struct score_hit *hit)
{
    const struct score_table *t = &r->score->tables[SCORE_PART_ENTRIES];
    memset(hit->record, 0, sizeof hit->record);
    if (numbers) {
        hit->record[SCORE_NUMBERS] =
            score_find_unchecked(&t[SCORE_NUMBERS], keys[SCORE_NUMBERS]);
    }
    if (hit->record[SCORE_NUMBERS] != NULL) {
        hit->record[SCORE_FOLDED] =
            score_find_unchecked(&t[SCORE_FOLDED], keys[SCORE_FOLDED]);
    }
    if (hit->record[SCORE_FOLDED] != NULL) {
        hit->record[SCORE_EXACT] =
            score_find_unchecked(&t[SCORE_EXACT], keys[SCORE_EXACT]);
    }
    if (joined) {
        hit->record[SCORE_JOINED] =
            score_find_unchecked(&t[SCORE_JOINED], keys[SCORE_JOINED]);
    }
    return hit->record[SCORE_NUMBERS] != NULL ||
           hit->record[SCORE_JOINED] != NULL;
}

/* Take the next hit in, whose records are there. */
static void add_hit(struct score_run *r, size_t start, size_t len)
{
    struct score_hit *hit = &r->hits[r->hit_count++];
    const uint8_t *folded = hit->record[SCORE_FOLDED];
    hit->start = (uint32_t)start;
    hit->len = (uint32_t)len;
    if (len > 1 && folded != NULL) {
        r->bins[start].at[len - 1] = folded[ENTRY_BIN];
        r->heads[start * SCORE_SPAN_MAX + len - 1] = folded[ENTRY_LABEL];
    }
}

/* The entries of several tokens that begin at token i. */
static void find_longer(struct score_run *r, size_t i)
{
    const struct score_word *w = score_word_at(r, i);
    bool front = w->front; /* do the tokens so far begin a joined key? */
    unsigned lengths = w->lengths;
    if (i + 1 == r->count ||
        (!front && !(score_word_at(r, i + 1)->lengths & 1))) {
        return;
    }
    uint64_t joined =
        wordform_join(score_span_start(SCORE_JOINED), w->more->joined);
    uint64_t keys[SCORE_FAMILIES] = {
        [SCORE_EXACT] =
            score_span_step(score_span_start(SCORE_EXACT), w->more->exact),
        [SCORE_FOLDED] =
            score_span_step(score_span_start(SCORE_FOLDED), w->fold),
        [SCORE_NUMBERS] =
            score_span_step(score_span_start(SCORE_NUMBERS), w->more->numbers)};
    for (size_t m = 1;
         (lengths >> m != 0 || front) && m < SCORE_SPAN_MAX && i + m < r->count;
         m++) {
        w = score_word_at(r, i + m);
        lengths = (w->lengths & 1) != 0 ? lengths : 0;
        if (lengths == 0 && !front) {
            return;
        }
        keys[SCORE_EXACT] = score_span_step(keys[SCORE_EXACT], w->more->exact);
        keys[SCORE_FOLDED] = score_span_step(keys[SCORE_FOLDED], w->fold);
        keys[SCORE_NUMBERS] =
            score_span_step(keys[SCORE_NUMBERS], w->more->numbers);
        bool numbers = (lengths >> m & 1) != 0 &&
                       score_longer_unchecked(r->score, keys[SCORE_NUMBERS]);
        bool ends = false;
        if (front) {
            uint64_t whole = wordform_join(joined, w->more->singular);
            keys[SCORE_JOINED] = score_mix(whole) | 1;
            ends = score_front_unchecked(r->score, whole);
            joined = wordform_join(joined, w->more->joined);
            front = score_front_unchecked(r->score, joined);
        }
        if ((numbers || ends) &&
            look_up(r, keys, numbers, ends, &r->hits[r->hit_count])) {
            add_hit(r, i, m + 1);
        }
    }
}

void score_find_entries(struct score_run *r, size_t i)
{
    const struct score_word *w = score_word_at(r, i);
    if (w->known) {
        memcpy(r->hits[r->hit_count].record, w->more->record,
               sizeof w->more->record);
        add_hit(r, i, 1);
        r->bins[i].at[0] = w->bin;
        r->heads[i * SCORE_SPAN_MAX] = w->label;
    }
    if (w->lengths > 1 || w->front) {
        find_longer(r, i);
    }
}
