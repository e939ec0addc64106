/* A lexicon of any bytes. Its checksum is put right first, or hardly any
 * input would come past it. */
#include "fuzz.h"

#include <string.h>

#include "base/digest.h"
#include "base/bytes.h"
#include "gaz.h"

static const char text[] = "C++ and Linux, the AT&T\nUnix kernels of Java. Go "
                           "compiler! /usr/Go \xE6\xBC\xA2\xE5\xAD\x97 .NET";

static void use(const gaz_lexicon *l)
{
    gaz_tagger *t = NULL;
    const gaz_span *spans = NULL;
    size_t count = 0;
    for (uint32_t i = 0; i < gaz_lexicon_entry_count(l); i++) {
        gaz_entry e;
        uint32_t label = 0;
        uint32_t n = 0;
        FUZZ_CHECK(gaz_lexicon_entry(l, i, &e) == GAZ_OK);
        for (size_t k = 0; k < e.label_count; k++) {
            FUZZ_CHECK(gaz_lexicon_entry_label(l, i, k, &label, &n) == GAZ_OK &&
                       gaz_lexicon_label(l, label) != NULL);
        }
    }
    if (gaz_tagger_create(l, NULL, &t, NULL) != GAZ_OK) {
        return;
    }
    if (gaz_tag(t, text, sizeof text - 1, &spans, &count, NULL) == GAZ_OK) {
        size_t at = 0;
        for (size_t i = 0; i < count; i++) {
            FUZZ_CHECK(spans[i].start >= at && spans[i].start < spans[i].end &&
                       spans[i].end < sizeof text &&
                       spans[i].entry < gaz_lexicon_entry_count(l));
            at = spans[i].end;
        }
    }
    gaz_tagger_free(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char *image = fuzz_copy(data, size);
    gaz_lexicon *l = NULL;
    if (image == NULL) {
        return 0;
    }
    if (size >= 32) {
        bytes_store64(image + 16, size);
        bytes_store64(image + 24, digest_xxh64(image + 32, size - 32,
                                            bytes_load64(image + 8)));
    }
    if (gaz_lexicon_open(image, size, NULL, &l, NULL) == GAZ_OK) {
        use(l);
        gaz_lexicon_free(l);
    }
    free(image);
    return 0;
}
