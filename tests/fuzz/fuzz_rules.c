/* Rules, a NUL byte, a text. Lists beside them give labels to name. */
#include "fuzz.h"

#include "gaz.h"

static const char list[] = "Linux\tOS\nx86\tArch\nPDP-11\tDevice\n"
                           "Go\tLanguage\t\tneed=compiler\n";

static void tag(const gaz_lexicon *l, const char *text, size_t len)
{
    gaz_tagger *t = NULL;
    const gaz_span *spans = NULL;
    size_t count = 0;
    char *copy = fuzz_copy(text, len);
    FUZZ_CHECK(gaz_tagger_create(l, NULL, &t, NULL) == GAZ_OK && copy != NULL);
    FUZZ_CHECK(gaz_tag(t, copy, len, &spans, &count, NULL) == GAZ_OK);
    fuzz_check_spans(spans, count, len);
    FUZZ_CHECK(gaz_tag_cut(t, copy, len) <= len);
    gaz_tagger_free(t);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size > 0 ? memchr(data, 0, size) : NULL;
    size_t rules = nul != NULL ? (size_t)(nul - data) : size;
    gaz_builder *b = NULL;
    gaz_lexicon *l = NULL;
    gaz_error e = {0};
    const void *image = NULL;
    size_t len = 0;
    char *copy = fuzz_copy(data, rules);
    if (copy == NULL ||
        gaz_builder_create(NULL, &fuzz_allocator, &b, NULL) != GAZ_OK) {
        free(copy);
        return 0;
    }
    FUZZ_CHECK(gaz_builder_add(b, GAZ_INPUT_LIST, "list", list, sizeof list - 1,
                               NULL) == GAZ_OK);
    if (gaz_builder_add(b, GAZ_INPUT_RULES, "fuzz", copy, rules, &e) !=
        GAZ_OK) {
        FUZZ_CHECK(e.message[0] != '\0');
    } else if (gaz_builder_finish(b, &image, &len, &e) == GAZ_OK) {
        FUZZ_CHECK(gaz_lexicon_open(image, len, &fuzz_allocator, &l, NULL) ==
                   GAZ_OK);
        if (nul != NULL) {
            tag(l, (const char *)nul + 1, size - rules - 1);
        }
        gaz_lexicon_free(l);
    }
    gaz_builder_free(b);
    free(copy);
    return 0;
}
