#include "build/rule_section.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "model/lexicon_rules.h"

_Static_assert((int)RULE_PREFIX_MAX == (int)LEXICON_PREFIX_MAX,
               "a beginning fits its record");
_Static_assert(RULE_PRIORITY_MAX <= INT16_MAX, "a priority fits its record");

void rule_section_init(struct rule_section *r, const struct alloc *alloc)
{
    memset(r, 0, sizeof *r);
    r->alloc = alloc;
    buf_init(&r->rules, alloc);
}

void rule_section_free(struct rule_section *r)
{
    buf_free(&r->rules);
    alloc_free(r->alloc, r->ways, r->way_capacity * sizeof *r->ways);
}

/* The error of a rule that was read long ago names its place itself. */
static enum status place(const struct rule_record *record, enum status s,
                         const struct err *why, struct err *e)
{
    if (s == STATUS_NOMEM) {
        return err_nomem(e);
    }
    return err_set(e, s, "%.*s:%zu:%zu: %s",
                   record->source_name.len > 200 ? 200
                                                 : (int)record->source_name.len,
                   record->source_name.data, record->line->line,
                   record->line->column + why->pos, why->message);
}

static enum status find_words(const struct rule_section *r, struct slice words,
                              struct rule_prefixes *out, struct err *e)
{
    enum status s = STATUS_OK;
    while (s == STATUS_OK && words.len > 0) {
        const char *bar = memchr(words.data, '|', words.len);
        size_t n = bar != NULL ? (size_t)(bar - words.data) : words.len;
        size_t used = n + (bar != NULL);
        if (n > 0) {
            s = rule_prefix_word(r->alloc, slice_of(words.data, n), out, e);
        }
        words = slice_of(words.data + used, words.len - used);
    }
    return s;
}

static enum status add_ways(struct rule_section *r,
                            const struct rule_prefixes *found, bool word,
                            struct err *e)
{
    void *ways = r->ways;
    if (!alloc_grow(r->alloc, &ways, &r->way_capacity,
                    r->way_count + found->count, sizeof *r->ways)) {
        return err_nomem(e);
    }
    r->ways = ways;
    for (size_t i = 0; i < found->count; i++) {
        r->ways[r->way_count++] =
            (struct rule_way){found->items[i], r->count, word};
    }
    return STATUS_OK;
}

static void put_record(struct rule_section *r, const struct rule_record *record)
{
    char bytes[LEXICON_RULE_SIZE] = {0};
    const struct rule_line *line = record->line;
    bytes_store32(bytes, record->pattern_at);
    bytes_store32(bytes + 4, record->id_at);
    bytes_store32(bytes + 8, record->words_at);
    bytes_store32(bytes + 12, record->source);
    bytes_store32(bytes + 16, (uint32_t)line->line);
    bytes_store16(bytes + 20, (uint16_t)record->label);
    bytes_store16(bytes + 22, (uint16_t)(int16_t)line->priority);
    bytes[24] = (char)((line->fold ? LEXICON_RULE_FOLD : 0) |
                       (line->inside_words ? LEXICON_RULE_INSIDE : 0));
    buf_add(&r->rules, bytes, sizeof bytes);
}

enum status
rule_section_add(struct rule_section *r, const struct rule_record *record,
                 bool (*label)(void *context, struct slice name, uint32_t *id),
                 void *context, struct err *e)
{
    struct pattern_options options = {.fold = record->line->fold,
                                      .probe = true,
                                      .label = label,
                                      .context = context};
    struct pattern *pattern = NULL;
    struct rule_prefixes found = {0};
    struct err why = {0};
    uint32_t leading = 0;
    bool word = record->line->words.len > 0;
    if (r->count == LEXICON_RULES_MAX) {
        return err_set(e, STATUS_LIMIT, "more than %d rules",
                       LEXICON_RULES_MAX);
    }
    enum status s = pattern_create(r->alloc, record->line->pattern, &options,
                                   &pattern, &why);
    if (s != STATUS_OK) {
        return place(record, s, &why, e);
    }
    if (word) {
        s = find_words(r, record->line->words, &found, e);
    } else if (!pattern_leads_with(record->line->pattern, &options, &leading)) {
        s = rule_prefix_find(r->alloc, pattern, record->line->pattern, &found,
                             e);
    }
    if (s == STATUS_OK) {
        s = add_ways(r, &found, word, e);
    }
    if (s == STATUS_OK) {
        put_record(r, record);
        r->count++;
    }
    rule_prefixes_free(&found, r->alloc);
    pattern_free(pattern);
    return s;
}

static int by_bytes(const void *a, const void *b)
{
    const struct rule_way *x = a;
    const struct rule_way *y = b;
    int c = memcmp(x->prefix.bytes, y->prefix.bytes, RULE_PREFIX_MAX);
    return c != 0 ? c : (x->rule > y->rule) - (x->rule < y->rule);
}

enum status rule_section_write(struct rule_section *r, struct buf *rules,
                               struct buf *prefixes, struct buf *cases,
                               struct err *e)
{
    if (r->way_count > 0) {
        qsort(r->ways, r->way_count, sizeof *r->ways, by_bytes);
    }
    for (size_t i = 0; i < r->way_count; i++) {
        const struct rule_way *w = &r->ways[i];
        char bytes[LEXICON_PREFIX_SIZE] = {0};
        memcpy(bytes, w->prefix.bytes, RULE_PREFIX_MAX);
        bytes[8] = (char)w->prefix.len;
        bytes[9] = (char)(w->word ? LEXICON_PREFIX_WORD : 0);
        bytes_store32(bytes + 12, w->rule);
        buf_add(prefixes, bytes, sizeof bytes);
        bytes_store16(bytes, w->prefix.cases);
        buf_add(cases, bytes, LEXICON_CASES_SIZE);
    }
    buf_slice(rules, buf_view(&r->rules));
    return buf_ok(&r->rules) && buf_ok(rules) && buf_ok(prefixes) &&
                   buf_ok(cases)
               ? STATUS_OK
               : err_nomem(e);
}
