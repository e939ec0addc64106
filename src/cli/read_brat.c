/* brat's standoff: NAME.txt with NAME.ann beside it. */
#include <stdlib.h>
#include <string.h>

#include "cli/annotated.h"

/* The path with another ending. */
static char *beside(const char *path, const char *ending)
{
    size_t len = strlen(path) - 4;
    size_t more = strlen(ending) + 1;
    char *out = malloc(len + more);
    if (out != NULL) {
        memcpy(out, path, len);
        memcpy(out + len, ending, more);
    }
    return out;
}

/* A number at *p, up to `end`; -1 for none. */
static double take_number(const char **p, const char *end)
{
    double n = 0;
    const char *start = *p;
    while (*p < end && **p >= '0' && **p <= '9' && n < 1e15) {
        n = n * 10 + (*(*p)++ - '0');
    }
    return *p > start ? n : -1;
}

/* brat parts mentions at line ends: "0 3;4 6". Does the piece behind the ';'
 * at *p go on where only white space is between? Then *p and *last go behind
 * it. */
static bool joins(struct annotated *d, const char **p, const char *end,
                  double *last, struct place *place)
{
    const char *q = *p + 1;
    size_t from = 0;
    size_t to = 0;
    double start = take_number(&q, end);
    q += q < end && *q == ' ';
    double stop = take_number(&q, end);
    if (*last < 0 || start < *last || stop <= start ||
        !annotated_byte(d, GAZ_CHARS, (size_t)*last, place, &from) ||
        !annotated_byte(d, GAZ_CHARS, (size_t)start, place, &to) ||
        strspn(d->text + from, " \t\r\n") < to - from) {
        return false;
    }
    *p = q;
    *last = stop;
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Is it the same text, but for white space? brat tells it on one line. */
static bool same_text(const char *a, size_t n, const char *b, size_t m)
{
    size_t i = 0;
    size_t k = 0;
    for (;; i++, k++) {
        while (i < n && is_blank(a[i])) {
            i++;
        }
        while (k < m && is_blank(b[k])) {
            k++;
        }
        if (i == n || k == m) {
            return i == n && k == m;
        }
        if (a[i] != b[k]) {
            return false;
        }
    }
}

/* The text told at p must be what the last mention is. */
static int check_text(struct reading_from *r, const struct annotated *d,
                      const char *p, size_t len, size_t line, size_t column)
{
    const struct mention *m = &d->list[d->count - 1];
    size_t n = m->end - m->start;
    if (same_text(d->text + m->start, n, p, len)) {
        return EXIT_OK;
    }
    return read_fail(r, line, column,
                     "this mention says '%.*s', but there the text is '%.*s'",
                     (int)(len < 60 ? len : 60), p, (int)(n < 60 ? n : 60),
                     d->text + m->start);
}

/* "T1 TAB TYPE START END TAB TEXT" */
static int read_line(struct reading_from *r, struct annotated *d,
                     const char *line, size_t len, size_t number,
                     struct place place[2])
{
    static const char wanted[] = "T1 TAB TYPE START END TAB TEXT is wanted";
    const char *end = line + len;
    const char *p = memchr(line, '\t', len);
    if (p == NULL) {
        return read_fail(r, number, len + 1, "%s", wanted);
    }
    struct found f = {.where = "this mention", .unit = GAZ_CHARS, .score = -1};
    f.label = ++p;
    while (p < end && *p != ' ' && *p != '\t') {
        p++;
    }
    f.label_len = (size_t)(p - f.label);
    p += p < end;
    size_t column = (size_t)(p - line) + 1;
    f.start = take_number(&p, end);
    p += p < end && *p == ' ';
    f.end = take_number(&p, end);
    while (p < end && *p == ';' && joins(d, &p, end, &f.end, &place[1])) {
        continue;
    }
    if (p < end && *p == ';') {
        r->in_pieces++;
        return r->drop ? EXIT_OK
                       : read_fail(r, number, (size_t)(p - line) + 1,
                                   "a mention in several pieces, which gaz "
                                   "cannot hold; --drop-overlaps leaves such "
                                   "out");
    }
    if (f.start < 0 || f.end < 0 || (p < end && *p != '\t')) {
        return read_fail(r, number, (size_t)(p - line) + 1, "%s", wanted);
    }
    int s = read_mention(r, d, &f, number, column, place);
    return s == EXIT_OK && p < end
               ? check_text(r, d, p + 1, (size_t)(end - p) - 1, number,
                            (size_t)(p - line) + 2)
               : s;
}

static int read_lines(struct reading_from *r, struct annotated *d,
                      const char *text, size_t len)
{
    struct place place[2] = {{0, 0}, {0, 0}};
    size_t number = 0;
    int s = EXIT_OK;
    for (size_t at = 0; s == EXIT_OK && at < len;) {
        const char *line = text + at;
        const char *newline = memchr(line, '\n', len - at);
        size_t n = newline != NULL ? (size_t)(newline - line) : len - at;
        at += n + 1;
        number++;
        n -= n > 0 && line[n - 1] == '\r';
        if (n == 0) {
            continue;
        }
        if (line[0] == 'T') {
            s = read_line(r, d, line, n, number, place);
        } else if (line[0] != '\0' && strchr("REAMN#*", line[0]) != NULL) {
            r->left_out++; /* relations, events, attributes, notes */
        } else {
            s = read_fail(r, number, 1,
                          "no line of brat's: it begins with one of T R E A M "
                          "N # *");
        }
    }
    return s;
}

/* One of the two cannot be read: where only that which was not named is
 * missing, say what it would have been. */
static int no_pair(const char *path, const char *given, const struct err *why)
{
    if (strcmp(path, given) == 0 || file_kind(path) != FILE_MISSING) {
        return cli_os_error(path, why);
    }
    return strcmp(path + strlen(path) - 4, ".ann") == 0
               ? cli_fail("%s: there is no %s beside it, which would have its "
                          "mentions; 'gaz tag' finds some in a text, and -f "
                          "conll reads a corpus",
                          given, path)
               : cli_fail("%s: there is no %s beside it, which would be the "
                          "text of these mentions",
                          given, path);
}

int read_brat(struct reading_from *r, annotated_fn put, void *context)
{
    struct err why = {0};
    struct file_bytes text = {0};
    struct file_bytes lines = {0};
    struct annotated d = {0};
    size_t len = strlen(r->path);
    if (len < 5 || (strcmp(r->path + len - 4, ".txt") != 0 &&
                    strcmp(r->path + len - 4, ".ann") != 0)) {
        return cli_fail("%s: brat's documents are NAME.txt with NAME.ann "
                        "beside it",
                        r->path);
    }
    char *text_path = beside(r->path, ".txt");
    char *path = beside(r->path, ".ann");
    int s = EXIT_OK;
    if (text_path == NULL || path == NULL || !annotated_name(&d, text_path)) {
        s = cli_nomem();
    } else if (file_load(text_path, &text, &why) != STATUS_OK) {
        s = no_pair(text_path, r->path, &why);
    } else if (file_load(path, &lines, &why) != STATUS_OK) {
        s = no_pair(path, r->path, &why);
    } else if (!annotated_text(&d, text.data, text.len)) {
        s = cli_nomem();
    }
    if (s == EXIT_OK) {
        const char *given = r->path;
        r->path = path;
        s = read_lines(r, &d, lines.data, lines.len);
        r->path = given;
    }
    if (s == EXIT_OK) {
        annotated_finish(&d);
        s = put(context, &d);
    }
    file_unload(&text);
    file_unload(&lines);
    annotated_free(&d);
    free(text_path);
    free(path);
    return s;
}
