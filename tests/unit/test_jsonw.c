#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/jsonw.h"

static void test_quote(void **state)
{
    (void)state;
    static const struct {
        struct slice in;
        const char *out;
    } cases[] = {
        {{"", 0}, "\"\""},
        {{"a\"b\\c", 5}, "\"a\\\"b\\\\c\""},
        {{"\n\r\t\0\x1f\x7f", 6}, "\"\\n\\r\\t\\u0000\\u001f\\u007f\""},
        {{"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9},
         "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\""},
        /* cut, overlong, surrogate, above U+10FFFF, lone bytes */
        {{"a\xC3", 2}, "\"a\xEF\xBF\xBD\""},
        {{"\xC0\x80", 2}, "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {{"\xED\xA0\x80", 3}, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {{"\xF5z", 2}, "\"\xEF\xBF\xBDz\""},
        {{"\x80z\xFF", 3}, "\"\xEF\xBF\xBDz\xEF\xBF\xBD\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf b;
        buf_init(&b, &alloc_default);
        jsonw_quote(&b, cases[i].in);
        buf_byte(&b, '\0');
        assert_true(buf_ok(&b));
        assert_string_equal(b.data, cases[i].out);
        buf_free(&b);
    }
}

static void test_document(void **state)
{
    (void)state;
    static const double zero = 0;
    struct buf b;
    struct jsonw j = {.out = &b};
    buf_init(&b, &alloc_default);
    jsonw_open(&j, '{');
    jsonw_put_u64(&j, "max", UINT64_C(9007199254740993));
    jsonw_put_double(&j, "third", 1.0 / 3.0);
    jsonw_put_double(&j, "tenth", 0.1);
    jsonw_put_double(&j, "nan", zero / zero);
    jsonw_put_text(&j, "text", slice_str("a\"b"));
    jsonw_key(&j, slice_str("list"));
    jsonw_open(&j, '[');
    jsonw_bool(&j, true);
    jsonw_null(&j);
    jsonw_open(&j, '[');
    jsonw_close(&j, ']');
    jsonw_close(&j, ']');
    jsonw_close(&j, '}');
    assert_true(buf_ok(&b));
    buf_byte(&b, '\0');
    assert_string_equal(b.data, "{\n \"max\": 9007199254740993,\n"
                                " \"third\": 0.3333333333333333,\n"
                                " \"tenth\": 0.1,\n \"nan\": null,\n"
                                " \"text\": \"a\\\"b\",\n"
                                " \"list\": [\n  true,\n  null,\n"
                                "  []\n ]\n}");
    buf_free(&b);
}

static void test_too_deep(void **state)
{
    (void)state;
    struct buf b;
    struct jsonw j = {.out = &b};
    buf_init(&b, &alloc_default);
    for (int i = 0; i <= JSONW_DEPTH_MAX; i++) {
        jsonw_open(&j, '[');
    }
    assert_false(buf_ok(&b));
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quote),
        cmocka_unit_test(test_document),
        cmocka_unit_test(test_too_deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
