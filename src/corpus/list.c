#include "corpus/list.h"

#include <string.h>

#include "corpus/source.h"

enum { COLUMNS_MAX = 4 };

void list_open(struct list_reader *r, struct slice text)
{
    r->text = text;
    r->pos = text.len >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    r->line = 0;
}

static bool next_line(struct list_reader *r, struct slice *out)
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
    if (len > 0 && begin[len - 1] == '\r') {
        len--;
    }
    *out = slice_of(begin, len);
    return true;
}

/* Cut at TABs; the number of columns, or COLUMNS_MAX + 1 for too many. */
static size_t split(struct slice line, struct slice *columns)
{
    size_t n = 0;
    const char *p = line.data;
    const char *end = line.data + line.len;
    for (;;) {
        const char *tab = memchr(p, '\t', (size_t)(end - p));
        const char *stop = tab != NULL ? tab : end;
        if (n == COLUMNS_MAX) {
            return COLUMNS_MAX + 1;
        }
        columns[n++] = slice_trim(slice_of(p, (size_t)(stop - p)));
        if (tab == NULL) {
            return n;
        }
        p = tab + 1;
    }
}

struct place {
    const struct list_reader *reader;
    struct slice line;
};

static enum status fail(const struct place *at, const char *where,
                        struct err *e, const char *message,
                        struct slice subject)
{
    int shown = subject.len > 80 ? 80 : (int)subject.len;
    return err_at(e, STATUS_SYNTAX, at->reader->line,
                  (size_t)(where - at->line.data) + 1, "%s: '%.*s'", message,
                  shown, subject.data);
}

static bool parse_priority(struct slice text, int *out)
{
    size_t i = 0;
    bool negative = text.len > 0 && text.data[0] == '-';
    i += negative;
    int value = 0;
    if (i == text.len) {
        return false;
    }
    for (; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        value = value * 10 + (text.data[i] - '0');
        if (value > LIST_PRIORITY_MAX) {
            return false;
        }
    }
    *out = negative ? -value : value;
    return true;
}

/* The position of word in a NULL-ended table, or -1. */
static int choose(struct slice word, const char *const *table)
{
    for (int i = 0; table[i] != NULL; i++) {
        if (slice_is(word, table[i])) {
            return i;
        }
    }
    return -1;
}

static const char *set_value(struct slice key, struct slice value,
                             struct list_entry *out)
{
    static const char *const cases[] = {"exact", "fold", "smart", NULL};
    static const char *const plurals[] = {"no", "yes", NULL};
    static const char *const kinds[] = {"name", "alias", "acronym", "generic",
                                        NULL};
    static const char *const answers[] = {"yes", "no", NULL};
    static const char *const contexts[] = {"need",    "next",    "prev", "not",
                                           "notnext", "notprev", NULL};
    int i = 0;
    if (slice_is(key, "case")) {
        i = choose(value, cases);
        out->letter_case = (enum list_case)(i + 1);
        return i < 0 ? "case must be exact, fold or smart, not" : NULL;
    }
    if (slice_is(key, "plural")) {
        i = choose(value, plurals);
        out->plural = (enum list_plural)(i + 1);
        return i < 0 ? "plural must be yes or no, not" : NULL;
    }
    if (slice_is(key, "kind")) {
        i = choose(value, kinds);
        out->kind = i < 0 ? LIST_KIND_NAME : (enum list_kind)i;
        return i < 0 ? "kind must be name, alias, acronym or generic, not"
                     : NULL;
    }
    if (slice_is(key, "priority")) {
        return parse_priority(value, &out->priority)
                   ? NULL
                   : "priority must be a whole number from -1000 to 1000, not";
    }
    if (slice_is(key, "version")) {
        i = choose(value, answers);
        out->no_version = i == 1;
        return i < 0 ? "version must be yes or no, not" : NULL;
    }
    if (slice_is(key, "short")) {
        i = choose(value, answers);
        out->no_short = i == 1;
        return i < 0 ? "short must be yes or no, not" : NULL;
    }
    i = choose(key, contexts);
    if (i >= 0) {
        out->context[i] = value;
        return value.len > 0 ? NULL
                             : "this key wants words, as in need=compiler|code";
    }
    return "unknown key (known: case, plural, kind, priority, version, short, "
           "need, next, prev, not, notnext, notprev)";
}

static enum status parse_keys(const struct place *at, struct slice keys,
                              struct list_entry *out, struct err *e)
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
        const char *wrong = set_value(key, value, out);
        if (wrong != NULL) {
            return fail(at, key.data, e, wrong,
                        strstr(wrong, "unknown") == wrong ? key : value);
        }
        size_t used = len + (comma != NULL);
        keys = slice_of(keys.data + used, keys.len - used);
    }
    return STATUS_OK;
}

static enum status parse_line(const struct place *at, struct list_entry *out,
                              struct err *e)
{
    struct slice line = at->line;
    struct slice columns[COLUMNS_MAX];
    size_t n = split(line, columns);
    enum status s = source_check_line(line, at->reader->line, e);
    if (s != STATUS_OK) {
        return s;
    }
    if (n > COLUMNS_MAX) {
        return fail(at, line.data, e,
                    "too many columns; name TAB label TAB id TAB key=value,... "
                    "expected",
                    line);
    }
    if (n < 2 || columns[1].len == 0) {
        return fail(at, line.data + line.len, e,
                    "a name without a label; name TAB label expected", line);
    }
    if (columns[0].len == 0) {
        return fail(at, line.data, e, "a label without a name", columns[1]);
    }
    if (columns[0].len > LIST_NAME_MAX) {
        return fail(at, line.data, e, "a name of over a million bytes",
                    columns[0]);
    }
    out->name = columns[0];
    out->label = columns[1];
    out->id = n > 2 ? columns[2] : slice_of("", 0);
    out->veto = slice_is(columns[1], "-");
    s = n > 3 ? parse_keys(at, columns[3], out, e) : STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < LIST_CONTEXT_COUNT; i++) {
        if (out->veto && out->context[i].len > 0) {
            s = fail(at, columns[3].data, e,
                     "a veto (label '-') takes no context (need, next, not, "
                     "...)",
                     columns[3]);
        }
    }
    return s;
}

enum status list_next(struct list_reader *r, struct list_entry *out,
                      bool *found, struct err *e)
{
    struct slice line = {0};
    while (next_line(r, &line)) {
        struct slice trimmed = slice_trim(line);
        if (trimmed.len == 0 || line.data[0] == '#') {
            continue;
        }
        struct place at = {r, line};
        struct list_entry entry = {.line = r->line};
        for (size_t i = 0; i < LIST_CONTEXT_COUNT; i++) {
            entry.context[i] = slice_of("", 0);
        }
        enum status s = parse_line(&at, &entry, e);
        if (s == STATUS_OK) {
            *out = entry;
            *found = true;
        }
        return s;
    }
    *found = false;
    return STATUS_OK;
}
