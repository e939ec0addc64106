/* A name list, a NUL byte, a text: the text is tagged whole, in two pieces
 * and as tokens, and explained. */
#include "fuzz.h"

#include "gaz.h"

enum { SPANS_MAX = 256, TOKENS_MAX = 256 };

static size_t tag(gaz_tagger *t, const char *text, size_t from, size_t to,
                  gaz_span *out, size_t n)
{
    const gaz_span *spans = NULL;
    size_t count = 0;
    char *copy = fuzz_copy(text + from, to - from);
    FUZZ_CHECK(copy != NULL);
    FUZZ_CHECK(gaz_tag(t, copy, to - from, &spans, &count, NULL) == GAZ_OK);
    fuzz_check_spans(spans, count, to - from);
    for (size_t i = 0; i < count && n < SPANS_MAX; i++, n++) {
        out[n] = spans[i];
        out[n].start += from;
        out[n].end += from;
    }
    free(copy);
    return n;
}

static void tag_tokens(gaz_tagger *t, const char *text, size_t len)
{
    gaz_token tokens[TOKENS_MAX];
    const gaz_span *spans = NULL;
    size_t count = 0;
    size_t n = fuzz_tokens(text, len, tokens, TOKENS_MAX);
    FUZZ_CHECK(gaz_tag_tokens(t, tokens, n, &spans, &count, NULL) == GAZ_OK);
    fuzz_check_spans(spans, count, n);
}

static void tag_all(const gaz_lexicon *l, const char *text, size_t len)
{
    for (int inside = 0; inside < 2; inside++) {
        gaz_tag_options o = {.inside = inside == 1, .hyphen_join = inside == 1};
        gaz_tagger *t = NULL;
        gaz_span whole[SPANS_MAX];
        gaz_span parts[SPANS_MAX];
        FUZZ_CHECK(gaz_tagger_create(l, &o, &t, NULL) == GAZ_OK);
        size_t n = tag(t, text, 0, len, whole, 0);
        size_t cut = gaz_tag_cut(t, text, len);
        FUZZ_CHECK(cut <= len);
        if (cut > 0) {
            size_t m = tag(t, text, 0, cut, parts, 0);
            m = tag(t, text, cut, len, parts, m);
            FUZZ_CHECK(n == m);
            for (size_t i = 0; i < n; i++) {
                FUZZ_CHECK(whole[i].start == parts[i].start &&
                           whole[i].end == parts[i].end &&
                           whole[i].entry == parts[i].entry);
            }
        }
        tag_tokens(t, text, len);
        gaz_tagger_free(t);
    }
    const char *said = NULL;
    size_t said_len = 0;
    gaz_explainer *x = NULL;
    FUZZ_CHECK(gaz_explainer_create(l, NULL, &x, NULL) == GAZ_OK);
    FUZZ_CHECK(gaz_explain(x, text, len, &said, &said_len, NULL) == GAZ_OK);
    gaz_explainer_free(x);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size > 0 ? memchr(data, 0, size) : NULL;
    gaz_builder *b = NULL;
    gaz_lexicon *l = NULL;
    const void *image = NULL;
    size_t len = 0;
    if (nul == NULL ||
        gaz_builder_create(NULL, &fuzz_allocator, &b, NULL) != GAZ_OK) {
        return 0;
    }
    size_t list = (size_t)(nul - data);
    if (gaz_builder_add(b, GAZ_INPUT_LIST, "fuzz", (const char *)data, list,
                        NULL) == GAZ_OK &&
        gaz_builder_finish(b, &image, &len, NULL) == GAZ_OK) {
        FUZZ_CHECK(gaz_lexicon_open(image, len, &fuzz_allocator, &l, NULL) ==
                   GAZ_OK);
        tag_all(l, (const char *)nul + 1, size - list - 1);
        gaz_lexicon_free(l);
    }
    gaz_builder_free(b);
    return 0;
}
