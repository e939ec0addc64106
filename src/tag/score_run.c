#include "tag/score_run.h"

#include "tag/score_run_state.h"

/* What a label adds is hardly ever more. */
enum { LABEL_UNITS = 2 * SCORE_UNITS };

/* Bin and label of the folded entry at a span, bin 0 when there is none. */
static unsigned bin_of(const struct score_run *r, size_t start, size_t len)
{
    return r->bins[start].at[len - 1];
}

/* What stands around the candidates that begin at a boundary. */
static struct score_side *left_side(struct score_run *r, size_t i)
{
    struct score_side *side = &r->left[i];
    if (side->made != r->now) {
        const struct score_word *p = r->words_at[i + 1];
        const struct score_word *p2 = r->words_at[i];
        const int16_t *shapes =
            score_row_at(r->dense + r->score->at.shape_before,
                         p->shape * 32u + score_word_at(r, i)->shape, 2);
        side->made = r->now;
        for (unsigned k = 0; k < 4; k++) {
            side->weight[k >> 1][k & 1] =
                p->before[k & 1] + p2->before2 + shapes[k >> 1];
        }
    }
    return side;
}

/* What stands around those that end there. */
static struct score_side *right_side(struct score_run *r, size_t j)
{
    struct score_side *side = &r->right[j];
    if (side->made != r->now) {
        const struct score_word *n = r->words_at[j + 2];
        const struct score_word *n2 = r->words_at[j + 3];
        const int16_t *shapes =
            score_row_at(r->dense + r->score->at.shape_after,
                         n->shape * 32u + r->words_at[j + 1]->shape, 2);
        side->made = r->now;
        for (unsigned k = 0; k < 4; k++) {
            side->weight[k >> 1][k & 1] =
                n->after[k & 1] + n2->after2 + shapes[k >> 1];
        }
    }
    return side;
}

/* The rows of the two words on a side: `near` and `far`. */
static const int16_t *side_row(struct score_run *r, struct score_side *side,
                               const struct score_word *near,
                               enum score_word_row near_row,
                               const struct score_word *far,
                               enum score_word_row far_row)
{
    if (side->rowed != r->now) {
        unsigned stride = r->score->stride;
        side->rowed = r->now;
        score_row_copy(side->row, near->rows + (size_t)near_row * stride,
                       stride);
        score_row_add(side->row, far->rows + (size_t)far_row * stride, stride);
    }
    return side->row;
}

/* The best bin of an entry around the candidate, up to SCORE_SIDE tokens
 * longer on either side. */
static unsigned bin_around(const struct score_run *r, size_t start, size_t end)
{
    unsigned best = 0;
    size_t from = start > SCORE_SIDE ? start - SCORE_SIDE : 0;
    for (size_t i = from; i <= start; i++) {
        best = score_best_from(&r->bins[i], end - i + (i == start),
                               end - i + SCORE_SIDE, best);
    }
    return best;
}

/* The best bin of an entry strictly within the candidate. */
static unsigned bin_within(const struct score_run *r, size_t start, size_t end)
{
    unsigned best = 0;
    for (size_t i = start; i < end; i++) {
        best = score_best_from(&r->bins[i], 1, end - i - (i == start), best);
    }
    return best;
}

/* The longest entry at a candidate's front (the shortest way to it), and the
 * one at its back: their tokens, 0 for none. */
static size_t head_len(const struct score_run *r, const struct score_look *k)
{
    size_t len = k->len - 1;
    while (len > 0 && bin_of(r, k->start, len) == 0) {
        len--;
    }
    return len;
}

static size_t tail_len(const struct score_run *r, const struct score_look *k)
{
    size_t i = k->start + 1;
    while (i < k->end && bin_of(r, i, k->end - i) == 0) {
        i++;
    }
    return k->end - i;
}

/* The label of the entry in a cell. */
static unsigned head_label(const struct score_run *r, size_t start, size_t len)
{
    return r->heads[start * SCORE_SPAN_MAX + len - 1];
}

static int32_t ends_sum(const struct score_run *r, struct score_look *k)
{
    const struct score_dense *at = &r->score->at;
    const int16_t *d = r->dense;
    int32_t sum = 0;
    k->head = head_len(r, k);
    k->tail = tail_len(r, k);
    if (k->head > 0) {
        unsigned y = head_label(r, k->start, k->head);
        unsigned b = bin_of(r, k->start, k->head);
        sum +=
            d[at->head_shape + (y * 32 + k->z->shape) * 8 + (k->len - k->head)];
        sum += d[at->head_bin + (y * SCORE_BINS + b) * 2 + k->known];
    }
    if (k->tail > 0) {
        unsigned y = head_label(r, k->end - k->tail, k->tail);
        unsigned b = bin_of(r, k->end - k->tail, k->tail);
        sum +=
            d[at->tail_shape + (y * 32 + k->a->shape) * 8 + (k->len - k->tail)];
        sum += d[at->tail_bin + (y * SCORE_BINS + b) * 2 + k->known];
    }
    return sum;
}

static int32_t entry_sum(const struct score_run *r, const struct score_look *k)
{
    int32_t sum = 0;
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        const uint8_t *record = k->hit->record[f];
        sum += record != NULL ? score_weight(record, 0)
                              : r->dense[r->score->at.unknown + f * 2];
    }
    return sum;
}

/* Weights of a candidate of several tokens by its own words. */
static int32_t several_sum(const struct score_run *r, struct score_look *k)
{
    const struct score_dense *at = &r->score->at;
    const int16_t *d = r->dense;
    unsigned a = k->a->shape;
    unsigned z = k->z->shape;
    unsigned len = k->len < 5 ? (unsigned)k->len : 5;
    unsigned size = k->len < 4 ? (unsigned)k->len : 4;
    int32_t sum = k->a->first[k->known] + k->z->last[k->known];
    sum +=
        d[at->ends + (k->a->bin_first * 11u + k->z->bin_last) * 2 + k->known];
    for (size_t i = k->start + 1; i + 1 < k->end; i++) {
        sum += score_word_at(r, i)->inner[k->known];
    }
    sum += d[at->shapes + (a * 32 + z) * 2];
    sum += d[at->length + len * 2 + k->known];
    unsigned within = k->near ? bin_within(r, k->start, k->end) : 0;
    sum += d[at->within + (within * 5 + size) * 2 + k->known];
    sum += k->hit != NULL ? entry_sum(r, k) : r->unknown;
    return k->near ? sum + ends_sum(r, k) : sum;
}

/* All weights that no label and no pair has a part in. */
static int32_t shared_sum(struct score_run *r, struct score_look *k)
{
    const struct score_dense *at = &r->score->at;
    const int16_t *d = r->dense;
    unsigned start = k->start == 0;
    int32_t sum = r->no_lower + k->left->weight[k->single][k->known] +
                  k->right->weight[k->single][k->known];
    unsigned around = k->near ? bin_around(r, k->start, k->end) : 0;
    sum += d[at->start_bin + (start * 32 + k->a->shape) * SCORE_BINS + k->bin];
    sum += d[at->shape_around + (k->p->shape * 32u + k->n->shape) * SCORE_BINS +
             k->bin];
    sum += d[at->outer + around * SCORE_BINS + k->bin];
    sum += r->score->has_hints ? score_hint_sum(r, k) : 0;
    return sum + (k->single ? k->a->single[k->known] : several_sum(r, k));
}

/* The labels' parts, into k->row. */
static void sum_rows(struct score_run *r, struct score_look *k)
{
    const struct score_dense *at = &r->score->at;
    const int16_t *d = r->dense;
    unsigned stride = r->score->stride;
    int16_t *row = k->row;
    score_row_copy(row, r->topic[k->known], stride);
    score_row_add(row,
                  side_row(r, k->left, k->p, WORD_BEFORE, r->words_at[k->start],
                           WORD_BEFORE2),
                  stride);
    score_row_add(row,
                  side_row(r, k->right, k->n, WORD_AFTER,
                           r->words_at[k->end + 3], WORD_AFTER2),
                  stride);
    if (k->single) {
        score_row_add(row, k->a->rows + (size_t)WORD_SINGLE * stride, stride);
    } else {
        unsigned size = k->len < 4 ? (unsigned)k->len : 4;
        unsigned shapes = k->a->shape * 32u + k->z->shape;
        score_row_add(row, score_row_at(d + at->row_length, size, stride),
                      stride);
        score_row_add(row, score_row_at(d + at->row_shapes, shapes, stride),
                      stride);
        score_row_add(row, k->a->rows + (size_t)WORD_FIRST * stride, stride);
        score_row_add(row, k->z->rows + (size_t)WORD_LAST * stride, stride);
    }
    if (k->head > 0) {
        unsigned y = head_label(r, k->start, k->head);
        score_row_add(row, score_row_at(d + at->row_head, y, stride), stride);
    }
    if (k->tail > 0) {
        unsigned y = head_label(r, k->end - k->tail, k->tail);
        score_row_add(row, score_row_at(d + at->row_tail, y, stride), stride);
    }
    if (k->hint > 0 && !k->single) {
        unsigned y = k->hint - 1;
        score_row_add(row,
                      score_row_at(d + at->row_hint, y * 2 + k->known, stride),
                      stride);
        score_row_add(
            row,
            score_row_at(d + at->row_hint_shape, y * 32 + k->a->shape, stride),
            stride);
    }
    bool entry = k->hit != NULL && !k->single;
    for (unsigned f = 0; entry && f < SCORE_FAMILIES; f++) {
        if (k->hit->record[f] != NULL) {
            score_row_add_from(row, k->hit->record[f] + ENTRY_HEAD, stride);
        }
    }
}

static uint32_t entry_of(const struct score_look *k)
{
    const uint8_t *const *record = score_look_records(k);
    for (unsigned f = 0; record != NULL && f <= SCORE_JOINED; f++) {
        if (record[f] != NULL) {
            uint32_t id = bytes_load32(record[f] + ENTRY_ID);
            if (id != UINT32_MAX) {
                return id;
            }
        }
    }
    return SPAN_NO_ENTRY;
}

static void keep(struct score_run *r, const struct score_look *k, int32_t sum,
                 unsigned best)
{
    double rest = 0;
    for (unsigned y = 0; y < r->score->labels; y++) {
        int gap = (k->row[best] - k->row[y]) >> SCORE_EXP_SHIFT;
        rest += gap < SCORE_EXP_SIZE ? (double)r->exp_table[gap] : 0;
    }
    struct score_kept *c = &r->kept[r->kept_count++];
    c->start = (uint32_t)k->start;
    c->end = (uint32_t)k->end;
    c->label = best;
    c->entry = entry_of(k);
    c->score = (double)(sum + k->row[best]) / SCORE_UNITS;
    c->rest = rest;
    score_ask_pairs(r, k, c);
}

/* For gaz explain: where the sum comes from. */
static void take_note(struct score_run *r, const struct score_look *k,
                      int32_t sum)
{
    struct score_note *note = &r->notes[r->note_count++];
    memset(note, 0, sizeof *note);
    note->start = (uint32_t)k->start;
    note->end = (uint32_t)k->end;
    note->kept = UINT32_MAX;
    note->bin = (uint8_t)k->bin;
    note->hint = (uint8_t)k->hint;
    note->left = k->left->weight[k->single][k->known];
    note->right = k->right->weight[k->single][k->known];
    note->sentence = r->no_lower;
    const uint8_t *const *records = score_look_records(k);
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        const uint8_t *record = records != NULL ? records[f] : NULL;
        note->record[f] = record;
        note->entry += record != NULL
                           ? score_weight(record, k->single)
                           : r->dense[r->score->at.unknown + f * 2 + k->single];
    }
    struct score_look again = *k;
    int32_t own = k->single ? k->a->single[k->known] : several_sum(r, &again);
    note->own = own - note->entry;
    note->place = sum - own - note->left - note->right - note->sentence;
}

/* 1. Sum what is cheap; give up what no label can make good.
 * 2. Add the labels' rows; give up what is below the cut.
 * 3. Ask for the pairs. */
static void consider(struct score_run *r, size_t start, size_t len,
                     const struct score_hit *hit)
{
    const struct score *s = r->score;
    struct score_look k;
    k.start = start;
    k.end = start + len;
    k.len = len;
    k.a = score_word_at(r, start);
    k.z = score_word_at(r, k.end - 1);
    k.p = r->words_at[start + 1];
    k.n = r->words_at[k.end + 2];
    k.single = len == 1;
    k.bin = bin_of(r, start, len);
    k.known = k.bin > 0;
    k.hint = r->hints[start].at[len - 1];
    size_t from = start > SCORE_SIDE ? start - SCORE_SIDE : 0;
    k.near = r->bins_before[k.end] != r->bins_before[from];
    k.hint_near = r->hints_before[k.end] != r->hints_before[from];
    k.head = k.tail = 0;
    k.hit = hit;
    k.left = left_side(r, start);
    k.right = right_side(r, k.end);
    int32_t sum = shared_sum(r, &k);
    if (GAZ_UNLIKELY(r->notes != NULL)) {
        take_note(r, &k, sum);
    }
    if (sum < s->cut - LABEL_UNITS) {
        return;
    }
    sum_rows(r, &k);
    int high = score_row_high(k.row, s->stride);
    if (sum + high < s->cut && GAZ_LIKELY(r->notes == NULL)) {
        return;
    }
    /* NOLINTBEGIN(clang-analyzer-core.*): sum_rows fills a stride, and that is
     * no less than labels */
    unsigned best = 0;
    for (unsigned y = 1; y < s->labels; y++) {
        best = k.row[y] > k.row[best] ? y : best;
    }
    if (GAZ_UNLIKELY(r->notes != NULL)) {
        struct score_note *note = &r->notes[r->note_count - 1];
        note->rowed = true;
        note->label = best;
        note->label_weight = k.row[best];
        note->kept =
            sum + k.row[best] >= s->cut ? (uint32_t)r->kept_count : UINT32_MAX;
    }
    if (sum + k.row[best] >= s->cut) {
        keep(r, &k, sum, best);
    }
    /* NOLINTEND(clang-analyzer-core.*) */
}

/* The candidates that begin at token i: entries, and names that are none.
 * *hit is the next entry. */
static void consider_from(struct score_run *r, size_t i, size_t *hit)
{
    const struct score_word *a = score_word_at(r, i);
    unsigned upper = a->roles & ROLE_UPPER;
    bool open = (a->roles & ROLE_FIRST) != 0; /* may an unseen name go on? */
    if (a->named || (a->roles & ROLE_SINGLE) != 0 || r->hints[i].at[0] != 0) {
        consider(r, i, 1, NULL);
    }
    if (!open && r->hints[i].all == 0 &&
        (*hit == r->hit_count || r->hits[*hit].start != i)) {
        return;
    }
    for (size_t m = 1; m < SCORE_SPAN_MAX && i + m < r->count; m++) {
        const struct score_word *z = score_word_at(r, i + m);
        const struct score_hit *h = &r->hits[*hit];
        bool entry = *hit < r->hit_count && h->start == i && h->len == m + 1;
        bool hint = r->hints[i].at[m] != 0;
        upper |= z->roles & ROLE_UPPER;
        open = open && m < SCORE_UNSEEN_MAX;
        bool unseen =
            open && (z->roles & ROLE_LAST) && (upper || (z->roles & ROLE_HEAD));
        open = open && (z->roles & ROLE_INNER);
        if (entry) {
            bool known = h->record[SCORE_EXACT] != NULL ||
                         h->record[SCORE_FOLDED] != NULL ||
                         h->record[SCORE_JOINED] != NULL;
            (*hit)++;
            if (known || unseen || hint) {
                consider(r, i, m + 1, h);
            }
        } else if (unseen || hint) {
            consider(r, i, m + 1, NULL);
        } else if (!open && r->hints[i].all == 0 &&
                   (*hit == r->hit_count || r->hits[*hit].start != i)) {
            return;
        }
    }
}

size_t score_run_tokens(struct score_run *r, const struct slice *tokens,
                        size_t count, const struct span **spans)
{
    score_words_begin(r->words);
    r->count = count;
    r->hit_count = 0;
    r->kept_count = 0;
    r->note_count = 0;
    r->words_at[0] = r->words_at[1] = score_words_edge(r->words, false);
    score_words_get(r->words, tokens, count, r->words_at + 2);
    r->words_at[count + 2] = score_words_edge(r->words, true);
    r->words_at[count + 3] = r->words_at[count + 4] = r->words_at[count + 2];
    r->bins[count].all = 0;
    if (++r->now == 0) { /* wrapped */
        memset(r->left, 0, sizeof r->left);
        memset(r->right, 0, sizeof r->right);
        r->now = 1;
    }
    score_look_around(r);
    score_find_entries(r);
    score_settle_entries(r);
    if (r->score->has_hints) {
        memset(r->hints, 0, (count + 1) * sizeof *r->hints);
        for (size_t i = 0; i < count; i++) {
            score_find_hints(r, i);
        }
    }
    score_count_starts(r);
    size_t hit = 0;
    for (size_t i = 0; i < count; i++) {
        consider_from(r, i, &hit);
        while (hit < r->hit_count && r->hits[hit].start == i) {
            hit++;
        }
    }
    score_add_pairs(r);
    size_t found = score_run_decode(r);
    *spans = r->spans;
    return found;
}

bool score_run_known(const struct score_run *r, size_t start, size_t end)
{
    if (end - start == 1) {
        const struct score_word *w = score_word_at(r, start);
        return w->more->record[SCORE_FOLDED] != NULL ||
               w->more->record[SCORE_JOINED] != NULL;
    }
    for (size_t i = 0; i < r->hit_count; i++) {
        const struct score_hit *h = &r->hits[i];
        if (h->start == start && h->start + h->len == end) {
            return h->record[SCORE_FOLDED] != NULL ||
                   h->record[SCORE_JOINED] != NULL;
        }
    }
    return false;
}
