/* A line of RegexNER's and of GATE's lists, and what all formats share. */
#include "corpus/names_line.h"

#include <stdarg.h>
#include <stdio.h>

#include "text/join.h"

enum { COLUMNS_MAX = 5 };

enum status names_fail(struct names_reader *r, bool unsupported, size_t column,
                       struct err *e, const char *format, ...)
{
    char message[ERR_MESSAGE_SIZE];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    r->unsupported = unsupported;
    return err_at(e, STATUS_SYNTAX, r->lines.number, column, "%s", message);
}

void names_token(struct names_reader *r, const struct slice *before,
                 struct slice token)
{
    join_token(before, token, &r->name);
}

/* ---- RegexNER ---- */

/* A token's regular expression that stands for one string only, its escapes
 * taken off, appended to r->id (which is free: the format has no ids). */
static enum status literal(struct names_reader *r, struct slice pattern,
                           size_t column, struct err *e)
{
    for (size_t i = 0; i < pattern.len; i++) {
        char c = pattern.data[i];
        if (c == '\\' && i + 1 < pattern.len) {
            char next = pattern.data[++i];
            bool plain = (next >= '0' && next <= '9') ||
                         (next >= 'a' && next <= 'z') ||
                         (next >= 'A' && next <= 'Z');
            if (plain) {
                return names_fail(r, true, column + i, e,
                                  "a regular expression, which a name list "
                                  "cannot say: '\\%c'",
                                  next);
            }
            c = next;
        } else if (c == '\\' || (c != '\0' && strchr("^$.|?*+()[]{}", c))) {
            return names_fail(r, true, column + i, e,
                              "a regular expression, which a name list "
                              "cannot say: '%c' (if it stands for itself, "
                              "write '\\%c')",
                              c, c);
        }
        buf_byte(&r->id, c);
    }
    return STATUS_OK;
}

static enum status tokens_of(struct names_reader *r, struct slice pattern,
                             struct slice line, struct err *e)
{
    size_t i = 0;
    size_t before_from = 0;
    size_t count = 0;
    while (i < pattern.len) {
        size_t from = i;
        while (i < pattern.len && pattern.data[i] != ' ') {
            i++;
        }
        if (i > from) {
            size_t column = (size_t)(pattern.data - line.data) + from + 1;
            size_t at = r->id.len;
            enum status s =
                literal(r, slice_of(pattern.data + from, i - from), column, e);
            if (s != STATUS_OK || !buf_ok(&r->id)) {
                return s != STATUS_OK ? s : err_nomem(e);
            }
            struct slice before =
                slice_of(r->id.data + before_from, at - before_from);
            names_token(r, count++ > 0 ? &before : NULL,
                        slice_of(r->id.data + at, r->id.len - at));
            before_from = at;
        }
        i++;
    }
    return STATUS_OK;
}

/* "2" or "2.0": decimals are only good when they are zeros. */
static bool parse_priority(struct slice text, int *out)
{
    const char *point = memchr(text.data, '.', text.len);
    size_t whole = point != NULL ? (size_t)(point - text.data) : text.len;
    for (size_t i = whole + 1; i < text.len; i++) {
        if (text.data[i] != '0') {
            return false;
        }
    }
    return line_number(slice_of(text.data, whole), LIST_PRIORITY_MAX, out);
}

enum status names_regexner(struct names_reader *r, struct slice line,
                           struct list_entry *out, struct err *e)
{
    struct slice columns[COLUMNS_MAX];
    size_t n = line_columns(line, columns, COLUMNS_MAX);
    if (n > COLUMNS_MAX) {
        const char *last = columns[COLUMNS_MAX - 1].data;
        size_t at = (size_t)(last - line.data) + columns[COLUMNS_MAX - 1].len;
        return names_fail(r, false, at + 1, e, "more than %d columns",
                          COLUMNS_MAX);
    }
    if (n < 2 || columns[0].len == 0 || columns[1].len == 0) {
        return names_fail(r, false, 1, e,
                          "pattern TAB label expected (RegexNER)");
    }
    enum status s = tokens_of(r, columns[0], line, e);
    if (s != STATUS_OK) {
        return s;
    }
    if (n > 3 && columns[3].len > 0 &&
        !parse_priority(columns[3], &out->priority)) {
        return names_fail(r, true, (size_t)(columns[3].data - line.data) + 1, e,
                          "priority '%.*s'; a whole number from -1000 to 1000 "
                          "can be kept",
                          (int)columns[3].len, columns[3].data);
    }
    buf_slice(&r->label_text, columns[1]);
    buf_clear(&r->id);
    return STATUS_OK;
}

/* ---- GATE ---- */

/* Where the separator begins, or the length of the line. */
static size_t find_separator(const struct names_reader *r, struct slice line)
{
    size_t n = r->separator.len;
    for (size_t i = 0; n > 0 && i + n <= line.len; i++) {
        if (memcmp(line.data + i, r->separator.data, n) == 0) {
            return i;
        }
    }
    return line.len;
}

enum status names_bare(struct names_reader *r, struct slice line, struct err *e)
{
    size_t at = find_separator(r, line);
    struct slice name = slice_trim(slice_of(line.data, at));
    if (name.len == 0) {
        return names_fail(r, false, 1, e, "features without a name");
    }
    buf_slice(&r->name, name);
    buf_slice(&r->label_text, r->label);
    while (at < line.len) {
        at += r->separator.len;
        struct slice rest = slice_of(line.data + at, line.len - at);
        size_t n = find_separator(r, rest);
        struct slice feature = slice_trim(slice_of(rest.data, n));
        const char *equals =
            feature.len > 0 ? memchr(feature.data, '=', feature.len) : NULL;
        if (equals == NULL) {
            return names_fail(r, false, at + 1, e,
                              "a feature is name=value, not '%.*s'",
                              (int)feature.len, feature.data);
        }
        if (equals - feature.data == 2 && memcmp(feature.data, "id", 2) == 0) {
            buf_clear(&r->id);
            buf_add(&r->id, equals + 1, feature.len - 3);
        }
        at += n;
    }
    return STATUS_OK;
}
