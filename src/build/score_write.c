#include "build/score_write.h"

#include "build/score_parts.h"

/* Without the pairs a candidate's score is within this of the whole, but for
 * hopeless ones; chosen where the held-out mentions stay the same. */
static const double CUT = -3.5;

static void put_weight(struct score_writer *w, unsigned i, double value)
{
    bytes_store16(w->record + (size_t)i * 2, (uint16_t)score_quantise(value));
}

/* A row of the record at hand: `head` bytes stand before its rows. */
static void put_row(struct score_writer *w, unsigned head, unsigned i,
                    const double *values)
{
    uint8_t *to = w->record + head + (size_t)i * w->v.stride * 2;
    for (uint32_t y = 0; y < w->v.labels; y++) {
        bytes_store16(to + (size_t)y * 2, (uint16_t)score_quantise(values[y]));
    }
}

static enum status add_record(struct score_writer *w, uint64_t key,
                              unsigned part, struct err *e)
{
    return score_table_add(
        &w->table, key, w->record,
        score_record_size((enum score_part)part, w->v.stride), e);
}

static enum status put_table(struct score_writer *w, unsigned part,
                             enum status (*fill)(struct score_writer *w,
                                                 unsigned part, struct err *e),
                             struct err *e)
{
    uint32_t slots = 0;
    uint32_t records = 0;
    enum status s = score_table_init(&w->table, w->m->corpus.store->alloc, e);
    if (s == STATUS_OK) {
        s = fill(w, part, e);
    }
    score_part_begin(w);
    size_t at = w->out->len;
    if (s == STATUS_OK) {
        s = score_table_write(&w->table, w->out, &slots, &records, e);
    }
    score_part_end(w, part, at, slots, records);
    score_table_free(&w->table);
    return s;
}

static uint32_t word_count(const struct score_writer *w)
{
    return strmap_count(w->m->corpus.store->words);
}

static bool record_is_zero(const struct score_writer *w, unsigned part)
{
    size_t n = score_record_size((enum score_part)part, w->v.stride);
    for (size_t i = 0; i < n; i++) {
        if (w->record[i] != 0) {
            return false;
        }
    }
    return true;
}

static enum status add_lower(struct score_writer *w, uint64_t lower,
                             struct err *e)
{
    static const enum score_shared shared[] = {
        SCORE_WORD_BEFORE2, SCORE_WORD_BEFORE, SCORE_WORD_AFTER,
        SCORE_WORD_AFTER2,  SCORE_SINGLE,      SCORE_INNER};
    static const enum score_row rows[] = {SCORE_ROW_BEFORE2, SCORE_ROW_BEFORE,
                                          SCORE_ROW_AFTER, SCORE_ROW_AFTER2};
    double row[SCORE_LABELS_MAX];
    memset(w->record, 0, sizeof w->record);
    for (unsigned i = 0; i < sizeof shared / sizeof shared[0]; i++) {
        put_weight(w, i, score_value(&w->v, shared[i], lower, 0, 0));
    }
    for (unsigned i = 0; i < LOWER_ROWS; i++) {
        memset(row, 0, sizeof row);
        score_add_row(&w->v, rows[i], lower, 0, row);
        put_row(w, LOWER_HEAD, i, row);
    }
    return record_is_zero(w, SCORE_PART_LOWER)
               ? STATUS_OK
               : add_record(w, lower, SCORE_PART_LOWER, e);
}

static enum status fill_lower(struct score_writer *w, unsigned part,
                              struct err *e)
{
    (void)part;
    const struct score_corpus *c = &w->m->corpus;
    enum status s = add_lower(w, c->start.form.lower, e);
    if (s == STATUS_OK) {
        s = add_lower(w, c->end.form.lower, e);
    }
    for (uint32_t i = 0; s == STATUS_OK && i < word_count(w); i++) {
        s = add_lower(w, c->words[i].form.lower, e);
    }
    return s;
}

/* Counts of a word; all zero for one that the corpora do not have. */
struct word_counts {
    uint32_t words, inner;
    uint32_t place[SCORE_PLACES];
};

static void count_word(const struct score_writer *w, uint32_t fold,
                       struct word_counts *out)
{
    const struct score_counts *k = &w->m->counts;
    memset(out, 0, sizeof *out);
    if (fold != HASHMAP_NONE) {
        out->words = k->words[fold];
        out->inner = k->inner[fold];
        for (unsigned p = 0; p < SCORE_PLACES; p++) {
            out->place[p] = k->place[p][fold];
        }
    }
}

static void fold_weights(struct score_writer *w, uint64_t form,
                         const struct word_counts *k)
{
    const struct score_values *v = &w->v;
    unsigned first = score_state(k->place[SCORE_PLACE_FIRST], k->words);
    unsigned last = score_state(k->place[SCORE_PLACE_LAST], k->words);
    unsigned after = score_state(k->place[SCORE_PLACE_AFTER], k->words);
    unsigned before = score_state(k->place[SCORE_PLACE_BEFORE], k->words);
    unsigned inner = score_state(k->inner, k->words);
    put_weight(w, FOLD_FIRST, score_value(v, SCORE_FIRST, form, 0, 0));
    put_weight(w, FOLD_LAST, score_value(v, SCORE_LAST, form, 0, 0));
    for (unsigned known = 0; known < 2; known++) {
        put_weight(w, FOLD_FIRST_STATE + known,
                   score_value(v, SCORE_FIRST_STATE, first, known, 0));
        put_weight(w, FOLD_LAST_STATE + known,
                   score_value(v, SCORE_LAST_STATE, last, known, 0));
        put_weight(w, FOLD_INNER_STATE + known,
                   score_value(v, SCORE_INNER_STATE, inner, known, 0));
        put_weight(w, FOLD_SINGLE_STATE + known,
                   score_value(v, SCORE_SINGLE_LAST, last, known, 0) +
                       score_value(v, SCORE_SINGLE_FIRST, first, known, 0));
        put_weight(w, FOLD_AFTER_STATE + known,
                   score_value(v, SCORE_AFTER_STATE, after, known, 0));
        put_weight(w, FOLD_BEFORE_STATE + known,
                   score_value(v, SCORE_BEFORE_STATE, before, known, 0));
    }
}

static unsigned fold_flags(const struct word_counts *k)
{
    uint32_t first = k->place[SCORE_PLACE_FIRST];
    uint32_t last = k->place[SCORE_PLACE_LAST];
    return (first > 0 ? FOLD_IS_FIRST : 0u) |
           (first > 1 ? FOLD_IS_FIRST2 : 0u) | (last > 0 ? FOLD_IS_LAST : 0u) |
           (k->inner > 0 ? FOLD_IS_INNER : 0u) |
           (k->words > 30 ? FOLD_IS_COMMON : 0u) |
           (last > 0 && last * 20 >= k->words ? FOLD_IS_HEAD : 0u);
}

/* Add the weights of a word's label shares in a place to a row. */
static void add_place(struct score_writer *w, uint32_t fold, enum score_place p,
                      double *row)
{
    const struct score_counts *k = &w->m->counts;
    for (uint32_t y = 0; fold != HASHMAP_NONE && y < w->v.labels; y++) {
        row[y] += score_share_value(
            &w->v, SCORE_FAMILIES + (unsigned)p,
            score_share(k->place_labels[p][(size_t)fold * w->v.labels + y],
                        k->place[p][fold]));
    }
}

static void fold_rows(struct score_writer *w, uint64_t form, uint32_t fold)
{
    double rows[FOLD_ROWS][SCORE_LABELS_MAX];
    memset(rows, 0, sizeof rows);
    score_add_row(&w->v, SCORE_ROW_FIRST, form, 0, rows[FOLD_ROW_FIRST]);
    score_add_row(&w->v, SCORE_ROW_LAST, form, 0, rows[FOLD_ROW_LAST]);
    score_add_row(&w->v, SCORE_ROW_LAST, form, 1, rows[FOLD_ROW_SINGLE]);
    score_add_row(&w->v, SCORE_ROW_FIRST, 0, 0, rows[FOLD_ROW_SINGLE]);
    add_place(w, fold, SCORE_PLACE_FIRST, rows[FOLD_ROW_FIRST]);
    add_place(w, fold, SCORE_PLACE_LAST, rows[FOLD_ROW_LAST]);
    add_place(w, fold, SCORE_PLACE_FIRST, rows[FOLD_ROW_SINGLE]);
    add_place(w, fold, SCORE_PLACE_LAST, rows[FOLD_ROW_SINGLE]);
    add_place(w, fold, SCORE_PLACE_BEFORE, rows[FOLD_ROW_BEFORE]);
    add_place(w, fold, SCORE_PLACE_AFTER, rows[FOLD_ROW_AFTER]);
    if (fold != HASHMAP_NONE) {
        (void)score_word_topic(&w->m->counts, fold, rows[FOLD_ROW_TOPIC]);
    }
    for (unsigned i = 0; i < FOLD_ROWS; i++) {
        put_row(w, FOLD_HEAD, i, rows[i]);
    }
}

static void make_fold(struct score_writer *w, uint64_t form, uint32_t fold)
{
    struct word_counts k;
    count_word(w, fold, &k);
    memset(w->record, 0, sizeof w->record);
    fold_weights(w, form, &k);
    fold_rows(w, form, fold);
    w->record[FOLD_BIN_FIRST] =
        (uint8_t)score_bin(k.place[SCORE_PLACE_FIRST], k.words);
    w->record[FOLD_BIN_LAST] =
        (uint8_t)score_bin(k.place[SCORE_PLACE_LAST], k.words);
    bytes_store16(w->record + FOLD_FLAGS, (uint16_t)fold_flags(&k));
}

/* The words, and the two ends of a sentence, which have nothing here. */
static enum status fill_fold(struct score_writer *w, unsigned part,
                             struct err *e)
{
    const struct score_corpus *c = &w->m->corpus;
    memset(w->record, 0, sizeof w->record);
    enum status s = add_record(w, c->start.form.fold, part, e);
    if (s == STATUS_OK) {
        s = add_record(w, c->end.form.fold, part, e);
    }
    for (uint32_t i = 0; s == STATUS_OK && i < word_count(w); i++) {
        const struct score_word *word = &c->words[i];
        if (hashmap_find(&w->table.keys, word->form.fold) == HASHMAP_NONE) {
            make_fold(w, word->form.fold, word->fold);
            s = add_record(w, word->form.fold, part, e);
        }
    }
    return s;
}

static uint64_t affix_of(const struct wordform *f, unsigned part)
{
    return part == SCORE_PART_PREFIX    ? f->prefix
           : part == SCORE_PART_SUFFIX3 ? f->suffix3
           : part == SCORE_PART_SUFFIX4 ? f->suffix4
                                        : f->pattern;
}

static void make_affix(struct score_writer *w, unsigned part, uint64_t key)
{
    static const struct {
        int shared, row; /* 0: none; SCORE_ENTRY is 0, and no affix */
    } what[] = {
        {SCORE_PREFIX, SCORE_ROW_PREFIX},
        {SCORE_SUFFIX3, SCORE_ROW_SUFFIX},
        {SCORE_SUFFIX4, 0},
        {0, SCORE_ROW_PATTERN},
    };
    int shared = what[part - SCORE_PART_PREFIX].shared;
    int row = what[part - SCORE_PART_PREFIX].row;
    memset(w->record, 0, sizeof w->record);
    for (unsigned single = 0; single < 2; single++) {
        double values[SCORE_LABELS_MAX] = {0};
        for (unsigned known = 0; shared != 0 && known < 2; known++) {
            put_weight(w, single * 2 + known,
                       score_value(&w->v, (enum score_shared)shared, key,
                                   single, known));
        }
        if (row != 0) {
            score_add_row(&w->v, (enum score_row)row, key, single, values);
            put_row(w, AFFIX_HEAD, single, values);
        }
    }
}

static enum status fill_affix(struct score_writer *w, unsigned part,
                              struct err *e)
{
    enum status s = STATUS_OK;
    for (uint32_t i = 0; s == STATUS_OK && i < word_count(w); i++) {
        uint64_t key = affix_of(&w->m->corpus.words[i].form, part);
        if (hashmap_find(&w->table.keys, key) == HASHMAP_NONE) {
            make_affix(w, part, key);
            s = record_is_zero(w, part) ? STATUS_OK
                                        : add_record(w, key, part, e);
        }
    }
    return s;
}

/* Note a mention's words: which lengths names have that begin so, and (bit 0)
 * which stand further back in one. */
static bool note_words(const struct score_corpus *c,
                       const struct store_sentence *t,
                       const struct store_mention *m, struct hashmap *forms,
                       uint8_t *lengths)
{
    for (uint32_t i = 0; m->count <= SCORE_SPAN_MAX && i < m->count; i++) {
        uint32_t id = 0;
        uint64_t form =
            score_corpus_word(c, t, (int64_t)m->first + i)->form.numbers;
        if (!hashmap_put(forms, form, &id)) {
            return false;
        }
        lengths[id] |= (uint8_t)(i > 0          ? 1u
                                 : m->count > 1 ? 1u << (m->count - 1)
                                                : 0u);
    }
    return true;
}

static enum status fill_firsts(struct score_writer *w, unsigned part,
                               struct err *e)
{
    const struct score_corpus *c = &w->m->corpus;
    const struct store *store = c->store;
    struct hashmap forms;
    uint8_t *lengths = alloc_get(store->alloc, word_count(w));
    enum status s = lengths == NULL ? err_nomem(e) : STATUS_OK;
    hashmap_init(&forms, store->alloc);
    if (lengths != NULL) {
        memset(lengths, 0, word_count(w));
    }
    for (size_t i = 0; s == STATUS_OK && i < store->sentence_count; i++) {
        const struct store_sentence *t = &store->sentences[i];
        for (uint32_t k = 0; s == STATUS_OK && k < t->mention_count; k++) {
            if (!note_words(c, t, &store->mentions[t->first_mention + k],
                            &forms, lengths)) {
                s = err_nomem(e);
            }
        }
    }
    for (size_t i = 0; s == STATUS_OK && i < forms.slots; i++) {
        if (forms.keys[i] != 0) {
            memset(w->record, 0, FIRSTS_HEAD);
            w->record[0] = lengths[forms.ids[i]];
            s = add_record(w, forms.keys[i], part, e);
        }
    }
    hashmap_free(&forms);
    alloc_free(store->alloc, lengths, word_count(w));
    return s;
}

static uint32_t majority(const uint32_t *n, uint32_t labels)
{
    uint32_t best = 0;
    for (uint32_t y = 1; y < labels; y++) {
        best = n[y] > n[best] ? y : best;
    }
    return best;
}

static enum status fill_entries(struct score_writer *w, unsigned part,
                                struct err *e)
{
    unsigned family = part - SCORE_PART_ENTRIES;
    const struct hashmap *keys = &w->m->corpus.keys[family];
    const struct score_family_counts *k = &w->m->counts.family[family];
    enum status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < keys->slots; i++) {
        uint32_t id = keys->ids[i];
        if (keys->keys[i] == 0) {
            continue;
        }
        double row[SCORE_LABELS_MAX];
        const uint32_t *labels = k->labels + (size_t)id * w->v.labels;
        unsigned state = score_state(k->n[id], k->N[id]);
        memset(w->record, 0, sizeof w->record);
        for (unsigned single = 0; single < 2; single++) {
            put_weight(w, single,
                       score_value(&w->v, SCORE_ENTRY, family, state, single));
        }
        if (family == SCORE_FOLDED) {
            w->record[ENTRY_BIN] = (uint8_t)(1 + score_bin(k->n[id], k->N[id]));
        }
        w->record[ENTRY_LABEL] = (uint8_t)majority(labels, w->v.labels);
        bytes_store32(w->record + ENTRY_ID, w->names->entries[family][id]);
        for (uint32_t y = 0; y < w->v.labels; y++) {
            row[y] = score_share_value(&w->v, family,
                                       score_share(labels[y], k->n[id]));
        }
        put_row(w, ENTRY_HEAD, 0, row);
        s = add_record(w, keys->keys[i], part, e);
    }
    return s;
}

static void put_labels(struct score_writer *w)
{
    score_part_begin(w);
    size_t at = w->out->len;
    for (uint32_t y = 0; y < w->v.labels; y++) {
        uint8_t b[2];
        bytes_store16(b, (uint16_t)w->names->labels[y]);
        buf_add(w->out, b, sizeof b);
    }
    score_part_end(w, SCORE_PART_LABELS, at, 0, w->v.labels);
}

static void put_unknown(struct score_writer *w)
{
    score_part_begin(w);
    size_t at = w->out->len;
    make_fold(w, 0, HASHMAP_NONE);
    buf_add(w->out, w->record,
            score_record_size(SCORE_PART_UNKNOWN, w->v.stride));
    score_part_end(w, SCORE_PART_UNKNOWN, at, 0, 1);
}

static void put_dense(struct score_writer *w)
{
    score_part_begin(w);
    size_t at = w->out->len;
    struct score_dense layout;
    score_dense_layout(w->v.labels, w->v.stride, &layout);
    score_dense_write(&w->v, w->out);
    score_part_end(w, SCORE_PART_DENSE, at, 0, layout.total);
}

static void put_header(struct score_writer *w)
{
    uint8_t p[SCORE_HEADER_SIZE] = {0};
    bytes_store32(p, SCORE_VERSION);
    bytes_store32(p + 4, w->v.labels);
    bytes_store32(p + 8, w->v.stride);
    bytes_store32(p + 12, SCORE_UNITS);
    bytes_store32(p + 16, (uint32_t)(w->names->threshold * 1e6 + 0.5));
    bytes_store32(p + 20, (uint32_t)(int32_t)(CUT * SCORE_UNITS));
    for (unsigned i = 0; i < SCORE_KNOTS; i++) {
        bytes_store16(p + 24 + (size_t)i * 2,
                      (uint16_t)(w->m->calibration.value[i] * 65535 + 0.5));
    }
    buf_add(w->out, p, sizeof p);
    w->parts = w->out->len;
    buf_fill(w->out, '\0', (size_t)SCORE_PARTS * SCORE_PART_SIZE);
}

enum status score_write(const struct score_model *m,
                        const struct score_names *names, struct buf *out,
                        struct err *e)
{
    struct score_writer w = {.m = m, .names = names, .out = out};
    score_values_init(&w.v, m);
    put_header(&w);
    put_labels(&w);
    put_dense(&w);
    put_unknown(&w);
    enum status s = score_put_filter(&w, SCORE_PART_FRONTS, e);
    if (s == STATUS_OK) {
        s = score_put_filter(&w, SCORE_PART_LONGER, e);
    }
    if (s == STATUS_OK) {
        s = score_put_pairs(&w, e);
    }
    if (s == STATUS_OK) {
        s = score_put_hints(&w, e);
    }
    for (unsigned part = SCORE_PART_LOWER; s == STATUS_OK && part < SCORE_PARTS;
         part++) {
        s = put_table(&w, part,
                      part == SCORE_PART_LOWER    ? fill_lower
                      : part == SCORE_PART_FOLD   ? fill_fold
                      : part < SCORE_PART_FIRSTS  ? fill_affix
                      : part == SCORE_PART_FIRSTS ? fill_firsts
                                                  : fill_entries,
                      e);
    }
    if (s == STATUS_OK && !buf_ok(out)) {
        s = err_nomem(e);
    }
    return s;
}
