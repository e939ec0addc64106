/* Lists of any bytes, parted by NUL bytes: problems with their places. */
#include "fuzz.h"

#include "gaz.h"

static const char words[] = "the\nof\ngo\nin\n";

static bool add_all(gaz_linter *l, const char *p, size_t size)
{
    size_t at = 0;
    while (at <= size) {
        const char *nul = size > at ? memchr(p + at, 0, size - at) : NULL;
        size_t n = nul != NULL ? (size_t)(nul - p) - at : size - at;
        char *copy = fuzz_copy(p + at, n);
        gaz_status s = copy == NULL ? GAZ_NOMEM
                                    : gaz_linter_add(l, at == 0 ? "a" : "b",
                                                     copy, n, NULL);
        free(copy);
        if (s != GAZ_OK) {
            return false;
        }
        at += n + 1;
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gaz_linter *l = NULL;
    const gaz_problem *list = NULL;
    size_t count = 0;
    if (gaz_linter_create(NULL, &l, NULL) != GAZ_OK) {
        return 0;
    }
    FUZZ_CHECK(gaz_linter_words(l, words, sizeof words - 1, NULL) == GAZ_OK);
    if (add_all(l, (const char *)data, size) &&
        gaz_linter_finish(l, &list, &count, NULL) == GAZ_OK) {
        for (size_t i = 0; i < count; i++) {
            FUZZ_CHECK(list[i].line > 0 && list[i].column > 0 &&
                       list[i].message[0] != '\0' && list[i].check[0] != '\0');
        }
    }
    gaz_linter_free(l);
    return 0;
}
