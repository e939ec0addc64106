#include "eval/feed.h"

#include <stdint.h>

#include "corpus/conll.h"

enum {
    ROW_TOKENS,
    ROW_GOLD,
    ROW_TAGS,
    ROW_COUNT = ROW_TAGS + FEED_TAGGERS_MAX
};

enum { CONTEXT_TOKENS = 6 }; /* on either side */

void feed_text(const struct feed_sentence *s, size_t from, size_t to,
               struct buf *out)
{
    for (size_t i = from; i < to; i++) {
        if (i > from) {
            buf_byte(out, ' ');
        }
        for (size_t k = 0; k < s->tokens[i].len; k++) {
            unsigned char c = (unsigned char)s->tokens[i].data[k];
            buf_byte(out, c < 0x20 || c == 0x7F ? ' ' : (char)c);
        }
    }
}

void feed_context(const struct feed_sentence *s, size_t first, size_t end,
                  struct buf *out)
{
    feed_text(s, first > CONTEXT_TOKENS ? first - CONTEXT_TOKENS : 0,
              s->count - end > CONTEXT_TOKENS ? end + CONTEXT_TOKENS : s->count,
              out);
}

enum status feed_bad_tag(const struct feed_sentence *s, size_t i, struct err *e,
                         enum status status)
{
    if (s->at != NULL) {
        *s->at = s->gold[i].data;
    }
    if (e != NULL) {
        e->line = s->lines[i];
    }
    return status;
}

struct run {
    const struct feed *feed;
    const struct alloc *alloc;
    struct conll_reader *readers[1 + FEED_TAGGERS_MAX]; /* gold first */
    struct slice *rows[ROW_COUNT];
    size_t row_capacity[ROW_COUNT];
    size_t *lines[1 + FEED_TAGGERS_MAX]; /* by input */
    size_t line_capacity[1 + FEED_TAGGERS_MAX];
    size_t column_of[FEED_TAGGERS_MAX]; /* field of the gold reader */
    size_t input;                       /* where an error would be */
    const char *at;                     /* the same: bytes of a line */
    struct conll_sentence sentences[1 + FEED_TAGGERS_MAX]; /* as the readers */
};

static bool from_file(const struct feed_tagger *t)
{
    return t->tag == NULL && t->file.read != NULL;
}

static enum status open_reader(struct run *r, size_t i,
                               const struct source *source,
                               const struct conll_options *options,
                               struct err *e)
{
    r->readers[i] = conll_open(r->alloc, source, options);
    return r->readers[i] != NULL ? STATUS_OK : err_nomem(e);
}

static enum status open_all(struct run *r, struct err *e)
{
    const struct feed *f = r->feed;
    struct conll_options gold = {{f->token_column, f->gold_column}, 2, true};
    enum status s = STATUS_OK;
    for (size_t i = 0; i < f->tagger_count && s == STATUS_OK; i++) {
        const struct feed_tagger *t = &f->taggers[i];
        if (from_file(t)) {
            struct conll_options o = {
                {t->token_column, t->tag_column}, 2, true};
            s = open_reader(r, i + 1, &t->file, &o, e);
        } else if (t->tag == NULL) {
            r->column_of[i] = gold.column_count;
            gold.columns[gold.column_count++] = t->tag_column;
        }
    }
    return s == STATUS_OK ? open_reader(r, 0, &f->gold, &gold, e) : s;
}

static enum status make_room(struct run *r, size_t count, struct err *e)
{
    for (size_t i = 0; i < ROW_TAGS + r->feed->tagger_count; i++) {
        void *row = r->rows[i];
        if (!alloc_grow(r->alloc, &row, &r->row_capacity[i], count,
                        sizeof *r->rows[i])) {
            return err_nomem(e);
        }
        r->rows[i] = row;
    }
    for (size_t i = 0; i <= r->feed->tagger_count; i++) {
        void *lines = r->lines[i];
        if (!alloc_grow(r->alloc, &lines, &r->line_capacity[i], count,
                        sizeof *r->lines[i])) {
            return err_nomem(e);
        }
        r->lines[i] = lines;
    }
    return STATUS_OK;
}

static int shown(struct slice s)
{
    return s.len < 40 ? (int)s.len : 40;
}

/* The sentence of another file has to be the gold one, token by token. */
static enum status check_alike(const struct conll_sentence *gold,
                               const struct conll_sentence *other,
                               struct err *e)
{
    size_t n = gold->count < other->count ? gold->count : other->count;
    for (size_t i = 0; i < n; i++) {
        struct slice a = gold->tokens[i].field[0];
        struct slice b = other->tokens[i].field[0];
        if (!slice_eq(a, b)) {
            return err_at(e, STATUS_SYNTAX, gold->tokens[i].number, 1,
                          "token '%.*s' here, but '%.*s' in line %zu of the "
                          "predictions; the tokens must be the same",
                          shown(a), a.data, shown(b), b.data,
                          other->tokens[i].number);
        }
    }
    if (gold->count != other->count) {
        return err_at(e, STATUS_SYNTAX, gold->tokens[n - 1].number, 1,
                      "the sentence has %zu tokens, but %zu in the "
                      "predictions, where this token is in line %zu",
                      gold->count, other->count, other->tokens[n - 1].number);
    }
    return STATUS_OK;
}

static enum status tags_of_file(struct run *r, size_t i,
                                const struct conll_sentence *gold,
                                struct err *e)
{
    struct conll_sentence other;
    bool found = false;
    r->input = i + 1;
    enum status s = conll_next(r->readers[i + 1], &other, &found, e);
    if (s != STATUS_OK) {
        return s;
    }
    r->input = 0;
    if (!found) {
        return err_at(e, STATUS_SYNTAX, gold->tokens[0].number, 1,
                      "the predictions end before this sentence, number %zu "
                      "of the gold file",
                      gold->number);
    }
    r->sentences[i + 1] = other;
    s = check_alike(gold, &other, e);
    for (size_t k = 0; k < gold->count && s == STATUS_OK; k++) {
        r->rows[ROW_TAGS + i][k] = other.tokens[k].field[1];
        r->lines[i + 1][k] = other.tokens[k].number;
    }
    return s;
}

static enum status tags_of(struct run *r, size_t i,
                           const struct conll_sentence *gold, struct err *e)
{
    const struct feed_tagger *t = &r->feed->taggers[i];
    if (t->tag != NULL) {
        return t->tag(t->context, r->rows[ROW_TOKENS], gold->count,
                      r->rows[ROW_TAGS + i], e);
    }
    if (from_file(t)) {
        return tags_of_file(r, i, gold, e);
    }
    for (size_t k = 0; k < gold->count; k++) {
        r->rows[ROW_TAGS + i][k] = gold->tokens[k].field[r->column_of[i]];
    }
    return STATUS_OK;
}

/* The column of r->at, in the line that the error is in. What a tagger has
 * made stands in no line. */
static void find_column(const struct run *r, struct err *e)
{
    const struct conll_sentence *s = &r->sentences[r->input];
    for (size_t i = 0; i < s->count; i++) {
        const struct conll_token *t = &s->tokens[i];
        uintptr_t at = (uintptr_t)r->at - (uintptr_t)t->line.data;
        if (t->number == e->line && at <= t->line.len) {
            e->column = (size_t)at + 1;
        }
    }
}

static enum status use(struct run *r, const struct conll_sentence *gold,
                       struct err *e)
{
    enum status s = make_room(r, gold->count, e);
    if (s != STATUS_OK) {
        return s;
    }
    for (size_t k = 0; k < gold->count; k++) {
        r->rows[ROW_TOKENS][k] = gold->tokens[k].field[0];
        r->rows[ROW_GOLD][k] = gold->tokens[k].field[1];
        r->lines[0][k] = gold->tokens[k].number;
    }
    struct feed_sentence out = {.count = gold->count,
                                .number = gold->number,
                                .tokens = r->rows[ROW_TOKENS],
                                .gold = r->rows[ROW_GOLD],
                                .lines = r->lines[0],
                                .input = &r->input,
                                .at = &r->at};
    r->at = NULL;
    r->sentences[0] = *gold;
    for (size_t i = 0; i < r->feed->tagger_count && s == STATUS_OK; i++) {
        s = tags_of(r, i, gold, e);
        out.tags[i] = r->rows[ROW_TAGS + i];
        out.tag_lines[i] =
            r->lines[from_file(&r->feed->taggers[i]) ? i + 1 : 0];
    }
    s = s == STATUS_OK ? r->feed->use(r->feed->context, &out, e) : s;
    if (s != STATUS_OK && e != NULL && r->at != NULL) {
        find_column(r, e);
    }
    return s;
}

/* No other file may go on after the gold one has ended. */
static enum status check_ends(struct run *r, struct err *e)
{
    for (size_t i = 0; i < r->feed->tagger_count; i++) {
        struct conll_sentence rest;
        bool found = false;
        if (r->readers[i + 1] == NULL) {
            continue;
        }
        r->input = i + 1;
        enum status s = conll_next(r->readers[i + 1], &rest, &found, e);
        if (s != STATUS_OK) {
            return s;
        }
        if (found) {
            return err_at(e, STATUS_SYNTAX, rest.tokens[0].number, 1,
                          "the predictions go on here, where the gold file "
                          "has ended");
        }
    }
    return STATUS_OK;
}

enum status feed_run(const struct feed *f, const struct alloc *alloc,
                     size_t *input, struct err *e)
{
    struct run r;
    memset(&r, 0, sizeof r);
    r.feed = f;
    r.alloc = alloc;
    enum status s = open_all(&r, e);
    bool found = true;
    while (s == STATUS_OK && found) {
        struct conll_sentence gold;
        r.input = 0;
        s = conll_next(r.readers[0], &gold, &found, e);
        if (s == STATUS_OK && found) {
            s = use(&r, &gold, e);
        }
    }
    if (s == STATUS_OK) {
        s = check_ends(&r, e);
    }
    if (s != STATUS_OK && input != NULL) {
        *input = r.input;
    }
    for (size_t i = 0; i <= FEED_TAGGERS_MAX; i++) {
        conll_close(r.readers[i]);
    }
    for (size_t i = 0; i < ROW_COUNT; i++) {
        alloc_free(alloc, r.rows[i], r.row_capacity[i] * sizeof *r.rows[i]);
    }
    for (size_t i = 0; i <= FEED_TAGGERS_MAX; i++) {
        alloc_free(alloc, r.lines[i], r.line_capacity[i] * sizeof *r.lines[i]);
    }
    return s;
}
