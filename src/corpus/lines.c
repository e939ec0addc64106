#include "corpus/lines.h"

#include <string.h>

#include "text/limits.h"
#include "text/token.h"
#include "text/utf8.h"

void lines_open(struct lines *l, struct slice text)
{
    *l = (struct lines){.text = text, .pos = slice_mark(text)};
}

bool lines_next(struct lines *l, struct line *out)
{
    if (l->pos >= l->text.len) {
        return false;
    }
    const char *begin = l->text.data + l->pos;
    size_t rest = l->text.len - l->pos;
    const char *end = memchr(begin, '\n', rest);
    size_t len = end != NULL ? (size_t)(end - begin) : rest;
    l->pos += len + (end != NULL);
    len -= len > 0 && begin[len - 1] == '\r';
    *out = (struct line){slice_of(begin, len), ++l->number};
    return true;
}

size_t line_columns(struct slice line, struct slice *columns, size_t max)
{
    size_t n = 0;
    while (n < max) {
        const char *tab =
            line.len > 0 ? memchr(line.data, '\t', line.len) : NULL;
        size_t len = tab != NULL ? (size_t)(tab - line.data) : line.len;
        columns[n++] = slice_trim(slice_of(line.data, len));
        if (tab == NULL) {
            return n;
        }
        line = slice_of(line.data + len + 1, line.len - len - 1);
    }
    return max + 1;
}

const char *line_column(struct slice line, size_t i)
{
    const char *at = line.data;
    const char *end = line.data + line.len;
    while (i-- > 0) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        if (tab == NULL) {
            return end;
        }
        at = tab + 1;
    }
    return at;
}

bool line_key(struct slice *keys, struct slice *key, struct slice *value)
{
    if (keys->len == 0) {
        return false;
    }
    const char *comma = memchr(keys->data, ',', keys->len);
    size_t len = comma != NULL ? (size_t)(comma - keys->data) : keys->len;
    struct slice item = slice_trim(slice_of(keys->data, len));
    const char *equals = item.len > 0 ? memchr(item.data, '=', item.len) : NULL;
    size_t used = len + (comma != NULL);
    *keys = slice_of(keys->data + used, keys->len - used);
    *key = (struct slice){0};
    *value = item;
    if (equals != NULL) {
        *key = slice_of(item.data, (size_t)(equals - item.data));
        *value = slice_of(equals + 1, item.len - key->len - 1);
    }
    return true;
}

bool line_number(struct slice text, int most, int *out)
{
    bool negative = text.len > 0 && text.data[0] == '-';
    size_t i = negative;
    int value = 0;
    if (i == text.len) {
        return false;
    }
    for (; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        value = value * 10 + (text.data[i] - '0');
        if (value > most) {
            return false;
        }
    }
    *out = negative ? -value : value;
    return true;
}

enum status line_fail(const struct line *line, const char *where, struct err *e,
                      const char *message, struct slice subject)
{
    int shown = subject.len > 80 ? 80 : (int)subject.len;
    return err_at(e, STATUS_SYNTAX, line->number,
                  (size_t)(where - line->text.data) + 1, "%s: '%.*s'", message,
                  shown, subject.data);
}

/* Is one of the items from first up to the key of the same key? */
static bool came_before(const char *first, struct slice key)
{
    struct slice keys = slice_of(first, (size_t)(key.data - first));
    struct slice before, value;
    while (line_key(&keys, &before, &value)) {
        if (before.data != NULL && slice_eq(before, key)) {
            return true;
        }
    }
    return false;
}

enum status line_next_key(const struct line *line, const char *first,
                          struct slice *keys, struct slice *key,
                          struct slice *value, bool *found, struct err *e)
{
    const char *at = keys->data;
    *found = line_key(keys, key, value);
    if (*found && key->data == NULL) {
        return line_fail(line, at, e, "key=value expected, not", *value);
    }
    if (*found && came_before(first, *key)) {
        return line_fail(line, key->data, e, "this key is there twice", *key);
    }
    return STATUS_OK;
}

enum status line_check(const struct line *line, struct err *e)
{
    struct slice text = line->text;
    size_t bad = utf8_invalid(text.data, text.len);
    const char *nul = text.len > 0 ? memchr(text.data, '\0', text.len) : NULL;
    if (nul != NULL && (size_t)(nul - text.data) < bad) {
        return err_at(e, STATUS_SYNTAX, line->number,
                      (size_t)(nul - text.data) + 1, "a NUL byte");
    }
    if (bad < text.len) {
        return err_at(e, STATUS_SYNTAX, line->number, bad + 1,
                      "invalid UTF-8 (byte 0x%02x)",
                      (unsigned)(unsigned char)text.data[bad]);
    }
    return STATUS_OK;
}

enum status line_check_name(struct slice name, size_t number, struct err *e)
{
    struct token t;
    if (name.len > LIMIT_NAME) {
        return err_at(e, STATUS_LIMIT, number, 1,
                      "a name of more than %d bytes: '%.80s...'", LIMIT_NAME,
                      name.data);
    }
    for (size_t at = 0; name.len > LIMIT_WORD && token_next(name, at, &t);) {
        if (t.end - t.start > LIMIT_WORD) {
            return err_at(e, STATUS_LIMIT, number, t.start + 1,
                          "a word of more than %d bytes: '%.80s...'",
                          LIMIT_WORD, name.data + t.start);
        }
        at = t.end;
    }
    return STATUS_OK;
}
