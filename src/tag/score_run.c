#include "tag/score_run.h"

#include "base/real.h"
#include "model/score_bins.h"
#include "tag/score_run_state.h"

static const struct score_word *word_at(const struct score_run *r, size_t i)
{
    return r->words_at[i + 2];
}

/* Bin and label of the folded entry at a span, bin 0 when there is none. */
static unsigned bin_of(const struct score_run *r, size_t start, size_t len)
{
    return r->bins[start].at[len - 1];
}

/* Look the families up for a span that ends with `last`; true when one of
 * them has it. */
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

/* The entries that begin at token i. Numbers are the coarsest of the word
 * families: a name whose numbers key is no entry's is in none of the three. */
static void find_entries(struct score_run *r, size_t i)
{
    const struct score_word *w = word_at(r, i);
    unsigned lengths = w->lengths;
    bool front = w->front;
    if (lengths == 0 && !front) {
        return;
    }
    uint64_t keys[SCORE_FAMILIES] = {
        score_span_start(SCORE_EXACT), score_span_start(SCORE_FOLDED),
        score_span_start(SCORE_JOINED), score_span_start(SCORE_NUMBERS)};
    uint64_t joined = keys[SCORE_JOINED];
    for (size_t m = 0; m < SCORE_SPAN_MAX && i + m < r->count; m++) {
        w = word_at(r, i + m);
        bool numbers = (lengths >> m & 1) != 0;
        struct score_hit *hit = &r->hits[r->hit_count];
        keys[SCORE_EXACT] = score_span_step(keys[SCORE_EXACT], w->exact);
        keys[SCORE_FOLDED] = score_span_step(keys[SCORE_FOLDED], w->fold);
        keys[SCORE_NUMBERS] =
            score_span_step(keys[SCORE_NUMBERS], w->numbers);
        uint64_t whole = wordform_join(joined, w->singular);
        keys[SCORE_JOINED] = score_mix(whole) | 1;
        bool ends = front && score_front_unchecked(r->score, whole);
        if ((numbers || ends) && look_up(r, keys, numbers, ends, hit)) {
            const uint8_t *folded = hit->record[SCORE_FOLDED];
            hit->start = (uint32_t)i;
            hit->len = (uint32_t)m + 1;
            r->hit_count++;
            if (folded != NULL) {
                r->bins[i].at[m] = folded[ENTRY_BIN];
                r->heads[i * SCORE_SPAN_MAX + m] = folded[ENTRY_LABEL];
            }
        }
        joined = wordform_join(joined, w->joined);
        front = front && score_front_unchecked(r->score, joined);
        if (lengths >> (m + 1) == 0 && !front) {
            return;
        }
    }
}

/* What stands around the candidates that begin (right: end) at a boundary. */
static struct score_side *left_side(struct score_run *r, size_t i)
{
    struct score_side *side = &r->left[i];
    if (!side->made) {
        const struct score_word *p = r->words_at[i + 1];
        const struct score_word *p2 = r->words_at[i];
        unsigned stride = r->score->stride;
        side->made = true;
        side->paired = false;
        side->weight[0] = p->before[0] + p2->before2;
        side->weight[1] = p->before[1] + p2->before2;
        memcpy(side->row, p->rows + (size_t)WORD_BEFORE * stride,
               stride * sizeof *side->row);
        score_row_add(side->row, p2->rows + (size_t)WORD_BEFORE2 * stride,
                      stride);
    }
    return side;
}

static struct score_side *right_side(struct score_run *r, size_t j)
{
    struct score_side *side = &r->right[j];
    if (!side->made) {
        const struct score_word *n = r->words_at[j + 2];
        const struct score_word *n2 = r->words_at[j + 3];
        unsigned stride = r->score->stride;
        side->made = true;
        side->paired = false;
        side->weight[0] = n->after[0] + n2->after2;
        side->weight[1] = n->after[1] + n2->after2;
        memcpy(side->row, n->rows + (size_t)WORD_AFTER * stride,
               stride * sizeof *side->row);
        score_row_add(side->row, n2->rows + (size_t)WORD_AFTER2 * stride,
                      stride);
    }
    return side;
}

/* The best bin of an entry around the candidate, up to SCORE_SIDE tokens
 * longer on either side. */
static unsigned bin_around(const struct score_run *r, size_t start, size_t end)
{
    unsigned best = 0;
    size_t from = start > SCORE_SIDE ? start - SCORE_SIDE : 0;
    for (size_t i = from; i <= start; i++) {
        if (r->bins[i].all == 0) {
            continue;
        }
        size_t shortest = end - i + (i == start);
        for (size_t len = shortest;
             len <= end - i + SCORE_SIDE && len <= SCORE_SPAN_MAX; len++) {
            unsigned b = r->bins[i].at[len - 1];
            best = b > best ? b : best;
        }
    }
    return best;
}

/* The best bin of an entry strictly within the candidate. */
static unsigned bin_within(const struct score_run *r, size_t start, size_t end)
{
    unsigned best = 0;
    for (size_t i = start; i < end; i++) {
        if (r->bins[i].all == 0) {
            continue;
        }
        size_t longest = end - i - (i == start);
        for (size_t len = 1; len <= longest; len++) {
            unsigned b = r->bins[i].at[len - 1];
            best = b > best ? b : best;
        }
    }
    return best;
}

/* A candidate while it is looked at. */
struct look {
    size_t start, end, len;
    const struct score_word *a, *z, *p, *n;
    unsigned single, known, bin;
    const struct score_hit *hit; /* NULL: no entry */
    int16_t row[SCORE_LABELS_MAX];
};

/* Entries at the candidate's front and back. */
static int32_t add_ends(const struct score_run *r, struct look *k)
{
    const struct score_dense *at = &r->score->at;
    const int16_t *d = r->dense;
    unsigned stride = r->score->stride;
    int32_t sum = 0;
    for (size_t len = k->len - 1; len > 0; len--) {
        unsigned b = bin_of(r, k->start, len);
        if (b > 0) {
            unsigned y = r->heads[k->start * SCORE_SPAN_MAX + len - 1];
            sum += d[at->head_shape + (y * 32 + k->z->shape) * 8 +
                     (k->len - len)];
            sum += d[at->head_bin + (y * SCORE_BINS + b) * 2 + k->known];
            score_row_add(k->row, d + at->row_head + y * stride, stride);
            break;
        }
    }
    for (size_t i = k->start + 1; i < k->end; i++) {
        unsigned b = bin_of(r, i, k->end - i);
        if (b > 0) {
            unsigned y = r->heads[i * SCORE_SPAN_MAX + (k->end - i) - 1];
            sum += d[at->tail_shape + (y * 32 + k->a->shape) * 8 +
                     (i - k->start)];
            sum += d[at->tail_bin + (y * SCORE_BINS + b) * 2 + k->known];
            score_row_add(k->row, d + at->row_tail + y * stride, stride);
            break;
        }
    }
    return sum;
}

/* Weights of small tables. */
static int32_t dense_sum(const struct score_run *r, const struct look *k)
{
    const struct score_dense *at = &r->score->at;
    const int16_t *d = r->dense;
    unsigned a = k->a->shape;
    unsigned z = k->z->shape;
    unsigned p = k->p->shape;
    unsigned n = k->n->shape;
    unsigned start = k->start == 0;
    unsigned len = k->len < 5 ? (unsigned)k->len : 5;
    int32_t sum = d[at->shapes + (a * 32 + z) * 2 + k->single];
    sum += d[at->bin_shape + k->bin * 32 + a];
    sum += d[at->start + start * 32 + a];
    sum += d[at->start_bin + (start * 32 + a) * SCORE_BINS + k->bin];
    sum += d[at->shape_before + (p * 32 + a) * 2 + k->single];
    sum += d[at->shape_after + (n * 32 + z) * 2 + k->single];
    sum += d[at->shape_around + (p * 32 + n) * SCORE_BINS + k->bin];
    sum += d[at->length + len * 2 + k->known];
    unsigned around = bin_around(r, k->start, k->end);
    unsigned within = k->len > 1 ? bin_within(r, k->start, k->end) : 0;
    unsigned size = k->len < 4 ? (unsigned)k->len : 4;
    sum += d[at->outer + around * SCORE_BINS + k->bin];
    sum += d[at->within + (within * 5 + size) * 2 + k->known];
    return sum;
}

/* Weights of the words and the entry, rows into k->row. */
static int32_t word_sum(struct score_run *r, struct look *k)
{
    const struct score *s = r->score;
    unsigned stride = s->stride;
    int32_t sum = 0;
    if (k->single) {
        sum += k->a->single[k->known];
        score_row_add(k->row, k->a->rows + (size_t)WORD_SINGLE * stride,
                      stride);
    } else {
        sum += k->a->first[k->known] + k->z->last[k->known];
        sum += r->dense[s->at.ends +
                        (k->a->bin_first * 11u + k->z->bin_last) * 2 +
                        k->known];
        for (size_t i = k->start + 1; i + 1 < k->end; i++) {
            sum += word_at(r, i)->inner[k->known];
        }
        score_row_add(k->row, k->a->rows + (size_t)WORD_FIRST * stride,
                      stride);
        score_row_add(k->row, k->z->rows + (size_t)WORD_LAST * stride,
                      stride);
        sum += add_ends(r, k);
    }
    for (unsigned f = 0; f < SCORE_FAMILIES; f++) {
        const uint8_t *record = k->hit != NULL ? k->hit->record[f] : NULL;
        if (record != NULL) {
            sum += score_weight(record, k->single);
            score_row_add_from(k->row, record + ENTRY_HEAD, stride);
        } else {
            sum += r->dense[s->at.unknown + f * 2 + k->single];
        }
    }
    return sum;
}

/* Weights that must be looked up by hash. */
static int32_t pair_sum(const struct score_run *r, const struct look *k,
                        struct score_side *left, struct score_side *right)
{
    const struct score *s = r->score;
    uint64_t len = k->len < 5 ? k->len : 5;
    uint64_t p = k->p->lower;
    uint64_t n = k->n->lower;
    if (!left->paired) {
        uint64_t p2 = r->words_at[k->start]->lower;
        left->paired = true;
        left->pairs =
            score_pair_unchecked(s, score_key(SCORE_BEFORE_TWO, p, p2, 0)) +
            score_pair_unchecked(
                s, score_key(SCORE_BEFORE_A, p, k->a->fold, 0));
    }
    if (!right->paired) {
        uint64_t n2 = r->words_at[k->end + 3]->lower;
        right->paired = true;
        right->pairs =
            score_pair_unchecked(s, score_key(SCORE_AFTER_TWO, n, n2, 0)) +
            score_pair_unchecked(
                s, score_key(SCORE_LAST_AFTER, n, k->z->fold, 0));
    }
    int32_t sum = left->pairs + right->pairs;
    if (!k->single) {
        sum += score_pair_unchecked(s, score_key(SCORE_PATTERNS, k->a->pattern,
                                                 k->z->pattern, len));
        sum += score_pair_unchecked(
            s, score_key(SCORE_NUMBER_WORDS, k->a->numbers, k->z->numbers,
                         len));
    }
    sum += score_pair_unchecked(s, score_key(SCORE_AROUND, p, n, 0));
    sum += score_pair_unchecked(s, score_key(SCORE_BEFORE_SHAPES, p,
                                             k->a->shape, k->z->shape));
    sum += score_pair_unchecked(s, score_key(SCORE_AFTER_SHAPES, n,
                                             k->a->shape, k->z->shape));
    return sum;
}

static uint32_t entry_of(const struct score_hit *hit)
{
    for (unsigned f = 0; hit != NULL && f <= SCORE_JOINED; f++) {
        if (hit->record[f] != NULL) {
            uint32_t id = bytes_load32(hit->record[f] + ENTRY_ID);
            if (id != UINT32_MAX) {
                return id;
            }
        }
    }
    return SPAN_NO_ENTRY;
}

static void keep(struct score_run *r, const struct look *k, int32_t sum,
                 unsigned best)
{
    double rest = 0;
    for (unsigned y = 0; y < r->score->labels; y++) {
        int gap = k->row[best] - k->row[y];
        rest += gap < SCORE_EXP_SIZE ? (double)r->exp_table[gap] : 0;
    }
    double score = (double)(sum + k->row[best]) / SCORE_UNITS;
    r->kept[r->kept_count++] = (struct score_kept){
        .start = (uint32_t)k->start,
        .end = (uint32_t)k->end,
        .label = best,
        .entry = entry_of(k->hit),
        .score = score,
        .total = score + real_log(rest)};
}

static void consider(struct score_run *r, size_t start, size_t len,
                     const struct score_hit *hit)
{
    const struct score *s = r->score;
    unsigned stride = s->stride;
    struct look k = {.start = start, .end = start + len, .len = len};
    k.a = word_at(r, start);
    k.z = word_at(r, k.end - 1);
    k.p = r->words_at[start + 1];
    k.n = r->words_at[k.end + 2];
    k.single = len == 1;
    k.bin = bin_of(r, start, len);
    k.known = k.bin > 0;
    k.hit = hit;
    struct score_side *left = left_side(r, start);
    struct score_side *right = right_side(r, k.end);
    unsigned size = len < 4 ? (unsigned)len : 4;
    memcpy(k.row, r->topic[k.known], stride * sizeof *k.row);
    score_row_add(k.row, left->row, stride);
    score_row_add(k.row, right->row, stride);
    score_row_add(k.row, r->dense + s->at.row_length + size * stride, stride);
    score_row_add(k.row,
                  r->dense + s->at.row_shapes +
                      (k.a->shape * 32u + k.z->shape) * stride,
                  stride);
    int32_t sum = r->no_lower + left->weight[k.known] +
                  right->weight[k.known] + dense_sum(r, &k) + word_sum(r, &k);
    unsigned best = 0;
    for (unsigned y = 1; y < s->labels; y++) {
        best = k.row[y] > k.row[best] ? y : best;
    }
    if (sum + k.row[best] < s->cut) {
        return;
    }
    keep(r, &k, sum + pair_sum(r, &k, left, right), best);
}

/* The candidates that begin at token i: entries, and names that are none.
 * *hit is the next entry. */
static void consider_from(struct score_run *r, size_t i, size_t *hit)
{
    const struct score_word *a = word_at(r, i);
    unsigned upper = a->roles & ROLE_UPPER;
    bool open = (a->roles & ROLE_FIRST) != 0; /* may an unseen name go on? */
    for (size_t m = 0; m < SCORE_SPAN_MAX && i + m < r->count; m++) {
        const struct score_word *z = word_at(r, i + m);
        const struct score_hit *h = &r->hits[*hit];
        bool entry = *hit < r->hit_count && h->start == i && h->len == m + 1;
        bool unseen = (a->roles & ROLE_SINGLE) != 0;
        if (m > 0) {
            upper |= z->roles & ROLE_UPPER;
            open = open && m < SCORE_UNSEEN_MAX;
            unseen = open && (z->roles & ROLE_LAST) &&
                     (upper || (z->roles & ROLE_HEAD));
            open = open && (z->roles & ROLE_INNER);
        }
        if (entry) {
            bool known = h->record[SCORE_EXACT] != NULL ||
                         h->record[SCORE_FOLDED] != NULL ||
                         h->record[SCORE_JOINED] != NULL;
            (*hit)++;
            if (known || unseen) {
                consider(r, i, m + 1, h);
            }
        } else if (unseen) {
            consider(r, i, m + 1, NULL);
        } else if (!open &&
                   (*hit == r->hit_count || r->hits[*hit].start != i)) {
            return;
        }
    }
}

/* The sentence as a whole: its topic, and whether it has lower-case words. */
static void look_around(struct score_run *r)
{
    const struct score *s = r->score;
    unsigned stride = s->stride;
    int32_t sum[SCORE_LABELS_MAX] = {0};
    bool no_lower = true;
    for (size_t i = 0; i < r->count; i++) {
        const struct score_word *w = word_at(r, i);
        const int16_t *topic = w->rows + (size_t)WORD_TOPIC * stride;
        no_lower = no_lower && w->shape != SHAPE_LOWER;
        for (unsigned k = 0; k < stride; k += SCORE_ROW_ALIGN) {
            for (unsigned y = k; y < k + SCORE_ROW_ALIGN; y++) {
                sum[y] += topic[y];
            }
        }
    }
    int32_t high = sum[0];
    double p[SCORE_LABELS_MAX];
    double total = 0;
    for (unsigned y = 1; y < s->labels; y++) {
        high = sum[y] > high ? sum[y] : high;
    }
    for (unsigned y = 0; y < s->labels; y++) {
        p[y] = real_exp(SCORE_TOPIC_SCALE * (sum[y] - high) / SCORE_UNITS);
        total += p[y];
    }
    for (unsigned y = 0; y < s->labels; y++) {
        unsigned bin = score_topic_bin(p[y] / total);
        r->topic[0][y] = r->dense[s->at.topic + bin];
        r->topic[1][y] = r->dense[s->at.topic + 16 + bin];
    }
    r->no_lower = r->dense[s->at.no_lower + no_lower];
}

size_t score_run_tokens(struct score_run *r, const struct slice *tokens,
                        size_t count, const struct span **spans)
{
    score_words_begin(r->words);
    r->count = count;
    r->hit_count = 0;
    r->kept_count = 0;
    r->words_at[0] = r->words_at[1] = score_words_edge(r->words, false);
    for (size_t i = 0; i < count; i++) {
        r->words_at[i + 2] = score_words_get(r->words, tokens[i]);
    }
    r->words_at[count + 2] = score_words_edge(r->words, true);
    r->words_at[count + 3] = r->words_at[count + 4] = r->words_at[count + 2];
    for (size_t i = 0; i <= count; i++) {
        r->bins[i].all = 0;
        r->left[i].made = false;
        r->right[i].made = false;
    }
    look_around(r);
    for (size_t i = 0; i < count; i++) {
        find_entries(r, i);
    }
    size_t hit = 0;
    for (size_t i = 0; i < count; i++) {
        consider_from(r, i, &hit);
        while (hit < r->hit_count && r->hits[hit].start == i) {
            hit++;
        }
    }
    size_t found = score_run_decode(r);
    *spans = r->spans;
    return found;
}

bool score_run_known(const struct score_run *r, size_t start, size_t end)
{
    for (size_t i = 0; i < r->hit_count; i++) {
        const struct score_hit *h = &r->hits[i];
        if (h->start == start && h->start + h->len == end) {
            return h->record[SCORE_FOLDED] != NULL ||
                   h->record[SCORE_JOINED] != NULL;
        }
    }
    return false;
}
