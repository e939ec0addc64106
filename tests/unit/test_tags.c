#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "corpus/tags.h"

/* Decode blank-separated tags and print the mentions as 'first+count:type'. */
static const char *spans_of(const char *text)
{
    static char out[256];
    struct tag tags[16];
    size_t n = 0;
    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        assert_int_equal(tag_parse(slice_of(text, len), &tags[n++], NULL),
                         STATUS_OK);
        text += len + (text[len] == ' ');
    }
    struct tag_spans spans = {NULL, 0, 0};
    assert_int_equal(tag_decode(tags, n, &spans, &alloc_default, NULL),
                     STATUS_OK);
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < spans.count; i++) {
        struct tag_span s = spans.items[i];
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%zu+%zu:%.*s",
                               i > 0 ? " " : "", s.first, s.count,
                               (int)s.type.len, s.type.data);
    }
    tag_spans_free(&spans, &alloc_default);
    return out;
}

static void test_parse(void **state)
{
    (void)state;
    struct tag t;
    assert_int_equal(tag_parse(slice_str("O"), &t, NULL), STATUS_OK);
    assert_int_equal(t.prefix, 'O');
    assert_int_equal(t.type.len, 0);
    assert_int_equal(tag_parse(slice_str("B-X-Y"), &t, NULL), STATUS_OK);
    assert_int_equal(t.prefix, 'B');
    assert_true(slice_is(t.type, "X-Y"));
    assert_int_equal(tag_parse(slice_str("I"), &t, NULL), STATUS_OK);
    assert_int_equal(t.type.len, 0);
    assert_int_equal(tag_parse(slice_str("U--"), &t, NULL), STATUS_OK);
    assert_true(slice_is(t.type, "-"));
}

static void refuses(const char *tag, const char *part)
{
    struct tag t = {'?', {"kept", 4}};
    struct err e;
    assert_int_equal(tag_parse(slice_str(tag), &t, &e), STATUS_SYNTAX);
    if (strstr(e.message, part) == NULL) {
        fail_msg("'%s': %s", tag, e.message);
    }
    assert_int_equal(t.prefix, '?');
}

static void test_parse_errors(void **state)
{
    (void)state;
    refuses("", "is empty");
    refuses("B-", "'B-' has no type");
    refuses("X-Foo", "'X-Foo' has an unknown prefix; want O, or one of");
    refuses("b-Foo", "unknown prefix");
    refuses("Operating_System", "has no prefix");
    refuses("Operating_System", "bare types");
    refuses("BX", "has no prefix");
    refuses("BX-Foo", "unknown prefix");
    refuses("O-Foo", "O stands alone");
    refuses("B-Foo ", "with a blank");
    refuses("-Foo", "unknown prefix");
}

static void test_parse_raw(void **state)
{
    (void)state;
    struct tag t;
    assert_int_equal(tag_parse_raw(slice_str("O"), &t, NULL), STATUS_OK);
    assert_int_equal(t.prefix, 'O');
    assert_int_equal(tag_parse_raw(slice_str("location-GPE"), &t, NULL),
                     STATUS_OK);
    assert_int_equal(t.prefix, 'I');
    assert_true(slice_is(t.type, "location-GPE"));
    assert_int_equal(tag_parse_raw(slice_str(""), &t, NULL), STATUS_SYNTAX);
    assert_int_equal(tag_parse_raw(slice_str(" a"), &t, NULL), STATUS_SYNTAX);
}

static void test_decode(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {"O O", ""},
        {"B-X I-X O B-Y", "0+2:X 3+1:Y"},
        {"I-X I-X O I-Y", "0+2:X 3+1:Y"}, /* IOB1, IO */
        {"I-X B-X I-X", "0+1:X 1+2:X"},   /* IOB1: B parts neighbours */
        {"I-X I-Y", "0+1:X 1+1:Y"},
        {"B-X I-Y", "0+1:X 1+1:Y"},
        {"B-X B-X", "0+1:X 1+1:X"},
        {"B-X I-X E-X S-X S-X", "0+3:X 3+1:X 4+1:X"},
        {"B-X L-X U-X U-X I-X", "0+2:X 2+1:X 3+1:X 4+1:X"},
        {"E-X E-X", "0+1:X 1+1:X"},
        {"E-X B-X", "0+1:X 1+1:X"},
        {"O E-X", "1+1:X"},
        {"B I O I", "0+2: 3+1:"}, /* without types */
        {"S S", "0+1: 1+1:"},
        {"B-X-Y I-X-Y", "0+2:X-Y"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(spans_of(cases[i][0]), cases[i][1]);
    }
}

/* conlleval's and seqeval's lists, letter by letter (first the tag before). */
static void test_rules(void **state)
{
    (void)state;
    static const char prefixes[] = "OBIESLU";
    static const char *const starts[] = {
        [TAG_RULES_CONLLEVAL] = "BB IB OB OI EE EI OE ",
        [TAG_RULES_SEQEVAL] = "OB BB IB EB SB LB UB OS BS IS ES SS LS US "
                              "EE EI SE SI OE OI ",
    };
    static const char *const ends[] = {
        [TAG_RULES_CONLLEVAL] = "BB BO IB IO EE EI EO ",
        [TAG_RULES_SEQEVAL] = "EO EB EI EE ES EL EU SO SB SI SE SS SL SU "
                              "BB BS BO IB IS IO ",
    };
    for (enum tag_rules r = TAG_RULES_CONLLEVAL; r <= TAG_RULES_SEQEVAL; r++) {
        for (unsigned i = 0; i < TAG_PREFIX_COUNT; i++) {
            assert_int_equal(tag_prefix_index(prefixes[i]), i);
            for (unsigned j = 0; j < TAG_PREFIX_COUNT; j++) {
                char pair[] = {prefixes[i], prefixes[j], ' ', '\0'};
                assert_int_equal(tag_rule_starts(r, i, j),
                                 strstr(starts[r], pair) != NULL);
                assert_int_equal(tag_rule_ends(r, i, j),
                                 strstr(ends[r], pair) != NULL);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),     cmocka_unit_test(test_parse_errors),
        cmocka_unit_test(test_parse_raw), cmocka_unit_test(test_decode),
        cmocka_unit_test(test_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
