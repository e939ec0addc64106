/* The scanner's work is bounded by the length of the text, whatever the names
 * and the text: counted in steps (tokens walked over, lookups, names compared)
 * at every level of instructions that this machine has. And all levels find
 * the same, byte for byte, in texts longer than a chunk. */
#include "lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build/index_build.h"
#include "model/index.h"
#include "model/lexicon.h"
#include "tag/scan.h"

enum { TEXT = 60000, LEVELS = 4 };

static const enum simd_level levels[LEVELS] = {SIMD_NONE, SIMD_NEON, SIMD_AVX2,
                                               SIMD_AVX512};

struct bytes {
    char *data;
    size_t len, room;
};

static void put(struct bytes *b, const char *s, size_t times)
{
    size_t n = strlen(s);
    for (size_t i = 0; i < times; i++) {
        if (b->len + n >= b->room) {
            b->room = 2 * (b->room + n);
            b->data = realloc(b->data, b->room);
            assert_non_null(b->data);
        }
        memcpy(b->data + b->len, s, n + 1);
        b->len += n;
    }
}

struct fixture {
    struct lex lex;
    void *image;
    struct lexicon core;
};

static void open_core(struct fixture *f, const struct bytes *list)
{
    lex_open(&f->lex, list->data, NULL, NULL);
    f->image = aligned_alloc(64, (f->lex.len + 63) / 64 * 64);
    assert_non_null(f->image);
    memcpy(f->image, f->lex.image, f->lex.len);
    assert_int_equal(lexicon_open(f->image, f->lex.len, &f->core, NULL),
                     STATUS_OK);
}

static void close_core(struct fixture *f)
{
    free(f->image);
    lex_close(&f->lex);
}

/* Steps a byte, at most, over all levels. */
static double steps_of(const struct fixture *f, const struct bytes *text)
{
    double most = 0;
    for (size_t i = 0; i < LEVELS; i++) {
        struct scan_options options = {0};
        const struct span *spans = NULL;
        struct scan *sc = NULL;
        size_t count = 0;
        assert_int_equal(
            scan_create(&alloc_default, &f->core.index, levels[i], &sc),
            STATUS_OK);
        assert_int_equal(scan_text(sc, (const uint8_t *)text->data, text->len,
                                   &options, &spans, &count),
                         STATUS_OK);
        const struct scan_stats *s = scan_stats(sc);
        double steps =
            (double)(s->steps + s->lookups + s->verified) / (double)text->len;
        most = steps > most ? steps : most;
        scan_free(sc);
    }
    return most;
}

static void hold(const char *what, struct bytes *list, struct bytes *text,
                 double limit)
{
    struct fixture f = {0};
    open_core(&f, list);
    double steps = steps_of(&f, text);
    print_message("%-40s %6.2f steps a byte\n", what, steps);
    if (steps > limit) {
        fail_msg("%s: %.1f steps a byte, at most %.1f are allowed", what, steps,
                 limit);
    }
    close_core(&f);
    free(list->data);
    free(text->data);
    *list = *text = (struct bytes){0};
}

/* The limit is that of a start at every byte: LIMIT tokens deep, each looked
 * up and walked over a few times. A name of n tokens without the tricks of
 * deep.c would take n. */
enum { LIMIT = 40 };

static void test_bounded(void **state)
{
    struct bytes list = {0};
    struct bytes text = {0};
    (void)state;

    put(&list, "a ", 9999);
    put(&list, "a\tX\t\tcase=exact\n", 1);
    put(&text, "a ", TEXT / 2);
    hold("a name of 10,000 tokens, in itself", &list, &text, LIMIT);

    put(&list, "a ", 9999);
    put(&list, "b\tX\t\tcase=exact\n", 1);
    put(&text, "a ", TEXT / 2);
    hold("a name of 10,000 tokens, but the last", &list, &text, LIMIT);

    for (size_t n = 1; n < 300; n++) {
        put(&list, "a ", n);
        put(&list, "c\tX\t\tcase=exact\n", 1);
    }
    put(&text, "a ", TEXT / 2);
    hold("all of a^n c, in a^n", &list, &text, LIMIT);

    for (size_t n = 1; n < 300; n++) {
        put(&list, "a ", n - 1);
        put(&list, "a\tX\t\tcase=exact\n", 1);
    }
    for (size_t n = 0; n < TEXT / 100; n++) {
        put(&text, "a ", n % 97);
        put(&text, "b ", 1);
    }
    hold("all prefixes of a^300, in a^n b", &list, &text, LIMIT);

    for (size_t n = 1; n < 40; n++) {
        put(&list, "-", n);
        put(&list, "\tX\t\tcase=exact\n", 1);
        put(&list, "-", n);
        put(&list, "a\tX\t\tcase=exact\n", 1);
    }
    put(&text, "-", TEXT);
    hold("rows of dashes", &list, &text, LIMIT);

    put(&list,
        "\xE2\x80\x93 a\tX\t\tcase=exact\n\xC3\xA9\tX\t\tcase=exact\na "
        "\xC3\xA9\tX\t\tcase=exact\n",
        1);
    put(&text, "\xC3\xA9", TEXT / 2);
    hold("one word of 60,000 bytes", &list, &text, LIMIT);

    put(&list, "\xE2\x80\x93\xE2\x80\x93\xE2\x80\x93 a\tX\t\tcase=exact\n", 1);
    put(&text, "\xE2\x80\x93", TEXT / 3);
    hold("symbols that are not ASCII", &list, &text, LIMIT);

    put(&list, "a a a a a a a b\tX\t\tcase=exact\na\tX\t\tcase=exact\n", 1);
    put(&text, "a  \xC2\xA0 ", TEXT / 6);
    hold("odd white space", &list, &text, LIMIT);
}

/* splitmix64 */
static uint32_t random_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)(z >> 32);
}

/* Told to begin no name at some byte or behind it, it finds those before. */
static void hold_before(struct scan *sc, const struct bytes *text, bool inside,
                        const struct span *all, size_t count, size_t before)
{
    struct scan_options options = {.inside = inside, .before = before};
    const struct span *spans = NULL;
    size_t n = 0;
    assert_int_equal(scan_text(sc, (const uint8_t *)text->data, text->len,
                               &options, &spans, &n),
                     STATUS_OK);
    size_t want = 0;
    while (want < count && all[want].start < before) {
        want++;
    }
    assert_int_equal(n, want);
    for (size_t k = 0; k < n; k++) {
        assert_int_equal(spans[k].start, all[k].start);
        assert_int_equal(spans[k].end, all[k].end);
        assert_int_equal(spans[k].entry, all[k].entry);
    }
}

/* Long texts of a few words, plain and odd, at all levels. */
static void hold_levels(const char *policy)
{
    /* clang-format off */
    static const char *const pieces[] = {
        "kernel", "Kernel", "kernels", "module", "Linux",    "the", "of",
        "a",      "x-y",    "C++",     "AT&T",   "libraries", "é",   "caf\xC3\xA9",
        "\xE2\x80\x9C", "\xE2\x80\x99s", "\xC2\xA0", "internationalisation",
        "averyveryverylongwordofmorethanthirtytwobytes", ".", ",", "--", "(",
        ")",      "/",      "\n",      "\n\n",   "  ",        "_",   "\xFF"};
    /* clang-format on */
    enum { PIECES = sizeof pieces / sizeof pieces[0] };
    uint64_t seed = 7;
    struct bytes list = {0};
    size_t total = 0;
    for (size_t i = 0; i < 400; i++) {
        for (uint32_t n = 1 + random_next(&seed) % 4; n > 0; n--) {
            put(&list, pieces[random_next(&seed) % 20], 1);
            put(&list, n > 1 ? " " : policy, 1);
        }
    }
    struct fixture f = {0};
    open_core(&f, &list);
    for (size_t round = 0; round < 6; round++) {
        struct bytes text = {0};
        static struct span first[TEXT];
        size_t known = 0;
        while (text.len < TEXT) {
            put(&text, pieces[random_next(&seed) % PIECES], 1);
            put(&text, " ", random_next(&seed) % 5 > 0);
        }
        for (size_t i = 0; i < LEVELS; i++) {
            struct scan_options options = {.inside = round % 2 == 1};
            const struct span *spans = NULL;
            struct scan *sc = NULL;
            size_t n = 0;
            assert_int_equal(
                scan_create(&alloc_default, &f.core.index, levels[i], &sc),
                STATUS_OK);
            assert_int_equal(scan_text(sc, (const uint8_t *)text.data, text.len,
                                       &options, &spans, &n),
                             STATUS_OK);
            assert_true(n < TEXT && (i == 0 || n == known));
            for (size_t k = 0; k < n; k++) {
                if (i > 0 && (spans[k].start != first[k].start ||
                              spans[k].end != first[k].end ||
                              spans[k].entry != first[k].entry)) {
                    fail_msg("round %zu: %s finds %zu-%zu where none finds "
                             "%zu-%zu",
                             round, scan_level(sc), spans[k].start,
                             spans[k].end, first[k].start, first[k].end);
                }
                first[k] = spans[k];
            }
            known = n;
            for (size_t k = 0; k < 20; k++) {
                hold_before(sc, &text, options.inside, first, known,
                            1 + random_next(&seed) % TEXT);
            }
            for (size_t k = 1; k < known; k += 97) {
                hold_before(sc, &text, options.inside, first, known,
                            first[k].start + k % 2);
            }
            scan_free(sc);
        }
        total += known;
        free(text.data);
    }
    assert_true(total > 10000);
    close_core(&f);
    free(list.data);
}

static void test_levels_agree(void **state)
{
    (void)state;
    hold_levels("\tX\t\tcase=exact,plural=no\n");
    hold_levels("\tX\t\tcase=smart,plural=yes\n");
    hold_levels("\tX\t\tcase=fold\n");
}

/* Tables that are too small for their names grow until these fit, each of the
 * two, however few names the other one has. */
static void grows(size_t ones, size_t longer)
{
    static char names[4000][16];
    static struct index_entry entries[4000];
    const struct index_options options = {.load_percent = 140};
    struct index_report report;
    struct index ix;
    uint8_t *image = NULL;
    size_t size = 0;
    for (size_t i = 0; i < ones + longer; i++) {
        int n = sprintf(names[i], i < ones ? "one%zu" : "of two%zu", i);
        entries[i] = (struct index_entry){.name = (const uint8_t *)names[i],
                                          .len = (uint32_t)n};
    }
    assert_int_equal(index_build(&alloc_default, entries, ones + longer,
                                 &options, &image, &size, &report),
                     STATUS_OK);
    assert_true(report.salts > 3 && size < 1000000);
    uint8_t *aligned = aligned_alloc(64, (size + 63) / 64 * 64);
    assert_non_null(aligned);
    memcpy(aligned, image, size);
    assert_int_equal(index_open(aligned, size, &ix), STATUS_OK);
    assert_true(ix.solo_buckets * BUCKET_SLOTS >= ones &&
                ix.buckets * BUCKET_SLOTS >= longer);
    free(aligned);
    alloc_free(&alloc_default, image, size);
}

static void test_tables_grow(void **state)
{
    (void)state;
    grows(3900, 1);
    grows(1, 3900);
    grows(2000, 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bounded),
                                       cmocka_unit_test(test_levels_agree),
                                       cmocka_unit_test(test_tables_grow)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
