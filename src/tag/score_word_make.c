#include "tag/score_word_make.h"

#include "tag/score_row.h"

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

/* What the tables have of a word; NULL where they have nothing. */
struct records {
    const uint8_t *of[SCORE_PARTS];
};

/* All keys are asked for at once, then all records: one after the other, each
 * would wait for the memory by itself. */
static void find_records(const struct score *s, const struct wordform *f,
                         struct records *out)
{
    const uint64_t keys[SCORE_PARTS] = {
        [SCORE_PART_LOWER] = f->lower,
        [SCORE_PART_FOLD] = f->fold,
        [SCORE_PART_PREFIX] = f->prefix,
        [SCORE_PART_SUFFIX3] = f->suffix3,
        [SCORE_PART_SUFFIX4] = f->suffix4,
        [SCORE_PART_PATTERN] = f->pattern,
        [SCORE_PART_FIRSTS] = f->numbers,
        [SCORE_PART_ENTRIES + SCORE_EXACT] =
            score_span_step(score_span_start(SCORE_EXACT), f->exact),
        [SCORE_PART_ENTRIES + SCORE_FOLDED] =
            score_span_step(score_span_start(SCORE_FOLDED), f->fold),
        [SCORE_PART_ENTRIES + SCORE_JOINED] =
            score_joined_key(score_span_start(SCORE_JOINED), f),
        [SCORE_PART_ENTRIES + SCORE_NUMBERS] =
            score_span_step(score_span_start(SCORE_NUMBERS), f->numbers)};
    for (unsigned i = SCORE_PART_LOWER; i < SCORE_PARTS; i++) {
        const struct score_table *t = &s->tables[i];
        size_t at = score_slot(keys[i], t->slots);
        GAZ_PREFETCH(t->keys + at * 8);
        GAZ_PREFETCH(t->ids + at * 4);
    }
    for (unsigned i = SCORE_PART_LOWER; i < SCORE_PARTS; i++) {
        const struct score_table *t = &s->tables[i];
        const uint8_t *r = score_find_unchecked(t, keys[i]);
        out->of[i] = r;
        for (uint32_t at = 0; r != NULL && at < t->size;
             at += SCORE_CELL_ALIGN) {
            GAZ_PREFETCH(r + at);
        }
    }
}

static void add_lower(const struct score_word_source *w, struct score_word *to,
                      const uint8_t *r)
{
    static const enum score_word_row rows[LOWER_ROWS] = {
        WORD_BEFORE2, WORD_BEFORE, WORD_AFTER, WORD_AFTER2};
    unsigned stride = w->score->stride;
    if (r == NULL) {
        return;
    }
    /* A pair is met no more often than each of its parts. */
    to->paired =
        (uint8_t)((score_weight(r, LOWER_BEFORE) != 0 ? PAIRED_BEFORE : 0) |
                  (score_weight(r, LOWER_AFTER) != 0 ? PAIRED_AFTER : 0));
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

static void add_fold(const struct score_word_source *w, struct score_word *to,
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
static void add_affix(const struct score_word_source *w, struct score_word *to,
                      enum score_part part, const struct records *found,
                      int16_t several[2], enum score_word_row row)
{
    unsigned stride = w->score->stride;
    const uint8_t *r = found->of[part];
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
static void add_shape(const struct score_word_source *w, struct score_word *to)
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
static void add_single(const struct score_word_source *w, struct score_word *to)
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
                  score_row_at(d + at->row_shapes, shapes, stride), stride);
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
static void add_alone(const struct score_word_source *w,
                      const struct records *found, struct score_word *to,
                      struct score_word_more *more)
{
    const struct score *s = w->score;
    unsigned stride = s->stride;
    for (unsigned i = 0; i < SCORE_FAMILIES; i++) {
        const uint8_t *r = found->of[SCORE_PART_ENTRIES + i];
        int weight = r != NULL ? score_weight(r, 1)
                               : w->dense[s->at.unknown + i * 2 + 1];
        more->record[i] = r;
        to->named = to->named || (r != NULL && i != SCORE_NUMBERS);
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
static void add_hint(const struct score_word_source *w, struct score_word *to)
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
        score_row_add(
            row, score_row_at(d + at->row_hint, y * 2 + (to->bin > 0), stride),
            stride);
        score_row_add(
            row,
            score_row_at(d + at->row_hint_shape, y * 32 + to->shape, stride),
            stride);
    }
}

static void find_hint(const struct score_word_source *w,
                      const struct wordform *f, struct score_word *to,
                      struct score_word_more *more)
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

/* A class of bytes that a joined form may begin with. */
enum { OPENS_LETTER = 0, OPENS_DIGIT = 26, OPENS_OTHER = 36 };

static unsigned opens_class(uint8_t c)
{
    if (c >= 'a' && c <= 'z') {
        return OPENS_LETTER + (c - (unsigned)'a');
    }
    return c >= '0' && c <= '9' ? OPENS_DIGIT + (c - (unsigned)'0')
                                : OPENS_OTHER;
}

/* How a joined key that begins with this word may go on: most tokens behind
 * it are ruled out by their first byte. */
static uint64_t follow_of(const struct score *s, uint64_t hash)
{
    uint64_t follow = 1ULL << OPENS_OTHER;
    for (unsigned i = 0; i < OPENS_OTHER; i++) {
        uint64_t c = i < OPENS_DIGIT ? 'a' + i : '0' + (i - OPENS_DIGIT);
        uint64_t on = hash * WORDFORM_POLY_STEP + c + 1;
        follow |= (uint64_t)score_front_unchecked(s, on) << i;
    }
    return follow;
}

static void add_front(const struct score *s, const struct wordform *f,
                      struct score_word *to, struct score_word_more *more)
{
    uint64_t hash = wordform_join(WORDFORM_POLY_START, f->joined);
    to->opens = (uint8_t)opens_class(f->opens);
    to->front = score_front_unchecked(s, hash);
    more->follow = to->front ? follow_of(s, hash) : 0;
}

void score_word_make(const struct score_word_source *w,
                     const struct wordform *f, struct score_word *to)
{
    const struct score *s = w->score;
    void *end = (char *)to + w->more;
    struct score_word_more *more = end;
    struct records found;
    find_records(s, f, &found);
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
    const uint8_t *lengths = found.of[SCORE_PART_FIRSTS];
    const uint8_t *fold = found.of[SCORE_PART_FOLD] != NULL
                              ? found.of[SCORE_PART_FOLD]
                              : s->unknown;
    to->roles = roles_of(f, bytes_load16(fold + FOLD_FLAGS));
    to->lengths = lengths != NULL ? lengths[0] : 0;
    add_front(s, f, to, more);
    add_lower(w, to, found.of[SCORE_PART_LOWER]);
    add_fold(w, to, fold);
    add_affix(w, to, SCORE_PART_PREFIX, &found, to->first, WORD_FIRST);
    add_affix(w, to, SCORE_PART_SUFFIX3, &found, to->last, WORD_LAST);
    add_affix(w, to, SCORE_PART_SUFFIX4, &found, to->last, WORD_LAST);
    add_affix(w, to, SCORE_PART_PATTERN, &found, to->first, WORD_FIRST);
    add_shape(w, to);
    add_single(w, to);
    add_alone(w, &found, to, more);
    more->hint_lengths = 0;
    if (s->has_hints) {
        find_hint(w, f, to, more);
    }
}
