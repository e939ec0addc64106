#include "build/lint.h"

#include <stdlib.h>
#include <string.h>

#include "model/lexicon.h"

static enum status add_entry(struct lint *l, const struct list_entry *entry,
                             size_t number, struct slice line, struct err *e)
{
    uint32_t id = 0;
    void *entries = l->entries;
    if (!alloc_grow(l->alloc, &entries, &l->entry_capacity, l->entry_count + 1,
                    sizeof *l->entries)) {
        return err_nomem(e);
    }
    l->entries = entries;
    struct lint_entry *to = &l->entries[l->entry_count];
    *to = (struct lint_entry){*entry, (uint32_t)l->source_count - 1,
                              (size_t)(entry->name.data - line.data) + 1};
    to->entry.line = number;
    if (to->entry.letter_case == LIST_CASE_UNSET) {
        to->entry.letter_case = LIST_CASE_SMART;
    }
    if (!entry->veto && !strmap_put(l->labels, entry->label, &id, NULL)) {
        return err_nomem(e);
    }
    l->entry_count++;
    return STATUS_OK;
}

/* A comment that would be a good line with a blank in front: "#MeToo TAB
 * Hashtag". */
static void check_comment(struct lint *l, uint32_t source, size_t number,
                          struct slice line)
{
    bool name = line.len > 1 && line.data[0] == '#' &&
                strchr(" \t#!", line.data[1]) == NULL;
    if (name && memchr(line.data, '\t', line.len) != NULL) {
        lint_report(l, false, "comment", source, number, 1,
                    "a comment; with a blank in front of the '#' it is a name: "
                    "'%.*s'",
                    line.len < 80 ? (int)line.len : 80, line.data);
    }
}

enum status lint_add_list(struct lint *l, struct slice name, struct slice text,
                          struct err *e)
{
    enum status s = lint_add_source(l, name, text, e);
    if (s != STATUS_OK) {
        return s;
    }
    uint32_t source = (uint32_t)l->source_count - 1;
    char *copy = l->sources[source].text;
    struct slice rest = slice_of(copy, text.len);
    struct slice line;
    for (size_t number = 1; s == STATUS_OK && lint_next_line(&rest, &line);
         number++) {
        struct list_reader reader;
        struct list_entry entry;
        struct err why = {0};
        bool found = false;
        list_open(&reader, line);
        if (list_next(&reader, &entry, &found, &why) != STATUS_OK) {
            lint_report(l, true, "syntax", source, number, why.column, "%s",
                        why.message);
            if (line.len > 0 && memchr(line.data, '\0', line.len) == NULL) {
                lint_line(l, source, number, line, NULL); /* it is a text */
            }
            copy[line.data - copy] = '#';
        } else if (found) {
            lint_line(l, source, number, line, &entry);
            s = add_entry(l, &entry, number, line, e);
        } else {
            check_comment(l, source, number, line);
        }
    }
    return s;
}

static int by_number(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* What two lines must share for one of them to be of no use: the name, its
 * policy and its contexts. */
static int compare_key(const struct lint_entry *x, const struct lint_entry *y)
{
    int c = slice_cmp(x->entry.name, y->entry.name);
    if (c == 0) {
        c = by_number(x->entry.letter_case, y->entry.letter_case);
    }
    if (c == 0) {
        c = by_number(x->entry.kind == LIST_KIND_GENERIC,
                      y->entry.kind == LIST_KIND_GENERIC);
    }
    if (c == 0) {
        c = by_number(x->entry.veto, y->entry.veto);
    }
    for (size_t i = 0; c == 0 && i < LIST_CONTEXT_COUNT; i++) {
        c = slice_cmp(x->entry.context[i], y->entry.context[i]);
    }
    return c;
}

static int by_key(const void *a, const void *b)
{
    const struct lint_entry *x = a;
    const struct lint_entry *y = b;
    int c = compare_key(x, y);
    if (c == 0) {
        c = by_number(x->source, y->source);
    }
    return c != 0 ? c : by_number(x->entry.line, y->entry.line);
}

static void compare_lines(struct lint *l, const struct lint_entry *first,
                          const struct lint_entry *second)
{
    const struct list_entry *x = &first->entry;
    const struct list_entry *y = &second->entry;
    bool one_file = first->source == second->source;
    const char *file = l->sources[first->source].name;
    if (!slice_eq(x->label, y->label)) {
        lint_report(l, one_file && x->priority == y->priority, "conflict",
                    second->source, y->line, second->column,
                    "'%.*s' is %.*s here and %.*s in %s:%zu, with the same "
                    "case and context: only one is used",
                    (int)y->name.len, y->name.data, (int)y->label.len,
                    y->label.data, (int)x->label.len, x->label.data, file,
                    x->line);
    } else if (one_file && x->plural == y->plural) {
        lint_report(l, false, "duplicate", second->source, y->line,
                    second->column, "'%.*s' repeats line %zu", (int)y->name.len,
                    y->name.data, x->line);
    }
}

/* A label that one line has is likely a slip. */
static void check_label(struct lint *l, const uint32_t *uses, uint32_t source,
                        size_t line, size_t column, struct slice label)
{
    uint32_t id = 0;
    if (strmap_count(l->wanted) > 0) {
        if (!strmap_find(l->wanted, label, &id)) {
            lint_report(l, true, "label", source, line, column,
                        "unknown label '%.*s'", (int)label.len, label.data);
        }
    } else if (strmap_find(l->labels, label, &id) && uses[id] == 1 &&
               l->entry_count + l->rule_count > 1) {
        lint_report(l, false, "label", source, line, column,
                    "no other line has the label '%.*s'", (int)label.len,
                    label.data);
    }
}

static void check_labels(struct lint *l, const uint32_t *uses)
{
    for (size_t i = 0; i < l->entry_count; i++) {
        const struct lint_entry *en = &l->entries[i];
        struct slice label = en->entry.label;
        if (!en->entry.veto && !slice_is(label, LEXICON_HIDES)) {
            check_label(l, uses, en->source, en->entry.line,
                        en->column + (size_t)(label.data - en->entry.name.data),
                        label);
        }
    }
    for (size_t i = 0; i < l->rule_count; i++) {
        const struct lint_rule *r = &l->rules[i];
        if (!slice_is(r->line.label, LEXICON_HIDES)) {
            check_label(l, uses, r->source, r->line.line, 1, r->line.label);
        }
    }
}

/* '@Label' in need=, for labels that no line has. */
static void check_references(struct lint *l)
{
    for (size_t i = 0; i < l->entry_count; i++) {
        const struct lint_entry *en = &l->entries[i];
        struct slice rest = en->entry.context[LIST_NEED];
        while (rest.len > 0) {
            const char *bar = memchr(rest.data, '|', rest.len);
            size_t n = bar != NULL ? (size_t)(bar - rest.data) : rest.len;
            uint32_t id = 0;
            if (n > 1 && rest.data[0] == '@' &&
                !strmap_find(l->labels, slice_of(rest.data + 1, n - 1), &id) &&
                !strmap_find(l->wanted, slice_of(rest.data + 1, n - 1), &id)) {
                lint_report(l, false, "context", en->source, en->entry.line,
                            en->column +
                                (size_t)(rest.data - en->entry.name.data),
                            "no line has the label that '%.*s' asks for",
                            (int)n, rest.data);
            }
            n += bar != NULL;
            rest = slice_of(rest.data + n, rest.len - n);
        }
    }
}

enum status lint_compare(struct lint *l, struct err *e)
{
    uint32_t count = strmap_count(l->labels);
    uint32_t *uses = alloc_get(l->alloc, count * sizeof *uses);
    if (uses == NULL) {
        return err_nomem(e);
    }
    for (uint32_t i = 0; i < count; i++) {
        uses[i] = 0;
    }
    for (size_t i = 0; i < l->entry_count; i++) {
        uint32_t id = 0;
        if (!l->entries[i].entry.veto &&
            strmap_find(l->labels, l->entries[i].entry.label, &id)) {
            uses[id]++;
        }
    }
    for (size_t i = 0; i < l->rule_count; i++) {
        uint32_t id = 0;
        if (strmap_find(l->labels, l->rules[i].line.label, &id)) {
            uses[id]++;
        }
    }
    check_labels(l, uses);
    check_references(l);
    lint_compare_rules(l);
    alloc_free(l->alloc, uses, count * sizeof *uses);
    if (l->entry_count > 1) {
        qsort(l->entries, l->entry_count, sizeof *l->entries, by_key);
    }
    for (size_t i = 0; i < l->entry_count;) {
        size_t first = i++;
        while (i < l->entry_count &&
               compare_key(&l->entries[first], &l->entries[i]) == 0) {
            compare_lines(l, &l->entries[first], &l->entries[i++]);
        }
    }
    return STATUS_OK;
}

static int by_place(const void *a, const void *b)
{
    const struct lint_problem *x = a;
    const struct lint_problem *y = b;
    int c = by_number(x->source, y->source);
    if (c == 0) {
        c = by_number(x->line, y->line);
    }
    if (c == 0) {
        c = by_number(x->column, y->column);
    }
    if (c == 0) {
        c = strcmp(x->check, y->check);
    }
    return c != 0 ? c : strcmp(x->message, y->message);
}

enum status lint_finish(struct lint *l, struct err *e)
{
    if (l->failed || !buf_ok(&l->scratch) || !buf_ok(&l->key)) {
        return err_nomem(e);
    }
    if (l->problem_count > 1) {
        qsort(l->problems, l->problem_count, sizeof *l->problems, by_place);
    }
    return STATUS_OK;
}
