#include "corpus/list.h"

#include <string.h>

enum { COLUMNS_MAX = 4 };

struct list_entry list_entry_of(size_t line)
{
    struct slice empty = slice_of("", 0);
    struct list_entry entry = {.id = empty, .line = line};
    for (size_t i = 0; i < LIST_CONTEXT_COUNT; i++) {
        entry.context[i] = empty;
    }
    return entry;
}

void list_open(struct list_reader *r, struct slice text)
{
    lines_open(&r->lines, text);
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
        return line_number(value, LIST_PRIORITY_MAX, &out->priority)
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

static enum status parse_keys(const struct line *line, struct slice keys,
                              struct list_entry *out, struct err *e)
{
    const char *first = keys.data;
    struct slice key, value;
    bool found = true;
    while (found) {
        enum status s =
            line_next_key(line, first, &keys, &key, &value, &found, e);
        if (s != STATUS_OK) {
            return s;
        }
        const char *wrong = found ? set_value(key, value, out) : NULL;
        if (wrong != NULL) {
            return line_fail(line, key.data, e, wrong,
                             strstr(wrong, "unknown") == wrong ? key : value);
        }
    }
    return STATUS_OK;
}

/* "case=fold" in the column of the id is meant for the one behind it. */
static bool is_misplaced(struct slice id)
{
    static const char *const keys[] = {
        "case", "plural", "kind", "priority", "version", "short", "need",
        "next", "prev",   "not",  "notnext",  "notprev", NULL};
    struct slice key, value;
    return line_key(&id, &key, &value) && key.data != NULL &&
           choose(key, keys) >= 0;
}

/* The first columns of a line: there must be a name and a label. */
static enum status check_columns(const struct line *line,
                                 const struct slice *columns, size_t n,
                                 struct err *e)
{
    const char *const text = line->text.data;
    if (n > COLUMNS_MAX) {
        return line_fail(line, line_column(line->text, COLUMNS_MAX), e,
                         "too many columns; name TAB label TAB id TAB "
                         "key=value,... expected, not",
                         line->text);
    }
    if (n < 2) {
        return line_fail(line, text + line->text.len, e,
                         "a name without a label; name TAB label expected, not",
                         line->text);
    }
    if (columns[1].len == 0) {
        return line_fail(line, line_column(line->text, 1), e,
                         "the label is empty; name TAB label expected, not",
                         line->text);
    }
    if (columns[0].len == 0) {
        return line_fail(line, text, e, "a label without a name", columns[1]);
    }
    if (n == 3 && is_misplaced(columns[2])) {
        return line_fail(line, columns[2].data, e,
                         "keys stand in the fourth column, behind the id or "
                         "two TABs; an id expected, not",
                         columns[2]);
    }
    return line_check_name(columns[0], line->number, e);
}

static enum status parse_line(const struct line *line, struct list_entry *out,
                              struct err *e)
{
    struct slice columns[COLUMNS_MAX];
    size_t n = line_columns(line->text, columns, COLUMNS_MAX);
    enum status s = line_check(line, e);
    if (s == STATUS_OK) {
        s = check_columns(line, columns, n, e);
    }
    if (s != STATUS_OK) {
        return s;
    }
    out->name = columns[0];
    out->label = columns[1];
    out->id = n > 2 ? columns[2] : slice_of("", 0);
    out->veto = slice_is(columns[1], "-");
    s = n > 3 ? parse_keys(line, columns[3], out, e) : STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < LIST_CONTEXT_COUNT; i++) {
        if (out->veto && out->context[i].len > 0) {
            s = line_fail(
                line, columns[3].data, e,
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
    struct line line;
    while (lines_next(&r->lines, &line)) {
        if (slice_trim(line.text).len == 0 || line.text.data[0] == '#') {
            continue;
        }
        struct list_entry entry = list_entry_of(line.number);
        enum status s = parse_line(&line, &entry, e);
        if (s == STATUS_OK) {
            *out = entry;
            *found = true;
        }
        return s;
    }
    *found = false;
    return STATUS_OK;
}
