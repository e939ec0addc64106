/* A text of any bytes under the lexicon that comes with gaz (the file that
 * GAZ_FUZZ_LEXICON names): whole, cut in two, as tokens, and some explained,
 * for which all names are looked through. */
#include "fuzz.h"

#include "gaz.h"

enum { TOKENS_MAX = 512, CHOICES = 8 };

static gaz_lexicon *lexicon;
static gaz_tagger *taggers[CHOICES];
static gaz_explainer *explainer;

/* Once for all inputs, as a program does; freed by nobody. */
static void open_all(void)
{
    const char *path = getenv("GAZ_FUZZ_LEXICON");
    FILE *f = path != NULL ? fopen(path, "rb") : NULL;
    long size = 0;
    if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) <= 0) {
        fprintf(stderr, "GAZ_FUZZ_LEXICON: cannot read %s\n",
                path != NULL ? path : "(not set)");
        exit(2);
    }
    rewind(f);
    static char *image; /* stays in reach: no leak */
    image = malloc((size_t)size);
    FUZZ_CHECK(image != NULL &&
               fread(image, 1, (size_t)size, f) == (size_t)size);
    (void)fclose(f);
    FUZZ_CHECK(gaz_lexicon_open(image, (size_t)size, NULL, &lexicon, NULL) ==
               GAZ_OK);
    for (int i = 0; i < CHOICES; i++) {
        gaz_tag_options o = {.inside = (i & 1) != 0,
                             .alone = (i & 1) != 0,
                             .hyphen_join = (i & 1) != 0,
                             .generic = (i & 2) != 0,
                             .simd = i & 4 ? GAZ_SIMD_NONE : GAZ_SIMD_BEST,
                             .versions = i & 2 ? GAZ_VERSIONS_INSIDE
                                               : GAZ_VERSIONS_APART};
        FUZZ_CHECK(gaz_tagger_create(lexicon, &o, &taggers[i], NULL) == GAZ_OK);
    }
    FUZZ_CHECK(gaz_explainer_create(lexicon, NULL, &explainer, NULL) == GAZ_OK);
}

static size_t check(const gaz_span *spans, size_t count, size_t len)
{
    fuzz_check_spans(spans, count, len);
    for (size_t i = 0; i < count; i++) {
        FUZZ_CHECK(spans[i].version_end <= len &&
                   spans[i].version_start <= spans[i].version_end);
    }
    return count;
}

static size_t tag(gaz_tagger *t, const char *text, size_t len)
{
    const gaz_span *spans = NULL;
    size_t count = 0;
    char *copy = fuzz_copy(text, len);
    FUZZ_CHECK(copy != NULL);
    FUZZ_CHECK(gaz_tag(t, copy, len, &spans, &count, NULL) == GAZ_OK);
    free(copy);
    return check(spans, count, len);
}

static void tag_tokens(gaz_tagger *t, const char *text, size_t len)
{
    gaz_token tokens[TOKENS_MAX];
    const gaz_span *spans = NULL;
    size_t count = 0;
    size_t n = fuzz_tokens(text, len, tokens, TOKENS_MAX);
    FUZZ_CHECK(gaz_tag_tokens(t, tokens, n, &spans, &count, NULL) == GAZ_OK);
    (void)check(spans, count, n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (lexicon == NULL) {
        open_all();
    }
    int choice = size > 0 ? data[0] & 3 : 0;
    const char *text = (const char *)data + (size > 0);
    size_t len = size - (size > 0);
    size_t n = tag(taggers[choice], text, len);
    /* The plain scanner finds what the one with vectors finds. */
    FUZZ_CHECK(n == tag(taggers[choice | 4], text, len));
    size_t cut = gaz_tag_cut(taggers[choice], text, len);
    FUZZ_CHECK(cut <= len);
    /* what a document says of its names ends where it is cut */
    if (cut > 0 && (choice & 1) != 0) {
        FUZZ_CHECK(n == tag(taggers[choice], text, cut) +
                            tag(taggers[choice], text + cut, len - cut));
    }
    tag_tokens(taggers[choice], text, len);
    if (size > 0 && size < 64 && data[0] == '?') {
        const char *said = NULL;
        size_t said_len = 0;
        FUZZ_CHECK(gaz_explain(explainer, text, len, &said, &said_len, NULL) ==
                   GAZ_OK);
    }
    return 0;
}
