/* Annotated documents in JSON: gaz's own lines, spaCy, Prodigy, doccano, Label
 * Studio, Hugging Face. Documents follow each other, a line each or not, or
 * are the elements of an array. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli/annotated.h"
#include "cli/window.h"

/* jansson counts bytes in an int. */
enum { DOCUMENT_MAX = 1 << 30 };

enum format { JSONL, SPACY, PRODIGY, DOCCANO, STUDIO, HF, FORMAT_COUNT };

static const char *const names[] = {"jsonl",   "spacy",       "prodigy",
                                    "doccano", "labelstudio", "hf"};

struct json_reader {
    struct reading_from *r;
    struct annotated *d;
    size_t line, column; /* where the document begins */
    struct place place[2];
    struct window window;
    size_t given; /* bytes at hand that jansson has been given */
    bool failed;  /* to read more of them; why tells */
    struct err why;
};

static int fail(struct json_reader *j, const char *what)
{
    return read_fail(j->r, j->line, j->column, "%s", what);
}

/* A string of an object; NULL where there is none. */
static const char *string_of(const json_t *object, const char *key, size_t *len)
{
    const json_t *s = json_object_get(object, key);
    *len = json_is_string(s) ? json_string_length(s) : 0;
    return json_string_value(s);
}

static double number_of(const json_t *value)
{
    return json_is_number(value) ? json_number_value(value) : -1;
}

static int set_text(struct json_reader *j, const json_t *object,
                    const char *key)
{
    size_t len = 0;
    const char *text = string_of(object, key, &len);
    if (text == NULL) {
        return read_fail(j->r, j->line, j->column,
                         "a document without a \"%s\", which is to be a string",
                         key);
    }
    return annotated_text(j->d, text, len) ? EXIT_OK : cli_nomem();
}

/* A span as an object with these keys. */
static int add_span(struct json_reader *j, const char *list, size_t i,
                    const json_t *span, const char *const keys[3],
                    gaz_unit unit)
{
    char where[64];
    snprintf(where, sizeof where, "%s[%zu]", list, i);
    struct found f = {.where = where, .unit = unit, .score = -1};
    f.start = number_of(json_object_get(span, keys[0]));
    f.end = number_of(json_object_get(span, keys[1]));
    f.label = string_of(span, keys[2], &f.label_len);
    f.id = string_of(span, "id", &f.id_len);
    f.version = string_of(span, "version", &f.version_len);
    f.text = string_of(span, "text", &f.text_len);
    const json_t *score = json_object_get(span, "score");
    if (json_is_number(score)) {
        f.score = json_number_value(score);
    }
    return read_mention(j->r, j->d, &f, j->line, j->column, j->place);
}

static int add_spans(struct json_reader *j, const json_t *object,
                     const char *key, const char *const keys[3], gaz_unit unit)
{
    const json_t *list = json_object_get(object, key);
    if (list != NULL && !json_is_array(list)) {
        return read_fail(j->r, j->line, j->column,
                         "\"%s\" is to be an array of spans", key);
    }
    int s = EXIT_OK;
    for (size_t i = 0; s == EXIT_OK && i < json_array_size(list); i++) {
        s = add_span(j, key, i, json_array_get(list, i), keys, unit);
    }
    return s;
}

static const char *const plain_keys[] = {"start", "end", "label"};

/* ---- the formats ---- */

static int read_jsonl(struct json_reader *j, const json_t *object)
{
    static const char *const units[] = {"chars", "bytes", "utf16"};
    size_t len = 0;
    const char *file = string_of(object, "file", &len);
    const char *unit = string_of(object, "unit", &len);
    int choice = 0;
    while (unit != NULL && choice < 3 && strcmp(unit, units[choice]) != 0) {
        choice++;
    }
    if (choice == 3) {
        return fail(j, "\"unit\" is to be chars, bytes or utf16");
    }
    if (file != NULL && !annotated_name(j->d, file)) {
        return cli_nomem();
    }
    int s = set_text(j, object, "text");
    return s == EXIT_OK
               ? add_spans(j, object, "spans", plain_keys, (gaz_unit)choice)
               : s;
}

static int read_spacy(struct json_reader *j, const json_t *object)
{
    int s = set_text(j, object, "text");
    return s == EXIT_OK ? add_spans(j, object, "ents", plain_keys, GAZ_CHARS)
                        : s;
}

/* Prodigy's tokens are kept for an output in tokens. */
static int read_tokens(struct json_reader *j, const json_t *object)
{
    const json_t *list = json_object_get(object, "tokens");
    struct place place[2] = {{0, 0}, {0, 0}};
    size_t before = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *token = json_array_get(list, i);
        double start = number_of(json_object_get(token, "start"));
        double end = number_of(json_object_get(token, "end"));
        size_t from = 0;
        size_t to = 0;
        if (!(start >= 0) || !(end > start) || end > 1e15 ||
            !annotated_byte(j->d, GAZ_CHARS, (size_t)start, &place[0], &from) ||
            !annotated_byte(j->d, GAZ_CHARS, (size_t)end, &place[1], &to) ||
            from < before) {
            return read_fail(j->r, j->line, j->column,
                             "tokens[%zu]: tokens are to follow each other in "
                             "the text (start and end in characters)",
                             i);
        }
        before = to;
        if (strspn(j->d->text + from, " \t\r\n\v\f") >= to - from) {
            continue; /* spaCy makes tokens of white space */
        }
        if (!tokens_add(&j->d->tokens, from, to, j->d->tokens.count == 0)) {
            return cli_nomem();
        }
    }
    return EXIT_OK;
}

static int read_prodigy(struct json_reader *j, const json_t *object)
{
    size_t len = 0;
    const char *answer = string_of(object, "answer", &len);
    if (answer != NULL && strcmp(answer, "accept") != 0) {
        j->r->left_out++;
        j->d = NULL; /* its annotation was not accepted */
        return EXIT_OK;
    }
    int s = set_text(j, object, "text");
    if (s == EXIT_OK) {
        s = read_tokens(j, object);
    }
    return s == EXIT_OK ? add_spans(j, object, "spans", plain_keys, GAZ_CHARS)
                        : s;
}

/* [[start, end, "LABEL"], ...] */
static int add_triples(struct json_reader *j, const json_t *list,
                       const char *key)
{
    int s = EXIT_OK;
    for (size_t i = 0; s == EXIT_OK && i < json_array_size(list); i++) {
        const json_t *triple = json_array_get(list, i);
        const json_t *label = json_array_get(triple, 2);
        char where[64];
        snprintf(where, sizeof where, "%s[%zu]", key, i);
        struct found f = {.where = where,
                          .start = number_of(json_array_get(triple, 0)),
                          .end = number_of(json_array_get(triple, 1)),
                          .unit = GAZ_CHARS,
                          .label = json_string_value(label),
                          .label_len = json_string_length(label),
                          .score = -1};
        s = read_mention(j->r, j->d, &f, j->line, j->column, j->place);
    }
    return s;
}

static int read_doccano(struct json_reader *j, const json_t *object)
{
    static const char *const keys[] = {"label", "labels"};
    static const char *const entity_keys[] = {"start_offset", "end_offset",
                                              "label"};
    int s = set_text(j, object, "text");
    for (size_t i = 0; s == EXIT_OK && i < 2; i++) {
        const json_t *list = json_object_get(object, keys[i]);
        if (list != NULL && !json_is_array(list)) {
            return fail(j, "\"label\" is to be an array of [start, end, "
                           "\"LABEL\"]");
        }
        s = add_triples(j, list, keys[i]);
    }
    return s == EXIT_OK
               ? add_spans(j, object, "entities", entity_keys, GAZ_CHARS)
               : s;
}

static int add_studio(struct json_reader *j, const json_t *item, size_t i)
{
    const json_t *value = json_object_get(item, "value");
    const json_t *labels = json_object_get(value, "labels");
    size_t len = 0;
    const char *type = string_of(item, "type", &len);
    int s = EXIT_OK;
    if (type == NULL || strcmp(type, "labels") != 0) {
        j->r->left_out++; /* relations, choices, ... */
        return EXIT_OK;
    }
    if (json_array_size(labels) == 0) {
        return read_fail(j->r, j->line, j->column,
                         "result[%zu].value has no \"labels\"", i);
    }
    for (size_t k = 0; s == EXIT_OK && k < json_array_size(labels); k++) {
        const json_t *label = json_array_get(labels, k);
        char where[64];
        snprintf(where, sizeof where, "result[%zu]", i);
        struct found f = {.where = where,
                          .start = number_of(json_object_get(value, "start")),
                          .end = number_of(json_object_get(value, "end")),
                          .unit = GAZ_UTF16,
                          .label = json_string_value(label),
                          .label_len = json_string_length(label),
                          .score = -1};
        const json_t *score = json_object_get(item, "score");
        f.score = json_is_number(score) ? json_number_value(score) : -1;
        f.text = string_of(value, "text", &f.text_len);
        s = read_mention(j->r, j->d, &f, j->line, j->column, j->place);
    }
    return s;
}

/* What people annotated counts more than predictions; of either the first. */
static int read_studio(struct json_reader *j, const json_t *object)
{
    const json_t *data = json_object_get(object, "data");
    const json_t *list = json_object_get(object, "annotations");
    if (json_array_size(list) == 0) {
        list = json_object_get(object, "predictions");
    }
    const json_t *result = json_object_get(json_array_get(list, 0), "result");
    if (json_array_size(list) > 1) {
        j->r->left_out += json_array_size(list) - 1;
    }
    int s = set_text(j, data, "text");
    for (size_t i = 0; s == EXIT_OK && i < json_array_size(result); i++) {
        s = add_studio(j, json_array_get(result, i), i);
    }
    return s;
}

/* Spans without a text, which another file has. */
static int read_hf(struct json_reader *j, const json_t *list)
{
    static const char *const keys[] = {"start", "end", "entity_group"};
    static const char *const raw_keys[] = {"start", "end", "entity"};
    struct file_bytes text;
    struct err why = {0};
    if (j->r->text_path == NULL) {
        return fail(j, "this format has no text: name its file with --text");
    }
    if (file_load(j->r->text_path, &text, &why) != STATUS_OK) {
        return cli_os_error(j->r->text_path, &why);
    }
    bool good = annotated_text(j->d, text.data, text.len) &&
                annotated_name(j->d, j->r->text_path);
    file_unload(&text);
    int s = good ? EXIT_OK : cli_nomem();
    for (size_t i = 0; s == EXIT_OK && i < json_array_size(list); i++) {
        const json_t *span = json_array_get(list, i);
        bool grouped = json_object_get(span, "entity_group") != NULL;
        s = add_span(j, "", i, span, grouped ? keys : raw_keys, GAZ_CHARS);
    }
    return s;
}

/* ---- which of them, and the file ---- */

static bool has(const json_t *object, const char *key)
{
    return json_object_get(object, key) != NULL;
}

static enum format guess_format(const json_t *value)
{
    if (json_is_array(value)) {
        return HF;
    }
    return has(value, "ents")                            ? SPACY
           : has(value, "data")                          ? STUDIO
           : has(value, "spans") && has(value, "tokens") ? PRODIGY
           : has(value, "unit") || has(value, "file")    ? JSONL
           : has(value, "spans")                         ? PRODIGY
           : has(value, "label") || has(value, "labels") ||
                   has(value, "entities")
               ? DOCCANO
               : FORMAT_COUNT;
}

static int read_value(struct json_reader *j, int format, const json_t *value)
{
    static int (*const readers[])(struct json_reader *, const json_t *) = {
        read_jsonl,   read_spacy,  read_prodigy,
        read_doccano, read_studio, read_hf};
    enum format which = format >= 0 ? (enum format)format : guess_format(value);
    if (which == FORMAT_COUNT) {
        return fail(j, "no format that gaz knows: an object with \"text\" and "
                       "\"spans\", \"ents\" or \"label\", or with \"data\", is "
                       "wanted");
    }
    if (which != HF && !json_is_object(value)) {
        return fail(j, "an object is wanted for each document");
    }
    if (which == HF && !json_is_array(value)) {
        return fail(j, "an array of spans is wanted for each document");
    }
    memset(j->place, 0, sizeof j->place);
    return readers[which](j, value);
}

static int put_value(struct json_reader *j, int format, const json_t *value,
                     annotated_fn put, void *context)
{
    struct annotated *d = j->d;
    annotated_clear(d);
    d->line = j->line;
    if (!annotated_name(d, j->r->path)) {
        return cli_nomem();
    }
    int s = read_value(j, format, value);
    if (s == EXIT_OK && j->d != NULL) {
        annotated_finish(d);
        s = put(context, d);
    }
    j->d = d;
    return s;
}

/* What went wrong with the file, or how long a document is. */
static int fail_reading(struct json_reader *j)
{
    return j->why.code == STATUS_LIMIT
               ? read_fail(j->r, j->line, j->column, "a document of JSON %s",
                           j->why.message)
               : cli_os_error(j->r->path, &j->why);
}

/* Past n bytes at hand. */
static void advance(struct json_reader *j, size_t n)
{
    const char *p = j->window.data + j->window.from;
    const char *end = p + n;
    const char *newline = NULL;
    while (n > 0 && (newline = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        j->line++;
        j->column = 1;
        p = newline + 1;
    }
    j->column += (size_t)(end - p);
    j->window.from += n;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* What comes next behind blanks, in *c; *there is false at the end. */
static int next_byte(struct json_reader *j, bool *there, char *c)
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
    struct json_reader *j = context;
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
static json_t *load(struct json_reader *j, size_t skip, size_t flags,
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
static int next_value(struct json_reader *j, size_t flags, size_t *used,
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
    size_t line = j->line + (why.line > 0 ? (size_t)why.line - 1 : 0);
    size_t column = why.column > 0 ? (size_t)why.column : 1;
    return read_fail(j->r, line,
                     why.line <= 1 ? j->column - 1 + column : column,
                     "not JSON: %s", why.text);
}

static int take_value(struct json_reader *j, int format, size_t flags,
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
static bool is_document(struct json_reader *j, int format)
{
    size_t at = 1;
    bool there = true;
    char c = ' ';
    if (format >= 0) {
        return format == HF;
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
    bool is = first != NULL && has(first, "start");
    json_decref(first);
    return is;
}

/* The documents of an array, one at a time. */
static int take_array(struct json_reader *j, int format, annotated_fn put,
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
            s = fail(j, "not JSON: ',' or ']' expected behind a document of an "
                        "array");
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

static int read_values(struct json_reader *j, int format, annotated_fn put,
                       void *context)
{
    bool there = true;
    char c = '\0';
    j->line = 1;
    j->column = 1;
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
    struct json_reader j = {.r = r, .d = &d};
    int which = -1;
    for (int i = 0; format != NULL && i < FORMAT_COUNT; i++) {
        which = strcmp(format, names[i]) == 0 ? i : which;
    }
    json_set_alloc_funcs(take_memory, free);
    j.window.file = r->file;
    j.window.path = r->path;
    j.window.max = DOCUMENT_MAX;
    int s = read_values(&j, which, put, context);
    annotated_free(&d);
    window_free(&j.window);
    return s;
}
