#include <string.h>

#include "corpus/conll.h"
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
};

static enum status read_bytes(void *context, char *buffer, size_t size,
                              size_t *got, struct err *e)
{
    struct gaz_reader *r = context;
    gaz_error why;
    memset(&why, 0, sizeof why);
    gaz_status s = r->read(r->context, buffer, size, got, &why);
    return s == GAZ_OK ? STATUS_OK
                       : err_set(e, (enum status)s, "%s", why.message);
}

gaz_status gaz_reader_open(gaz_read_fn read, void *context, int token_column,
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
    struct conll_options options = {.columns = {token_column},
                                    .column_count = 1};
    r->core = conll_open(&r->alloc, &source, &options);
    if (r->core == NULL) {
        gaz_reader_close(r);
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    *out = r;
    return GAZ_OK;
}

void gaz_reader_close(gaz_reader *reader)
{
    if (reader != NULL) {
        struct alloc alloc = reader->alloc;
        conll_close(reader->core);
        alloc_free(&alloc, reader->tokens,
                   reader->capacity * sizeof *reader->tokens);
        alloc_free(&alloc, reader, sizeof *reader);
    }
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
    *out = (gaz_sentence){.tokens = r->tokens,
                          .lines = n > 0 ? r->tokens + n : NULL,
                          .count = n,
                          .first_line = n > 0 ? sentence.tokens[0].number : 0,
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
