/* A document of any bytes: its view, and that each byte of it stands in the
 * document where it is said to stand. The first byte picks the zones. */
#ifndef GAZ_TESTS_FUZZ_MARKUP_H
#define GAZ_TESTS_FUZZ_MARKUP_H

#include "fuzz.h"

#include "gaz.h"

static inline int fuzz_markup(gaz_format format, const uint8_t *data,
                              size_t size)
{
    unsigned zones = size > 0 ? data[0] : 0;
    size_t len = size - (size > 0);
    char *source = fuzz_copy(data + (size > 0), len);
    gaz_document *d = NULL;
    const char *text = NULL;
    size_t n = 0;
    FUZZ_CHECK(source != NULL);
    FUZZ_CHECK(gaz_document_create(NULL, &d, NULL) == GAZ_OK);
    FUZZ_CHECK(gaz_document_read(d, format, zones, source, len, NULL) ==
               GAZ_OK);
    gaz_document_text(d, &text, &n);
    for (size_t i = 0; i < n; i++) {
        size_t start = 0;
        size_t end = 0;
        gaz_document_map(d, i, i + 1, &start, &end);
        FUZZ_CHECK(start <= end && end <= len);
        FUZZ_CHECK(end - start != 1 || source[start] == text[i] ||
                   (text[i] == ' ' && strchr("\r\n", source[start]) != NULL));
        FUZZ_CHECK(end - start < 2 || source[start] == '&');
    }
    gaz_document_free(d);
    free(source);
    return 0;
}

#endif
