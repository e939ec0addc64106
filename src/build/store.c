#include "build/store.h"

#include "corpus/conll.h"
#include "corpus/source.h"
#include "corpus/tags.h"
#include "model/lexicon_rules.h"
#include "text/pattern.h"

enum { LABEL_NONE = -1 };

enum status store_init(struct store *s, const struct alloc *alloc,
                       const struct store_options *options, struct err *e)
{
    memset(s, 0, sizeof *s);
    s->alloc = alloc;
    s->options = *options;
    arena_init(&s->arena, alloc);
    s->words = strmap_create(alloc);
    s->labels = strmap_create(alloc);
    s->wanted = strmap_create(alloc);
    s->map_from = strmap_create(alloc);
    if (s->words == NULL || s->labels == NULL || s->wanted == NULL ||
        s->map_from == NULL) {
        store_free(s);
        return err_nomem(e);
    }
    return STATUS_OK;
}

void store_free(struct store *s)
{
    if (s->alloc == NULL) {
        return;
    }
    const struct alloc *a = s->alloc;
    strmap_free(s->words);
    strmap_free(s->labels);
    strmap_free(s->wanted);
    strmap_free(s->map_from);
    alloc_free(a, s->map_to, s->map_capacity * sizeof *s->map_to);
    alloc_free(a, s->tokens, s->token_capacity * sizeof *s->tokens);
    alloc_free(a, s->sentences, s->sentence_capacity * sizeof *s->sentences);
    alloc_free(a, s->mentions, s->mention_capacity * sizeof *s->mentions);
    alloc_free(a, s->names, s->name_capacity * sizeof *s->names);
    alloc_free(a, s->hints, s->hint_capacity * sizeof *s->hints);
    alloc_free(a, s->rules, s->rule_capacity * sizeof *s->rules);
    alloc_free(a, s->sources, s->source_capacity * sizeof *s->sources);
    alloc_free(a, s->skips, s->skip_capacity * sizeof *s->skips);
    arena_free(&s->arena);
    memset(s, 0, sizeof *s);
}

void store_drop_names(struct store *s)
{
    alloc_free(s->alloc, s->names, s->name_capacity * sizeof *s->names);
    s->names = NULL;
    s->name_capacity = 0;
}

/* Room for one more item; the array's address is updated through items. */
static enum status grow(struct store *s, void *items_pointer, size_t *capacity,
                        size_t count, size_t size, struct err *e)
{
    void *items = NULL;
    memcpy(&items, items_pointer, sizeof items);
    if (count >= UINT32_MAX - 1) {
        return err_set(e, STATUS_LIMIT, "more than 4 billion tokens or names");
    }
    if (!alloc_grow(s->alloc, &items, capacity, count + 1, size)) {
        return err_nomem(e);
    }
    memcpy(items_pointer, &items, sizeof items);
    return STATUS_OK;
}

enum status store_keep_label(struct store *s, struct slice label, struct err *e)
{
    uint32_t id = 0;
    return strmap_put(s->wanted, label, &id, NULL) ? STATUS_OK : err_nomem(e);
}

enum status store_map_label(struct store *s, struct slice from, struct slice to,
                            struct err *e)
{
    uint32_t id = 0;
    enum status st = grow(s, &s->map_to, &s->map_capacity,
                          strmap_count(s->map_from), sizeof *s->map_to, e);
    struct slice copy = arena_copy(&s->arena, to);
    if (st != STATUS_OK) {
        return st;
    }
    if (copy.data == NULL || !strmap_put(s->map_from, from, &id, NULL)) {
        return err_nomem(e);
    }
    s->map_to[id] = copy;
    return STATUS_OK;
}

struct slice store_rename_label(const struct store *s, struct slice label,
                                bool *kept)
{
    uint32_t id = 0;
    if (strmap_find(s->map_from, label, &id)) {
        label = s->map_to[id];
    }
    *kept = strmap_count(s->wanted) == 0 || strmap_find(s->wanted, label, &id);
    return label;
}

/* The id of a label after renaming, LABEL_NONE when it is not wanted. */
static enum status find_label(struct store *s, struct slice label, int64_t *out,
                              struct err *e)
{
    uint32_t id = 0;
    bool kept = false;
    label = store_rename_label(s, label, &kept);
    if (!kept) {
        *out = LABEL_NONE;
        return STATUS_OK;
    }
    if (!strmap_put(s->labels, label, &id, NULL)) {
        return err_nomem(e);
    }
    *out = id;
    return STATUS_OK;
}

static enum status add_source(struct store *s, struct slice name,
                              struct slice data, struct err *e)
{
    enum status st = grow(s, &s->sources, &s->source_capacity, s->source_count,
                          sizeof *s->sources, e);
    if (st != STATUS_OK) {
        return st;
    }
    struct store_source *source = &s->sources[s->source_count];
    source->name = arena_copy(&s->arena, name);
    source->size = data.len;
    if (source->name.data == NULL) {
        return err_nomem(e);
    }
    digest_sha256(data.data, data.len, source->sha256);
    s->source_count++;
    return STATUS_OK;
}

static enum status add_mentions(struct store *s, const struct tag_spans *spans,
                                struct err *e)
{
    for (size_t i = 0; i < spans->count; i++) {
        const struct tag_span *span = &spans->items[i];
        int64_t label = LABEL_NONE;
        enum status st = find_label(s, span->type, &label, e);
        if (st == STATUS_OK && label != LABEL_NONE) {
            st = grow(s, &s->mentions, &s->mention_capacity, s->mention_count,
                      sizeof *s->mentions, e);
        }
        if (st != STATUS_OK) {
            return st;
        }
        if (label != LABEL_NONE) {
            s->mentions[s->mention_count++] = (struct store_mention){
                (uint32_t)span->first, (uint32_t)span->count, (uint32_t)label};
        }
    }
    return STATUS_OK;
}

static enum status add_tokens(struct store *s,
                              const struct conll_sentence *sentence,
                              struct err *e)
{
    for (size_t i = 0; i < sentence->count; i++) {
        enum status st = grow(s, &s->tokens, &s->token_capacity, s->token_count,
                              sizeof *s->tokens, e);
        if (st != STATUS_OK) {
            return st;
        }
        if (!strmap_put(s->words, sentence->tokens[i].field[0],
                        &s->tokens[s->token_count], NULL)) {
            return err_nomem(e);
        }
        s->token_count++;
    }
    return STATUS_OK;
}

/* Scratch for reading a corpus. */
struct intake {
    struct tag *tags;
    size_t tag_capacity;
    struct tag_spans spans;
};

static enum status parse_tags(struct store *s, struct intake *in,
                              const struct conll_sentence *sentence,
                              struct err *e)
{
    void *tags = in->tags;
    if (!alloc_grow(s->alloc, &tags, &in->tag_capacity, sentence->count,
                    sizeof *in->tags)) {
        return err_nomem(e);
    }
    in->tags = tags;
    for (size_t i = 0; i < sentence->count; i++) {
        const struct conll_token *t = &sentence->tokens[i];
        struct err why = {0};
        enum status st = s->options.bare_types
                             ? tag_parse_raw(t->field[1], &in->tags[i], &why)
                             : tag_parse(t->field[1], &in->tags[i], &why);
        if (st == STATUS_OK && in->tags[i].prefix != 'O' &&
            in->tags[i].type.len == 0) {
            st = err_set(&why, STATUS_SYNTAX,
                         "the tag '%.*s' has no type; 'B-TYPE' is wanted",
                         (int)t->field[1].len, t->field[1].data);
        }
        if (st != STATUS_OK) {
            return err_at(e, st, t->number,
                          (size_t)(t->field[1].data - t->line.data) + 1, "%s",
                          why.message);
        }
    }
    return tag_decode(in->tags, sentence->count, &in->spans, s->alloc, e);
}

static enum status add_sentence(struct store *s, struct intake *in,
                                const struct conll_sentence *sentence,
                                struct err *e)
{
    enum status st = parse_tags(s, in, sentence, e);
    if (st == STATUS_OK) {
        st = grow(s, &s->sentences, &s->sentence_capacity, s->sentence_count,
                  sizeof *s->sentences, e);
    }
    if (st != STATUS_OK) {
        return st;
    }
    struct store_sentence *to = &s->sentences[s->sentence_count];
    to->first_token = (uint32_t)s->token_count;
    to->token_count = (uint32_t)sentence->count;
    to->first_mention = (uint32_t)s->mention_count;
    to->source = (uint32_t)(s->source_count - 1);
    to->line = (uint32_t)sentence->tokens[0].number;
    st = add_tokens(s, sentence, e);
    if (st == STATUS_OK) {
        st = add_mentions(s, &in->spans, e);
    }
    if (st == STATUS_OK) {
        to->mention_count = (uint32_t)(s->mention_count - to->first_mention);
        s->sentence_count++;
    }
    return st;
}

enum status store_add_corpus(struct store *s, struct slice name,
                             struct slice data, struct err *e)
{
    enum status st = add_source(s, name, data, e);
    if (st != STATUS_OK) {
        return st;
    }
    struct conll_options options = {
        .columns = {s->options.token_column, s->options.tag_column},
        .column_count = 2};
    struct slice rest = data;
    struct source source = source_of_memory(&rest);
    struct conll_reader *reader = conll_open(s->alloc, &source, &options);
    if (reader == NULL) {
        return err_nomem(e);
    }
    struct intake in = {0};
    bool found = true;
    while (st == STATUS_OK) {
        struct conll_sentence sentence;
        st = conll_next(reader, &sentence, &found, e);
        if (st != STATUS_OK || !found) {
            break;
        }
        st = add_sentence(s, &in, &sentence, e);
    }
    tag_spans_free(&in.spans, s->alloc);
    alloc_free(s->alloc, in.tags, in.tag_capacity * sizeof *in.tags);
    conll_close(reader);
    return st;
}

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
    int64_t label = LABEL_NONE;
    enum status st =
        entry->veto ? STATUS_OK : find_label(s, entry->label, &label, e);
    if (st != STATUS_OK || (label == LABEL_NONE && !entry->veto)) {
        return st;
    }
    st = grow(s, &s->names, &s->name_capacity, s->name_count, sizeof *s->names,
              e);
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
    enum status st = add_source(s, name, data, e);
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
    enum status st = grow(s, &s->hints, &s->hint_capacity, s->hint_count,
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
        enum status st = add_source(s, name, data, e);
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
        return err_at(e, why->code, why->line, why->column, "%s", why->message);
    }
    enum status st = grow(s, &s->skips, &s->skip_capacity, s->skip_count,
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
    enum status st = add_source(s, name, data, e);
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
    return st == STATUS_OK ? st
                           : err_at(e, st, line->line, line->column + why.pos,
                                    "%s", why.message);
}

static enum status add_rule(struct store *s, const struct rule_line *line,
                            struct err *e)
{
    int64_t label = LABEL_NONE;
    enum status st = check_pattern(s, line, e);
    if (st == STATUS_OK) {
        st = find_label(s, line->label, &label, e);
    }
    if (st != STATUS_OK || label == LABEL_NONE) {
        return st;
    }
    if (s->rule_count == LEXICON_RULES_MAX) {
        return err_at(e, STATUS_LIMIT, line->line, 1, "more than %d rules",
                      LEXICON_RULES_MAX);
    }
    st = grow(s, &s->rules, &s->rule_capacity, s->rule_count, sizeof *s->rules,
              e);
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
    enum status st = add_source(s, name, data, e);
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
