/* Names and rules of the label '--': they take their place and are handed out
 * to no one, with one lexicon and with several, whatever --overlap says. */
#include "lex.h"

#include <string.h>

static const char list[] = "Linux\tOS\nApple\tFruit\nFoundation Day\tDate\n"
                           "Linux Foundation\t--\n";
static const char text[] = "Linux Foundation Day, Linux";

static void is(const gaz_lexicon *lexicon, gaz_tag_options options,
               const char *want)
{
    assert_string_equal(lex_tag(lexicon, &options, text, strlen(text)), want);
}

static void test_overlap(void **state)
{
    struct lex l;
    (void)state;
    lex_open(&l, list, NULL, NULL);
    is(l.lexicon, (gaz_tag_options){.hidden = false}, "22-27:OS");
    is(l.lexicon, (gaz_tag_options){.hidden = true}, "0-16:-- 22-27:OS");
    is(l.lexicon, (gaz_tag_options){.overlap = GAZ_OVERLAP_ALL},
       "6-20:Date 22-27:OS");
    is(l.lexicon, (gaz_tag_options){.overlap = GAZ_OVERLAP_NO_SUB},
       "6-20:Date 22-27:OS");
    is(l.lexicon,
       (gaz_tag_options){.overlap = GAZ_OVERLAP_LONGEST_DOMINANT_RIGHT},
       "22-27:OS");
    lex_close(&l);
}

/* over lies on base. */
static void is_stacked(const char *base, const char *over, const char *want)
{
    struct lex below;
    struct lex above;
    gaz_lexicon *stack = NULL;
    gaz_error e;
    lex_open(&below, base, NULL, NULL);
    lex_open(&above, over, NULL, NULL);
    const gaz_lexicon *layers[] = {below.lexicon, above.lexicon};
    assert_int_equal(gaz_lexicon_stack(layers, 2, NULL, &stack, &e), GAZ_OK);
    is(stack, (gaz_tag_options){.hidden = false}, want);
    assert_string_equal(lex_tag_tokens(stack, "a Linux Foundation"),
                        strstr(want, "0-16") != NULL ? "1-3:Club" : "");
    gaz_lexicon_free(stack);
    lex_close(&above);
    lex_close(&below);
}

static void test_layers(void **state)
{
    (void)state;
    is_stacked("Linux\tOS\n", "Linux Foundation\t--\n", "22-27:OS");
    is_stacked(list, "Bell\tOS\n", "22-27:OS");
    is_stacked(list, "Linux Foundation\tClub\n", "0-16:Club 22-27:OS");
    is_stacked(list, "Linux\t-\n", "");
}

static void test_scored(void **state)
{
    static const char corpus[] =
        "Linux\tB-OS\nruns\tO\n\nI\tO\nlike\tO\nLinux\tB-OS\n\n"
        "Emacs\tB-App\nruns\tO\n\nI\tO\nlike\tO\nEmacs\tB-App\n\n";
    static const char sample[] = "I like Linux Emacs runs and Linux runs";
    gaz_build_options options = {.tag_column = 1, .select = GAZ_SELECT_SCORED};
    struct lex l;
    (void)state;
    lex_open(&l, "Linux Emacs\t--\n", corpus, &options);
    const char *spans = lex_tag(l.lexicon, NULL, sample, strlen(sample));
    assert_null(strstr(spans, "7-"));
    assert_null(strstr(spans, "13-18"));
    assert_null(strstr(spans, "--"));
    lex_close(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_overlap),
        cmocka_unit_test(test_layers),
        cmocka_unit_test(test_scored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
