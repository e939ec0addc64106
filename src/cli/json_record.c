#include "cli/json_record.h"

#include <stdio.h>
#include <string.h>

struct json_record_at json_record_of(const struct json_item *item,
                                     const char *data)
{
    return (struct json_record_at){.data = data + item->at,
                                   .len = item->len,
                                   .number = item->number,
                                   .item = item};
}

/* Put more behind the message. */
static void go_on(gaz_error *e, const char *more)
{
    size_t n = strlen(e->message);
    (void)snprintf(e->message + n, sizeof e->message - n, "%s", more);
}

/* ---- lines */

/* A file whose records are no lines is told how to be read. */
static void hint(const struct json_record_at *at, gaz_error *e)
{
    static const char ends[] = " (the record ends here)";
    size_t n = strlen(e->message);
    size_t k = sizeof ends - 1;
    const char *p = at->data;
    const char *end = p + at->len;
    while (p < end && (*p == ' ' || *p == '\t')) {
        p++;
    }
    if (at->first && p < end && *p == '[') {
        go_on(e, "; -f json reads an array of them");
    } else if (n > k && memcmp(e->message + n - k, ends, k) == 0) {
        e->message[n - 1] = '\0';
        go_on(e, "; -f json reads one that goes on in the next line)");
    }
}

/* ---- items */

/* An object without an end: most often there is a fault in it. */
static gaz_status read_endless(gaz_record *record,
                               const gaz_record_fields *fields,
                               const struct json_record_at *at, gaz_error *e)
{
    const struct json_item *item = at->item;
    bool cut = item->kind == JSON_OPEN;
    char more[160];
    gaz_status s =
        gaz_record_read(record, fields, at->data, at->len, item->line, e);
    if (s == GAZ_NOMEM) {
        return s;
    }
    /* The last character may be half a one. */
    bool good = s == GAZ_OK || e->column + 3 > at->len;
    if (good) {
        *e = (gaz_error){.code = cut ? GAZ_SYNTAX : GAZ_LIMIT,
                         .line = item->line,
                         .column = 1};
        (void)snprintf(more, sizeof more,
                       "this record is too long: it may have %d MB",
                       RECORD_SIZE_MAX >> 20);
        go_on(e, cut ? "the file ends inside this record: a '}' is wanted, or "
                       "the file is cut off"
                     : more);
        return e->code;
    }
    (void)snprintf(more, sizeof more,
                   "; the record that begins at %zu:%zu goes on %s", item->line,
                   item->column,
                   cut ? "to the file's end" : "beyond what one may have");
    go_on(e, more);
    return s;
}

/* What is wrong with an item that is no object where one may stand. */
static const char *fault(const struct json_record_at *at)
{
    enum json_place place = at->item->place;
    char c = at->len > 0 ? at->data[0] : '\0';
    switch (at->item->kind) {
    case JSON_NO_COMMA:
        return "a ',' is wanted between two records of an array";
    case JSON_NO_END:
        return "the file ends inside an array: a ']' is wanted, or the file is "
               "cut off";
    case JSON_STRAY:
        return c == ','   ? "no ',' may stand here: it parts two records of an "
                            "array"
               : c == '}' ? "no '}' may stand here: the record before has ended"
               : place == JSON_VALUE
                   ? "no ']' may stand here: a record is wanted behind the ','"
                   : "no ']' may stand here: there is no '[' that it ends";
    default:
        return place == JSON_BEHIND
                   ? "this follows the array's ']', where only records may"
                   : "no record: it must be a JSON object, {...}";
    }
}

static gaz_status read_item(gaz_record *record, const gaz_record_fields *fields,
                            const struct json_record_at *at, gaz_error *e)
{
    const struct json_item *item = at->item;
    switch (item->kind) {
    case JSON_RECORD:
        return gaz_record_read(record, fields, at->data, at->len, item->line,
                               e);
    case JSON_OPEN:
    case JSON_LONG: return read_endless(record, fields, at, e);
    default:
        *e = (gaz_error){.code = GAZ_SYNTAX, .line = item->line, .column = 1};
        go_on(e, fault(at));
        return e->code;
    }
}

gaz_status json_record_read(gaz_record *record, const gaz_record_fields *fields,
                            const struct json_record_at *at, gaz_error *e)
{
    if (at->item != NULL) {
        return read_item(record, fields, at, e);
    }
    gaz_status s =
        gaz_record_read(record, fields, at->data, at->len, at->number, e);
    if (s == GAZ_SYNTAX) {
        hint(at, e);
    }
    return s;
}

void json_record_place(const struct json_record_at *at, gaz_error *e)
{
    if (at->item == NULL || e->column == 0) {
        return;
    }
    size_t offset = e->column - 1 < at->len ? e->column - 1 : at->len;
    const char *p = at->data;
    const char *end = p + offset;
    const char *newline = NULL;
    e->line = at->item->line;
    e->column = at->item->column + offset;
    while (offset > 0 &&
           (newline = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        p = newline + 1;
        e->line++;
        e->column = (size_t)(end - p) + 1;
    }
}

size_t json_record_flat(struct out *out, const char *data, size_t len)
{
    const char *p = data;
    const char *end = data + len;
    size_t sum = 0;
    while (p < end) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((newline != NULL ? newline : end) - p);
        const char *next = newline != NULL ? newline + 1 : end;
        n -= newline != NULL && n > 0 && p[n - 1] == '\r';
        if (out != NULL) {
            out_bytes(out, p, n);
        }
        sum += n;
        while (newline != NULL && next < end &&
               (*next == ' ' || *next == '\t' || *next == '\r')) {
            next++;
        }
        p = next;
    }
    return sum;
}
