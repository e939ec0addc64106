#include "tag/tagger.h"

#include "tag/context.h"
#include "tag/scan.h"
#include "tag/score_tag.h"
#include "text/chars.h"
#include "text/join.h"
#include "text/sentence.h"

struct tagger {
    const struct alloc *alloc;
    const struct lexicon *lexicon;
    struct tagger_options options;
    struct scan *scan;
    struct context *context;
    struct span *spans;
    size_t span_capacity;
    struct buf text; /* of tokens */
    size_t *starts;  /* of tokens in text */
    size_t *ends;
    size_t start_capacity, end_capacity;
    unsigned char *edges; /* by byte of text: EDGE_* */
    size_t edge_capacity;
    struct score_tag *score; /* NULL: not a scored lexicon */
};

enum status tagger_create(const struct alloc *alloc,
                          const struct lexicon *lexicon,
                          const struct tagger_options *options,
                          struct tagger **out, struct err *e)
{
    struct tagger *t = alloc_get(alloc, sizeof *t);
    if (t == NULL) {
        return err_nomem(e);
    }
    memset(t, 0, sizeof *t);
    t->alloc = alloc;
    t->lexicon = lexicon;
    t->options = *options;
    buf_init(&t->text, alloc);
    t->context = context_create(alloc, lexicon);
    if (t->context == NULL ||
        scan_create(alloc, &lexicon->index, options->simd, &t->scan) !=
            STATUS_OK) {
        tagger_free(t);
        return err_nomem(e);
    }
    enum status s = lexicon->scored
                        ? score_tag_create(alloc, lexicon, &t->score, e)
                        : STATUS_OK;
    if (s != STATUS_OK) {
        tagger_free(t);
        return s;
    }
    *out = t;
    return STATUS_OK;
}

void tagger_free(struct tagger *t)
{
    if (t == NULL) {
        return;
    }
    scan_free(t->scan);
    score_tag_free(t->score);
    context_free(t->context);
    buf_free(&t->text);
    alloc_free(t->alloc, t->spans, t->span_capacity * sizeof *t->spans);
    alloc_free(t->alloc, t->starts, t->start_capacity * sizeof *t->starts);
    alloc_free(t->alloc, t->ends, t->end_capacity * sizeof *t->ends);
    alloc_free(t->alloc, t->edges, t->edge_capacity);
    alloc_free(t->alloc, t, sizeof *t);
}

static enum status run(struct tagger *t, struct slice text,
                       const struct scan_options *options, size_t *count,
                       struct err *e)
{
    const struct span *found = NULL;
    if (scan_text(t->scan, (const uint8_t *)text.data, text.len, options,
                  &found, count) != STATUS_OK) {
        return err_nomem(e);
    }
    void *spans = t->spans;
    if (!alloc_grow(t->alloc, &spans, &t->span_capacity, *count,
                    sizeof *t->spans)) {
        return err_nomem(e);
    }
    t->spans = spans;
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        if (t->options.generic ||
            !lexicon_is_generic(t->lexicon, found[i].entry)) {
            t->spans[kept++] = found[i];
        }
    }
    *count = kept;
    enum status s = context_filter(t->context, text, t->spans, count, e);
    for (size_t i = 0; s == STATUS_OK && i < *count; i++) {
        t->spans[i].score = lexicon_trust(t->lexicon, t->spans[i].entry);
    }
    return s;
}

enum status tagger_text(struct tagger *t, struct slice text,
                        const struct span **spans, size_t *count,
                        struct err *e)
{
    struct scan_options options = {.inside = t->options.inside,
                                   .join_hyphen = t->options.hyphen_join};
    enum status s = run(t, text, &options, count, e);
    *spans = t->spans;
    return s == STATUS_OK && t->score != NULL
               ? score_tag_text(t->score, text, t->spans, spans, count, e)
               : s;
}

static enum status reserve(struct tagger *t, size_t tokens, struct err *e)
{
    void *starts = t->starts;
    void *ends = t->ends;
    bool ok = alloc_grow(t->alloc, &starts, &t->start_capacity, tokens,
                         sizeof *t->starts);
    t->starts = starts;
    ok = ok && alloc_grow(t->alloc, &ends, &t->end_capacity, tokens,
                          sizeof *t->ends);
    t->ends = ends;
    return ok ? STATUS_OK : err_nomem(e);
}

enum status tagger_join(struct tagger *t, const struct slice *tokens,
                        size_t token_count, struct slice *text,
                        const size_t **starts, const size_t **ends,
                        struct err *e)
{
    enum status s = reserve(t, token_count, e);
    if (s != STATUS_OK) {
        return s;
    }
    buf_reset(&t->text);
    for (size_t i = 0; i < token_count; i++) {
        join_token(i > 0 ? &tokens[i - 1] : NULL, tokens[i], &t->text);
        t->ends[i] = t->text.len;
        t->starts[i] = t->text.len - tokens[i].len;
    }
    if (!buf_ok(&t->text)) {
        return err_nomem(e);
    }
    *text = buf_view(&t->text);
    *starts = t->starts;
    *ends = t->ends;
    return STATUS_OK;
}

enum { EDGE_START = 1, EDGE_END = 2 };

/* Where matches may begin and end: at the tokens' own edges. */
static enum status mark_edges(struct tagger *t, size_t token_count,
                              struct err *e)
{
    void *edges = t->edges;
    if (!alloc_grow(t->alloc, &edges, &t->edge_capacity, t->text.len + 1, 1)) {
        return err_nomem(e);
    }
    t->edges = edges;
    memset(t->edges, 0, t->text.len + 1);
    for (size_t i = 0; i < token_count; i++) {
        t->edges[t->starts[i]] |= EDGE_START;
        t->edges[t->ends[i]] |= EDGE_END;
    }
    return STATUS_OK;
}

static bool at_edges(void *context, size_t start, size_t end)
{
    const struct tagger *t = context;
    return (t->edges[start] & EDGE_START) != 0 &&
           (t->edges[end] & EDGE_END) != 0;
}

/* Bytes to tokens: spans and tokens are both in order. */
static void to_tokens(struct tagger *t, size_t span_count)
{
    size_t token = 0;
    for (size_t i = 0; i < span_count; i++) {
        struct span *span = &t->spans[i];
        while (t->starts[token] < span->start) {
            token++;
        }
        size_t first = token;
        while (t->ends[token] < span->end) {
            token++;
        }
        span->start = first;
        span->end = token + 1;
    }
}

enum status tagger_tokens(struct tagger *t, const struct slice *tokens,
                          size_t token_count, const struct span **spans,
                          size_t *count, struct err *e)
{
    struct slice text = {0};
    const size_t *starts = NULL;
    const size_t *ends = NULL;
    if (t->score != NULL && t->lexicon->index.names == 0) {
        *count = 0;
        return score_tag_tokens(t->score, tokens, token_count, NULL, spans,
                                count, e);
    }
    enum status s =
        tagger_join(t, tokens, token_count, &text, &starts, &ends, e);
    if (s != STATUS_OK) {
        return s;
    }
    s = mark_edges(t, token_count, e);
    if (s != STATUS_OK) {
        return s;
    }
    struct scan_options options = {
        .tokens = true, .accept = at_edges, .accept_ctx = t};
    s = run(t, text, &options, count, e);
    if (s == STATUS_OK) {
        to_tokens(t, *count);
        *spans = t->spans;
    }
    if (s == STATUS_OK && t->score != NULL) {
        s = score_tag_tokens(t->score, tokens, token_count, t->spans, spans,
                             count, e);
    }
    return s;
}

size_t tagger_cut(const struct tagger *t, struct slice text)
{
    for (size_t i = text.len; i-- > 1;) {
        unsigned char c = (unsigned char)text.data[i];
        unsigned char before = (unsigned char)text.data[i - 1];
        if (c >= 0x80 || char_class(c) != CHAR_SPACE) {
            continue; /* 0x85 and 0xA0 would be spaces as code points only */
        }
        if (c == '\n' && before == '\n') {
            return i;
        }
        if (t->score != NULL && !sentence_ends(text, i)) {
            continue;
        }
        if (before < 0x80 && char_class(before) == CHAR_SYMBOL &&
            (t->lexicon->contexts.len == 0 || context_ends(before, c)) &&
            !lexicon_goes_on_after(t->lexicon, before)) {
            return i;
        }
    }
    return 0;
}
