/* A byte of choices, a corpus, a NUL byte, a text: a scored lexicon is trained
 * on the corpus, with a few names as hints or without, and the text is tagged
 * with it in every way. */
#include "fuzz.h"

#include "gaz.h"

enum { TOKENS_MAX = 256 };

/* A lexicon of names that the corpora in tests/fuzz/corpus/scored have too. */
static gaz_lexicon *hints(void)
{
    static const char list[] = "Linux\tOS\nGo\tLanguage\nAb Cd\tX\n";
    static gaz_builder *b; /* owns the image; freed by nobody */
    static gaz_lexicon *l;
    const void *image = NULL;
    size_t len = 0;
    if (l == NULL) {
        FUZZ_CHECK(gaz_builder_create(NULL, &fuzz_allocator, &b, NULL) ==
                   GAZ_OK);
        FUZZ_CHECK(gaz_builder_add(b, GAZ_INPUT_LIST, "hints", list,
                                   sizeof list - 1, NULL) == GAZ_OK);
        FUZZ_CHECK(gaz_builder_finish(b, &image, &len, NULL) == GAZ_OK);
        FUZZ_CHECK(gaz_lexicon_open(image, len, &fuzz_allocator, &l, NULL) ==
                   GAZ_OK);
    }
    return l;
}

static void check(const gaz_span *spans, size_t count, size_t len)
{
    fuzz_check_spans(spans, count, len);
    for (size_t i = 0; i < count; i++) {
        FUZZ_CHECK(spans[i].score <= 1);
    }
}

static void tag(const gaz_lexicon *l, int choice, const char *text, size_t len)
{
    gaz_tag_options o = {.inside = (choice & 1) != 0,
                         .simd = choice & 2 ? GAZ_SIMD_NONE : GAZ_SIMD_BEST};
    gaz_token tokens[TOKENS_MAX];
    gaz_tagger *t = NULL;
    gaz_explainer *x = NULL;
    const gaz_span *spans = NULL;
    const char *said = NULL;
    size_t count = 0;
    FUZZ_CHECK(gaz_tagger_create(l, &o, &t, NULL) == GAZ_OK);
    FUZZ_CHECK(gaz_tag(t, text, len, &spans, &count, NULL) == GAZ_OK);
    check(spans, count, len);
    size_t n = fuzz_tokens(text, len, tokens, TOKENS_MAX);
    FUZZ_CHECK(gaz_tag_tokens(t, tokens, n, &spans, &count, NULL) == GAZ_OK);
    check(spans, count, n);
    gaz_tagger_free(t);
    FUZZ_CHECK(gaz_explainer_create(l, NULL, &x, NULL) == GAZ_OK);
    FUZZ_CHECK(gaz_explain(x, text, len, &said, &count, NULL) == GAZ_OK);
    gaz_explainer_free(x);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int choice = size > 0 ? data[0] : 0;
    const char *corpus = (const char *)data + (size > 0);
    size_t rest = size - (size > 0);
    const char *nul = rest > 0 ? memchr(corpus, 0, rest) : NULL;
    gaz_build_options o = {.select = GAZ_SELECT_SCORED,
                           .letter_case = (gaz_case)(choice >> 2 & 3),
                           .prior = choice & 16 ? hints() : NULL,
                           .prior_weight = choice & 32 ? 2 : 0,
                           .tag_column = choice & 64 ? -1 : 0};
    gaz_builder *b = NULL;
    gaz_lexicon *l = NULL;
    gaz_error e = {0};
    const void *image = NULL;
    size_t len = 0;
    if (nul == NULL ||
        gaz_builder_create(&o, &fuzz_allocator, &b, &e) != GAZ_OK) {
        return 0;
    }
    size_t corpus_len = (size_t)(nul - corpus);
    size_t text_len = rest - corpus_len - 1;
    if (gaz_builder_add(b, GAZ_INPUT_CORPUS, "fuzz", corpus, corpus_len, &e) ==
            GAZ_OK &&
        gaz_builder_finish(b, &image, &len, &e) == GAZ_OK) {
        char *text = fuzz_copy(nul + 1, text_len);
        /* What we write, we read. */
        FUZZ_CHECK(gaz_lexicon_open(image, len, &fuzz_allocator, &l, &e) ==
                   GAZ_OK);
        tag(l, choice, text, text_len);
        gaz_lexicon_free(l);
        free(text);
    }
    gaz_builder_free(b);
    return 0;
}
