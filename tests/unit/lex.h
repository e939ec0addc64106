/* Helpers of the tests: lexicons made in memory, spans as text. */
#ifndef GAZ_TESTS_LEX_H
#define GAZ_TESTS_LEX_H

/* What cmocka.h wants before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gaz.h"

/* A lexicon and the builder that owns its image. */
struct lex {
    gaz_builder *builder;
    const void *image;
    size_t len;
    gaz_lexicon *lexicon;
};

/* From the bytes of a name list and of a corpus, either may be NULL. A
 * failure fails the test that called. */
void lex_open(struct lex *l, const char *list, const char *corpus,
              const gaz_build_options *options);
/* The last steps: of l->builder, if s is GAZ_OK; else the test fails. */
void lex_finish(struct lex *l, gaz_status s, gaz_error *e);
void lex_close(struct lex *l);

/* The spans as "START-END:LABEL" parted by blanks, in static memory. */
const char *lex_spans(const gaz_lexicon *lexicon, const gaz_span *spans,
                      size_t count);

/* Tag a text (or blank-separated tokens) with a fresh tagger. */
const char *lex_tag(const gaz_lexicon *lexicon, const gaz_tag_options *options,
                    const char *text, size_t len);
const char *lex_tag_tokens(const gaz_lexicon *lexicon, const char *tokens);

/* Cut at blanks: the tokens (at most max), which point into text. */
size_t lex_split(const char *text, size_t len, gaz_token *out, size_t max);

/* Write the checksum that the bytes of an image should have. */
void lex_seal(unsigned char *image, size_t len);

#endif
