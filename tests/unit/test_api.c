#include "lex.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char list[] = "Linux\tOS\tQ388\nC++\tLanguage\n"
                           "operating system\tThing\n";

static void test_version(void **state)
{
    (void)state;
    const char *v = gaz_version();
    assert_true(v[0] >= '0' && v[0] <= '9');
    assert_non_null(strchr(v, '.'));
}

static void test_free_takes_null(void **state)
{
    (void)state;
    gaz_lexicon_free(NULL);
    gaz_tagger_free(NULL);
    gaz_builder_free(NULL);
    gaz_reader_close(NULL);
}

static void test_bad_options(void **state)
{
    (void)state;
    const gaz_build_options bad[] = {
        {.min_purity = 1.5},
        {.min_purity = NAN},
        {.smoothing = NAN},
        {.smoothing = INFINITY},
        {.letter_case = (gaz_case)77},
        {.scheme = (gaz_scheme)77},
        {.select = (gaz_select)77},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        gaz_builder *b = NULL;
        gaz_error e = {0};
        assert_int_equal(gaz_builder_create(&bad[i], NULL, &b, &e), GAZ_OPTION);
        assert_null(b);
        assert_int_equal(e.code, GAZ_OPTION);
        assert_true(e.message[0] != '\0');
        assert_int_equal(gaz_builder_create(&bad[i], NULL, &b, NULL),
                         GAZ_OPTION);
    }
}

static void test_builder_errors(void **state)
{
    (void)state;
    gaz_builder *b = NULL;
    gaz_error e = {0};
    const void *image = &e;
    size_t len = 77;
    assert_int_equal(gaz_builder_create(NULL, NULL, &b, &e), GAZ_OK);
    assert_int_equal(gaz_builder_finish(b, &image, &len, &e), GAZ_EMPTY);
    assert_ptr_equal(image, &e);
    assert_int_equal(len, 77);
    assert_string_equal(e.message, "the inputs hold no name");
    gaz_builder_free(b);

    assert_int_equal(gaz_builder_create(NULL, NULL, &b, NULL), GAZ_OK);
    assert_int_equal(gaz_builder_add(b, GAZ_INPUT_LIST, "x", "a\tX\nb", 5, &e),
                     GAZ_SYNTAX);
    assert_int_equal(e.line, 2);
    assert_int_equal(e.column, 2);
    assert_int_equal(e.reason, GAZ_REASON_NONE);
    gaz_builder_free(b);

    assert_int_equal(gaz_builder_create(NULL, NULL, &b, NULL), GAZ_OK);
    assert_int_equal(gaz_builder_add(b, GAZ_INPUT_CORPUS, "x", "a\tX", 3, &e),
                     GAZ_SYNTAX);
    assert_int_equal(e.reason, GAZ_REASON_BARE_TAG);
    assert_int_equal(e.column, 3);
    gaz_builder_free(b);

    struct lex l;
    lex_open(&l, list, NULL, NULL);
    assert_int_equal(gaz_builder_finish(l.builder, &image, &len, &e),
                     GAZ_OPTION);
    lex_close(&l);
}

static void test_empty_inputs(void **state)
{
    (void)state;
    gaz_builder *b = NULL;
    gaz_error e = {0};
    const void *image = NULL;
    size_t len = 0;
    assert_int_equal(gaz_builder_create(NULL, NULL, &b, &e), GAZ_OK);
    assert_int_equal(gaz_builder_add(b, GAZ_INPUT_CORPUS, "", NULL, 0, &e),
                     GAZ_OK);
    assert_int_equal(gaz_builder_add(b, GAZ_INPUT_LIST, "", NULL, 0, &e),
                     GAZ_OK);
    assert_int_equal(gaz_builder_finish(b, &image, &len, &e), GAZ_EMPTY);
    gaz_builder_free(b);
}

static void test_keep_and_map(void **state)
{
    (void)state;
    gaz_builder *b = NULL;
    gaz_lexicon *l = NULL;
    gaz_error e = {0};
    const void *image = NULL;
    size_t len = 0;
    assert_int_equal(gaz_builder_create(NULL, NULL, &b, &e), GAZ_OK);
    assert_int_equal(gaz_builder_map_label(b, "OS", "System", &e), GAZ_OK);
    assert_int_equal(gaz_builder_keep_label(b, "System", &e), GAZ_OK);
    assert_int_equal(gaz_builder_keep_label(b, "Nothing", &e), GAZ_OK);
    assert_int_equal(
        gaz_builder_add(b, GAZ_INPUT_LIST, "l", list, sizeof list - 1, &e),
        GAZ_OK);
    assert_int_equal(gaz_builder_finish(b, &image, &len, &e), GAZ_OK);
    assert_int_equal(gaz_lexicon_open(image, len, NULL, &l, &e), GAZ_OK);
    assert_int_equal(gaz_lexicon_label_count(l), 1);
    assert_string_equal(gaz_lexicon_label(l, 0), "System");
    assert_int_equal(gaz_lexicon_entry_count(l), 1);
    gaz_lexicon_free(l);
    gaz_builder_free(b);
}

static void test_unmet_labels(void **state)
{
    (void)state;
    gaz_builder *b = NULL;
    gaz_error e = {0};
    bool renamed = false;
    assert_int_equal(gaz_builder_create(NULL, NULL, &b, &e), GAZ_OK);
    assert_int_equal(gaz_builder_map_label(b, "OZ", "System", &e), GAZ_OK);
    assert_int_equal(gaz_builder_map_label(b, "OS", "System", &e), GAZ_OK);
    assert_int_equal(gaz_builder_map_label(b, "App", "-", &e), GAZ_OPTION);
    assert_int_equal(gaz_builder_keep_label(b, "System", &e), GAZ_OK);
    assert_int_equal(gaz_builder_keep_label(b, "Device", &e), GAZ_OK);
    assert_null(gaz_builder_met_label(b, 0));
    assert_int_equal(
        gaz_builder_add(b, GAZ_INPUT_LIST, "x", list, sizeof list - 1, &e),
        GAZ_OK);
    assert_string_equal(gaz_builder_unmet_label(b, 0, &renamed), "OZ");
    assert_true(renamed);
    assert_string_equal(gaz_builder_unmet_label(b, 1, &renamed), "Device");
    assert_false(renamed);
    assert_null(gaz_builder_unmet_label(b, 2, NULL));
    assert_string_equal(gaz_builder_met_label(b, 0), "OS");
    assert_string_equal(gaz_builder_met_label(b, 1), "Language");
    assert_string_equal(gaz_builder_met_label(b, 2), "Thing");
    assert_null(gaz_builder_met_label(b, 3));
    /* What is named later counts for what is added later. */
    assert_int_equal(gaz_builder_keep_label(b, "Thing", &e), GAZ_OK);
    assert_string_equal(gaz_builder_unmet_label(b, 2, &renamed), "Thing");
    assert_int_equal(
        gaz_builder_add(b, GAZ_INPUT_LIST, "y", list, sizeof list - 1, &e),
        GAZ_OK);
    assert_null(gaz_builder_unmet_label(b, 2, NULL));
    gaz_builder_free(b);
}

static void test_tag(void **state)
{
    (void)state;
    struct lex l;
    lex_open(&l, list, NULL, NULL);
    assert_string_equal(lex_tag(l.lexicon, NULL, "", 0), "");
    assert_string_equal(lex_tag(l.lexicon, NULL, NULL, 0), "");
    assert_string_equal(lex_tag(l.lexicon, NULL, "Linux", 5), "0-5:OS");
    assert_string_equal(lex_tag(l.lexicon, NULL, "Linux", 4), "");
    assert_string_equal(lex_tag(l.lexicon, NULL, "a C++\0Linux", 11),
                        "2-5:Language 6-11:OS");
    lex_close(&l);
}

static void test_tag_tokens(void **state)
{
    (void)state;
    struct lex l;
    lex_open(&l, list, NULL, NULL);
    assert_string_equal(lex_tag_tokens(l.lexicon, ""), "");
    assert_string_equal(lex_tag_tokens(l.lexicon, "Linux"), "0-1:OS");
    assert_string_equal(
        lex_tag_tokens(l.lexicon, "The Linux operating system in C++ ."),
        "1-2:OS 2-4:Thing 5-6:Language");
    /* Empty tokens are tokens. */
    assert_string_equal(lex_tag_tokens(l.lexicon, "a  Linux"), "2-3:OS");
    gaz_tagger *tagger = NULL;
    const gaz_span *spans = NULL;
    size_t count = 77;
    assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &tagger, NULL), GAZ_OK);
    assert_int_equal(gaz_tag_tokens(tagger, NULL, 0, &spans, &count, NULL),
                     GAZ_OK);
    assert_int_equal(count, 0);
    gaz_tagger_free(tagger);
    lex_close(&l);
}

/* One tagger for texts of all lengths, in any order. */
static void test_tagger_again(void **state)
{
    (void)state;
    struct lex l;
    gaz_tagger *tagger = NULL;
    const gaz_span *spans = NULL;
    size_t count = 0;
    lex_open(&l, list, NULL, NULL);
    assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &tagger, NULL), GAZ_OK);
    for (size_t n = 0; n < 300; n = n < 10 ? n + 1 : n * 3) {
        char *text = malloc(n * 6 + 1);
        assert_non_null(text);
        for (size_t i = 0; i < n; i++) {
            memcpy(text + 6 * i, "Linux ", 6);
        }
        assert_int_equal(gaz_tag(tagger, text, n * 6, &spans, &count, NULL),
                         GAZ_OK);
        assert_int_equal(count, n);
        assert_int_equal(gaz_tag(tagger, "C++", 3, &spans, &count, NULL),
                         GAZ_OK);
        assert_int_equal(count, 1);
        free(text);
    }
    gaz_tagger_free(tagger);
    lex_close(&l);
}

static void cuts(gaz_tagger *tagger, const char *text, size_t want)
{
    assert_int_equal(gaz_tag_cut(tagger, text, strlen(text)), want);
}

static void test_cut(void **state)
{
    (void)state;
    struct lex l;
    gaz_tagger *tagger = NULL;
    lex_open(&l, "Linux\tOS\na, b\tX\n", NULL, NULL);
    assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &tagger, NULL), GAZ_OK);
    cuts(tagger, "", 0);
    cuts(tagger, "Linux", 0);
    cuts(tagger, "Linux ", 0);
    cuts(tagger, "Linux. x", 6);
    cuts(tagger, "Linux. x; y z", 9);
    cuts(tagger, "a, b", 0);
    cuts(tagger, "a; b, c", 2);
    cuts(tagger, "a\n\nb", 2);
    cuts(tagger, "a\n\n\nb", 3);
    cuts(tagger, "\n\n", 1);
    cuts(tagger, "a.", 0);
    gaz_tagger_free(tagger);
    lex_close(&l);
}

static void test_tokens_text(void **state)
{
    (void)state;
    struct lex l;
    gaz_tagger *tagger = NULL;
    gaz_token tokens[8];
    size_t starts[8] = {0};
    size_t ends[8] = {0};
    const char *text = NULL;
    size_t len = 0;
    lex_open(&l, list, NULL, NULL);
    assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &tagger, NULL), GAZ_OK);
    size_t n = lex_split("Linux ( x ) .", 13, tokens, 8);
    assert_int_equal(
        gaz_tokens_text(tagger, tokens, n, &text, &len, starts, ends, NULL),
        GAZ_OK);
    assert_int_equal(len, 10);
    assert_memory_equal(text, "Linux (x).", 10);
    static const size_t want_starts[] = {0, 6, 7, 8, 9};
    static const size_t want_ends[] = {5, 7, 8, 9, 10};
    assert_memory_equal(starts, want_starts, sizeof want_starts);
    assert_memory_equal(ends, want_ends, sizeof want_ends);
    assert_int_equal(
        gaz_tokens_text(tagger, tokens, n, &text, &len, NULL, NULL, NULL),
        GAZ_OK);
    gaz_tagger_free(tagger);
    lex_close(&l);
}

static void test_lengths(void **state)
{
    (void)state;
    static const char text[] = "a\xC3\xA9\xF0\x9F\x90\xA7\xFF";
    assert_int_equal(gaz_text_length(text, sizeof text - 1, GAZ_BYTES), 8);
    assert_int_equal(gaz_text_length(text, sizeof text - 1, GAZ_CHARS), 4);
    assert_int_equal(gaz_text_length(text, sizeof text - 1, GAZ_UTF16), 5);
    assert_int_equal(gaz_text_length(NULL, 0, GAZ_CHARS), 0);
}

/* Two taggers over one lexicon do not disturb each other. */
static void test_shared_lexicon(void **state)
{
    (void)state;
    struct lex l;
    gaz_tagger *a = NULL;
    gaz_tagger *b = NULL;
    const gaz_span *of_a = NULL;
    const gaz_span *of_b = NULL;
    size_t n = 0;
    size_t m = 0;
    const gaz_tag_options inside = {.inside = true};
    lex_open(&l, list, NULL, NULL);
    assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &a, NULL), GAZ_OK);
    assert_int_equal(gaz_tagger_create(l.lexicon, &inside, &b, NULL), GAZ_OK);
    assert_int_equal(gaz_tag(a, "/Linux Linux", 12, &of_a, &n, NULL), GAZ_OK);
    assert_int_equal(gaz_tag(b, "/Linux Linux", 12, &of_b, &m, NULL), GAZ_OK);
    assert_int_equal(n, 1);
    assert_int_equal(m, 2);
    assert_int_equal(of_a[0].start, 7);
    gaz_tagger_free(a);
    gaz_tagger_free(b);
    lex_close(&l);
}

struct feed {
    const char *rest;
    size_t step; /* bytes a call */
    gaz_status end;
};

static gaz_status feed_read(void *context, char *buffer, size_t size,
                            size_t *got, gaz_error *e)
{
    struct feed *f = context;
    size_t n = strlen(f->rest);
    n = n < f->step ? n : f->step;
    n = n < size ? n : size;
    memcpy(buffer, f->rest, n);
    f->rest += n;
    *got = n;
    if (n == 0 && f->end != GAZ_OK) {
        memcpy(e->message, "no more", 8);
        return f->end;
    }
    return GAZ_OK;
}

static void test_reader(void **state)
{
    (void)state;
    for (size_t step = 1; step < 20; step++) {
        struct feed f = {"\na x\nb y\n\n\nc z", step, GAZ_OK};
        gaz_reader *r = NULL;
        gaz_sentence s;
        gaz_error e = {0};
        assert_int_equal(gaz_reader_open(feed_read, &f, -1, &r, &e), GAZ_OK);
        assert_int_equal(gaz_reader_next(r, &s, &e), GAZ_OK);
        assert_int_equal(s.count, 2);
        assert_int_equal(s.first_line, 2);
        assert_int_equal(s.gap_len, 1);
        assert_memory_equal(s.tokens[1].data, "y", 1);
        assert_int_equal(s.lines[1].len, 3);
        assert_memory_equal(s.lines[1].data, "b y", 3);
        assert_int_equal(gaz_reader_next(r, &s, &e), GAZ_OK);
        assert_int_equal(s.count, 1);
        assert_int_equal(s.first_line, 6);
        assert_int_equal(s.gap_len, 2);
        assert_int_equal(gaz_reader_next(r, &s, &e), GAZ_OK);
        assert_int_equal(s.count, 0);
        assert_int_equal(s.gap_len, 0);
        gaz_reader_close(r);
    }
}

static void test_reader_errors(void **state)
{
    (void)state;
    struct feed f = {"a\nb", 2, GAZ_IO};
    gaz_reader *r = NULL;
    gaz_sentence s;
    gaz_error e = {0};
    assert_int_equal(gaz_reader_open(feed_read, &f, 0, &r, &e), GAZ_OK);
    assert_int_equal(gaz_reader_next(r, &s, &e), GAZ_IO);
    assert_string_equal(e.message, "no more");
    gaz_reader_close(r);
    struct feed columns = {"a\tb\nc\n", 99, GAZ_OK};
    assert_int_equal(gaz_reader_open(feed_read, &columns, 1, &r, &e), GAZ_OK);
    assert_int_equal(gaz_reader_next(r, &s, &e), GAZ_SYNTAX);
    assert_int_equal(e.line, 2);
    assert_int_equal(e.reason, GAZ_REASON_FEW_COLUMNS);
    gaz_reader_close(r);
    struct feed bare = {"a X\n\nb X-Y\n", 99, GAZ_OK};
    assert_int_equal(gaz_reader_open_tags(feed_read, &bare, 0, 1, &r, &e),
                     GAZ_OK);
    assert_int_equal(gaz_reader_next(r, &s, &e), GAZ_SYNTAX);
    assert_int_equal(e.reason, GAZ_REASON_BARE_TAG);
    assert_int_equal(gaz_reader_next(r, &s, &e), GAZ_SYNTAX);
    assert_int_equal(e.line, 3);
    assert_int_equal(e.reason, GAZ_REASON_NONE);
    gaz_reader_close(r);
}

static void test_reader_tags(void **state)
{
    (void)state;
    struct feed f = {"a O\nMac B-OS\nOS I-OS\nC U-L\n\nx E-Y\n\ny X-\n", 3,
                     GAZ_OK};
    gaz_reader *r = NULL;
    gaz_sentence s;
    gaz_error e = {0};
    const gaz_annotation *found = NULL;
    size_t n = 0;
    assert_int_equal(gaz_reader_open_tags(feed_read, &f, 0, -1, &r, &e),
                     GAZ_OK);
    assert_int_equal(gaz_reader_next(r, &s, &e), GAZ_OK);
    assert_int_equal(gaz_reader_annotations(r, &found, &n, &e), GAZ_OK);
    assert_int_equal(n, 2);
    assert_int_equal(found[0].start, 1);
    assert_int_equal(found[0].end, 3);
    assert_int_equal(found[0].label.len, 2);
    assert_memory_equal(found[0].label.data, "OS", 2);
    assert_int_equal(found[1].start, 3);
    assert_int_equal(found[1].end, 4);
    assert_int_equal(gaz_reader_next(r, &s, &e), GAZ_OK);
    assert_int_equal(gaz_reader_annotations(r, &found, &n, &e), GAZ_OK);
    assert_int_equal(n, 1);
    assert_int_equal(gaz_reader_next(r, &s, &e), GAZ_SYNTAX);
    assert_int_equal(e.line, 8);
    assert_int_equal(e.column, 3);
    gaz_reader_close(r);
    struct feed plain = {"a\n", 9, GAZ_OK};
    assert_int_equal(gaz_reader_open(feed_read, &plain, 0, &r, &e), GAZ_OK);
    assert_int_equal(gaz_reader_annotations(r, &found, &n, &e), GAZ_OPTION);
    gaz_reader_close(r);
}

static void test_sentences(void **state)
{
    static const char text[] = "He isn't here. (Yet!)  No";
    static const char *const want[] = {"He", "is",  "n't", "here", ".",
                                       "(",  "Yet", "!",   ")",    "No"};
    static const size_t counts[] = {5, 4, 1};
    enum { MOST = 2 * GAZ_SENTENCE_MIN };
    gaz_token tokens[MOST];
    size_t pos = 0;
    size_t n = 0;
    size_t k = 0;
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_true(
            gaz_sentence_next(text, sizeof text - 1, &pos, tokens, MOST, &n));
        assert_int_equal(n, counts[i]);
        for (size_t j = 0; j < n; j++, k++) {
            assert_int_equal(tokens[j].len, strlen(want[k]));
            assert_memory_equal(tokens[j].data, want[k], tokens[j].len);
        }
    }
    assert_false(
        gaz_sentence_next(text, sizeof text - 1, &pos, tokens, MOST, &n));
    gaz_token he = {"He", 2};
    gaz_token stop = {".", 1};
    assert_true(gaz_tokens_glued(&he, &stop));
    assert_false(gaz_tokens_glued(&he, &he));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_version),
        cmocka_unit_test(test_free_takes_null),
        cmocka_unit_test(test_bad_options),
        cmocka_unit_test(test_builder_errors),
        cmocka_unit_test(test_empty_inputs),
        cmocka_unit_test(test_keep_and_map),
        cmocka_unit_test(test_unmet_labels),
        cmocka_unit_test(test_tag),
        cmocka_unit_test(test_tag_tokens),
        cmocka_unit_test(test_tagger_again),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_tokens_text),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_shared_lexicon),
        cmocka_unit_test(test_reader),
        cmocka_unit_test(test_reader_errors),
        cmocka_unit_test(test_reader_tags),
        cmocka_unit_test(test_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
