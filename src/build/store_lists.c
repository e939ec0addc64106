/* Lists into a store: names, the user's own, other programs' patterns, hints,
 * rules. */
#include "build/store_intake.h"

#include "model/lexicon_rules.h"
#include "text/pattern.h"

/* The context of an entry, *out NULL when it has none. */
static bool copy_context(struct store *s, const struct list_entry *from,
                         const struct slice **out)
{
    bool any = false;
    *out = NULL;
    for (size_t i = 0; i < LIST_CONTEXT_COUNT; i++) {
        any = any || from->context[i].len > 0;
    }
    if (!any) {
        return true;
    }
    struct slice *to = arena_get(&s->arena, LIST_CONTEXT_COUNT * sizeof *to);
    bool ok = to != NULL;
    for (size_t i = 0; ok && i < LIST_CONTEXT_COUNT; i++) {
        to[i] = from->context[i].len > 0
                    ? arena_copy(&s->arena, from->context[i])
                    : slice_of("", 0);
        ok = to[i].data != NULL;
    }
    *out = to;
    return ok;
}

static bool copy_entry(struct store *s, const struct list_entry *from,
                       struct store_name *to)
{
    *to = (struct store_name){
        .name = arena_copy(&s->arena, from->name),
        .id = from->id.len > 0 ? arena_copy(&s->arena, from->id)
                               : slice_of("", 0),
        .line = from->line < UINT32_MAX ? (uint32_t)from->line : UINT32_MAX,
        .priority = (int16_t)from->priority,
        .letter_case = (uint8_t)from->letter_case,
        .plural = (uint8_t)from->plural,
        .kind = (uint8_t)from->kind,
        .veto = from->veto,
        .no_version = from->no_version,
        .no_short = from->no_short};
    return to->name.data != NULL && to->id.data != NULL &&
           copy_context(s, from, &to->context);
}

static enum status add_name(struct store *s, const struct list_entry *entry,
                            struct err *e)
{
    int64_t label = STORE_LABEL_NONE;
    enum status st =
        entry->veto ? STATUS_OK : store_find_label(s, entry->label, &label, e);
    if (st != STATUS_OK || (label == STORE_LABEL_NONE && !entry->veto)) {
        return st;
    }
    st = store_grow(s, &s->names, &s->name_capacity, s->name_count,
                    sizeof *s->names, e);
    if (st != STATUS_OK) {
        return st;
    }
    struct store_name *to = &s->names[s->name_count];
    if (!copy_entry(s, entry, to)) {
        return err_nomem(e);
    }
    to->label = entry->veto ? 0 : (uint32_t)label;
    to->source = (uint32_t)(s->source_count - 1);
    s->name_count++;
    return STATUS_OK;
}

enum status store_add_list(struct store *s, struct slice name,
                           struct slice data, struct err *e)
{
    enum status st = store_add_source(s, name, data, e);
    struct list_reader reader;
    list_open(&reader, data);
    bool found = true;
    while (st == STATUS_OK && found) {
        struct list_entry entry;
        st = list_next(&reader, &entry, &found, e);
        if (st == STATUS_OK && found) {
            st = add_name(s, &entry, e);
        }
    }
    return st;
}

enum status store_add_hint(struct store *s, struct slice name,
                           struct slice label, struct err *e)
{
    enum status st = store_grow(s, &s->hints, &s->hint_capacity, s->hint_count,
                                sizeof *s->hints, e);
    struct store_hint hint = {arena_copy(&s->arena, name),
                              arena_copy(&s->arena, label)};
    if (st == STATUS_OK &&
        (hint.name.data == NULL || hint.label.data == NULL)) {
        st = err_nomem(e);
    }
    if (st == STATUS_OK) {
        s->hints[s->hint_count++] = hint;
    }
    return st;
}

/* A name a line; what stands behind a TAB is not looked at. */
static enum status add_drops(struct store *s, struct slice data, struct err *e)
{
    enum status st = STATUS_OK;
    struct lines lines;
    struct line line;
    lines_open(&lines, data);
    while (st == STATUS_OK && lines_next(&lines, &line)) {
        struct slice columns[1];
        (void)line_columns(line.text, columns, 1);
        struct list_entry entry = list_entry_of(line.number);
        entry.name = columns[0];
        entry.veto = true;
        entry.priority = STORE_USER_PRIORITY;
        if (entry.name.len > 0 && line.text.data[0] != '#') {
            st = line_check(&line, e);
            st = st == STATUS_OK ? add_name(s, &entry, e) : st;
        }
    }
    return st;
}

enum status store_add_user(struct store *s, struct slice name, bool drop,
                           struct slice data, struct err *e)
{
    size_t first = s->name_count;
    if (drop) {
        enum status st = store_add_source(s, name, data, e);
        return st == STATUS_OK ? add_drops(s, data, e) : st;
    }
    enum status st = store_add_list(s, name, data, e);
    for (size_t i = first; i < s->name_count; i++) {
        s->names[i].priority = STORE_USER_PRIORITY;
    }
    return st;
}

/* Remember a line that cannot be said in a list, or fail with it. */
static enum status skip(struct store *s, const struct err *why, struct err *e)
{
    if (!s->options.skip_unsupported) {
        return err_hand_on(e, why, why->line, why->column);
    }
    enum status st = store_grow(s, &s->skips, &s->skip_capacity, s->skip_count,
                                sizeof *s->skips, e);
    struct slice message = arena_copy(&s->arena, slice_str(why->message));
    if (st == STATUS_OK && message.data == NULL) {
        st = err_nomem(e);
    }
    if (st == STATUS_OK) {
        s->skips[s->skip_count++] = (struct store_skip){
            (uint32_t)s->source_count - 1, (uint32_t)why->line,
            (uint32_t)why->column, message};
    }
    return st;
}

enum status store_add_names(struct store *s, struct slice name,
                            enum names_format format, struct slice label,
                            struct slice separator, struct slice data,
                            struct err *e)
{
    enum status st = store_add_source(s, name, data, e);
    struct names_reader reader;
    names_open(&reader, format, data, s->alloc);
    reader.label = label;
    reader.separator = separator;
    bool found = true;
    while (st == STATUS_OK && found) {
        struct list_entry entry;
        struct err why = {0};
        st = names_next(&reader, &entry, &found, &why);
        if (st == STATUS_SYNTAX && reader.unsupported) {
            st = skip(s, &why, e);
            found = true;
        } else if (st != STATUS_OK) {
            if (e != NULL) {
                *e = why;
            }
        } else if (found) {
            if (entry.letter_case == LIST_CASE_UNSET && !s->options.case_set) {
                entry.letter_case = LIST_CASE_EXACT;
            }
            st = add_name(s, &entry, e);
        }
    }
    names_close(&reader);
    return st;
}

/* Labels are known when all inputs are: here any will do. */
static bool any_label(void *context, struct slice name, uint32_t *id)
{
    (void)context;
    (void)name;
    *id = 0;
    return true;
}

static enum status check_pattern(const struct store *s,
                                 const struct rule_line *line, struct err *e)
{
    struct pattern_options options = {
        .fold = line->fold, .probe = true, .label = any_label};
    struct pattern *pattern = NULL;
    struct err why = {0};
    enum status st =
        pattern_create(s->alloc, line->pattern, &options, &pattern, &why);
    if (st == STATUS_OK) { /* as it will be used */
        pattern_free(pattern);
        pattern = NULL;
        options.probe = false;
        options.words = !line->inside_words;
        st = pattern_create(s->alloc, line->pattern, &options, &pattern, &why);
        why.pos = 0;
    }
    pattern_free(pattern);
    return st == STATUS_OK
               ? st
               : err_hand_on(e, &why, line->line, line->column + why.pos);
}

static enum status add_rule(struct store *s, const struct rule_line *line,
                            struct err *e)
{
    int64_t label = STORE_LABEL_NONE;
    enum status st = check_pattern(s, line, e);
    if (st == STATUS_OK) {
        st = store_find_label(s, line->label, &label, e);
    }
    if (st != STATUS_OK || label == STORE_LABEL_NONE) {
        return st;
    }
    if (s->rule_count == LEXICON_RULES_MAX) {
        return err_at(e, STATUS_LIMIT, line->line, 1, "more than %d rules",
                      LEXICON_RULES_MAX);
    }
    st = store_grow(s, &s->rules, &s->rule_capacity, s->rule_count,
                    sizeof *s->rules, e);
    if (st != STATUS_OK) {
        return st;
    }
    struct store_rule *to = &s->rules[s->rule_count];
    to->line = *line;
    to->line.label = slice_of(NULL, 0);
    to->line.pattern = arena_copy(&s->arena, line->pattern);
    to->line.id = arena_copy(&s->arena, line->id);
    to->line.words = arena_copy(&s->arena, line->words);
    to->label = (uint32_t)label;
    to->source = (uint32_t)(s->source_count - 1);
    if (to->line.pattern.data == NULL || to->line.id.data == NULL ||
        to->line.words.data == NULL) {
        return err_nomem(e);
    }
    s->rule_count++;
    return STATUS_OK;
}

enum status store_add_rules(struct store *s, struct slice name,
                            struct slice data, struct err *e)
{
    enum status st = store_add_source(s, name, data, e);
    struct rule_reader reader;
    rule_reader_open(&reader, data);
    while (st == STATUS_OK) {
        struct rule_line line;
        bool found = false;
        st = rule_reader_next(&reader, &line, &found, e);
        if (st != STATUS_OK || !found) {
            break;
        }
        st = add_rule(s, &line, e);
    }
    return st;
}
