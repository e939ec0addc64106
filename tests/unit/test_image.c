#include "lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "model/image.h"

/* Something of everything an image can hold. */
static const char list[] = "C++\tLanguage\tQ2407\tcase=exact\n"
                           ".NET\tLibrary\n"
                           "C#\tLanguage\n"
                           "AT&T Unix\tOS\tQ11368\tpriority=-7\n"
                           "Go\tLanguage\t\tneed=compiler|@OS,priority=1\n"
                           "Go\tGame\t\tnext=board,not=code\n"
                           "caf\xC3\xA9\tThing\t\tkind=generic\n"
                           "kernel\tThing\t\tplural=yes,case=fold\n"
                           "*\tThing\n"
                           "\xE6\xBC\xA2\xE5\xAD\x97\tThing\n";
static const char corpus[] =
    "Java\tB-Language\nis\tO\n\nJava\tB-Place\nand\tO\ngrids\tO\n\n"
    "Java\tB-Language\ngrid\tB-Thing\nSolaris\tB-OS\n10\tI-OS\n";
static const char text[] =
    "C++ and C# on AT&T\nUnix, .NET; Go compiler, Go board. Kernels of Java "
    "grids grid * Solaris 10 \xE6\xBC\xA2\xE5\xAD\x97 caf\xC3\xA9 Go AT&T";

static void open_sample(struct lex *l)
{
    lex_open(l, list, corpus, NULL);
}

static void test_round_trip(void **state)
{
    (void)state;
    struct lex l;
    open_sample(&l);
    static const char *const labels[] = {"Game", "Language", "Library",
                                         "OS",   "Place",    "Thing"};
    assert_int_equal(gaz_lexicon_label_count(l.lexicon), 6);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(gaz_lexicon_label(l.lexicon, i), labels[i]);
    }
    assert_null(gaz_lexicon_label(l.lexicon, 6));
    assert_null(gaz_lexicon_label(l.lexicon, SIZE_MAX));

    bool cpp = false;
    bool java = false;
    for (uint32_t i = 0; i < gaz_lexicon_entry_count(l.lexicon); i++) {
        gaz_entry e;
        assert_int_equal(gaz_lexicon_entry(l.lexicon, i, &e), GAZ_OK);
        if (e.surface_len == 3 && memcmp(e.surface, "C++", 3) == 0) {
            cpp = true;
            assert_string_equal(e.id, "Q2407");
            assert_int_equal(e.annotated, 0);
            assert_int_equal(e.label_count, 1);
            assert_int_equal(e.label, 1);
        }
        if (e.surface_len == 4 && memcmp(e.surface, "Java", 4) == 0) {
            uint32_t label = 9;
            uint32_t count = 9;
            java = true;
            assert_string_equal(e.id, "");
            assert_int_equal(e.annotated, 3);
            assert_int_equal(e.occurrences, 3);
            assert_int_equal(e.label_count, 2);
            assert_int_equal(
                gaz_lexicon_entry_label(l.lexicon, i, 0, &label, &count),
                GAZ_OK);
            assert_int_equal(label, 1);
            assert_int_equal(count, 2);
            assert_int_equal(
                gaz_lexicon_entry_label(l.lexicon, i, 1, &label, &count),
                GAZ_OK);
            assert_int_equal(label, 4);
            assert_int_equal(count, 1);
            assert_int_equal(
                gaz_lexicon_entry_label(l.lexicon, i, 2, &label, &count),
                GAZ_OPTION);
            assert_int_equal(count, 1);
        }
    }
    assert_true(cpp && java);
    gaz_entry none;
    assert_int_equal(
        gaz_lexicon_entry(l.lexicon,
                          (uint32_t)gaz_lexicon_entry_count(l.lexicon), &none),
        GAZ_OPTION);
    lex_close(&l);
}

static void test_sources(void **state)
{
    (void)state;
    struct lex l;
    open_sample(&l);
    gaz_source_info s;
    assert_int_equal(gaz_lexicon_source_count(l.lexicon), 2);
    assert_int_equal(gaz_lexicon_source(l.lexicon, 0, &s), GAZ_OK);
    assert_string_equal(s.name, "corpus");
    assert_int_equal(s.size, strlen(corpus));
    assert_int_equal(gaz_lexicon_source(l.lexicon, 1, &s), GAZ_OK);
    assert_string_equal(s.name, "list");
    assert_int_equal(s.size, strlen(list));
    assert_int_equal(gaz_lexicon_source(l.lexicon, 2, &s), GAZ_OPTION);
    assert_non_null(strstr(gaz_lexicon_options(l.lexicon), "list-case=smart"));
    assert_non_null(strstr(gaz_lexicon_options(l.lexicon), "corpus-case=fold"));
    lex_close(&l);
}

/* The same inputs give the same bytes. */
static void test_same_bytes(void **state)
{
    (void)state;
    struct lex a;
    struct lex b;
    open_sample(&a);
    open_sample(&b);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.image, b.image, a.len);
    lex_close(&a);
    lex_close(&b);
}

static gaz_status try_open(const void *data, size_t len, gaz_error *e)
{
    /* A block of its own size, so that reading past it is found out. */
    void *copy = malloc(len > 0 ? len : 1);
    gaz_lexicon *lexicon = NULL;
    assert_non_null(copy);
    if (len > 0) {
        memcpy(copy, data, len);
    }
    memset(e, 0, sizeof *e);
    gaz_status s = gaz_lexicon_open(copy, len, NULL, &lexicon, e);
    if (s == GAZ_OK) {
        gaz_lexicon_free(lexicon);
    } else {
        assert_null(lexicon);
        assert_int_equal(e->code, s);
        assert_true(e->message[0] != '\0');
    }
    free(copy);
    return s;
}

static void test_truncated(void **state)
{
    (void)state;
    struct lex l;
    gaz_error e;
    open_sample(&l);
    for (size_t len = 0; len < l.len; len++) {
        assert_int_equal(try_open(l.image, len, &e), GAZ_CORRUPT);
    }
    assert_int_equal(try_open(l.image, l.len, &e), GAZ_OK);
    assert_int_equal(try_open(l.image, 5, &e), GAZ_CORRUPT);
    assert_non_null(strstr(e.message, "not a compiled lexicon"));
    assert_int_equal(try_open(l.image, l.len - 1, &e), GAZ_CORRUPT);
    assert_non_null(strstr(e.message, "cut short"));
    lex_close(&l);
}

static void test_other_files(void **state)
{
    (void)state;
    static const char *const files[] = {
        "",
        "x",
        "Linux\tOS\n",
        "\x7F\x45LF",
        "\x89PNG\r\n\x1a\n0000000000000",
        "\x89GAZ\n\x1a\n",
        "\x89GAZ\r\n\x1a\n",
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        gaz_error e;
        assert_int_equal(try_open(files[i], strlen(files[i]), &e), GAZ_CORRUPT);
    }
}

static void test_versions(void **state)
{
    (void)state;
    struct lex l;
    gaz_error e;
    open_sample(&l);
    unsigned char *copy = malloc(l.len);
    assert_non_null(copy);
    memcpy(copy, l.image, l.len);
    bytes_store32(copy + 8, IMAGE_VERSION + 1);
    assert_int_equal(try_open(copy, l.len, &e), GAZ_VERSION);
    assert_non_null(strstr(e.message, "newer gaz"));
    /* A later version may change everything behind it. */
    assert_int_equal(try_open(copy, 32, &e), GAZ_VERSION);
    bytes_store32(copy + 8, 0);
    assert_int_equal(try_open(copy, l.len, &e), GAZ_VERSION);
    assert_null(strstr(e.message, "newer gaz"));
    free(copy);
    lex_close(&l);
}

static void test_each_byte(void **state)
{
    (void)state;
    struct lex l;
    gaz_error e;
    open_sample(&l);
    unsigned char *copy = malloc(l.len);
    assert_non_null(copy);
    memcpy(copy, l.image, l.len);
    for (size_t i = 0; i < l.len; i++) {
        static const unsigned char flips[] = {0x01, 0x80, 0xFF};
        for (size_t k = 0; k < sizeof flips; k++) {
            copy[i] ^= flips[k];
            gaz_status s = try_open(copy, l.len, &e);
            if (s != GAZ_CORRUPT && s != GAZ_VERSION) {
                fail_msg("byte %zu damaged: status %d", i, (int)s);
            }
            copy[i] ^= flips[k];
        }
    }
    free(copy);
    lex_close(&l);
}

/* Look at all that a lexicon tells, and tag with it. */
static void use_lexicon(const gaz_lexicon *l)
{
    size_t sum = strlen(gaz_lexicon_options(l));
    for (size_t i = 0; i < gaz_lexicon_label_count(l); i++) {
        sum += strlen(gaz_lexicon_label(l, i));
    }
    for (size_t i = 0; i < gaz_lexicon_source_count(l); i++) {
        gaz_source_info s;
        assert_int_equal(gaz_lexicon_source(l, i, &s), GAZ_OK);
        sum += strlen(s.name) + s.sha256[0];
    }
    for (uint32_t i = 0; i < gaz_lexicon_entry_count(l); i++) {
        gaz_entry e;
        uint32_t label = 0;
        uint32_t count = 0;
        assert_int_equal(gaz_lexicon_entry(l, i, &e), GAZ_OK);
        sum += strlen(e.id);
        for (size_t k = 0; k < e.surface_len; k++) {
            sum += (unsigned char)e.surface[k];
        }
        for (size_t k = 0; k < e.label_count; k++) {
            assert_int_equal(gaz_lexicon_entry_label(l, i, k, &label, &count),
                             GAZ_OK);
            assert_true(label < gaz_lexicon_label_count(l));
        }
        assert_true(e.label < gaz_lexicon_label_count(l));
    }
    assert_true(sum < SIZE_MAX);
}

static void check_spans(const gaz_lexicon *l, const gaz_span *spans,
                        size_t count, size_t len)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        assert_true(spans[i].start >= at && spans[i].end > spans[i].start &&
                    spans[i].end <= len);
        assert_true(spans[i].label < gaz_lexicon_label_count(l));
        assert_true(spans[i].entry < gaz_lexicon_entry_count(l));
        at = spans[i].end;
    }
}

static void use_tagger(const gaz_lexicon *l, bool inside)
{
    gaz_tag_options options = {
        .inside = inside, .hyphen_join = inside, .generic = inside};
    gaz_tagger *tagger = NULL;
    gaz_token tokens[64];
    const gaz_span *spans = NULL;
    size_t count = 0;
    gaz_status s = gaz_tagger_create(l, &options, &tagger, NULL);
    if (s != GAZ_OK) {
        return; /* refused late is refused too */
    }
    size_t len = sizeof text - 1;
    if (gaz_tag(tagger, text, len, &spans, &count, NULL) == GAZ_OK) {
        check_spans(l, spans, count, len);
    }
    size_t n = lex_split(text, len, tokens, 64);
    if (gaz_tag_tokens(tagger, tokens, n, &spans, &count, NULL) == GAZ_OK) {
        check_spans(l, spans, count, n);
    }
    assert_true(gaz_tag_cut(tagger, text, len) <= len);
    gaz_tagger_free(tagger);
}

/* Damage with a right checksum: refused, or harmless. */
static bool try_sealed(unsigned char *image, size_t len)
{
    gaz_lexicon *lexicon = NULL;
    lex_seal(image, len);
    if (gaz_lexicon_open(image, len, NULL, &lexicon, NULL) != GAZ_OK) {
        return false;
    }
    use_lexicon(lexicon);
    use_tagger(lexicon, false);
    use_tagger(lexicon, true);
    gaz_lexicon_free(lexicon);
    return true;
}

static void test_sealed_bytes(void **state)
{
    (void)state;
    struct lex l;
    size_t opened = 0;
    open_sample(&l);
    unsigned char *copy = malloc(l.len);
    assert_non_null(copy);
    memcpy(copy, l.image, l.len);
    assert_true(try_sealed(copy, l.len));
    for (size_t i = 8; i < l.len; i++) {
        static const unsigned char flips[] = {0x01, 0x80, 0xFF};
        for (size_t k = 0; k < sizeof flips; k++) {
            copy[i] ^= flips[k];
            opened += try_sealed(copy, l.len);
            copy[i] ^= flips[k];
        }
    }
    print_message("%zu of %zu damaged images were taken\n", opened,
                  3 * (l.len - 8));
    free(copy);
    lex_close(&l);
}

/* Numbers that checks are wont to miss, at every place of one. */
static void test_sealed_numbers(void **state)
{
    (void)state;
    struct lex l;
    open_sample(&l);
    unsigned char *copy = malloc(l.len);
    assert_non_null(copy);
    memcpy(copy, l.image, l.len);
    const uint32_t values[] = {
        0,          1,          0x7FFFFFFF,      0x80000000,
        0xFFFFFFFE, 0xFFFFFFFF, (uint32_t)l.len, (uint32_t)l.len - 1};
    for (size_t i = 8; i + 4 <= l.len; i += 4) {
        uint32_t was = bytes_load32(copy + i);
        for (size_t k = 0; k < sizeof values / sizeof values[0]; k++) {
            bytes_store32(copy + i, values[k]);
            (void)try_sealed(copy, l.len);
        }
        bytes_store32(copy + i, was);
    }
    free(copy);
    lex_close(&l);
}

/* Several places at once, copies of one part over another. */
static void test_sealed_random(void **state)
{
    (void)state;
    struct lex l;
    uint32_t seed = 12345;
    open_sample(&l);
    unsigned char *copy = malloc(l.len);
    assert_non_null(copy);
    for (int round = 0; round < 4000; round++) {
        memcpy(copy, l.image, l.len);
        for (int k = 0; k < 1 + round % 4; k++) {
            seed = seed * 1664525u + 1013904223u;
            size_t at = 8 + (seed >> 4) % (l.len - 8 - 16);
            seed = seed * 1664525u + 1013904223u;
            size_t from = 8 + (seed >> 4) % (l.len - 8 - 16);
            switch (seed >> 28 & 3) {
            case 0: copy[at] = (unsigned char)(seed >> 20); break;
            case 1: memmove(copy + at, copy + from, 16); break;
            case 2: memmove(copy + at / 4 * 4, copy + from / 4 * 4, 4); break;
            default: copy[at]++; break;
            }
        }
        (void)try_sealed(copy, l.len);
    }
    free(copy);
    lex_close(&l);
}

/* Shorter files whose size field agrees. */
static void test_sealed_lengths(void **state)
{
    (void)state;
    struct lex l;
    open_sample(&l);
    for (size_t len = 32; len < l.len; len++) {
        unsigned char *copy = malloc(len);
        assert_non_null(copy);
        memcpy(copy, l.image, len);
        bytes_store64(copy + 16, len);
        (void)try_sealed(copy, len);
        free(copy);
    }
    lex_close(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_sources),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_other_files),
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_each_byte),
        cmocka_unit_test(test_sealed_bytes),
        cmocka_unit_test(test_sealed_numbers),
        cmocka_unit_test(test_sealed_random),
        cmocka_unit_test(test_sealed_lengths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
