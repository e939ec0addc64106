#include "corpus/rule_lines.h"

#include "corpus/source.h"

enum { COLUMNS_MAX = 3 };

void rule_reader_open(struct rule_reader *r, struct slice text)
{
    r->text = text;
    r->pos = text.len >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    r->line = 0;
}

static bool next_line(struct rule_reader *r, struct slice *out)
{
    if (r->pos >= r->text.len) {
        return false;
    }
    const char *begin = r->text.data + r->pos;
    size_t rest = r->text.len - r->pos;
    const char *end = memchr(begin, '\n', rest);
    size_t len = end != NULL ? (size_t)(end - begin) : rest;
    r->pos += len + (end != NULL);
    r->line++;
    *out = slice_of(begin, len > 0 && begin[len - 1] == '\r' ? len - 1 : len);
    return true;
}

/* Cut at TABs; the number of columns, COLUMNS_MAX + 1 for too many. */
static size_t split(struct slice line, struct slice *columns)
{
    size_t n = 0;
    while (n < COLUMNS_MAX) {
        const char *tab =
            line.len > 0 ? memchr(line.data, '\t', line.len) : NULL;
        size_t len = tab != NULL ? (size_t)(tab - line.data) : line.len;
        columns[n++] = slice_trim(slice_of(line.data, len));
        if (tab == NULL) {
            return n;
        }
        line = slice_of(line.data + len + 1, line.len - len - 1);
    }
    return COLUMNS_MAX + 1;
}

struct place {
    size_t number;
    struct slice line;
};

static enum status fail(const struct place *at, const char *where,
                        struct err *e, const char *message,
                        struct slice subject)
{
    int shown = subject.len > 80 ? 80 : (int)subject.len;
    return err_at(e, STATUS_SYNTAX, at->number,
                  (size_t)(where - at->line.data) + 1, "%s: '%.*s'", message,
                  shown, subject.data);
}

static bool parse_priority(struct slice text, int *out)
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
        if (value > RULE_PRIORITY_MAX) {
            return false;
        }
    }
    *out = negative ? -value : value;
    return true;
}

/* NULL, or what is wrong with the value. */
static const char *set_value(struct slice key, struct slice value,
                             struct rule_line *out)
{
    if (slice_is(key, "case")) {
        out->fold = slice_is(value, "fold");
        return out->fold || slice_is(value, "exact")
                   ? NULL
                   : "case must be exact or fold, not";
    }
    if (slice_is(key, "words")) {
        out->inside_words = slice_is(value, "no");
        return out->inside_words || slice_is(value, "yes")
                   ? NULL
                   : "words must be yes or no, not";
    }
    if (slice_is(key, "word")) {
        out->words = value;
        return value.len > 0 ? NULL : "this key wants words, as in word=a|b";
    }
    if (slice_is(key, "id")) {
        out->id = value;
        return NULL;
    }
    return parse_priority(value, &out->priority)
               ? NULL
               : "priority must be a whole number from -1000 to 1000, not";
}

static bool is_key(struct slice key)
{
    return slice_is(key, "case") || slice_is(key, "words") ||
           slice_is(key, "word") || slice_is(key, "id") ||
           slice_is(key, "priority");
}

static enum status parse_keys(const struct place *at, struct slice keys,
                              struct rule_line *out, struct err *e)
{
    while (keys.len > 0) {
        const char *comma = memchr(keys.data, ',', keys.len);
        size_t len = comma != NULL ? (size_t)(comma - keys.data) : keys.len;
        struct slice item = slice_trim(slice_of(keys.data, len));
        const char *equals =
            item.len > 0 ? memchr(item.data, '=', item.len) : NULL;
        if (equals == NULL) {
            return fail(at, keys.data, e, "key=value expected, not", item);
        }
        struct slice key = slice_of(item.data, (size_t)(equals - item.data));
        struct slice value = slice_of(equals + 1, item.len - key.len - 1);
        if (!is_key(key)) {
            return fail(at, key.data, e,
                        "unknown key (known: case, words, word, id, priority)",
                        key);
        }
        const char *wrong = set_value(key, value, out);
        if (wrong != NULL) {
            return fail(at, value.data, e, wrong, value);
        }
        size_t used = len + (comma != NULL);
        keys = slice_of(keys.data + used, keys.len - used);
    }
    return STATUS_OK;
}

static enum status parse_line(const struct place *at, struct rule_line *out,
                              struct err *e)
{
    struct slice line = at->line;
    struct slice columns[COLUMNS_MAX];
    size_t n = split(line, columns);
    enum status s = source_check_line(line, at->number, e);
    if (s != STATUS_OK) {
        return s;
    }
    if (n > COLUMNS_MAX) {
        return fail(at, line.data, e,
                    "too many columns; label TAB pattern TAB key=value,... "
                    "expected",
                    line);
    }
    if (n < 2 || columns[1].len == 0) {
        return fail(at, line.data + line.len, e,
                    "a label without a pattern; label TAB pattern expected",
                    line);
    }
    if (columns[0].len == 0) {
        return fail(at, line.data, e, "a pattern without a label", columns[1]);
    }
    out->label = columns[0];
    out->pattern = columns[1];
    out->column = (size_t)(columns[1].data - line.data) + 1;
    return n > 2 ? parse_keys(at, columns[2], out, e) : STATUS_OK;
}

enum status rule_reader_next(struct rule_reader *r, struct rule_line *out,
                             bool *found, struct err *e)
{
    struct slice line = {0};
    while (next_line(r, &line)) {
        if (slice_trim(line).len == 0 || line.data[0] == '#') {
            continue;
        }
        struct place at = {r->line, line};
        struct rule_line rule = {
            .id = slice_of("", 0), .words = slice_of("", 0), .line = r->line};
        enum status s = parse_line(&at, &rule, e);
        if (s == STATUS_OK) {
            *out = rule;
            *found = true;
        }
        return s;
    }
    *found = false;
    return STATUS_OK;
}
