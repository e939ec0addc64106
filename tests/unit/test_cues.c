/* Contexts with more words than are kept at once: forgotten and made again,
 * they say the same. */
#include "lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tag/cues.h"

/* Lists of so many words that two of them are over CUES_BYTES. */
enum { NAMES = 3, WORDS = (int)(CUES_BYTES / sizeof(struct cue)) * 3 / 4 };

static char *big_list(void)
{
    const size_t room = (size_t)NAMES * WORDS * 12 + 1000;
    char *list = malloc(room);
    assert_non_null(list);
    char *p = list;
    for (int name = 0; name < NAMES; name++) {
        p += sprintf(p, "Foo%d\tD\t\tneed=", name);
        for (int i = 0; i < WORDS; i++) {
            p += sprintf(p, "%sw%dq%d", i > 0 ? "|" : "", name, i);
        }
        p += sprintf(p, ",not=bad\n");
        assert_true((size_t)(p - list) < room);
    }
    return list;
}

static void test_many(void **state)
{
    (void)state;
    struct lex l;
    char text[400];
    char *list = big_list();
    lex_open(&l, list, NULL, NULL);
    free(list);
    gaz_tagger *t = NULL;
    const gaz_span *s = NULL;
    size_t n = 0;
    gaz_tag_options options = {.alone = true};
    assert_int_equal(gaz_tagger_create(l.lexicon, &options, &t, NULL), GAZ_OK);
    for (int round = 0; round < 2; round++) {
        int len = sprintf(text,
                          "Foo0 w0q%d Foo1. Foo1 w1q0 Foo2. Foo2 w2q7 Foo0.\n"
                          "Foo0 bad w0q0. Foo2 w2q%d. Foo1 w1q%d. Foo1 w2q1.",
                          WORDS - 1, WORDS - 1, WORDS);
        assert_int_equal(gaz_tag(t, text, (size_t)len, &s, &n, NULL), GAZ_OK);
        char want[100];
        char far[40];
        sprintf(far, "Foo2 w2q%d", WORDS - 1);
        int third = (int)(strstr(text, "Foo2 w2q7") - text);
        int second = (int)(strstr(text, "Foo1 w1q0") - text);
        int last = (int)(strstr(text, far) - text);
        sprintf(want, "0-4:D %d-%d:D %d-%d:D %d-%d:D", second, second + 4,
                third, third + 4, last, last + 4);
        assert_string_equal(lex_spans(l.lexicon, s, n), want);
    }
    gaz_tagger_free(t);
    lex_close(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
