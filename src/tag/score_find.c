/* The entries of a scored lexicon that stand in a sentence. */
#include "tag/score_run_state.h"

static const struct score_table *table_of(const struct score_run *r,
                                          enum score_family f)
{
    return &r->score->tables[SCORE_PART_ENTRIES + f];
}

static void fetch(const struct score_run *r, enum score_family f, uint64_t key)
{
    const struct score_table *t = table_of(r, f);
    size_t at = score_slot(key, t->slots);
    GAZ_PREFETCH(t->keys + at * 8);
    GAZ_PREFETCH(t->ids + at * 4);
}

/* Look the families up for a span of several tokens; true when one of them
 * has it. Numbers are the coarsest of the word families: a name whose numbers
 * key is no entry's is in none of the three. */
static bool look_up(const struct score_run *r, struct score_hit *hit)
{
    uint64_t keys[SCORE_FAMILIES];
    const uint8_t *record[SCORE_FAMILIES] = {NULL};
    memcpy(keys, hit->keys, sizeof keys);
    static const enum score_family finer[] = {SCORE_NUMBERS, SCORE_FOLDED,
                                              SCORE_EXACT};
    bool more = hit->numbers;
    for (size_t i = 0; more && i < sizeof finer / sizeof finer[0]; i++) {
        enum score_family f = finer[i];
        record[f] = score_find_unchecked(table_of(r, f), keys[f]);
        more = record[f] != NULL;
    }
    if (hit->joined) {
        record[SCORE_JOINED] =
            score_find_unchecked(table_of(r, SCORE_JOINED), keys[SCORE_JOINED]);
    }
    memcpy(hit->record, record, sizeof record);
    return record[SCORE_NUMBERS] != NULL || record[SCORE_JOINED] != NULL;
}

/* Its keys are asked for now and looked up when the sentence has
 * been gone through, by when they are in the cache. */
static void ask(struct score_run *r, size_t start, size_t len,
                const uint64_t keys[SCORE_FAMILIES], bool numbers, bool joined)
{
    struct score_hit *hit = &r->hits[r->hit_count++];
    hit->start = (uint32_t)start;
    hit->len = (uint16_t)len;
    hit->numbers = numbers;
    hit->joined = joined;
    memcpy(hit->keys, keys, sizeof hit->keys);
    if (numbers) {
        fetch(r, SCORE_NUMBERS, keys[SCORE_NUMBERS]);
        fetch(r, SCORE_FOLDED, keys[SCORE_FOLDED]);
        fetch(r, SCORE_EXACT, keys[SCORE_EXACT]);
    }
    if (joined) {
        fetch(r, SCORE_JOINED, keys[SCORE_JOINED]);
    }
}

void score_settle_entries(struct score_run *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->hit_count; i++) {
        struct score_hit *hit = &r->hits[i];
        if (!look_up(r, hit)) {
            continue;
        }
        const uint8_t *folded = hit->record[SCORE_FOLDED];
        if (folded != NULL) {
            size_t m = hit->len - 1U;
            r->bins[hit->start].at[m] = folded[ENTRY_BIN];
            r->heads[(size_t)hit->start * SCORE_SPAN_MAX + m] =
                folded[ENTRY_LABEL];
        }
        r->hits[kept++] = *hit;
    }
    r->hit_count = kept;
}

/* May a joined key that begins with w go on with next? */
static bool joins(const struct score_word *w, const struct score_word *next)
{
    return w->front && (w->more->follow >> next->opens & 1) != 0;
}

/* The entries of several tokens that begin at token i. */
static void find_longer(struct score_run *r, size_t i)
{
    const struct score_word *w = score_word_at(r, i);
    unsigned lengths = w->lengths;
    if (i + 1 == r->count) {
        return;
    }
    const struct score_word *next = score_word_at(r, i + 1);
    /* Do the tokens so far begin a joined key? */
    bool front = joins(w, next);
    if (!front && (lengths <= 1 || !(next->lengths & 1))) {
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
        if (numbers || ends) {
            ask(r, i, m + 1, keys, numbers, ends);
        }
    }
}

void score_find_entries(struct score_run *r)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct score_word *w = score_word_at(r, i);
        r->bins[i].all = 0;
        r->bins[i].at[0] = w->bin;
        r->heads[i * SCORE_SPAN_MAX] = w->label;
        if (w->lengths > 1 || w->front) {
            find_longer(r, i);
        }
    }
}

void score_count_starts(struct score_run *r)
{
    uint16_t bins = 0;
    uint16_t hints = 0;
    for (size_t i = 0; i < r->count; i++) {
        r->bins_before[i] = bins;
        r->hints_before[i] = hints;
        bins = (uint16_t)(bins + (r->bins[i].all != 0));
        hints = (uint16_t)(hints + (r->hints[i].all != 0));
    }
    r->bins_before[r->count] = bins;
    r->hints_before[r->count] = hints;
}
