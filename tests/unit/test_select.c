#include "lex.h"

#include <stdlib.h>
#include <string.h>

/* The report of a build without its header, sources cut off; the mentions of
 * each name are told as n/N. */
static char *report_of(const char *corpus, const char *list,
                       const gaz_build_options *options)
{
    static char out[4096];
    gaz_builder *b = NULL;
    gaz_error e = {0};
    const void *image = NULL;
    const char *text = NULL;
    size_t len = 0;
    assert_int_equal(gaz_builder_create(options, NULL, &b, &e), GAZ_OK);
    if (gaz_builder_add(b, GAZ_INPUT_CORPUS, "corpus", corpus, strlen(corpus),
                        &e) != GAZ_OK ||
        gaz_builder_add(b, GAZ_INPUT_LIST, "list", list, strlen(list), &e) !=
            GAZ_OK) {
        fail_msg("%s", e.message);
    }
    gaz_status s = gaz_builder_finish(b, &image, &len, &e);
    assert_true(s == GAZ_OK || s == GAZ_EMPTY);
    assert_int_equal(gaz_builder_report(b, &text, &len, &e), GAZ_OK);
    assert_true(len < sizeof out);
    const char *body = memchr(text, '\n', len);
    assert_non_null(body);
    size_t n = len - (size_t)(body + 1 - text);
    memcpy(out, body + 1, n);
    out[n] = '\0';
    gaz_builder_free(b);
    return out;
}

static void reports(const char *corpus, const char *list,
                    const gaz_build_options *options, const char *want)
{
    assert_string_equal(report_of(corpus, list, options), want);
}

static const gaz_build_options all = {.select = GAZ_SELECT_ALL};

/* n / N of a name is 1/4; the prior list has it (w: one mention more), or a
 * name of the same key, or another one. */
static void test_prior(void **state)
{
    (void)state;
    static const struct {
        const char *prior;
        double weight;
        const char *want;
    } cases[] = {
        {"Zed\tX\n", 0,
         "Zed\tdropped\timpure\tfold\t1\t4\t0.2500\tX:1\tcorpus\n"},
        {"Zed\tX\n", -1,
         "Zed\tdropped\timpure\tfold\t1\t4\t0.2500\tX:1\tcorpus\n"},
        {"zeds\tY\n", 1, "Zed\tkept\t\tfold\t1\t4\t0.4000\tX:1\tcorpus\n"},
        {"Zed\tX\n", .25, "Zed\tkept\t\tfold\t1\t4\t0.2941\tX:1\tcorpus\n"},
        {"Zedd\tX\n", 9,
         "Zed\tdropped\timpure\tfold\t1\t4\t0.2500\tX:1\tcorpus\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct lex prior;
        lex_open(&prior, cases[i].prior, NULL, NULL);
        gaz_build_options options = {.min_purity = .28,
                                     .smoothing = -1,
                                     .veto = -1,
                                     .tag_column = 1,
                                     .prior = prior.lexicon,
                                     .prior_weight = cases[i].weight};
        reports("Zed\tB-X\nZed\tO\nZed\tO\nZed\tO\n", "", &options,
                cases[i].want);
        lex_close(&prior);
    }
}

static void test_header(void **state)
{
    (void)state;
    struct lex l;
    const char *text = NULL;
    size_t len = 0;
    lex_open(&l, "a\tX\n", NULL, NULL);
    assert_int_equal(gaz_builder_report(l.builder, &text, &len, NULL), GAZ_OK);
    static const char header[] = "surface\tstatus\twhy\tcase\tannotated\t"
                                 "occurrences\tpurity\tlabels\tsources\n";
    assert_true(len > sizeof header - 1);
    assert_memory_equal(text, header, sizeof header - 1);
    gaz_build_stats stats;
    gaz_builder_stats(l.builder, &stats);
    assert_int_equal(stats.list_names, 1);
    assert_int_equal(stats.kept, 1);
    lex_close(&l);
}

static void test_rare(void **state)
{
    (void)state;
    const gaz_build_options two = {.select = GAZ_SELECT_ALL, .min_count = 2};
    static const char corpus[] = "a\tB-X\nb\tB-X\na\tB-Y\n";
    reports(corpus, "", &all,
            "a\tkept\t\tfold\t2\t2\t1.0000\tX:1,Y:1\tcorpus\n"
            "b\tkept\t\tfold\t1\t1\t1.0000\tX:1\tcorpus\n");
    reports(corpus, "", &two,
            "a\tkept\t\tfold\t2\t2\t1.0000\tX:1,Y:1\tcorpus\n"
            "b\tdropped\trare\tfold\t1\t1\t1.0000\tX:1\tcorpus\n");
}

/* a: 1 of 2, b: 1 of 4; together 2 of 6. */
static void test_purity(void **state)
{
    (void)state;
    static const char corpus[] = "a\tB-X\na\tO\nb\tB-X\nb\tO\nb\tO\nb\tO\n";
    gaz_build_options o = {.min_purity = 0.5, .smoothing = -1};
    reports(corpus, "", &o,
            "a\tkept\t\tfold\t1\t2\t0.5000\tX:1\tcorpus\n"
            "b\tdropped\timpure\tfold\t1\t4\t0.2500\tX:1\tcorpus\n");
    o.min_purity = 0.51;
    reports(corpus, "", &o,
            "a\tdropped\timpure\tfold\t1\t2\t0.5000\tX:1\tcorpus\n"
            "b\tdropped\timpure\tfold\t1\t4\t0.2500\tX:1\tcorpus\n");
    /* (1 + 2/6) / (2 + 1) and (1 + 2/6) / (4 + 1) */
    o.min_purity = 0.44;
    o.smoothing = 1;
    reports(corpus, "", &o,
            "a\tkept\t\tfold\t1\t2\t0.4444\tX:1\tcorpus\n"
            "b\tdropped\timpure\tfold\t1\t4\t0.2667\tX:1\tcorpus\n");
    o.min_purity = -1;
    reports(corpus, "", &o,
            "a\tkept\t\tfold\t1\t2\t0.4444\tX:1\tcorpus\n"
            "b\tkept\t\tfold\t1\t4\t0.2667\tX:1\tcorpus\n");
}

/* Names of several tokens have a mean of their own. */
static void test_two_means(void **state)
{
    (void)state;
    const gaz_build_options o = {.min_purity = -1, .smoothing = 1};
    reports("a\tB-X\na\tO\n\nb\tB-X\nc\tI-X\n", "", &o,
            "a\tkept\t\tfold\t1\t2\t0.5000\tX:1\tcorpus\n"
            "b c\tkept\t\tfold\t1\t1\t1.0000\tX:1\tcorpus\n");
}

static void test_vetoes(void **state)
{
    (void)state;
    static const char corpus[] = "grid\tB-X\ngrids\tO\ngrids\tO\nGrid\tO\n";
    gaz_build_options o = all;
    reports(corpus, "", &o,
            "Grid\tdropped\tnever-annotated\texact\t0\t1\t0.0000\tX:1\tcorpus\n"
            "grid\tkept\t\tfold\t1\t4\t0.2500\tX:1\tcorpus\n"
            "grids\tdropped\tnever-annotated\texact\t0\t2\t0.0000\tX:1\tcorpus"
            "\n");
    o.veto = 2;
    reports(corpus, "", &o,
            "grid\tkept\t\tfold\t1\t4\t0.2500\tX:1\tcorpus\n"
            "grids\tdropped\tnever-annotated\texact\t0\t2\t0.0000\tX:1\tcorpus"
            "\n");
    o.veto = -1;
    reports(corpus, "", &o, "grid\tkept\t\tfold\t1\t4\t0.2500\tX:1\tcorpus\n");
}

static void test_lists(void **state)
{
    (void)state;
    reports("", "b\tX\na\tY\t\tcase=exact\n\xEF\xBF\xBD\tX\n", NULL,
            "a\tkept\t\texact\t0\t0\t1.0000\tY:1\tlist:2\n"
            "b\tkept\t\tsmart\t0\t0\t1.0000\tX:1\tlist:1\n"
            "\xEF\xBF\xBD\tkept\t\tsmart\t0\t0\t1.0000\tX:1\tlist:3\n");
    /* Lines that say the same are one entry; the first by priority leads. */
    reports("", "a\tX\na\tY\t\tpriority=2\na\tX\na\tX\t\tcase=fold\n", NULL,
            "a\tkept\t\tfold\t0\t0\t1.0000\tX:1\tlist:4\n"
            "a\tkept\t\tsmart\t0\t0\t1.0000\tX:2,Y:1\tlist:2\n"
            "a\tdropped\trepeated\tsmart\t0\t0\t1.0000\tX:1\tlist:1\n"
            "a\tdropped\trepeated\tsmart\t0\t0\t1.0000\tX:1\tlist:3\n");
    /* Names of lists and of corpora are entries of their own. */
    reports("a\tB-X\n", "a\tY\n", NULL,
            "a\tkept\t\tfold\t1\t1\t1.0000\tX:1\tcorpus\n"
            "a\tkept\t\tsmart\t0\t0\t1.0000\tY:1\tlist:1\n");
    reports("", "\xC2\xA0\tX\na\tX\n", NULL,
            "a\tkept\t\tsmart\t0\t0\t1.0000\tX:1\tlist:2\n"
            "\xC2\xA0\tdropped\tno-word\tsmart\t0\t0\t1.0000\tX:1\tlist:1\n");
}

/* Labels of an entry come by falling count, also from lists. */
static void test_label_order(void **state)
{
    (void)state;
    struct lex l;
    uint32_t label = 9;
    uint32_t count = 9;
    lex_open(&l, "a\tX\na\tY\na\tY\na\tZ\na\tZ\na\tZ\n", NULL, NULL);
    static const struct {
        const char *label;
        uint32_t count;
    } want[] = {{"Z", 3}, {"Y", 2}, {"X", 1}};
    assert_int_equal(gaz_lexicon_entry_count(l.lexicon), 1);
    for (size_t k = 0; k < 3; k++) {
        assert_int_equal(
            gaz_lexicon_entry_label(l.lexicon, 0, k, &label, &count), GAZ_OK);
        assert_string_equal(gaz_lexicon_label(l.lexicon, label), want[k].label);
        assert_int_equal(count, want[k].count);
    }
    lex_close(&l);
}

static void test_corpus_names_that_cannot_match(void **state)
{
    (void)state;
    reports("\xFF\tB-X\na\tB-X\n", "", &all,
            "a\tkept\t\tfold\t1\t1\t1.0000\tX:1\tcorpus\n"
            "\xFF\tdropped\tno-word\tfold\t1\t1\t1.0000\tX:1\tcorpus\n");
}

static void test_nothing_left(void **state)
{
    (void)state;
    const gaz_build_options o = {.min_count = 5};
    reports("a\tB-X\n", "", &o,
            "a\tdropped\trare\tfold\t1\t1\t1.0000\tX:1\tcorpus\n");
    reports("a\tO\n", "", NULL, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prior),
        cmocka_unit_test(test_header),
        cmocka_unit_test(test_rare),
        cmocka_unit_test(test_purity),
        cmocka_unit_test(test_two_means),
        cmocka_unit_test(test_vetoes),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_label_order),
        cmocka_unit_test(test_corpus_names_that_cannot_match),
        cmocka_unit_test(test_nothing_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
