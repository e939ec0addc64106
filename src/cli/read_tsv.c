/* The lines of -t tsv: file, start, end, label and, where they are there, text,
 * id, version. The text itself is the file's that they name, or --text. Lines
 * of one file that follow each other are a document. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/annotated.h"
#include "cli/window.h"

enum { COLUMNS = 7, COLUMNS_LEAST = 4 };

struct table {
    struct reading_from *r;
    struct annotated d;
    bool any; /* a line, of the document */
    gaz_unit unit;
    struct place place[2];
    annotated_fn put;
    void *context;
    size_t number; /* of the line */
};

/* A line's fields, unescaped where they stand. */
struct fields {
    char *at[COLUMNS];
    size_t len[COLUMNS];
    size_t column[COLUMNS]; /* where it begins, from 1 */
    size_t count;
};

static int wrong(const struct table *t, size_t column, const char *what)
{
    return read_fail(t->r, t->number, column, "%s", what);
}

/* "\t", "\n", "\r" and "\\" as what they stand for; false for others. */
static bool unescape(char *field, size_t *len)
{
    static const char codes[4] = {'t', 'n', 'r', '\\'};
    static const char bytes[4] = {'\t', '\n', '\r', '\\'};
    size_t n = 0;
    for (size_t i = 0; i < *len; i++) {
        char c = field[i];
        if (c == '\\') {
            const char *code =
                i + 1 < *len ? memchr(codes, field[i + 1], sizeof codes) : NULL;
            if (code == NULL) {
                return false;
            }
            c = bytes[code - codes];
            i++;
        }
        field[n++] = c;
    }
    *len = n;
    return true;
}

static int split(struct table *t, char *line, size_t len, struct fields *f)
{
    size_t at = 0;
    f->count = 0;
    for (bool more = true; more;) {
        const char *tab = memchr(line + at, '\t', len - at);
        size_t n = tab != NULL ? (size_t)(tab - line) - at : len - at;
        if (f->count == COLUMNS) {
            return wrong(t, at + 1,
                         "an eighth column; there are seven: file, "
                         "start, end, label, text, id, version");
        }
        f->at[f->count] = line + at;
        f->len[f->count] = n;
        f->column[f->count] = at + 1;
        if (!unescape(line + at, &f->len[f->count])) {
            return wrong(t, at + 1,
                         "a backslash stands for itself only as \\\\; "
                         "\\t, \\n and \\r are the others");
        }
        f->count++;
        at += n + 1;
        more = tab != NULL;
    }
    return f->count >= COLUMNS_LEAST
               ? EXIT_OK
               : wrong(t, 1,
                       "wants file TAB start TAB end TAB label [TAB text [TAB "
                       "id [TAB version]]]");
}

static int put_document(struct table *t)
{
    int s = EXIT_OK;
    if (t->any) {
        annotated_finish(&t->d);
        s = t->put(t->context, &t->d);
    }
    annotated_clear(&t->d);
    memset(t->place, 0, sizeof t->place);
    t->any = false;
    return s;
}

/* "posts.jsonl:12" names a line that was a document: a file has not its text
 * as a whole. */
static bool names_line(const char *name)
{
    size_t n = strlen(name);
    size_t digits = 0;
    while (n > digits && name[n - 1 - digits] >= '0' &&
           name[n - 1 - digits] <= '9') {
        digits++;
    }
    return digits > 0 && n > digits + 1 && name[n - 1 - digits] == ':' &&
           file_kind(name) == FILE_MISSING;
}

/* A document of this name begins. */
static int begin_document(struct table *t, const char *name)
{
    struct err why = {0};
    struct file_bytes text;
    const char *path = t->r->text_path != NULL ? t->r->text_path : name;
    int s = put_document(t);
    if (s != EXIT_OK) {
        return s;
    }
    if (strcmp(path, "-") == 0) {
        return wrong(t, 1,
                     "the text came from standard input: name its file with "
                     "--text");
    }
    if (t->r->text_path == NULL && names_line(name)) {
        return wrong(t, 1,
                     "a line of a file was the document, which no file has by "
                     "itself: gaz tag -t jsonl writes the text, too");
    }
    if (file_load(path, &text, &why) != STATUS_OK) {
        return cli_os_error(path, &why);
    }
    if (!annotated_name(&t->d, name) ||
        !annotated_text(&t->d, text.data, text.len)) {
        s = cli_nomem();
    }
    file_unload(&text);
    t->d.line = t->number;
    t->any = true;
    return s;
}

static double number(const struct fields *f, size_t i)
{
    double n = f->len[i] > 0 ? 0 : -1;
    for (size_t k = 0; k < f->len[i]; k++) {
        char c = f->at[i][k];
        if (c < '0' || c > '9') {
            return -1;
        }
        n = n * 10 + (c - '0');
    }
    return n;
}

static int add_line(struct table *t, char *line, size_t len)
{
    struct fields f = {0};
    int s = split(t, line, len, &f);
    if (s != EXIT_OK) {
        return s;
    }
    if (memchr(f.at[0], '\0', f.len[0]) != NULL || f.len[0] == 0) {
        return wrong(t, 1, "the first column is to name a file");
    }
    char *name = strndup(f.at[0], f.len[0]);
    if (name == NULL) {
        return cli_nomem();
    }
    if (number(&f, 1) < 0 || number(&f, 2) < 0) {
        s = wrong(
            t, f.column[number(&f, 1) < 0 ? 1 : 2],
            "a whole number is wanted: where the mention starts, or ends");
    } else if (!t->any || strcmp(name, t->d.name) != 0) {
        s = begin_document(t, name);
    }
    free(name);
    struct found found = {.where = "this mention", .unit = t->unit};
    found.score = -1;
    found.start = number(&f, 1);
    found.end = number(&f, 2);
    found.label = f.at[3];
    found.label_len = f.len[3];
    if (f.count > 4 && f.len[4] > 0) {
        found.text = f.at[4];
        found.text_len = f.len[4];
    }
    if (f.count > 5 && f.len[5] > 0) {
        found.id = f.at[5];
        found.id_len = f.len[5];
    }
    if (f.count > 6 && f.len[6] > 0) {
        found.version = f.at[6];
        found.version_len = f.len[6];
    }
    return s == EXIT_OK ? read_mention(t->r, &t->d, &found, t->number,
                                       f.column[1], t->place)
                        : s;
}

static bool begins(const char *line, size_t len, const char *with)
{
    size_t n = strlen(with);
    return len > n && memcmp(line, with, n) == 0;
}

/* The line of column names says the unit; without it, characters. */
static bool is_header(struct table *t, const char *line, size_t len)
{
    static const struct {
        const char *start;
        gaz_unit unit;
    } headers[] = {{"file\tstart_chars\t", GAZ_CHARS},
                   {"file\tstart_bytes\t", GAZ_BYTES},
                   {"file\tstart_utf16\t", GAZ_UTF16}};
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        if (begins(line, len, headers[i].start)) {
            t->unit = headers[i].unit;
            return true;
        }
    }
    return false;
}

/* The line that comes next, of *len bytes without its end, which *used counts
 * too. */
static int next_line(struct table *t, struct window *w, size_t *len,
                     size_t *used)
{
    struct err why = {0};
    const char *newline = NULL;
    for (size_t seen = 0;;) {
        size_t n = w->to - w->from;
        if (n > seen) {
            newline = memchr(w->data + w->from + seen, '\n', n - seen);
        }
        if (newline != NULL || w->end) {
            break;
        }
        seen = n;
        enum status s = window_more(w, &why);
        if (s == STATUS_LIMIT) {
            char what[ERR_MESSAGE_SIZE + 8];
            (void)snprintf(what, sizeof what, "a line %s", why.message);
            t->number++;
            return wrong(t, 1, what);
        }
        if (s != STATUS_OK) {
            return cli_os_error(t->r->path, &why);
        }
    }
    const char *line = w->data + w->from;
    *len = newline != NULL ? (size_t)(newline - line) : w->to - w->from;
    *used = *len + (newline != NULL);
    *len -= *len > 0 && line[*len - 1] == '\r';
    return EXIT_OK;
}

static int read_lines(struct table *t, struct window *w)
{
    struct err why = {0};
    if (window_mark(w, &why) != STATUS_OK) {
        return cli_os_error(t->r->path, &why);
    }
    for (;;) {
        size_t n = 0;
        size_t used = 0;
        int s = next_line(t, w, &n, &used);
        if (s != EXIT_OK) {
            return s;
        }
        if (used == 0) {
            return put_document(t);
        }
        char *line = w->data + w->from; /* to unescape in */
        t->number++;
        if (t->number == 1 && begins(line, n, "file\tstart_tokens\t")) {
            s = wrong(t, 6,
                      "these places count the tokens of a corpus: gaz tag -t "
                      "conll keeps them");
        } else if (n > 0 && !(t->number == 1 && is_header(t, line, n))) {
            s = add_line(t, line, n);
        }
        if (s != EXIT_OK) {
            return s;
        }
        w->from += used;
    }
}

int read_tsv(struct reading_from *r, annotated_fn put, void *context)
{
    struct table t = {.r = r, .unit = GAZ_CHARS, .put = put};
    struct window w = {.file = r->file, .path = r->path, .max = FILE_LINE_MAX};
    t.context = context;
    int s = read_lines(&t, &w);
    window_free(&w);
    annotated_free(&t.d);
    return s;
}
