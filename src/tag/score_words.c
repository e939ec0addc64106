#include "tag/score_words.h"

enum { WAYS = 4, SETS_LOG2 = 13, SETS = 1 << SETS_LOG2, CACHED = SETS * WAYS };

/* What is in four cells: the exact hash of each word, and when it was last
 * used; 0: empty. */
struct set {
    uint64_t tags[WAYS];
    uint32_t stamps[WAYS];
    uint64_t pad[2]; /* two to a cache line would straddle some */
};

/* Words are cells of `size` bytes: the cached ones, `live` more for those
 * that find no place in the cache, and the two edges. */
struct score_words {
    const struct alloc *alloc;
    const struct score *score;
    const int16_t *dense;
    size_t size, live, used; /* used: of the live ones */
    char *block;
    size_t block_size;
    char *cells;                  /* in block, aligned */
    struct score_word_more *more; /* by cell */
    uint64_t *exact;              /* of the tokens at hand, live of them */
    uint32_t now;
    struct set sets[SETS];
};

enum { CELL_ALIGN = 64 };

static struct score_word *cell(const struct score_words *w, size_t i)
{
    void *p = w->cells + i * w->size;
    return p;
}

/* Where the rows of a record are. */
static const uint8_t *row_at(const uint8_t *record, unsigned head, unsigned i,
                             unsigned stride)
{
    return record + head + (size_t)i * stride * 2;
}

static int16_t *word_row(struct score_word *to, enum score_word_row i,
                         unsigned stride)
{
    return to->rows + (size_t)i * stride;
}

static void add_lower(const struct score_words *w, struct score_word *to)
{
    static const enum score_word_row rows[LOWER_ROWS] = {
        WORD_BEFORE2, WORD_BEFORE, WORD_AFTER, WORD_AFTER2};
    unsigned stride = w->score->stride;
    const uint8_t *r =
        score_find_unchecked(&w->score->tables[SCORE_PART_LOWER], to->lower);
    if (r == NULL) {
        return;
    }
    /* A pair is met no more often than each of its parts. */
    to->paired_before = score_weight(r, LOWER_BEFORE) != 0;
    to->paired_after = score_weight(r, LOWER_AFTER) != 0;
    to->before2 = score_weight(r, LOWER_BEFORE2);
    to->after2 = score_weight(r, LOWER_AFTER2);
    for (unsigned known = 0; known < 2; known++) {
        to->before[known] += score_weight(r, LOWER_BEFORE);
        to->after[known] += score_weight(r, LOWER_AFTER);
        to->single[known] += score_weight(r, LOWER_SINGLE);
        to->inner[known] += score_weight(r, LOWER_INNER);
    }
    for (unsigned i = 0; i < LOWER_ROWS; i++) {
        score_row_add_from(word_row(to, rows[i], stride),
                           row_at(r, LOWER_HEAD, i, stride), stride);
    }
}

static void add_fold(const struct score_words *w, struct score_word *to,
                     const uint8_t *r)
{
    static const enum score_word_row rows[FOLD_ROWS] = {
        [FOLD_ROW_FIRST] = WORD_FIRST,   [FOLD_ROW_LAST] = WORD_LAST,
        [FOLD_ROW_SINGLE] = WORD_SINGLE, [FOLD_ROW_BEFORE] = WORD_BEFORE,
        [FOLD_ROW_AFTER] = WORD_AFTER,   [FOLD_ROW_TOPIC] = WORD_TOPIC};
    unsigned stride = w->score->stride;
    to->bin_first = r[FOLD_BIN_FIRST];
    to->bin_last = r[FOLD_BIN_LAST];
    for (unsigned known = 0; known < 2; known++) {
        to->first[known] += score_weight(r, FOLD_FIRST);
        to->first[known] += score_weight(r, FOLD_FIRST_STATE + known);
        to->last[known] += score_weight(r, FOLD_LAST);
        to->last[known] += score_weight(r, FOLD_LAST_STATE + known);
        to->inner[known] += score_weight(r, FOLD_INNER_STATE + known);
        to->single[known] += score_weight(r, FOLD_SINGLE_STATE + known);
        to->after[known] += score_weight(r, FOLD_AFTER_STATE + known);
        to->before[known] += score_weight(r, FOLD_BEFORE_STATE + known);
    }
    for (unsigned i = 0; i < FOLD_ROWS; i++) {
        score_row_add_from(word_row(to, rows[i], stride),
                           row_at(r, FOLD_HEAD, i, stride), stride);
    }
}

/* The record of an affix: weights [single][known] to `several` and single,
 * rows to two of the word's. */
static void add_affix(const struct score_words *w, struct score_word *to,
                      enum score_part part, uint64_t key, int16_t several[2],
                      enum score_word_row row)
{
    unsigned stride = w->score->stride;
    const uint8_t *r = score_find_unchecked(&w->score->tables[part], key);
    if (r == NULL) {
        return;
    }
    for (unsigned known = 0; known < 2; known++) {
        several[known] += score_weight(r, known);
        to->single[known] += score_weight(r, 2 + known);
    }
    if (part != SCORE_PART_SUFFIX4) {
        score_row_add_from(word_row(to, row, stride),
                           row_at(r, AFFIX_HEAD, 0, stride), stride);
        score_row_add_from(word_row(to, WORD_SINGLE, stride),
                           row_at(r, AFFIX_HEAD, 1, stride), stride);
    }
}

/* What the word is worth beside a candidate by its bin and shape, and inside
 * by its shape. */
static void add_shape(const struct score_words *w, struct score_word *to)
{
    const struct score_dense *at = &w->score->at;
    const int16_t *d = w->dense;
    for (unsigned known = 0; known < 2; known++) {
        to->inner[known] += d[at->inner_shape + to->shape * 2u + known];
        if (to->shape < SHAPE_START) {
            to->after[known] += d[at->after_last +
                                  (to->bin_last * 32u + to->shape) * 2 + known];
            to->before[known] +=
                d[at->before_first + (to->bin_first * 32u + to->shape) * 2 +
                  known];
        }
    }
}

/* Features of a candidate's two ends, where both are this word, and of its
 * length. */
static void add_single(const struct score_words *w, struct score_word *to)
{
    const struct score_dense *at = &w->score->at;
    unsigned stride = w->score->stride;
    const int16_t *d = w->dense;
    unsigned shapes = to->shape * 32u + to->shape;
    int32_t pairs =
        score_pair_unchecked(w->score,
                             score_key(SCORE_PATTERNS, to->more->pattern,
                                       to->more->pattern, 1)) +
        score_pair_unchecked(w->score,
                             score_key(SCORE_NUMBER_WORDS, to->more->numbers,
                                       to->more->numbers, 1));
    for (unsigned known = 0; known < 2; known++) {
        to->single[known] =
            (int16_t)(to->single[known] + pairs +
                      d[at->shapes + shapes * 2 + 1] +
                      d[at->length + 2 + known] + d[at->within + 2 + known]);
    }
    score_row_add(word_row(to, WORD_SINGLE, stride),
                  d + at->row_length + stride, stride);
    score_row_add(word_row(to, WORD_SINGLE, stride),
                  d + at->row_shapes + shapes * stride, stride);
}

static uint8_t roles_of(const struct wordform *f, unsigned flags)
{
    bool alnum = (f->flags & WORDFORM_ALNUM) != 0;
    bool upper = (f->flags & WORDFORM_UPPER) != 0;
    bool digit = (f->flags & WORDFORM_DIGIT) != 0;
    bool name = upper || digit;
    bool first =
        alnum && ((flags & FOLD_IS_FIRST) || name || f->shape == SHAPE_HYPHEN ||
                  !(flags & FOLD_IS_COMMON));
    bool last = alnum && ((flags & FOLD_IS_LAST) || name);
    bool inner =
        (f->flags & WORDFORM_INNER) && ((flags & FOLD_IS_INNER) || name);
    bool single =
        alnum && (upper || (digit && f->shape > SHAPE_NUMBER_SYMBOL) ||
                  (flags & (FOLD_IS_LAST | FOLD_IS_FIRST2)));
    return (uint8_t)((first ? ROLE_FIRST : 0) | (last ? ROLE_LAST : 0) |
                     (inner ? ROLE_INNER : 0) | (single ? ROLE_SINGLE : 0) |
                     (flags & FOLD_IS_HEAD ? ROLE_HEAD : 0) |
                     (upper ? ROLE_UPPER : 0));
}

/* The word alone as an entry, in each family: what that weighs is part of
 * what the word weighs as a candidate. */
static void add_alone(const struct score_words *w, const struct wordform *f,
                      struct score_word *to, struct score_word_more *more)
{
    const struct score *s = w->score;
    unsigned stride = s->stride;
    const uint64_t keys[SCORE_FAMILIES] = {
        [SCORE_EXACT] =
            score_span_step(score_span_start(SCORE_EXACT), f->exact),
        [SCORE_FOLDED] =
            score_span_step(score_span_start(SCORE_FOLDED), f->fold),
        [SCORE_JOINED] = score_joined_key(score_span_start(SCORE_JOINED), f),
        [SCORE_NUMBERS] =
            score_span_step(score_span_start(SCORE_NUMBERS), f->numbers)};
    for (unsigned i = 0; i < SCORE_FAMILIES; i++) {
        const uint8_t *r =
            score_find_unchecked(&s->tables[SCORE_PART_ENTRIES + i], keys[i]);
        int weight = r != NULL ? score_weight(r, 1)
                               : w->dense[s->at.unknown + i * 2 + 1];
        more->record[i] = r;
        to->known = to->known || r != NULL;
        to->single[0] = (int16_t)(to->single[0] + weight);
        to->single[1] = (int16_t)(to->single[1] + weight);
        if (r != NULL) {
            score_row_add_from(word_row(to, WORD_SINGLE, stride),
                               r + ENTRY_HEAD, stride);
        }
    }
    const uint8_t *folded = more->record[SCORE_FOLDED];
    to->bin = folded != NULL ? folded[ENTRY_BIN] : 0;
    to->label = folded != NULL ? folded[ENTRY_LABEL] : 0;
}

/* The word alone as a hint; what is around it is not known here. */
static void add_hint(const struct score_words *w, struct score_word *to)
{
    const struct score_dense *at = &w->score->at;
    unsigned stride = w->score->stride;
    const int16_t *d = w->dense;
    unsigned hint = to->hint > 0;
    for (unsigned known = 0; known < 2; known++) {
        int sum = d[at->hint + (hint * SCORE_BINS + to->bin) * 2 + 1] +
                  d[at->hint_within + to->bin * 16 + hint * 8 + 1];
        if (hint > 0) {
            unsigned y = to->hint - 1u;
            sum += d[at->hint_shapes + to->shape * 32u + to->shape] +
                   d[at->hint_label + y * 2 + known] +
                   d[at->hint_shape + (y * 32 + to->shape) * 2 + known];
        }
        to->single[known] = (int16_t)(to->single[known] + sum);
    }
    if (hint > 0) {
        unsigned y = to->hint - 1u;
        int16_t *row = word_row(to, WORD_SINGLE, stride);
        score_row_add(row, d + at->row_hint + (y * 2 + (to->bin > 0)) * stride,
                      stride);
        score_row_add(row,
                      d + at->row_hint_shape + (y * 32 + to->shape) * stride,
                      stride);
    }
}

static void find_hint(const struct score_words *w, const struct wordform *f,
                      struct score_word *to, struct score_word_more *more)
{
    const struct score *s = w->score;
    uint64_t key = score_span_step(score_span_start(SCORE_FOLDED), f->fold);
    unsigned label = score_hint_unchecked(s, key);
    unsigned lengths = score_hint_unchecked(s, score_hint_word(f->fold));
    to->hint = (uint8_t)(label <= s->labels + 1 ? label : 0);
    more->hint_lengths = (uint8_t)lengths;
    to->roles = (uint8_t)(to->roles | (lengths > 1 ? ROLE_HINT : 0) |
                          ((lengths & 1) != 0 ? ROLE_HINTED : 0));
    add_hint(w, to);
}

static void make_word(struct score_words *w, const struct wordform *f,
                      size_t at)
{
    const struct score *s = w->score;
    struct score_word *to = cell(w, at);
    struct score_word_more *more = &w->more[at];
    memset(to, 0, w->size);
    to->more = more;
    more->exact = f->exact;
    to->lower = f->lower;
    to->fold = f->fold;
    more->numbers = f->numbers;
    more->pattern = f->pattern;
    more->joined = f->joined;
    more->singular = f->singular;
    to->shape = f->shape;
    const uint8_t *fold =
        score_find_unchecked(&s->tables[SCORE_PART_FOLD], f->fold);
    const uint8_t *lengths =
        score_find_unchecked(&s->tables[SCORE_PART_FIRSTS], f->numbers);
    fold = fold != NULL ? fold : s->unknown;
    to->roles = roles_of(f, bytes_load16(fold + FOLD_FLAGS));
    to->lengths = lengths != NULL ? lengths[0] : 0;
    to->front =
        score_front_unchecked(s, wordform_join(WORDFORM_POLY_START, f->joined));
    add_lower(w, to);
    add_fold(w, to, fold);
    add_affix(w, to, SCORE_PART_PREFIX, f->prefix, to->first, WORD_FIRST);
    add_affix(w, to, SCORE_PART_SUFFIX3, f->suffix3, to->last, WORD_LAST);
    add_affix(w, to, SCORE_PART_SUFFIX4, f->suffix4, to->last, WORD_LAST);
    add_affix(w, to, SCORE_PART_PATTERN, f->pattern, to->first, WORD_FIRST);
    add_shape(w, to);
    add_single(w, to);
    add_alone(w, f, to, more);
    more->hint_lengths = 0;
    if (s->has_hints) {
        find_hint(w, f, to, more);
    }
}

enum status score_words_create(const struct alloc *alloc,
                               const struct score *score, const int16_t *dense,
                               size_t live, struct score_words **out,
                               struct err *e)
{
    struct score_words *w = alloc_get(alloc, sizeof *w);
    if (w == NULL) {
        return err_nomem(e);
    }
    memset(w, 0, sizeof *w);
    w->alloc = alloc;
    w->score = score;
    w->dense = dense;
    w->live = live;
    size_t size =
        CELL_ALIGN + (size_t)WORD_ROWS * score->stride * sizeof(int16_t);
    size_t cells = CACHED + live + 2;
    w->size = (size + CELL_ALIGN - 1) / CELL_ALIGN * CELL_ALIGN;
    w->block_size = cells * w->size + CELL_ALIGN;
    w->block = alloc_get(alloc, w->block_size);
    w->more = alloc_get(alloc, cells * sizeof *w->more);
    w->exact = alloc_get(alloc, live * sizeof *w->exact);
    if (w->block == NULL || w->more == NULL || w->exact == NULL) {
        score_words_free(w);
        return err_nomem(e);
    }
    /* So that the rows, of 32 bytes or a multiple, never straddle a line. */
    size_t past = (uintptr_t)w->block % CELL_ALIGN;
    w->cells = w->block + (CELL_ALIGN - past);
    for (unsigned end = 0; end < 2; end++) {
        struct wordform edge;
        wordform_edge(end != 0, &edge);
        make_word(w, &edge, CACHED + live + end);
    }
    *out = w;
    return STATUS_OK;
}

void score_words_free(struct score_words *w)
{
    if (w != NULL) {
        size_t cells = CACHED + w->live + 2;
        alloc_free(w->alloc, w->block, w->block_size);
        alloc_free(w->alloc, w->more, cells * sizeof *w->more);
        alloc_free(w->alloc, w->exact, w->live * sizeof *w->exact);
        alloc_free(w->alloc, w, sizeof *w);
    }
}

void score_words_begin(struct score_words *w)
{
    w->used = 0;
    w->now++;
    if (w->now == 0) { /* wrapped: all are long ago */
        memset(w->sets, 0, sizeof w->sets);
        w->now = 1;
    }
}

static GAZ_NOINLINE const struct score_word *
put_word(struct score_words *w, struct slice token, size_t number)
{
    struct set *set = &w->sets[number];
    size_t way = 0;
    for (size_t i = 1; i < WAYS; i++) {
        way = set->stamps[i] < set->stamps[way] ? i : way;
    }
    struct wordform form;
    wordform_make(token, &form);
    size_t at = number * WAYS + way;
    if (set->stamps[way] == w->now) { /* all four are in use */
        at = CACHED + w->used++;
    } else {
        set->stamps[way] = w->now;
        set->tags[way] = form.exact;
    }
    make_word(w, &form, at);
    return cell(w, at);
}

static const struct score_word *get_word(struct score_words *w,
                                         struct slice token, uint64_t exact)
{
    size_t number = (size_t)(exact >> (64 - SETS_LOG2));
    struct set *set = &w->sets[number];
    for (size_t i = 0; i < WAYS; i++) {
        if (set->tags[i] == exact && set->stamps[i] != 0) {
            set->stamps[i] = w->now;
            const char *p = w->cells + (number * WAYS + i) * w->size;
            GAZ_PREFETCH(p);
            GAZ_PREFETCH(p + CELL_ALIGN);
            return cell(w, number * WAYS + i);
        }
    }
    return put_word(w, token, number);
}

/* In two rounds, so that the sets are on their way when they are read. */
void score_words_get(struct score_words *w, const struct slice *tokens,
                     size_t count, const struct score_word **out)
{
    for (size_t i = 0; i < count; i++) {
        w->exact[i] = wordform_exact(tokens[i]);
        GAZ_PREFETCH(&w->sets[w->exact[i] >> (64 - SETS_LOG2)]);
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = get_word(w, tokens[i], w->exact[i]);
    }
}

const struct score_word *score_words_edge(const struct score_words *w, bool end)
{
    return cell(w, CACHED + w->live + end);
}
