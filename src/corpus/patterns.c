/* spaCy's EntityRuler patterns. The core's sole user of jansson: JSON
 * has corners (escapes, surrogates, numbers, nesting) that are not worth a
 * parser of our own. */
#include <jansson.h>

#include "corpus/names_line.h"

/* The byte (from 1) at which a string stands in the line, for messages; 1
 * where it is written with escapes. */
static size_t column_of(struct slice line, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = 0; n > 0 && i + n <= line.len; i++) {
        if (memcmp(line.data + i, what, n) == 0) {
            return i + 1;
        }
    }
    return 1;
}

static struct slice text_of(const json_t *value)
{
    return slice_of(json_string_value(value), json_string_length(value));
}

/* A token {"LOWER": "mac"}: its text and whether any case will do. */
static enum status read_token(struct names_reader *r, struct slice line,
                              json_t *token, struct slice *text, bool *lower,
                              struct err *e)
{
    const char *key = NULL;
    json_t *value = NULL;
    if (!json_is_object(token) || json_object_size(token) == 0) {
        return names_fail(r, true, column_of(line, "[") + 1, e,
                          "a token of any kind, which a name list cannot "
                          "say");
    }
    bool seen = false;
    json_object_foreach(token, key, value)
    {
        bool is_lower = strcmp(key, "LOWER") == 0 || strcmp(key, "lower") == 0;
        bool is_text = strcmp(key, "TEXT") == 0 || strcmp(key, "text") == 0 ||
                       strcmp(key, "ORTH") == 0 || strcmp(key, "orth") == 0;
        if ((!is_lower && !is_text) || seen || !json_is_string(value)) {
            return names_fail(r, true, column_of(line, key), e,
                              "a token by '%s', which a name list cannot say "
                              "(known: LOWER, TEXT or ORTH with a string)",
                              key);
        }
        seen = true;
        *lower = is_lower;
        *text = text_of(value);
    }
    return STATUS_OK;
}

static enum status read_tokens(struct names_reader *r, struct slice line,
                               json_t *list, struct list_entry *out,
                               struct err *e)
{
    struct slice before = {0};
    bool first_lower = false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct slice text = {0};
        bool lower = false;
        enum status s =
            read_token(r, line, json_array_get(list, i), &text, &lower, e);
        if (s != STATUS_OK) {
            return s;
        }
        if (i > 0 && lower != first_lower) {
            return names_fail(r, true, column_of(line, "LOWER"), e,
                              "LOWER beside TEXT or ORTH in one pattern, "
                              "which a name list cannot say");
        }
        names_token(r, i > 0 ? &before : NULL, text);
        first_lower = lower;
        before = text;
    }
    out->letter_case = first_lower ? LIST_CASE_FOLD : LIST_CASE_UNSET;
    return STATUS_OK;
}

static enum status read_pattern(struct names_reader *r, struct slice line,
                                json_t *object, struct list_entry *out,
                                struct err *e)
{
    json_t *label = json_object_get(object, "label");
    json_t *pattern = json_object_get(object, "pattern");
    json_t *id = json_object_get(object, "id");
    if (!json_is_string(label) || json_string_length(label) == 0) {
        return names_fail(r, false, 1, e, "a pattern without a \"label\"");
    }
    if (id != NULL && !json_is_string(id)) {
        return names_fail(r, false, column_of(line, "\"id\""), e,
                          "\"id\" must be a string");
    }
    enum status s = STATUS_OK;
    if (json_is_string(pattern)) {
        buf_slice(&r->name, text_of(pattern));
    } else if (json_is_array(pattern)) {
        s = read_tokens(r, line, pattern, out, e);
    } else {
        return names_fail(r, false, 1, e,
                          "a pattern without a \"pattern\", a string or an "
                          "array of tokens");
    }
    if (s == STATUS_OK && slice_trim(buf_view(&r->name)).len == 0) {
        return names_fail(r, false, column_of(line, "\"pattern\""), e,
                          "an empty pattern");
    }
    buf_slice(&r->label_text, text_of(label));
    if (id != NULL) {
        buf_slice(&r->id, text_of(id));
    }
    return s;
}

/* jansson tells of lost memory as of bad JSON at times. What can be read the
 * second time, or memory that is still not to be had, tells them apart. */
static json_t *load(struct names_reader *r, struct slice line, bool *nomem,
                    json_error_t *why)
{
    json_t *object = NULL;
    for (int i = 0; object == NULL && i < 2; i++) {
        object = json_loadb(line.data, line.len, JSON_REJECT_DUPLICATES, why);
    }
    if (object == NULL) {
        size_t size = line.len + 4096;
        void *probe = alloc_get(r->name.alloc, size);
        *nomem =
            probe == NULL || json_error_code(why) == json_error_out_of_memory;
        alloc_free(r->name.alloc, probe, size);
    }
    return object;
}

enum status names_spacy(struct names_reader *r, struct slice line,
                        struct list_entry *out, struct err *e)
{
    json_error_t why;
    bool nomem = false;
    json_t *object = load(r, line, &nomem, &why);
    enum status s = STATUS_OK;
    if (nomem) {
        s = err_nomem(e);
    } else if (object == NULL) {
        size_t at = why.position > 0 ? (size_t)why.position : 1;
        s = names_fail(r, false, at, e, "not JSON: %s", why.text);
    } else if (!json_is_object(object)) {
        s = names_fail(r, false, 1, e, "a JSON object on each line expected");
    } else {
        s = read_pattern(r, line, object, out, e);
    }
    json_decref(object);
    return s;
}
