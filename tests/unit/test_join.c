#include "lex.h"

#include <string.h>

#include "text/join.h"

/* Blank-separated tokens, joined. */
static void joins(const char *tokens, const char *want)
{
    gaz_token list[32];
    size_t n = lex_split(tokens, strlen(tokens), list, 32);
    struct buf text;
    buf_init(&text, &alloc_default);
    for (size_t i = 0; i < n; i++) {
        struct slice now = slice_of(list[i].data, list[i].len);
        struct slice before =
            i > 0 ? slice_of(list[i - 1].data, list[i - 1].len) : now;
        join_token(i > 0 ? &before : NULL, now, &text);
    }
    if (!slice_is(buf_view(&text), want)) {
        fail_msg("'%s' joins to '%.*s'", tokens, (int)text.len, text.data);
    }
    buf_free(&text);
}

static void test_join(void **state)
{
    (void)state;
    joins("Linux is free", "Linux is free");
    joins("Linux , Unix .", "Linux, Unix.");
    joins("( Linux )", "(Linux)");
    joins("[ a ] { b }", "[a] {b}");
    joins("GNU / Linux", "GNU/Linux");
    joins("Linux 's", "Linux's");
    joins("Linux \xE2\x80\x99s", "Linux\xE2\x80\x99s");
    joins("do n't", "don't");
    joins("we 're", "we're");
    joins("he 'would", "he 'would"); /* no contraction: too long */
    joins("' x", "' x");             /* a lone mark is a quote */
    joins("90 % !", "90%!");
    joins("C ++", "C ++");
    joins("a - b", "a - b");
    joins("why ? : ;", "why?:;");
    joins("... x", "... x"); /* only single marks stand close */
}

static void test_nul_byte(void **state)
{
    (void)state;
    assert_false(join_glued(slice_of("\0", 1), slice_str("x")));
    assert_false(join_glued(slice_str("x"), slice_of("\0", 1)));
    assert_false(join_glued(slice_of("", 0), slice_of("", 0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_nul_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
