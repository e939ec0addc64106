#include "cli/annotated.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/put.h"

static const double SCORE_MAX = 1e6; /* written with three digits behind it */

/* Between two marks; counting fewer on is as fast as looking for one. */
enum { MARK_STEP = 1024 };

void annotated_clear(struct annotated *d)
{
    for (size_t i = 0; i < d->string_count; i++) {
        free(d->strings[i]);
    }
    d->string_count = 0;
    d->len = 0;
    d->count = 0;
    d->mark_count = 0;
    d->tokens.count = 0;
    d->marked = false;
    d->line = 0;
}

void annotated_free(struct annotated *d)
{
    annotated_clear(d);
    free(d->name);
    free(d->text);
    free(d->list);
    free(d->strings);
    free(d->marks);
    tokens_free(&d->tokens);
    memset(d, 0, sizeof *d);
}

bool annotated_name(struct annotated *d, const char *name)
{
    char *copy = strdup(name);
    if (copy != NULL) {
        free(d->name);
        d->name = copy;
    }
    return copy != NULL;
}

/* Room for `more` items of `size` bytes behind `count`. */
static bool grow(void **items, size_t *capacity, size_t count, size_t more,
                 size_t size)
{
    if (more <= *capacity - count) {
        return true;
    }
    if (more > SIZE_MAX / 4 / size - count) {
        return false;
    }
    size_t want = (count + more) * 2;
    void *p = realloc(*items, want * size);
    if (p != NULL) {
        *items = p;
        *capacity = want;
    }
    return p != NULL;
}

bool annotated_text(struct annotated *d, const char *text, size_t len)
{
    void *bytes = d->text;
    /* One byte more: the text is never NULL. */
    bool good = grow(&bytes, &d->capacity, d->len, len + 1, 1);
    d->text = bytes;
    d->mark_count = 0;
    if (good && len > 0) {
        memcpy(d->text + d->len, text, len);
        d->len += len;
    }
    if (good) {
        d->text[d->len] = '\0'; /* for those who look ahead */
    }
    return good;
}

const char *annotated_string(struct annotated *d, const char *s, size_t len)
{
    void *list = d->strings;
    bool good = grow(&list, &d->string_capacity, d->string_count, 1,
                     sizeof *d->strings);
    d->strings = list;
    char *copy = good ? malloc(len + 1) : NULL;
    if (copy != NULL) {
        memcpy(copy, s, len);
        copy[len] = '\0';
        d->strings[d->string_count++] = copy;
    }
    return copy;
}

bool annotated_add(struct annotated *d, const struct mention *m)
{
    void *list = d->list;
    bool good = grow(&list, &d->list_capacity, d->count, 1, sizeof *d->list);
    d->list = list;
    if (good) {
        d->list[d->count++] = *m;
    }
    return good;
}

/* The total order of mentions: leftmost, longest, score, label, id. */
static int in_order(const void *a, const void *b)
{
    const struct mention *x = a;
    const struct mention *y = b;
    if (x->start != y->start) {
        return x->start < y->start ? -1 : 1;
    }
    if (x->end != y->end) {
        return x->end > y->end ? -1 : 1;
    }
    if (x->score < y->score || x->score > y->score) {
        return x->score > y->score ? -1 : 1;
    }
    int c = strcmp(x->label, y->label);
    return c != 0 ? c : strcmp(x->id, y->id);
}

void annotated_finish(struct annotated *d)
{
    for (size_t i = 0; i < d->count; i++) {
        d->list[i].text = d->text + d->list[i].start;
    }
    if (d->count > 1) {
        qsort(d->list, d->count, sizeof *d->list, in_order);
    }
}

/* Does a character begin at this byte, or the text end? */
static bool is_between(const struct annotated *d, size_t byte)
{
    if (byte >= d->len || ((unsigned char)d->text[byte] & 0xC0u) != 0x80u) {
        return true;
    }
    /* A stray continuation byte stands for itself. */
    for (size_t back = 1; back <= 3 && back <= byte; back++) {
        size_t n = put_sequence(d->text + byte - back, d->len - byte + back);
        if (n > back) {
            return false;
        }
    }
    return true;
}

/* Count on from *p to `at`, or to `stop`, a byte of the text. */
static void count_on(const struct annotated *d, gaz_unit unit, size_t at,
                     size_t stop, struct place *p)
{
    while (p->at < at && p->byte < stop) {
        size_t n = put_sequence(d->text + p->byte, d->len - p->byte);
        p->byte += n > 0 ? n : 1;
        p->at += unit == GAZ_UTF16 && n == 4 ? 2 : 1;
    }
}

/* A mark at the start, and one every MARK_STEP bytes behind it. Without memory
 * there are fewer, and it takes longer. */
static void add_marks(struct annotated *d, gaz_unit unit)
{
    struct place p = {0, 0};
    d->mark_count = 0;
    d->mark_unit = unit;
    while (p.byte < d->len) {
        void *list = d->marks;
        if (!grow(&list, &d->mark_capacity, d->mark_count, 1,
                  sizeof *d->marks)) {
            break;
        }
        d->marks = list;
        d->marks[d->mark_count++] = p;
        count_on(d, unit, SIZE_MAX,
                 p.byte + (d->len - p.byte < MARK_STEP ? d->len - p.byte
                                                       : MARK_STEP),
                 &p);
    }
}

/* The last mark before `at`; *p where none is nearer. */
static void go_near(struct annotated *d, gaz_unit unit, size_t at,
                    struct place *p)
{
    if (d->mark_count == 0 || d->mark_unit != unit) {
        add_marks(d, unit);
    }
    size_t low = 0;
    size_t high = d->mark_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->marks[middle].at <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    struct place mark = {0, 0};
    if (low > 0) {
        mark = d->marks[low - 1];
    }
    if (at < p->at || mark.at > p->at) {
        *p = mark;
    }
}

bool annotated_byte(struct annotated *d, gaz_unit unit, size_t at,
                    struct place *p, size_t *byte)
{
    if (unit == GAZ_BYTES) {
        *byte = at;
        return at <= d->len && is_between(d, at);
    }
    if (at < p->at || (d->mark_count > 0 && at - p->at > MARK_STEP)) {
        go_near(d, unit, at, p);
    }
    count_on(d, unit, at, d->len, p);
    *byte = p->byte;
    return p->at == at;
}

int read_fail(const struct reading_from *r, size_t line, size_t column,
              const char *format, ...)
{
    gaz_error e = {.code = GAZ_SYNTAX, .line = line, .column = column};
    va_list args;
    va_start(args, format);
    vsnprintf(e.message, sizeof e.message, format, args);
    va_end(args);
    return cli_error(r->path, &e);
}

static const char *unit_name(gaz_unit unit)
{
    return unit == GAZ_CHARS   ? "characters"
           : unit == GAZ_BYTES ? "bytes"
                               : "UTF-16 units";
}

/* The bytes that a place in units is. */
static int find_bytes(struct reading_from *r, struct annotated *d,
                      const struct found *f, size_t line, size_t column,
                      struct place *place, struct mention *m)
{
    if (!(f->start >= 0) || !(f->end > f->start) || f->end > 1e15 ||
        f->start != (double)(size_t)f->start ||
        f->end != (double)(size_t)f->end) {
        return read_fail(r, line, column,
                         "%s goes from %.16g to %.16g: whole numbers are "
                         "wanted, the end behind the start",
                         f->where, f->start, f->end);
    }
    if (!annotated_byte(d, f->unit, (size_t)f->start, &place[0], &m->start) ||
        !annotated_byte(d, f->unit, (size_t)f->end, &place[1], &m->end)) {
        size_t all = gaz_text_length(d->text, d->len, f->unit);
        return read_fail(r, line, column,
                         (size_t)f->end > all
                             ? "%s goes from %.0f to %.0f, but the text ends "
                               "at %zu (%s)"
                             : "%s goes from %.0f to %.0f, inside a character "
                               "(of %zu %s)",
                         f->where, f->start, f->end, all, unit_name(f->unit));
    }
    return EXIT_OK;
}

int read_mention(struct reading_from *r, struct annotated *d,
                 const struct found *f, size_t line, size_t column,
                 struct place place[2])
{
    struct mention m = {.id = "", .score = (float)f->score};
    if (f->label == NULL || f->label_len == 0) {
        return read_fail(r, line, column, "%s has no label", f->where);
    }
    if (memchr(f->label, '\0', f->label_len) != NULL ||
        (f->id != NULL && memchr(f->id, '\0', f->id_len) != NULL)) {
        return read_fail(r, line, column, "%s has a NUL in its label or id",
                         f->where);
    }
    if (!(f->score <= SCORE_MAX)) {
        return read_fail(r, line, column,
                         "%s has the score %g: a number up to %g is wanted",
                         f->where, f->score, SCORE_MAX);
    }
    int s = find_bytes(r, d, f, line, column, place, &m);
    if (s != EXIT_OK) {
        return s;
    }
    if (f->text != NULL &&
        (f->text_len != m.end - m.start ||
         memcmp(f->text, d->text + m.start, f->text_len) != 0)) {
        return read_fail(r, line, column,
                         "%s says '%.*s', but there the text is '%.*s': are "
                         "its offsets %s?",
                         f->where, (int)(f->text_len < 60 ? f->text_len : 60),
                         f->text,
                         (int)(m.end - m.start < 60 ? m.end - m.start : 60),
                         d->text + m.start, unit_name(f->unit));
    }
    if (!numbering_put(r->labels, f->label, f->label_len, &m.type, NULL)) {
        return cli_nomem();
    }
    m.label = r->labels->list[m.type].bytes;
    m.label_len = f->label_len;
    if (f->id != NULL) {
        m.id = annotated_string(d, f->id, f->id_len);
        m.id_len = f->id_len;
    }
    if (f->version != NULL) {
        m.version = annotated_string(d, f->version, f->version_len);
        m.version_len = f->version_len;
    }
    bool good = m.id != NULL && (f->version == NULL || m.version != NULL) &&
                annotated_add(d, &m);
    return good ? EXIT_OK : cli_nomem();
}
