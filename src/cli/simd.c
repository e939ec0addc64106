/* GAZ_SIMD: the instructions that taggers use, for tests and measurements. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const char *const levels[] = {"best", "none", "neon", "avx2", "avx512"};
enum { LEVELS = sizeof levels / sizeof levels[0] };

_Static_assert(GAZ_SIMD_BEST == 0 && GAZ_SIMD_NONE == 1 && GAZ_SIMD_NEON == 2 &&
                   GAZ_SIMD_AVX2 == 3 && GAZ_SIMD_AVX512 == 4,
               "levels are in the order of gaz_simd");

/* LEVELS: it is none of them. */
static int find(void)
{
    const char *value = getenv("GAZ_SIMD");
    int i = 0;
    if (value == NULL || value[0] == '\0') {
        return GAZ_SIMD_BEST;
    }
    while (i < LEVELS && strcmp(value, levels[i]) != 0) {
        i++;
    }
    return i;
}

gaz_simd cli_simd(void)
{
    int i = find();
    return i < LEVELS ? (gaz_simd)i : GAZ_SIMD_BEST;
}

int cli_simd_check(void)
{
    return find() < LEVELS
               ? EXIT_OK
               : cli_fail("GAZ_SIMD is '%s', should be one of: best none neon "
                          "avx2 avx512",
                          getenv("GAZ_SIMD"));
}
