#include "corpus/rule_lines.h"

enum { COLUMNS_MAX = 3 };

void rule_reader_open(struct rule_reader *r, struct slice text)
{
    lines_open(&r->lines, text);
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
    return line_number(value, RULE_PRIORITY_MAX, &out->priority)
               ? NULL
               : "priority must be a whole number from -1000 to 1000, not";
}

static bool is_key(struct slice key)
{
    return slice_is(key, "case") || slice_is(key, "words") ||
           slice_is(key, "word") || slice_is(key, "id") ||
           slice_is(key, "priority");
}

static enum status parse_keys(const struct line *line, struct slice keys,
                              struct rule_line *out, struct err *e)
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
        if (found && !is_key(key)) {
            return line_fail(
                line, key.data, e,
                "unknown key (known: case, words, word, id, priority)", key);
        }
        const char *wrong = found ? set_value(key, value, out) : NULL;
        if (wrong != NULL) {
            return line_fail(line, value.data, e, wrong, value);
        }
    }
    return STATUS_OK;
}

static enum status parse_line(const struct line *line, struct rule_line *out,
                              struct err *e)
{
    struct slice columns[COLUMNS_MAX];
    size_t n = line_columns(line->text, columns, COLUMNS_MAX);
    enum status s = line_check(line, e);
    if (s != STATUS_OK) {
        return s;
    }
    if (n > COLUMNS_MAX) {
        return line_fail(line, line_column(line->text, COLUMNS_MAX), e,
                         "too many columns; label TAB pattern TAB "
                         "key=value,... expected, not",
                         line->text);
    }
    if (n < 2 || columns[1].len == 0) {
        return line_fail(
            line, line->text.data + line->text.len, e,
            "a label without a pattern; label TAB pattern expected, not",
            line->text);
    }
    if (columns[0].len == 0) {
        return line_fail(line, line->text.data, e, "a pattern without a label",
                         columns[1]);
    }
    out->label = columns[0];
    out->pattern = columns[1];
    out->column = (size_t)(columns[1].data - line->text.data) + 1;
    return n > 2 ? parse_keys(line, columns[2], out, e) : STATUS_OK;
}

enum status rule_reader_next(struct rule_reader *r, struct rule_line *out,
                             bool *found, struct err *e)
{
    struct line line;
    while (lines_next(&r->lines, &line)) {
        if (slice_trim(line.text).len == 0 || line.text.data[0] == '#') {
            continue;
        }
        struct rule_line rule = {.id = slice_of("", 0),
                                 .words = slice_of("", 0),
                                 .line = line.number};
        enum status s = parse_line(&line, &rule, e);
        if (s == STATUS_OK) {
            *out = rule;
            *found = true;
        }
        return s;
    }
    *found = false;
    return STATUS_OK;
}
