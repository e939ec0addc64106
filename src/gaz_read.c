#include <string.h>

#include "corpus/conll.h"
#include "corpus/tags.h"
#include "gaz_internal.h"
#include "text/join.h"
#include "text/sentence.h"

struct gaz_reader {
    struct alloc alloc;
    struct conll_reader *core;
    gaz_read_fn read;
    void *context;
    gaz_token *tokens; /* of the sentence, then their lines */
    size_t capacity;
    bool tagged;
    struct tag *tags; /* of the sentence */
    size_t tag_capacity;
    struct tag_spans spans;
    gaz_annotation *list; /* spans, as the public has them */
    size_t list_capacity;
    size_t count; /* tokens of the sentence */
};

static enum status read_bytes(void *context, char *buffer, size_t size,
                              size_t *got, struct err *e)
{
    struct gaz_reader *r = context;
    gaz_error why = {0};
    gaz_status s = r->read(r->context, buffer, size, got, &why);
    return s == GAZ_OK ? STATUS_OK
                       : err_set(e, (enum status)s, "%s", why.message);
}

static gaz_status open_reader(gaz_read_fn read, void *context,
                              const struct conll_options *options,
                              gaz_reader **out, gaz_error *e)
{
    struct alloc alloc = alloc_default;
    struct gaz_reader *r = alloc_get(&alloc, sizeof *r);
    if (r == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    memset(r, 0, sizeof *r);
    r->alloc = alloc;
    r->read = read;
    r->context = context;
    struct source source = {read_bytes, r};
    r->tagged = options->column_count > 1;
    r->core = conll_open(&r->alloc, &source, options);
    if (r->core == NULL) {
        gaz_reader_close(r);
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    *out = r;
    return GAZ_OK;
}

gaz_status gaz_reader_open(gaz_read_fn read, void *context, int token_column,
                           gaz_reader **out, gaz_error *e)
{
    struct conll_options options = {.columns = {token_column},
                                    .column_count = 1};
    return open_reader(read, context, &options, out, e);
}

gaz_status gaz_reader_open_tags(gaz_read_fn read, void *context,
                                int token_column, int tag_column,
                                gaz_reader **out, gaz_error *e)
{
    struct conll_options options = {.columns = {token_column, tag_column},
                                    .column_count = 2};
    return open_reader(read, context, &options, out, e);
}

void gaz_reader_close(gaz_reader *reader)
{
    if (reader != NULL) {
        struct alloc alloc = reader->alloc;
        conll_close(reader->core);
        tag_spans_free(&reader->spans, &alloc);
        alloc_free(&alloc, reader->tags,
                   reader->tag_capacity * sizeof *reader->tags);
        alloc_free(&alloc, reader->list,
                   reader->list_capacity * sizeof *reader->list);
        alloc_free(&alloc, reader->tokens,
                   reader->capacity * sizeof *reader->tokens);
        alloc_free(&alloc, reader, sizeof *reader);
    }
}

/* Take the tags of a sentence apart. */
static gaz_status read_tags(struct gaz_reader *r,
                            const struct conll_sentence *sentence, size_t n,
                            gaz_error *e)
{
    void *tags = r->tags;
    struct err why = {0};
    if (!alloc_grow(&r->alloc, &tags, &r->tag_capacity, n, sizeof *r->tags)) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    r->tags = tags;
    for (size_t i = 0; i < n; i++) {
        const struct conll_token *t = &sentence->tokens[i];
        enum status s = tag_parse(t->field[1], &r->tags[i], &why);
        if (s != STATUS_OK) {
            why.line = t->number;
            why.column = (size_t)(t->field[1].data - t->line.data) + 1;
            return facade_status(s, &why, e);
        }
    }
    return GAZ_OK;
}

gaz_status gaz_reader_annotations(gaz_reader *r, const gaz_annotation **list,
                                  size_t *count, gaz_error *e)
{
    struct err why = {0};
    if (!r->tagged) {
        return facade_error(e, GAZ_OPTION, "this reader reads no tags");
    }
    enum status s = tag_decode(r->tags, r->count, &r->spans, &r->alloc, &why);
    void *room = r->list;
    if (s != STATUS_OK) {
        return facade_status(s, &why, e);
    }
    if (!alloc_grow(&r->alloc, &room, &r->list_capacity, r->spans.count,
                    sizeof *r->list)) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    r->list = room;
    for (size_t i = 0; i < r->spans.count; i++) {
        const struct tag_span *from = &r->spans.items[i];
        r->list[i] = (gaz_annotation){from->first,
                                      from->first + from->count,
                                      {from->type.data, from->type.len}};
    }
    *list = r->list;
    *count = r->spans.count;
    return GAZ_OK;
}

gaz_status gaz_reader_next(gaz_reader *r, gaz_sentence *out, gaz_error *e)
{
    struct err why = {0};
    struct conll_sentence sentence;
    bool found = false;
    enum status s = conll_next(r->core, &sentence, &found, &why);
    if (s != STATUS_OK) {
        return facade_status(s, &why, e);
    }
    size_t n = found ? sentence.count : 0;
    void *tokens = r->tokens;
    if (!alloc_grow(&r->alloc, &tokens, &r->capacity, 2 * n,
                    sizeof *r->tokens)) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    r->tokens = tokens;
    for (size_t i = 0; i < n; i++) {
        const struct conll_token *t = &sentence.tokens[i];
        r->tokens[i] = (gaz_token){t->field[0].data, t->field[0].len};
        r->tokens[n + i] = (gaz_token){t->line.data, t->line.len};
    }
    r->count = n;
    if (r->tagged) {
        gaz_status tagged = read_tags(r, &sentence, n, e);
        if (tagged != GAZ_OK) {
            return tagged;
        }
    }
    *out = (gaz_sentence){.tokens = r->tokens,
                          .lines = n > 0 ? r->tokens + n : NULL,
                          .count = n,
                          .first_line = n > 0 ? sentence.tokens[0].number : 0,
                          .begins_document = sentence.begins_document,
                          .gap = sentence.gap.data,
                          .gap_len = sentence.gap.len};
    return GAZ_OK;
}

/* A token is a slice, under another name. */
_Static_assert(sizeof(gaz_token) == sizeof(struct slice), "gaz_token");
_Static_assert(GAZ_SENTENCE_MIN >= SENTENCE_WORD_MAX, "gaz_sentence_next");

bool gaz_tokens_glued(const gaz_token *before, const gaz_token *after)
{
    return join_glued(slice_of(before->data, before->len),
                      slice_of(after->data, after->len));
}

bool gaz_sentence_next(const char *text, size_t len, size_t *pos,
                       gaz_token *tokens, size_t max, size_t *count)
{
    return sentence_next(slice_of(text, len), pos, (struct slice *)tokens, max,
                         count);
}
