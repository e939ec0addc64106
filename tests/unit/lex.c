#include "lex.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/bytes.h"

void lex_open(struct lex *l, const char *list, const char *corpus,
              const gaz_build_options *options)
{
    gaz_error e = {0};
    memset(l, 0, sizeof *l);
    gaz_status s = gaz_builder_create(options, NULL, &l->builder, &e);
    if (s == GAZ_OK && corpus != NULL) {
        s = gaz_builder_add(l->builder, GAZ_INPUT_CORPUS, "corpus", corpus,
                            strlen(corpus), &e);
    }
    if (s == GAZ_OK && list != NULL) {
        s = gaz_builder_add(l->builder, GAZ_INPUT_LIST, "list", list,
                            strlen(list), &e);
    }
    lex_finish(l, s, &e);
}

void lex_finish(struct lex *l, gaz_status s, gaz_error *e)
{
    if (s == GAZ_OK) {
        s = gaz_builder_finish(l->builder, &l->image, &l->len, e);
    }
    if (s == GAZ_OK) {
        s = gaz_lexicon_open(l->image, l->len, NULL, &l->lexicon, e);
    }
    if (s != GAZ_OK) {
        fail_msg("no lexicon: %zu:%zu: %s", e->line, e->column, e->message);
    }
}

void lex_close(struct lex *l)
{
    gaz_lexicon_free(l->lexicon);
    gaz_builder_free(l->builder);
    memset(l, 0, sizeof *l);
}

const char *lex_spans(const gaz_lexicon *lexicon, const gaz_span *spans,
                      size_t count)
{
    static char out[4096];
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < count && at < sizeof out; i++) {
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%zu-%zu:%s",
                               i > 0 ? " " : "", spans[i].start, spans[i].end,
                               gaz_lexicon_label(lexicon, spans[i].label));
    }
    return out;
}

static gaz_tagger *new_tagger(const gaz_lexicon *lexicon,
                              const gaz_tag_options *options)
{
    gaz_tagger *tagger = NULL;
    gaz_error e = {0};
    if (gaz_tagger_create(lexicon, options, &tagger, &e) != GAZ_OK) {
        fail_msg("no tagger: %s", e.message);
    }
    return tagger;
}

const char *lex_tag(const gaz_lexicon *lexicon, const gaz_tag_options *options,
                    const char *text, size_t len)
{
    gaz_tagger *tagger = new_tagger(lexicon, options);
    const gaz_span *spans = NULL;
    size_t count = 0;
    gaz_error e = {0};
    if (gaz_tag(tagger, text, len, &spans, &count, &e) != GAZ_OK) {
        fail_msg("cannot tag: %s", e.message);
    }
    const char *shown = lex_spans(lexicon, spans, count);
    gaz_tagger_free(tagger);
    return shown;
}

const char *lex_tag_tokens(const gaz_lexicon *lexicon, const char *text)
{
    gaz_tagger *tagger = new_tagger(lexicon, NULL);
    gaz_token tokens[64];
    size_t n = lex_split(text, strlen(text), tokens, 64);
    const gaz_span *spans = NULL;
    size_t count = 0;
    gaz_error e = {0};
    if (gaz_tag_tokens(tagger, tokens, n, &spans, &count, &e) != GAZ_OK) {
        fail_msg("cannot tag: %s", e.message);
    }
    const char *shown = lex_spans(lexicon, spans, count);
    gaz_tagger_free(tagger);
    return shown;
}

size_t lex_split(const char *text, size_t len, gaz_token *out, size_t max)
{
    size_t n = 0;
    size_t pos = 0;
    while (pos < len && n < max) {
        size_t end = pos;
        while (end < len && text[end] != ' ') {
            end++;
        }
        out[n++] = (gaz_token){text + pos, end - pos};
        pos = end + (end < len);
    }
    return n;
}

void lex_seal(unsigned char *image, size_t len)
{
    bytes_store64(image + 24,
                  digest_xxh64(image + 32, len - 32, bytes_load64(image + 8)));
}
