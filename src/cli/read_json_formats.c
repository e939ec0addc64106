/* The JSON of each format: a document's text, tokens and mentions. */
#include <jansson.h>
#include <string.h>

#include "cli/read_json.h"

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
    const json_t *entities = json_object_get(object, "entities");
    if (s != EXIT_OK || !json_is_array(json_array_get(entities, 0))) {
        return s != EXIT_OK
                   ? s
                   : add_spans(j, object, "entities", entity_keys, GAZ_CHARS);
    }
    return add_triples(j, entities, "entities"); /* as spaCy is trained */
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

/* What people annotated counts more than predictions; of either the first that
 * was not skipped. */
static int read_studio(struct json_reader *j, const json_t *object)
{
    const json_t *data = json_object_get(object, "data");
    const json_t *list = json_object_get(object, "annotations");
    if (json_array_size(list) == 0) {
        list = json_object_get(object, "predictions");
    }
    size_t first = 0;
    while (first + 1 < json_array_size(list) &&
           json_is_true(
               json_object_get(json_array_get(list, first), "was_cancelled"))) {
        first++;
    }
    const json_t *chosen = json_array_get(list, first);
    if (json_is_true(json_object_get(chosen, "was_cancelled"))) {
        j->r->left_out += json_array_size(list);
        j->d = NULL; /* nobody has annotated it */
        return EXIT_OK;
    }
    const json_t *result = json_object_get(chosen, "result");
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
        size_t len = 0;
        const char *tag = grouped ? NULL : string_of(span, "entity", &len);
        if (len > 2 && tag[1] == '-' && strchr("BIESLU", tag[0]) != NULL) {
            return read_fail(j->r, j->line, j->column,
                             "[%zu] is a token tagged '%s'; spans are wanted, "
                             "which aggregation_strategy=\"simple\" makes",
                             i, tag);
        }
        s = add_span(j, "", i, span, grouped ? keys : raw_keys, GAZ_CHARS);
    }
    return s;
}

/* ---- which of them ---- */

static bool has(const json_t *object, const char *key)
{
    return json_object_get(object, key) != NULL;
}

static enum json_format guess_format(const json_t *value)
{
    if (json_is_array(value)) {
        return JSON_HF;
    }
    return has(value, "ents")                            ? JSON_SPACY
           : has(value, "data")                          ? JSON_STUDIO
           : has(value, "spans") && has(value, "tokens") ? JSON_PRODIGY
           : has(value, "unit") || has(value, "file")    ? JSON_JSONL
           : has(value, "spans")                         ? JSON_PRODIGY
           : has(value, "label") || has(value, "labels") ||
                   has(value, "entities")
               ? JSON_DOCCANO
               : JSON_FORMATS;
}

/* Does it have annotations, but those of another format than the one that was
 * named? They would be lost without a word. */
static int check_keys(struct json_reader *j, enum json_format which,
                      const json_t *value)
{
    static const struct {
        const char *key;
        unsigned formats; /* bits */
        const char *name;
    } keys[] = {
        {"spans", 1u << JSON_JSONL | 1u << JSON_PRODIGY, "jsonl or prodigy"},
        {"ents", 1u << JSON_SPACY, "spacy"},
        {"label", 1u << JSON_DOCCANO, "doccano"},
        {"labels", 1u << JSON_DOCCANO, "doccano"},
        {"entities", 1u << JSON_DOCCANO, "doccano"},
    };
    size_t other = sizeof keys / sizeof keys[0];
    for (size_t i = sizeof keys / sizeof keys[0]; i-- > 0;) {
        const json_t *list = json_object_get(value, keys[i].key);
        bool own = (keys[i].formats >> which & 1u) != 0;
        if (own && list != NULL) {
            return EXIT_OK;
        }
        if (!own && json_array_size(list) > 0 &&
            !json_is_string(json_array_get(list, 0))) {
            other = i;
        }
    }
    return other == sizeof keys / sizeof keys[0]
               ? EXIT_OK
               : read_fail(j->r, j->line, j->column,
                           "a document of this format has no \"%s\"; is it -f "
                           "%s?",
                           keys[other].key, keys[other].name);
}

int json_document(struct json_reader *j, int format, const json_t *value)
{
    static int (*const readers[])(struct json_reader *, const json_t *) = {
        read_jsonl,   read_spacy,  read_prodigy,
        read_doccano, read_studio, read_hf};
    enum json_format which =
        format >= 0 ? (enum json_format)format : guess_format(value);
    if (which == JSON_FORMATS) {
        return fail(j, "no format that gaz knows: an object with \"text\" and "
                       "\"spans\", \"ents\" or \"label\", or with \"data\", is "
                       "wanted");
    }
    if (which != JSON_HF && !json_is_object(value)) {
        return fail(j, "an object is wanted for each document");
    }
    if (which == JSON_HF && !json_is_array(value)) {
        return fail(j, "an array of spans is wanted for each document");
    }
    memset(j->place, 0, sizeof j->place);
    /* Between mentions, in Prodigy's and Doccano's records: no spans. */
    j->r->left_out += json_array_size(json_object_get(value, "relations"));
    int s = format >= 0 && which != JSON_HF && which != JSON_STUDIO
                ? check_keys(j, which, value)
                : EXIT_OK;
    return s == EXIT_OK ? readers[which](j, value) : s;
}

int json_format_named(const char *name)
{
    static const char *const names[] = {"jsonl",   "spacy",       "prodigy",
                                        "doccano", "labelstudio", "hf"};
    int which = -1;
    for (int i = 0; name != NULL && i < JSON_FORMATS; i++) {
        which = strcmp(name, names[i]) == 0 ? i : which;
    }
    return which;
}
