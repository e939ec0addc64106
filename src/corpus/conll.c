#include "corpus/conll.h"

#include <stdint.h>

#include "corpus/columns.h"
#include "text/limits.h"

enum { CHUNK_SIZE = 1 << 18 }; /* bytes asked of the source, at least */

/* The buffer, with the sentence that is being read in its middle:
 *
 *     0        start            line      scanned      len      capacity
 *     | used up | gap | tokens ... | line ... | not seen | free |
 *
 * Everything from `start` on stays in place while a sentence is read, except
 * that the buffer may move as a whole: `refill` then moves the tokens too. */
struct conll_reader {
    const struct alloc *alloc;
    struct source source;
    struct conll_options options;
    bool tail;    /* a column is counted from the end of the line */
    bool ended;   /* the source has no more */
    bool begun;   /* the byte order mark has been looked for */
    bool decided; /* a token line has been seen, and with it: */
    bool blanks;  /* columns are split on blanks, not on TABs */
    bool hash;    /* it begins with a '#' */
    size_t width; /* columns of the first token line */
    size_t row;   /* columns of the sentence's first line */
    char *data;
    size_t capacity;
    size_t len;
    size_t start;
    size_t line;    /* where the current line begins */
    size_t scanned; /* no line end between `line` and here */
    size_t number;  /* of the current line */
    size_t sentences;
    struct conll_token *tokens;
    size_t token_capacity;
    size_t token_count;
};

struct conll_reader *conll_open(const struct alloc *alloc,
                                const struct source *source,
                                const struct conll_options *options)
{
    struct conll_reader *r = alloc_get(alloc, sizeof *r);
    if (r != NULL) {
        memset(r, 0, sizeof *r);
        r->alloc = alloc;
        r->source = *source;
        r->options = *options;
        for (size_t i = 0; i < options->column_count; i++) {
            r->tail = r->tail || options->columns[i] < 0;
        }
    }
    return r;
}

void conll_close(struct conll_reader *r)
{
    if (r != NULL) {
        alloc_free(r->alloc, r->tokens, r->token_capacity * sizeof *r->tokens);
        alloc_free(r->alloc, r->data, r->capacity);
        alloc_free(r->alloc, r, sizeof *r);
    }
}

static void move_slice(struct slice *s, const char *from, const char *to)
{
    s->data = to + (s->data - from);
}

/* A buffer of twice the size, with the tokens pointing into it. The old one
 * is freed last, so that no pointer into freed memory is ever used. */
static bool grow(struct conll_reader *r)
{
    size_t size = r->capacity > 0 ? r->capacity : CHUNK_SIZE;
    if (!size_mul(size, 2, &size)) {
        return false;
    }
    char *data = alloc_get(r->alloc, size);
    if (data == NULL) {
        return false;
    }
    if (r->len > 0) {
        memcpy(data, r->data, r->len);
    }
    for (size_t i = 0; i < r->token_count; i++) {
        struct conll_token *t = &r->tokens[i];
        move_slice(&t->line, r->data, data);
        for (size_t j = 0; j < r->options.column_count; j++) {
            move_slice(&t->field[j], r->data, data);
        }
    }
    alloc_free(r->alloc, r->data, r->capacity);
    r->data = data;
    r->capacity = size;
    return true;
}

static enum status refill(struct conll_reader *r, struct err *e)
{
    if (r->capacity - r->len < CHUNK_SIZE && !grow(r)) {
        return err_nomem(e);
    }
    size_t got = 0;
    enum status s = r->source.read(r->source.context, r->data + r->len,
                                   r->capacity - r->len, &got, e);
    if (s == STATUS_OK) {
        r->len += got;
        r->ended = got == 0;
    }
    return s;
}

/* Skip a byte order mark; name the one mistake that it gives away. */
static enum status begin(struct conll_reader *r, struct err *e)
{
    while (!r->ended && r->len < 3) {
        enum status s = refill(r, e);
        if (s != STATUS_OK) {
            return s;
        }
    }
    r->begun = true;
    size_t mark = slice_mark(slice_of(r->data, r->len));
    if (mark > 0) {
        r->start = r->line = r->scanned = mark;
    } else if (r->len >= 2 && (memcmp(r->data, "\xFF\xFE", 2) == 0 ||
                               memcmp(r->data, "\xFE\xFF", 2) == 0)) {
        return err_at(e, STATUS_SYNTAX, 1, 1,
                      "the text is UTF-16; convert it to UTF-8 "
                      "(iconv -f UTF-16 -t UTF-8)");
    }
    return STATUS_OK;
}

/* Find the line at r->line. *next is where the one after it begins;
 * *found false at the end of input. */
static enum status find_line(struct conll_reader *r, struct slice *line,
                             size_t *next, bool *found, struct err *e)
{
    const char *lf = NULL;
    for (;;) {
        if (r->len > r->scanned) {
            lf = memchr(r->data + r->scanned, '\n', r->len - r->scanned);
        }
        if (lf != NULL || r->ended) {
            break;
        }
        r->scanned = r->len;
        if (r->len - r->line > LIMIT_LINE) {
            return err_at(e, STATUS_LIMIT, r->number + 1, 1,
                          "a line of more than %d MB", LIMIT_LINE >> 20);
        }
        enum status s = refill(r, e);
        if (s != STATUS_OK) {
            return s;
        }
    }
    *found = lf != NULL || r->len > r->line;
    if (*found) {
        size_t end = lf != NULL ? (size_t)(lf - r->data) : r->len;
        *next = lf != NULL ? end + 1 : end;
        if (end > r->line && r->data[end - 1] == '\r') {
            end--;
        }
        *line = slice_of(r->data + r->line, end - r->line);
    }
    return STATUS_OK;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_break(const struct conll_reader *r, struct slice line)
{
    if (line.len == 0 || slice_is(line, "<s>") || slice_is(line, "</s>")) {
        return true;
    }
    if (r->options.break_at_x && line.len >= 3 &&
        memcmp(line.data, "-X-", 3) == 0 &&
        (line.len == 3 || line.data[3] == '\t' || line.data[3] == ' ')) {
        return true;
    }
    size_t i = 0;
    while (i < line.len && is_space(line.data[i])) {
        i++;
    }
    return i == line.len;
}

static bool holds(struct slice line, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= line.len; i++) {
        if (memcmp(line.data + i, what, n) == 0) {
            return true;
        }
    }
    return false;
}

static bool begins(struct slice line, const char *what)
{
    return line.len >= strlen(what) &&
           memcmp(line.data, what, strlen(what)) == 0;
}

/* Is it a comment of CoNLL-U's? Between sentences only: a token may well be a
 * '#'. Where columns are split on blanks, or nothing is known of them yet, only
 * what tells itself apart is one. */
static bool is_comment(const struct conll_reader *r, struct slice line)
{
    if (r->token_count > 0 || !begins(line, "# ") ||
        memchr(line.data, '\t', line.len) != NULL) {
        return false;
    }
    bool letter = line.len > 2 && ((line.data[2] | 0x20) >= 'a' &&
                                   (line.data[2] | 0x20) <= 'z');
    return (r->decided && !r->blanks) || (letter && holds(line, " = ")) ||
           begins(line, "# newdoc") || begins(line, "# newpar");
}

/* Learn the layout from the first token line, be it more than a bare mark. */
static void decide(struct conll_reader *r, struct slice line)
{
    if (columns_mark(line)) {
        return;
    }
    r->blanks = memchr(line.data, '\t', line.len) == NULL;
    r->hash = begins(line, "#");
    r->decided = true;
}

/* A line with one column is nearly always one that was split otherwise. */
static enum status too_few(const struct conll_reader *r, struct slice line,
                           size_t have, size_t want, struct err *e)
{
    const char *hint = "";
    if (begins(line, "# ")) {
        hint = "; comments ('# key = value') stand before a sentence";
    } else if (r->blanks) {
        hint = "; columns are split on blanks here, as the first token line "
               "has no TAB";
    } else if (have == 1 && memchr(line.data, ' ', line.len) != NULL) {
        hint = "; columns are split on TABs, as in the first token line";
    }
    (void)err_at(e, STATUS_SYNTAX, r->number, line.len + 1,
                 "%zu column%s where %zu are wanted%s", have,
                 have == 1 ? "" : "s", want, hint);
    return err_because(e, STATUS_SYNTAX, REASON_FEW_COLUMNS);
}

/* -1 is the first from the end, and so on. */
static size_t from_end(int column)
{
    return 0u - (size_t)column;
}

static enum status check_width(struct conll_reader *r, struct slice line,
                               size_t count, struct err *e)
{
    size_t want = 1;
    for (size_t i = 0; i < r->options.column_count; i++) {
        int c = r->options.columns[i];
        size_t need = c >= 0 ? (size_t)c + 1 : from_end(c);
        want = need > want ? need : want;
    }
    /* A token and its tag are never one and the same column. */
    if (want < r->options.column_count) {
        want = r->options.column_count;
    }
    if (count < want) {
        return too_few(r, line, count, want, e);
    }
    if (count > COLUMNS_MAX) {
        return err_at(e, STATUS_LIMIT, r->number, 1,
                      "%zu columns; at most %d are read", count,
                      (int)COLUMNS_MAX);
    }
    if (r->width == 0 && r->decided) {
        r->width = count;
    } else if (r->tail && count != r->width) {
        return err_at(e, STATUS_SYNTAX, r->number, 1,
                      "%zu columns where the first token line has %zu", count,
                      r->width);
    }
    return STATUS_OK;
}

/* Where tokens alone are wanted no tag gives away a text that is no corpus: its
 * lines have blanks in them, but not the same number each, or they end as
 * sentences do. */
static enum status check_table(struct conll_reader *r, const struct columns *c,
                               struct err *e)
{
    if (!r->blanks || r->options.column_count > 1) {
        return STATUS_OK;
    }
    if (r->token_count == 0 ||
        (r->token_count == 1 && columns_mark(r->tokens[0].field[0]))) {
        r->row = c->count;
    }
    if (c->count != r->row) {
        return err_at(e, STATUS_SYNTAX, r->number, 1,
                      "%zu words where the line before has %zu: running text "
                      "is no corpus, a token a line; read it as text",
                      c->count, r->row);
    }
    return c->count > COLUMNS_MAX || columns_are_prose(c)
               ? err_at(e, STATUS_SYNTAX, r->number, 1,
                        "running text is no corpus, a token a line; read it "
                        "as text")
               : STATUS_OK;
}

/* Pick the wanted columns of a token line. */
static enum status pick(struct conll_reader *r, struct slice line,
                        struct conll_token *t, struct err *e)
{
    struct columns columns;
    if (!r->decided) {
        decide(r, line);
    }
    if (r->blanks) {
        const char *tab = memchr(line.data, '\t', line.len);
        if (tab != NULL) {
            return err_at(e, STATUS_SYNTAX, r->number,
                          (size_t)(tab - line.data) + 1,
                          "a TAB, but the first token line has none and is "
                          "split on blanks; use one of the two throughout%s",
                          r->hash ? ", and '# key = value' for a comment" : "");
        }
        columns_of_blanks(line, &columns);
    } else {
        columns_of_tabs(line, &columns);
    }
    enum status s = check_table(r, &columns, e);
    if (s == STATUS_OK) {
        s = check_width(r, line, columns.count, e);
    }
    if (s != STATUS_OK) {
        return s;
    }
    t->line = line;
    t->number = r->number;
    for (size_t i = 0; i < r->options.column_count; i++) {
        int c = r->options.columns[i];
        size_t at = c >= 0 ? (size_t)c : columns.count - from_end(c);
        t->field[i] = columns.at[at];
        /* check_width has seen to it that this column was split off. */
        /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult) */
        if (columns.at[at].len == 0) {
            return err_at(e, STATUS_SYNTAX, r->number,
                          (size_t)(columns.at[at].data - line.data) + 1,
                          i == 0 ? "the token (column %zu) is empty"
                                 : "column %zu is empty; want a tag",
                          at + 1);
        }
    }
    return STATUS_OK;
}

static enum status add_token(struct conll_reader *r, struct slice line,
                             struct err *e)
{
    void *tokens = r->tokens;
    if (!alloc_grow(r->alloc, &tokens, &r->token_capacity, r->token_count + 1,
                    sizeof *r->tokens)) {
        return err_nomem(e);
    }
    r->tokens = tokens;
    enum status s = pick(r, line, &r->tokens[r->token_count], e);
    if (s == STATUS_OK) {
        r->token_count++;
    }
    return s;
}

/* Drop what the sentence before used, when that is worth the copying: at most
 * as much is copied as was read since the last time. */
static void compact(struct conll_reader *r)
{
    r->start = r->line;
    r->token_count = 0;
    if (r->start > r->capacity / 2) {
        memmove(r->data, r->data + r->start, r->len - r->start);
        r->len -= r->start;
        r->scanned -= r->start;
        r->line = 0;
        r->start = 0;
    }
}

enum status conll_next(struct conll_reader *r, struct conll_sentence *out,
                       bool *found, struct err *e)
{
    enum status s = r->begun ? STATUS_OK : begin(r, e);
    if (s != STATUS_OK) {
        return s;
    }
    compact(r);
    size_t gap_end = r->line;
    for (;;) {
        struct slice line;
        size_t next = 0;
        bool more = false;
        s = find_line(r, &line, &next, &more, e);
        if (s != STATUS_OK) {
            return s;
        }
        if (!more) {
            break;
        }
        bool separates = is_break(r, line) || is_comment(r, line);
        if (separates && r->token_count > 0) {
            break; /* read again as the next sentence's gap */
        }
        r->number++;
        if (!separates) {
            s = add_token(r, line, e);
            if (s != STATUS_OK) {
                return s;
            }
            if (r->token_count > 1 &&
                columns_mark(r->tokens[r->token_count - 1].field[0])) {
                r->token_count--; /* the next sentence begins with it */
                r->number--;
                break;
            }
        } else {
            gap_end = next;
            if (next - r->start > LIMIT_LINE) { /* kept, to be handed on */
                return err_at(e, STATUS_LIMIT, r->number, 1,
                              "more than %d MB of empty lines and comments "
                              "before a sentence",
                              LIMIT_LINE >> 20);
            }
        }
        r->line = next;
        r->scanned = next;
    }
    *found = r->token_count > 0;
    out->begins_document = *found && columns_mark(r->tokens[0].field[0]);
    out->tokens = r->tokens;
    out->count = r->token_count;
    out->number = *found ? ++r->sentences : r->sentences;
    out->gap = slice_of(r->data + r->start, gap_end - r->start);
    return STATUS_OK;
}
