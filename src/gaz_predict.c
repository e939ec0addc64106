/* A lexicon as a tagger of sentences. */
#include <string.h>

#include "base/buf.h"
#include "gaz_internal.h"

struct gaz_predictor {
    struct alloc alloc;
    const gaz_lexicon *lexicon;
    gaz_tagger *tagger;
    struct buf text;   /* all tags, one after the other */
    gaz_token *begin;  /* by label: its B tag */
    gaz_token *inside; /* and its I tag */
    size_t label_count;
};

/* The tags of all labels, made once. */
static bool make_tags(struct gaz_predictor *p)
{
    size_t n = p->label_count;
    p->begin = alloc_get(&p->alloc, n * sizeof *p->begin);
    p->inside = alloc_get(&p->alloc, n * sizeof *p->inside);
    if (p->begin == NULL || p->inside == NULL) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(gaz_lexicon_label(p->lexicon, i)) + 2;
        buf_format(&p->text, "B-%sI-%s", gaz_lexicon_label(p->lexicon, i),
                   gaz_lexicon_label(p->lexicon, i));
        p->begin[i].len = len;
        p->inside[i].len = len;
    }
    if (!buf_ok(&p->text)) {
        return false;
    }
    const char *at = p->text.data; /* stays where it is from now on */
    for (size_t i = 0; i < n; i++) {
        p->begin[i].data = at;
        p->inside[i].data = at + p->begin[i].len;
        at += 2 * p->begin[i].len;
    }
    return true;
}

gaz_status gaz_predictor_create(const gaz_lexicon *lexicon,
                                const gaz_tag_options *options,
                                gaz_predictor **out, gaz_error *e)
{
    struct alloc alloc = lexicon->alloc;
    struct gaz_predictor *p = alloc_get(&alloc, sizeof *p);
    if (p == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    memset(p, 0, sizeof *p);
    p->alloc = alloc;
    p->lexicon = lexicon;
    p->label_count = gaz_lexicon_label_count(lexicon);
    buf_init(&p->text, &p->alloc);
    gaz_tag_options flat = {0};
    if (options != NULL) {
        flat = *options;
    }
    flat.overlap = GAZ_OVERLAP_LONGEST; /* tags hold nothing else */
    gaz_status s = gaz_tagger_create(lexicon, &flat, &p->tagger, e);
    if (s == GAZ_OK && !make_tags(p)) {
        s = facade_error(e, GAZ_NOMEM, "out of memory");
    }
    if (s != GAZ_OK) {
        gaz_predictor_free(p);
        return s;
    }
    *out = p;
    return GAZ_OK;
}

void gaz_predictor_free(gaz_predictor *predictor)
{
    if (predictor != NULL) {
        struct alloc alloc = predictor->alloc;
        size_t size = predictor->label_count * sizeof *predictor->begin;
        gaz_tagger_free(predictor->tagger);
        alloc_free(&alloc, predictor->begin, size);
        alloc_free(&alloc, predictor->inside, size);
        buf_free(&predictor->text);
        alloc_free(&alloc, predictor, sizeof *predictor);
    }
}

gaz_status gaz_predictor_tag(void *predictor, const gaz_token *tokens,
                             size_t count, gaz_token *tags, gaz_error *e)
{
    struct gaz_predictor *p = predictor;
    const gaz_span *spans = NULL;
    size_t span_count = 0;
    gaz_status s =
        gaz_tag_tokens(p->tagger, tokens, count, &spans, &span_count, e);
    if (s != GAZ_OK) {
        return s;
    }
    for (size_t i = 0; i < count; i++) {
        tags[i] = (gaz_token){"O", 1};
    }
    for (size_t i = 0; i < span_count; i++) {
        tags[spans[i].start] = p->begin[spans[i].label];
        for (size_t k = spans[i].start + 1; k < spans[i].end; k++) {
            tags[k] = p->inside[spans[i].label];
        }
    }
    return GAZ_OK;
}
