/* Names of one token that were found before are found again in a shorter way:
 * what is found is what the long way finds, whatever came before. */
#include "lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/lexicon.h"
#include "tag/scan.h"

enum {
    NAMES = 30000, /* more than are remembered */
    WORDS = 40000,
    ROOM = WORDS * 24,
    TEXTS = 3
};

/* splitmix64 */
static uint32_t below(uint64_t *state, uint32_t n)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)(z >> 32) % n;
}

static char *make_list(void)
{
    static const char *const policies[] = {"exact", "smart", "fold"};
    char *list = malloc((size_t)NAMES * 48);
    size_t n = 0;
    assert_non_null(list);
    for (int i = 0; i < NAMES; i++) {
        n += (size_t)sprintf(list + n, "%s%05dx\tX\t\tcase=%s,plural=%s\n",
                             i % 5 == 0 ? "Pre" : "Prefixed", i,
                             policies[i % 3], i % 2 == 0 ? "yes" : "no");
    }
    return list;
}

/* The names as they are, in other letters, in the plural, in other words, and
 * with signs around them. */
static size_t make_text(uint64_t *state, char *text)
{
    static const char *const before[] = {"", "", "", "(", "\"", "a/", "-", "."};
    static const char *const behind[] = {
        "",         "",  "",  "s",     "ies",           "x", "\xC3\xA9",
        "\xCC\x81", ")", ".", " (an)", "\xE2\x80\x99s", "_", "@a.b"};
    size_t n = 0;
    for (int i = 0; i < WORDS; i++) {
        uint32_t name = below(state, below(state, 2) == 0 ? 100 : NAMES);
        const char *first = name % 5 == 0 ? "Pre" : "Prefixed";
        size_t start =
            (n += (size_t)sprintf(text + n, "%s", before[below(state, 8)]));
        n += (size_t)sprintf(text + n, "%s%05ux", first, name);
        if (below(state, 4) == 0) {
            size_t k = below(state, (uint32_t)(n - start));
            text[start + k] =
                (char)(text[start + k] ^ (text[start + k] > '9' ? 0x20 : 0));
        }
        n += (size_t)sprintf(text + n, "%s%s", behind[below(state, 14)],
                             below(state, 20) == 0 ? "\n\n" : " ");
    }
    return n;
}

static bool always(void *ctx, size_t start, size_t end)
{
    (void)ctx;
    return start < end;
}

static void scan(struct scan *sc, const char *text, size_t len, bool plainly,
                 const struct span **spans, size_t *count)
{
    struct scan_options options = {.accept = plainly ? always : NULL};
    assert_int_equal(
        scan_text(sc, (const uint8_t *)text, len, &options, spans, count),
        STATUS_OK);
}

static void test_memo(void **state)
{
    static char text[ROOM];
    uint64_t seed = 11;
    struct lex lex = {0};
    struct lexicon core;
    struct scan *sc = NULL;
    struct scan *other = NULL;
    char *list = make_list();
    size_t beside = 0;
    (void)state;
    lex_open(&lex, list, NULL, NULL);
    void *image = aligned_alloc(64, (lex.len + 63) / 64 * 64);
    assert_non_null(image);
    memcpy(image, lex.image, lex.len);
    assert_int_equal(lexicon_open(image, lex.len, &core, NULL), STATUS_OK);
    assert_int_equal(scan_create(&alloc_default, &core.index, SIMD_BEST, &sc),
                     STATUS_OK);
    assert_int_equal(
        scan_create(&alloc_default, &core.index, SIMD_BEST, &other), STATUS_OK);
    for (int round = 0; round < TEXTS; round++) {
        const struct span *spans = NULL;
        const struct span *want = NULL;
        size_t count = 0;
        size_t want_count = 0;
        size_t len = make_text(&seed, text);
        scan(sc, text, len, false, &spans, &count);
        scan(other, text, len, true, &want, &want_count);
        assert_true(want_count > WORDS / 4);
        assert_int_equal(count, want_count);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(spans[i].start, want[i].start);
            assert_int_equal(spans[i].end, want[i].end);
            assert_int_equal(spans[i].entry, want[i].entry);
            bool bracket =
                (spans[i].start > 0 && text[spans[i].start - 1] == '(') ||
                (spans[i].end + 1 < len && text[spans[i].end + 1] == '(');
            assert_false(spans[i].bare && bracket);
            beside += bracket;
        }
    }
    assert_true(beside > 1000);
    scan_free(sc);
    scan_free(other);
    free(image);
    free(list);
    lex_close(&lex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_memo)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
