/* What a store is made of, and corpora into it. */
#include "build/store_intake.h"

#include "corpus/conll.h"
#include "corpus/source.h"
#include "corpus/tags.h"

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
    s->met = strmap_create(alloc);
    if (s->words == NULL || s->labels == NULL || s->wanted == NULL ||
        s->map_from == NULL || s->met == NULL) {
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
    strmap_free(s->met);
    alloc_free(a, s->map_to, s->map_capacity * sizeof *s->map_to);
    alloc_free(a, s->met_as, s->met_capacity * sizeof *s->met_as);
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

enum status store_grow(struct store *s, void *items_pointer, size_t *capacity,
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

enum status store_add_source(struct store *s, struct slice name,
                             struct slice data, struct err *e)
{
    enum status st = store_grow(s, &s->sources, &s->source_capacity,
                                s->source_count, sizeof *s->sources, e);
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
        int64_t label = STORE_LABEL_NONE;
        enum status st = store_find_label(s, span->type, &label, e);
        if (st == STATUS_OK && label != STORE_LABEL_NONE) {
            st = store_grow(s, &s->mentions, &s->mention_capacity,
                            s->mention_count, sizeof *s->mentions, e);
        }
        if (st != STATUS_OK) {
            return st;
        }
        if (label != STORE_LABEL_NONE) {
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
        enum status st = store_grow(s, &s->tokens, &s->token_capacity,
                                    s->token_count, sizeof *s->tokens, e);
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
                             : tag_parse_typed(t->field[1], &in->tags[i], &why);
        if (st != STATUS_OK) {
            return err_hand_on(e, &why, t->number,
                               (size_t)(t->field[1].data - t->line.data) + 1);
        }
        if (in->tags[i].prefix != 'O' && slice_is(in->tags[i].type, "-")) {
            return err_at(e, STATUS_SYNTAX, t->number,
                          (size_t)(t->field[1].data - t->line.data) + 1,
                          "the type '-', which takes names away in a list; "
                          "any other will do");
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
        st = store_grow(s, &s->sentences, &s->sentence_capacity,
                        s->sentence_count, sizeof *s->sentences, e);
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
    enum status st = store_add_source(s, name, data, e);
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
