/* Checks of files of rules. */
#include <stdlib.h>

#include "build/lint.h"
#include "build/rule_prefix.h"

/* A rule that may begin with so many of the 36 letters and digits is tried
 * at too many words. */
enum { FIRSTS_MAX = 12 };

static bool any_label(void *context, struct slice name, uint32_t *id)
{
    (void)context;
    (void)name;
    *id = 0;
    return true;
}

static size_t column_of(const struct lint_rule *r, const char *p)
{
    return r->line.column + (size_t)(p - r->line.pattern.data);
}

/* How the pattern is tried: {Label} in front, or prefixes. */
static enum status check_beginning(struct lint *l, const struct lint_rule *r,
                                   const struct pattern *pattern,
                                   const struct pattern_options *options,
                                   struct err *e)
{
    struct rule_prefixes ways = {0};
    uint32_t label = 0;
    size_t short_ways = 0;
    if (r->line.words.len > 0 ||
        pattern_leads_with(r->line.pattern, options, &label)) {
        return STATUS_OK;
    }
    enum status s =
        rule_prefix_find(l->alloc, pattern, r->line.pattern, &ways, e);
    for (size_t i = 0; s == STATUS_OK && i < ways.count; i++) {
        short_ways += ways.items[i].len == 1;
    }
    if (s == STATUS_OK && short_ways > FIRSTS_MAX) {
        lint_report(l, false, "slow", r->source, r->line.line, r->line.column,
                    "this can begin with %zu different letters and is tried "
                    "at each such word: begin with letters of its own, or "
                    "name a trigger word (word=)",
                    short_ways);
    }
    rule_prefixes_free(&ways, l->alloc);
    return s;
}

static bool is_plain(struct slice pattern)
{
    for (size_t i = 0; i < pattern.len; i++) {
        if (strchr("\\^$.[|()?*+{", pattern.data[i]) != NULL) {
            return false; /* also a NUL */
        }
    }
    return true;
}

/* What compile finds, and what it lets pass. *good: it compiles. */
static enum status check_pattern(struct lint *l, const struct lint_rule *r,
                                 bool *good, struct err *e)
{
    struct pattern_options options = {
        .fold = r->line.fold, .probe = true, .label = any_label};
    struct pattern *pattern = NULL;
    struct err why = {0};
    enum status s =
        pattern_create(l->alloc, r->line.pattern, &options, &pattern, &why);
    *good = s == STATUS_OK;
    if (s == STATUS_NOMEM) {
        return err_nomem(e);
    }
    if (s != STATUS_OK) {
        lint_report(l, true, "pattern", r->source, r->line.line,
                    r->line.column + why.pos, "%s", why.message);
        return STATUS_OK;
    }
    if (is_plain(r->line.pattern)) {
        lint_report(l, false, "literal", r->source, r->line.line,
                    r->line.column,
                    "'%.*s' is a plain name: a line of a name list is faster "
                    "and knows more",
                    (int)r->line.pattern.len, r->line.pattern.data);
    }
    s = check_beginning(l, r, pattern, &options, e);
    pattern_free(pattern);
    return s;
}

static enum status add_rule(struct lint *l, const struct lint_rule *rule,
                            struct err *e)
{
    uint32_t id = 0;
    void *rules = l->rules;
    if (!alloc_grow(l->alloc, &rules, &l->rule_capacity, l->rule_count + 1,
                    sizeof *l->rules) ||
        !strmap_put(l->labels, rule->line.label, &id, NULL)) {
        return err_nomem(e);
    }
    l->rules = rules;
    l->rules[l->rule_count++] = *rule;
    return STATUS_OK;
}

enum status lint_add_rules(struct lint *l, struct slice name, struct slice text,
                           struct err *e)
{
    enum status s = lint_add_source(l, name, text, e);
    if (s != STATUS_OK) {
        return s;
    }
    struct lint_rule rule = {.source = (uint32_t)l->source_count - 1};
    l->sources[rule.source].rules = true;
    struct slice rest = slice_of(l->sources[rule.source].text, text.len);
    struct slice line;
    for (size_t number = 1; s == STATUS_OK && lint_next_line(&rest, &line);
         number++) {
        struct rule_reader reader;
        struct err why = {0};
        bool found = false;
        rule_reader_open(&reader, line);
        lint_text(l, rule.source, number, line);
        if (rule_reader_next(&reader, &rule.line, &found, &why) != STATUS_OK) {
            lint_report(l, true, "syntax", rule.source, number, why.column,
                        "%s", why.message);
        } else if (found) {
            bool good = false;
            rule.line.line = number;
            s = check_pattern(l, &rule, &good, e);
            s = s == STATUS_OK && good ? add_rule(l, &rule, e) : s;
        }
    }
    return s;
}

/* {Label}: one that no line and no option names finds nothing. */
static void check_references(struct lint *l, const struct lint_rule *r)
{
    struct slice p = r->line.pattern;
    for (size_t i = 0; i + 1 < p.len; i++) {
        size_t n = 0;
        uint32_t id = 0;
        unsigned char c = (unsigned char)p.data[i + 1] | 0x20;
        if (p.data[i] == '\\') {
            i++;
            continue;
        }
        if (p.data[i] != '{' || c < 'a' || c > 'z') {
            continue;
        }
        while (i + 1 + n < p.len && p.data[i + 1 + n] != '}') {
            n++;
        }
        struct slice name = slice_of(p.data + i + 1, n);
        if (!strmap_find(l->labels, name, &id) &&
            !strmap_find(l->wanted, name, &id)) {
            lint_report(l, true, "label", r->source, r->line.line,
                        column_of(r, p.data + i),
                        "no line has the label '%.*s'", (int)n, name.data);
        }
        i += n;
    }
}

static int by_pattern(const void *a, const void *b)
{
    const struct lint_rule *x = a;
    const struct lint_rule *y = b;
    int c = slice_cmp(x->line.pattern, y->line.pattern);
    if (c == 0) {
        c = slice_cmp(x->line.words, y->line.words);
    }
    if (c == 0) {
        c = (int)x->line.fold - (int)y->line.fold;
    }
    if (c == 0) {
        c = (x->source > y->source) - (x->source < y->source);
    }
    return c != 0
               ? c
               : (x->line.line > y->line.line) - (x->line.line < y->line.line);
}

static void compare_rules(struct lint *l, const struct lint_rule *x,
                          const struct lint_rule *y)
{
    if (slice_eq(x->line.pattern, y->line.pattern) &&
        slice_eq(x->line.words, y->line.words) &&
        x->line.fold == y->line.fold) {
        bool same = slice_eq(x->line.label, y->line.label);
        lint_report(l, !same && x->line.priority == y->line.priority,
                    same ? "duplicate" : "conflict", y->source, y->line.line,
                    y->line.column,
                    same ? "this pattern repeats %s:%zu"
                         : "this pattern has another label in %s:%zu: only "
                           "one is used",
                    l->sources[x->source].name, x->line.line);
    }
}

void lint_compare_rules(struct lint *l)
{
    for (size_t i = 0; i < l->rule_count; i++) {
        check_references(l, &l->rules[i]);
    }
    if (l->rule_count > 1) {
        qsort(l->rules, l->rule_count, sizeof *l->rules, by_pattern);
    }
    for (size_t i = 1; i < l->rule_count; i++) {
        compare_rules(l, &l->rules[i - 1], &l->rules[i]);
    }
}
