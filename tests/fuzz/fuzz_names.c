/* A list of any kind and any bytes, compiled, opened and used. The first byte
 * chooses the kind, and for bare names the separator. */
#include "fuzz.h"

#include "gaz.h"

static const char text[] =
    "C++ and Linux, the AT&T\nUnix kernels of Java. Go compiler! a b New York "
    "PDP-11/34 x86_64 caf\xC3\xA9 .NET 12 the of";

static gaz_status add(gaz_builder *b, int choice, const char *data, size_t len,
                      gaz_error *e)
{
    static const gaz_input kinds[] = {GAZ_INPUT_LIST, GAZ_INPUT_SPACY,
                                      GAZ_INPUT_REGEXNER, GAZ_INPUT_KEEP,
                                      GAZ_INPUT_DROP};
    int kind = choice & 7;
    if (kind < 5) {
        return gaz_builder_add(b, kinds[kind], "fuzz", data, len, e);
    }
    return gaz_builder_add_names(b, "fuzz", "Label",
                                 kind == 5   ? ""
                                 : kind == 6 ? "&"
                                             : "\t",
                                 data, len, e);
}

static void use(const void *image, size_t len)
{
    gaz_lexicon *l = NULL;
    gaz_tagger *t = NULL;
    gaz_explainer *x = NULL;
    const gaz_span *spans = NULL;
    const char *said = NULL;
    size_t count = 0;
    /* What we write, we read. */
    FUZZ_CHECK(gaz_lexicon_open(image, len, &fuzz_allocator, &l, NULL) ==
               GAZ_OK);
    FUZZ_CHECK(gaz_tagger_create(l, NULL, &t, NULL) == GAZ_OK);
    FUZZ_CHECK(gaz_tag(t, text, sizeof text - 1, &spans, &count, NULL) ==
               GAZ_OK);
    FUZZ_CHECK(gaz_explainer_create(l, NULL, &x, NULL) == GAZ_OK);
    FUZZ_CHECK(gaz_explain(x, text, sizeof text - 1, &said, &count, NULL) ==
               GAZ_OK);
    gaz_explainer_free(x);
    gaz_tagger_free(t);
    gaz_lexicon_free(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int choice = size > 0 ? data[0] : 0;
    gaz_build_options o = {.skip_unsupported = (choice & 8) != 0,
                           .letter_case = (gaz_case)(choice >> 4 & 3)};
    gaz_builder *b = NULL;
    gaz_error e = {0};
    const void *image = NULL;
    const char *report = NULL;
    size_t len = 0;
    char *copy = fuzz_copy(data + (size > 0), size - (size > 0));
    if (copy == NULL ||
        gaz_builder_create(&o, &fuzz_allocator, &b, &e) != GAZ_OK) {
        free(copy);
        return 0;
    }
    if (add(b, choice, copy, size - (size > 0), &e) != GAZ_OK) {
        FUZZ_CHECK(e.message[0] != '\0' &&
                   (e.line > 0 || e.code != GAZ_SYNTAX));
    } else if (gaz_builder_finish(b, &image, &len, &e) == GAZ_OK) {
        use(image, len);
        FUZZ_CHECK(gaz_builder_report(b, &report, &len, &e) == GAZ_OK);
    }
    gaz_builder_free(b);
    free(copy);
    return 0;
}
