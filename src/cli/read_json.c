/* Annotated documents in JSON: gaz's own lines, spaCy, Prodigy, doccano, Label
 * Studio, Hugging Face. Documents follow each other, a line each or not, or
 * are the elements of an array. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli/read_json.h"
#include "cli/window.h"

/* jansson counts bytes in an int. */
enum { DOCUMENT_MAX = 1 << 30 };

struct json_file {
    struct json_reader doc;
    struct window window;
    size_t given; /* bytes at hand that jansson has been given */
    bool failed;  /* to read more of them; why tells */
    struct err why;
};

static int put_value(struct json_file *j, int format, const json_t *value,
                     annotated_fn put, void *context)
{
    struct annotated *d = j->doc.d;
    annotated_clear(d);
    d->line = j->doc.line;
    if (!annotated_name(d, j->doc.r->path)) {
        return cli_nomem();
    }
    int s = json_document(&j->doc, format, value);
    if (s == EXIT_OK && j->doc.d != NULL) {
        annotated_finish(d);
        s = put(context, d);
    }
    j->doc.d = d;
    return s;
}

/* What went wrong with the file, or how long a document is. */
static int fail_reading(struct json_file *j)
{
    return j->why.code == STATUS_LIMIT
               ? read_fail(j->doc.r, j->doc.line, j->doc.column,
                           "a document of JSON %s", j->why.message)
               : cli_os_error(j->doc.r->path, &j->why);
}

/* Past n bytes at hand. */
static void advance(struct json_file *j, size_t n)
{
    const char *p = j->window.data + j->window.from;
    const char *end = p + n;
    const char *newline = NULL;
    while (n > 0 && (newline = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        j->doc.line++;
        j->doc.column = 1;
        p = newline + 1;
    }
    j->doc.column += (size_t)(end - p);
    j->window.from += n;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* What comes next behind blanks, in *c; *there is false at the end. */
static int next_byte(struct json_file *j, bool *there, char *c)
{
    struct window *w = &j->window;
    for (;;) {
        size_t n = 0;
        while (w->from + n < w->to && is_blank(w->data[w->from + n])) {
            n++;
        }
        if (n > 0) {
            advance(j, n);
        }
        if (window_byte(w, 0, there, c, &j->why) != STATUS_OK) {
            return fail_reading(j);
        }
        if (!*there || !is_blank(*c)) {
            return EXIT_OK;
        }
    }
}

/* Bytes for jansson. */
static size_t give(void *buffer, size_t size, void *context)
{
    struct json_file *j = context;
    struct window *w = &j->window;
    if (j->given == w->to - w->from && !w->end) {
        j->failed = window_more(w, &j->why) != STATUS_OK;
    }
    size_t n = j->failed ? 0 : w->to - w->from - j->given;
    n = n < size ? n : size;
    if (n > 0) {
        memcpy(buffer, w->data + w->from + j->given, n);
        j->given += n;
    }
    return n;
}

/* jansson tells of lost memory as of bad JSON at times, and at others leaves a
 * byte of a string out and tells of nothing. */
static bool refused;

static void *take_memory(size_t size)
{
    void *p = malloc(size);
    refused = refused || p == NULL;
    return p;
}

/* The value `skip` bytes ahead; NULL for none, or when reading failed. */
static json_t *load(struct json_file *j, size_t skip, size_t flags,
                    json_error_t *why)
{
    j->given = skip;
    j->failed = false;
    refused = false;
    json_t *value = json_load_callback(
        give, j, flags | JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, why);
    if (refused) {
        json_decref(value);
        value = NULL;
    }
    return value;
}

/* The value that comes next, its length in *used. */
static int next_value(struct json_file *j, size_t flags, size_t *used,
                      json_t **out)
{
    json_error_t why;
    *out = load(j, 0, flags, &why);
    if (*out != NULL) {
        *used = (size_t)why.position;
        return EXIT_OK;
    }
    if (j->failed) {
        return fail_reading(j);
    }
    if (refused) {
        return cli_nomem();
    }
    /* Only the first line of the value begins behind the line's start. */
    size_t line = j->doc.line + (why.line > 0 ? (size_t)why.line - 1 : 0);
    size_t column = why.column > 0 ? (size_t)why.column : 1;
    return read_fail(j->doc.r, line,
                     why.line <= 1 ? j->doc.column - 1 + column : column,
                     "not JSON: %s", why.text);
}

static int take_value(struct json_file *j, int format, size_t flags,
                      annotated_fn put, void *context)
{
    size_t used = 0;
    json_t *value = NULL;
    int s = next_value(j, flags, &used, &value);
    if (s == EXIT_OK) {
        s = put_value(j, format, value, put, context);
        advance(j, used);
    }
    json_decref(value);
    return s;
}

/* At a '[': is it a document, Hugging Face's list of spans? Else the array
 * lists documents. */
static bool is_document(struct json_file *j, int format)
{
    size_t at = 1;
    bool there = true;
    char c = ' ';
    if (format >= 0) {
        return format == JSON_HF;
    }
    for (; there && is_blank(c); at++) {
        if (window_byte(&j->window, at, &there, &c, &j->why) != STATUS_OK) {
            return true; /* which is told of when it is read */
        }
    }
    if (!there || c == ']') {
        return true;
    }
    json_error_t why;
    json_t *first = load(j, at - 1, JSON_DECODE_ANY, &why);
    bool is = first != NULL && json_object_get(first, "start") != NULL;
    json_decref(first);
    return is;
}

/* The documents of an array, one at a time. */
static int take_array(struct json_file *j, int format, annotated_fn put,
                      void *context)
{
    bool there = true;
    char c = '\0';
    advance(j, 1);
    int s = next_byte(j, &there, &c);
    if (s == EXIT_OK && there && c == ']') {
        advance(j, 1);
        return EXIT_OK;
    }
    while (s == EXIT_OK) {
        s = take_value(j, format, JSON_DECODE_ANY, put, context);
        s = s == EXIT_OK ? next_byte(j, &there, &c) : s;
        if (s == EXIT_OK && (!there || (c != ',' && c != ']'))) {
            s = read_fail(j->doc.r, j->doc.line, j->doc.column,
                          "not JSON: ',' or ']' expected behind a document of "
                          "an array");
        }
        if (s == EXIT_OK) {
            advance(j, 1);
            if (c == ']') {
                break;
            }
            s = next_byte(j, &there, &c);
        }
    }
    return s;
}

static int read_values(struct json_file *j, int format, annotated_fn put,
                       void *context)
{
    bool there = true;
    char c = '\0';
    j->doc.line = 1;
    j->doc.column = 1;
    if (window_mark(&j->window, &j->why) != STATUS_OK) {
        return fail_reading(j);
    }
    int s = next_byte(j, &there, &c);
    while (s == EXIT_OK && there) {
        s = c == '[' && !is_document(j, format)
                ? take_array(j, format, put, context)
                : take_value(j, format, 0, put, context);
        s = s == EXIT_OK ? next_byte(j, &there, &c) : s;
    }
    return s;
}

int read_json(struct reading_from *r, const char *format, annotated_fn put,
              void *context)
{
    struct annotated d = {0};
    struct json_file j = {.doc = {.r = r, .d = &d}};
    json_set_alloc_funcs(take_memory, free);
    j.window.file = r->file;
    j.window.path = r->path;
    j.window.max = DOCUMENT_MAX;
    int s = read_values(&j, json_format_named(format), put, context);
    annotated_free(&d);
    window_free(&j.window);
    return s;
}
