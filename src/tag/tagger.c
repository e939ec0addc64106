#include "tag/tagger_state.h"

#include "tag/hidden.h"
#include "tag/near.h"
#include "tag/site.h"
#include "text/block.h"
#include "text/chars.h"
#include "text/join.h"
#include "text/sentence.h"

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
    tail_init(&t->tail, lexicon, options->versions);
    t->context = context_create(alloc, lexicon);
    if (lexicon->compiled != NULL) {
        t->rules = rules_run_create(alloc, lexicon->compiled, options->simd);
    }
    t->document = document_create(alloc, lexicon, options->simd);
    if (t->context == NULL || t->document == NULL ||
        (t->rules == NULL && lexicon->compiled != NULL) ||
        scan_create(alloc, &lexicon->index, options->simd, &t->scan) !=
            STATUS_OK) {
        tagger_free(t);
        return err_nomem(e);
    }
    shorter_init(&t->shorter, alloc, t->scan);
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
    shorter_free(&t->shorter);
    alloc_free(t->alloc, t->lost, t->lost_capacity * sizeof *t->lost);
    scan_free(t->scan);
    score_tag_free(t->score);
    context_free(t->context);
    document_free(t->document);
    rules_run_free(t->rules);
    buf_free(&t->text);
    alloc_free(t->alloc, t->spans, t->span_capacity * sizeof *t->spans);
    alloc_free(t->alloc, t->starts, t->start_capacity * sizeof *t->starts);
    alloc_free(t->alloc, t->ends, t->end_capacity * sizeof *t->ends);
    alloc_free(t->alloc, t->edges, t->edge_capacity);
    alloc_free(t->alloc, t->every, t->every_capacity * sizeof *t->every);
    alloc_free(t->alloc, t, sizeof *t);
}

/* Let the rules add to and take from the *count spans found. */
static enum status apply_rules(struct tagger *t, struct slice text,
                               const struct scan_options *options,
                               size_t *count, struct err *e)
{
    const struct span *settled = NULL;
    struct site site;
    site_init(&site, options);
    enum status s = rules_apply(t->rules, text, site_ok, &site, t->spans,
                                *count, &settled, count, e);
    if (s != STATUS_OK || settled == t->spans) {
        return s;
    }
    void *spans = t->spans;
    if (!alloc_grow(t->alloc, &spans, &t->span_capacity, *count,
                    sizeof *t->spans)) {
        return err_nomem(e);
    }
    t->spans = spans;
    memcpy(t->spans, settled, *count * sizeof *t->spans);
    return STATUS_OK;
}

/* Short forms of names that the document has made clear. */
static enum status add_known(struct tagger *t, struct slice text,
                             const struct scan_options *options, size_t *count,
                             struct err *e)
{
    struct site site;
    site_init(&site, options);
    struct document_view view = {.text = text,
                                 .spans = t->spans,
                                 .count = *count,
                                 .lost = t->lost,
                                 .lost_count = t->lost_count,
                                 .context = t->context,
                                 .place = site_ok,
                                 .at = &site};
    const struct span *found = NULL;
    size_t n = 0;
    enum status s = document_find(t->document, &view, &found, &n, e);
    if (s != STATUS_OK || n == 0) {
        return s;
    }
    void *spans = t->spans;
    if (!alloc_grow(t->alloc, &spans, &t->span_capacity, *count + n,
                    sizeof *t->spans)) {
        return err_nomem(e);
    }
    t->spans = spans;
    size_t i = *count;
    *count += n;
    for (size_t to = *count; n > 0;) { /* both are in order; from the end */
        bool old = i > 0 && t->spans[i - 1].start > found[n - 1].start;
        t->spans[--to] = old ? t->spans[--i] : found[--n];
    }
    return STATUS_OK;
}

/* 1. the names of the index   2. less common nouns   3. and what rules find
 * 4. less those out of context   5. shorter names in what 2 and 4 took away
 * 6. short forms that the document allows   7. versions behind them */
static enum status run(struct tagger *t, struct slice text,
                       const struct scan_options *options, size_t *count,
                       struct err *e)
{
    const struct span *found = NULL;
    t->lost_count = 0;
    /* into the room of the text before, which the caches still have */
    scan_swap(t->scan, &t->spans, &t->span_capacity);
    if (scan_text(t->scan, (const uint8_t *)text.data, text.len, options,
                  &found, count) != STATUS_OK) {
        return err_nomem(e);
    }
    enum status s = tagger_take_found(t, count, e);
    if (s == STATUS_OK && t->rules != NULL) {
        s = apply_rules(t, text, options, count, e);
    }
    if (s == STATUS_OK) {
        s = tagger_keep_in_context(t, text, count, e);
    }
    if (s == STATUS_OK && t->lost_count > 0) {
        s = tagger_fill_lost(t, text, options, count, e);
    }
    if (s == STATUS_OK && !t->options.alone) {
        s = add_known(t, text, options, count, e);
    }
    if (s == STATUS_OK && (t->score == NULL || options->tokens)) {
        tail_find(&t->tail, text, options->tokens ? t->starts : NULL, t->ends,
                  t->token_count, t->spans, *count);
    }
    /* the scanner has set 1, and short forms have theirs */
    bool all_ones = t->rules == NULL && t->lost_count == 0 &&
                    !lexicon_has_trust(t->lexicon);
    for (size_t i = 0; s == STATUS_OK && !all_ones && i < *count; i++) {
        t->spans[i].score = lexicon_trust(t->lexicon, t->spans[i].entry);
    }
    return s;
}

/* Bytes to tokens: spans are in order of their starts, as tokens are. */
static void to_tokens(struct tagger *t, struct span *spans, size_t span_count)
{
    size_t token = 0;
    for (size_t i = 0; i < span_count; i++) {
        struct span *span = &spans[i];
        while (t->starts[token] < span->start) {
            token++;
        }
        size_t last = token;
        while (t->ends[last] < span->end) {
            last++;
        }
        span->start = token;
        span->end = last + 1;
        if (span->version_end > 0) {
            tail_to_tokens(span, t->starts, t->ends);
        }
    }
}

/* Every name of the index behind the *count spans that were chosen, which
 * stay: less the common nouns and those out of context. *spans is the
 * tagger's then. */
static enum status add_every(struct tagger *t, struct slice text,
                             const struct scan_options *options,
                             const struct span **spans, size_t *count,
                             struct err *e)
{
    struct scan_options wide = *options;
    const struct span *found = NULL;
    size_t n = 0;
    void *list = t->every;
    wide.every = true;
    if (scan_text(t->scan, (const uint8_t *)text.data, text.len, &wide, &found,
                  &n) != STATUS_OK ||
        !alloc_grow(t->alloc, &list, &t->every_capacity, *count + n + 1,
                    sizeof *t->every)) { /* one more: never NULL */
        return err_nomem(e);
    }
    t->every = list;
    if (*count > 0) {
        memcpy(t->every, *spans, *count * sizeof *t->every);
    }
    struct span *added = t->every + *count;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (t->options.generic ||
            !lexicon_is_generic(t->lexicon, found[i].entry)) {
            added[kept++] = found[i];
        }
    }
    enum status s = context_filter(t->context, text, added, &kept, e);
    for (size_t i = 0; s == STATUS_OK && i < kept; i++) {
        tail_find(&t->tail, text, options->tokens ? t->starts : NULL, t->ends,
                  t->token_count, &added[i], 1);
        added[i].score = lexicon_trust(t->lexicon, added[i].entry);
    }
    if (s == STATUS_OK && options->tokens) {
        to_tokens(t, added, kept);
    }
    size_t shown = 0;
    for (size_t i = 0; i < kept; i++) {
        if (!hidden_lies_in(t->every, *count, t->lexicon->hides, &added[i])) {
            added[shown++] = added[i];
        }
    }
    *spans = t->every;
    *count += shown;
    return s;
}

void tagger_begin(struct tagger *t)
{
    document_begin(t->document, true);
}

enum status tagger_text(struct tagger *t, struct slice text,
                        const struct span **spans, size_t *count, struct err *e)
{
    struct scan_options options = {.inside = t->options.inside,
                                   .join_hyphen = t->options.hyphen_join};
    document_begin(t->document, false);
    enum status s = run(t, text, &options, count, e);
    *spans = t->spans;
    if (s == STATUS_OK && t->score != NULL) {
        s = score_tag_text(t->score, text, &t->tail, t->spans, spans, count, e);
    }
    if (s == STATUS_OK && t->options.overlap != OVERLAP_LONGEST) {
        s = add_every(t, text, &options, spans, count, e);
    }
    return s;
}

enum status tagger_explain(struct tagger *t, struct places *places,
                           struct buf *out, struct err *e)
{
    return t->score != NULL ? score_tag_explain(t->score, places, out, e)
                            : STATUS_OK;
}

static enum status reserve(struct tagger *t, size_t tokens, struct err *e)
{
    void *starts = t->starts;
    void *ends = t->ends;
    bool ok = alloc_grow(t->alloc, &starts, &t->start_capacity, tokens,
                         sizeof *t->starts);
    t->starts = starts;
    ok = ok &&
         alloc_grow(t->alloc, &ends, &t->end_capacity, tokens, sizeof *t->ends);
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

enum status tagger_tokens(struct tagger *t, const struct slice *tokens,
                          size_t token_count, const struct span **spans,
                          size_t *count, struct err *e)
{
    struct slice text = {0};
    const size_t *starts = NULL;
    const size_t *ends = NULL;
    if (t->score != NULL && t->lexicon->index.names == 0 && t->rules == NULL) {
        *count = 0;
        return score_tag_tokens(t->score, tokens, token_count, NULL, spans,
                                count, e);
    }
    enum status s =
        tagger_join(t, tokens, token_count, &text, &starts, &ends, e);
    if (s != STATUS_OK) {
        return s;
    }
    t->token_count = token_count;
    s = mark_edges(t, token_count, e);
    if (s != STATUS_OK) {
        return s;
    }
    struct scan_options options = {
        .tokens = true, .accept = at_edges, .accept_ctx = t};
    s = run(t, text, &options, count, e);
    if (s == STATUS_OK) {
        to_tokens(t, t->spans, *count);
        *spans = t->spans;
    }
    if (s == STATUS_OK && t->score != NULL) {
        s = score_tag_tokens(t->score, tokens, token_count, t->spans, spans,
                             count, e);
    }
    if (s == STATUS_OK && t->options.overlap != OVERLAP_LONGEST) {
        s = add_every(t, text, &options, spans, count, e);
    }
    return s;
}

/* The last byte before `to` where a text may be cut: with contexts only behind
 * what ends a sentence. 0: there is none. */
static size_t last_place(const struct tagger *t, struct slice text, size_t to)
{
    char room[BLOCK + BLOCK_SLACK];
    if (t->lexicon->contexts.len == 0) {
        return to > 0 ? to - 1 : 0;
    }
    for (size_t end = to > 0 ? to - 1 : 0; end > 0;) {
        size_t n = end < BLOCK ? end : BLOCK;
        uint64_t ends = block_ends(block_at(text, end - n, room));
        ends &= ~UINT64_C(0) >> (BLOCK - n);
        if (ends != 0) {
            return end - n + BLOCK - (unsigned)__builtin_clzll(ends);
        }
        end -= n;
    }
    return 0;
}

size_t tagger_cut(const struct tagger *t, struct slice text)
{
    for (size_t i = last_place(t, text, text.len); i > 0;
         i = last_place(t, text, i)) {
        unsigned char c = (unsigned char)text.data[i];
        unsigned char before = (unsigned char)text.data[i - 1];
        if (c > ' ' || char_class(c) != CHAR_SPACE) {
            continue; /* 0x85 and 0xA0 would be spaces as code points only */
        }
        if (c == '\n' && before == '\n') {
            return i;
        }
        if (t->score != NULL && !sentence_ends(text, i)) {
            continue;
        }
        if (before < 0x80 && char_class(before) == CHAR_SYMBOL &&
            (t->lexicon->contexts.len == 0 || near_ends(before, c)) &&
            !lexicon_goes_on_after(t->lexicon, before) &&
            !tail_may_follow(&t->tail, text, i) &&
            !(t->rules != NULL && before == ')')) {
            return i;
        }
    }
    return 0;
}

void tagger_matches(const struct tagger *t, const struct settle_mention **out,
                    size_t *count)
{
    *out = NULL;
    *count = 0;
    if (t->rules != NULL) {
        *out = rules_matches(t->rules, count);
    }
}

void tagger_rule_stats(const struct tagger *t, struct rules_stats *out)
{
    *out = (struct rules_stats){.limited = LEXICON_NONE};
    if (t->rules != NULL) {
        rules_run_stats(t->rules, out);
    }
}
