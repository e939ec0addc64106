/* Records: what is JSON and what is not, and that what is handed on is what
 * came in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "failing_alloc.h"
#include "gaz.h"

static const gaz_record_fields plain = {.text = "t", .id = "i"};

/* The status of a record whose field x has this value. */
static gaz_status value(const char *json, size_t len, gaz_error *e)
{
    char line[4096];
    gaz_record *r = NULL;
    int n = snprintf(line, sizeof line, "{\"t\":\"\",\"x\":");
    memcpy(line + n, json, len);
    line[(size_t)n + len] = '}';
    assert_int_equal(gaz_record_create(NULL, &r, NULL), GAZ_OK);
    gaz_status s = gaz_record_read(r, &plain, line, (size_t)n + len + 1, 3, e);
    gaz_record_free(r);
    return s;
}

static void test_good(void **state)
{
    /* clang-format off */
    static const char *const good[] = {
        "0", "-0", "1", "10", "-1", "1.5", "0.5", "1e5", "1E5", "1e+5",
        "1e-5", "1.5e10", "-0.0e-0", "123456789012345678901234567890",
        "true", "false", "null", "\"\"", "\"a\"", "\"\\\"\"", "\"\\\\\"",
        "\"\\/\\b\\f\\n\\r\\t\"", "\"\\u0000\"", "\"\\uD83D\\ude00\"",
        "\"\\ud800\"", "\"\\uDC00x\"", "\"\x7F\"", "\"\xC3\xA9\"",
        "\"\xE2\x80\xA8\"", "\"\xF0\x9F\x98\x80\"", "\"\xEF\xBF\xBF\"",
        "\"12345678\"", "\"1234567\\n\"", "\"long enough for several words\"",
        "[]", "[ ]", "[1]", "[1,2]", "[ 1 , 2 ]", "[[]]", "[[[]],[]]", "{}",
        "{ }", "{\"\":0}", "{\"a\":{}}", "{\"a\":1,\"a\":2}",
        " \t\r\n1\n", "[{\"a\":[{}]},[],{}]", "{\"a\" : [ true , null ] }"};
    /* clang-format on */
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        gaz_error e = {0};
        if (value(good[i], strlen(good[i]), &e) != GAZ_OK) {
            fail_msg("%s: %s", good[i], e.message);
        }
    }
}

static void test_bad(void **state)
{
    /* clang-format off */
    static const struct {
        const char *json;
        size_t column; /* counted from the value's first byte, from 1 */
    } bad[] = {
        {"", 1}, {"01", 1}, {"-", 2}, {"-a", 2}, {"+1", 1}, {".5", 1},
        {"1.", 3}, {"1.e5", 3}, {"1e", 3}, {"1e+", 4}, {"0x1", 2},
        {"1_000", 2}, {"-01", 2}, {"NaN", 1}, {"Infinity", 1}, {"-Inf", 2},
        {"True", 1}, {"nul", 1}, {"truee", 5}, {"undefined", 1}, {"'a'", 1},
        {"\"", 3}, {"\"a", 4}, {"\"\\\"", 5}, {"\"\\x\"", 2}, {"\"\\u12\"", 2},
        {"\"\\u12G4\"", 2}, {"\"\\U0041\"", 2}, {"\"\\ \"", 2},
        {"\"\t\"", 2}, {"\"a\nb\"", 3}, {"\"12345678\x01\"", 10},
        {"\"\xFF\"", 2}, {"\"\xC0\x80\"", 2}, {"\"\xED\xA0\x80\"", 2},
        {"\"\xF4\x90\x80\x80\"", 2}, {"\"\xC3\"", 2}, {"[", 2}, {"[1", 3},
        {"[1,]", 4}, {"[,1]", 2}, {"[1 2]", 4}, {"[1,,2]", 4}, {"]", 1},
        {"[}", 2}, {"[1}", 3}, {"{", 3}, {"{\"a\"", 5}, {"{\"a\":", 6},
        {"{\"a\":}", 6}, {"{\"a\" 1}", 6}, {"{\"a\":1,}", 8}, {"{a:1}", 2},
        {"{1:1}", 2}, {"{\"a\":1]", 7}, {"{,}", 2}, {"{\"a\"}", 5},
        {"1 2", 3}, {"1,", 3}, {"/**/1", 1}, {"1//", 2}, {"\x0B" "1", 1},
        {"\xC2\xA0" "1", 1}, {"\xEF\xBB\xBF" "1", 1}};
    /* clang-format on */
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        gaz_error e = {0};
        size_t first = strlen("{\"t\":\"\",\"x\":");
        if (value(bad[i].json, strlen(bad[i].json), &e) != GAZ_SYNTAX) {
            fail_msg("%s is taken", bad[i].json);
        }
        if (e.line != 3 || e.column != first + bad[i].column) {
            fail_msg("%s: column %zu, not %zu: %s", bad[i].json,
                     e.column - first, bad[i].column, e.message);
        }
    }
    assert_int_equal(value("\"a\0b\"", 5, NULL), GAZ_SYNTAX);
    assert_int_equal(value("\0", 1, NULL), GAZ_SYNTAX);
}

static void test_depth(void **state)
{
    char deep[3000];
    gaz_error e = {0};
    (void)state;
    memset(deep, '[', 1024);
    memset(deep + 1024, ']', 1024);
    assert_int_equal(value(deep, 2048, &e), GAZ_OK);
    memset(deep, '[', 1025);
    memset(deep + 1025, ']', 1025);
    assert_int_equal(value(deep, 2050, &e), GAZ_LIMIT);
    assert_string_equal(e.message, "nested deeper than 1024");
}

/* Read a line; its text and id, or the message. */
static const char *fields(const char *text, const char *id, const char *line)
{
    static char shown[256];
    gaz_record_fields f = {.text = text, .id = id};
    gaz_record *r = NULL;
    gaz_error e = {0};
    assert_int_equal(gaz_record_create(NULL, &r, NULL), GAZ_OK);
    if (gaz_record_read(r, &f, line, strlen(line), 1, &e) != GAZ_OK) {
        snprintf(shown, sizeof shown, "%zu: %.200s", e.column, e.message);
    } else {
        gaz_token t = gaz_record_text(r);
        gaz_token i = gaz_record_id(r);
        snprintf(shown, sizeof shown, "%.*s|%.*s", (int)t.len, t.data,
                 (int)i.len, i.data);
    }
    gaz_record_free(r);
    return shown;
}

static void test_fields(void **state)
{
    (void)state;
    assert_string_equal(fields("t", "i", "{\"t\":\"a\",\"i\":7.50}"), "a|7.50");
    assert_string_equal(
        fields("t", "i", "{\"i\":\"\\u0041\",\"t\":\"\\u00e9\"}"),
        "\xC3\xA9|A");
    assert_string_equal(fields("t", NULL, "{\"\\u0074\":\"a\\nb\\/\"}"),
                        "a\nb/|");
    assert_string_equal(fields("t", "i", "{\"t\":\"\\uD83D\\uDE00!\"}"),
                        "\xF0\x9F\x98\x80!|");
    assert_string_equal(
        fields("a.b", "a.i.j",
               "{\"x\":{\"a\":1},\"a\":{\"i\":{\"j\":[1]},\"b\":\"y\"}}"),
        "y|[1]");
    assert_string_equal(fields("t", "a.b", "{\"t\":\"\",\"a\":3}"), "|");
    assert_string_equal(fields("a.b", NULL, "{\"a\":[]}"),
                        "6: the field \"a.b\" is not there: this is no object");
    assert_string_equal(fields("a.b", NULL, "{\"a\":{\"b\":1}}"),
                        "11: the field \"a.b\" must be a string");
    assert_string_equal(fields("a.b", NULL, "{\"a\":{\"b\":\"\",\"b\":\"\"}}"),
                        "14: the field \"a.b\" is there twice");
    assert_string_equal(fields("t", NULL, "{\"t\":\"\\ude00\"}"),
                        "7: half of a surrogate pair is no character; the "
                        "other half must stand beside it");
    assert_string_equal(fields("t", NULL, "{\"t\":\"\\ud83d\\ud83d\"}"),
                        "7: half of a surrogate pair is no character; the "
                        "other half must stand beside it");
    assert_string_equal(fields("t", NULL, ""),
                        "1: no record: it must be a JSON object, {...} (the "
                        "record ends here)");
    assert_string_equal(fields("t", NULL, "{} {}"),
                        "4: something follows the record; each has a line of "
                        "its own");
}

/* The parts of a line without the fields a and b, '^' where new ones go. */
static void cuts(const char *line, const char *want)
{
    gaz_record_fields f = {.text = "t", .replaced = {"a", "b"}};
    gaz_record *r = NULL;
    const gaz_token *parts = NULL;
    size_t count = 0;
    bool bare = false;
    unsigned had = 0;
    char got[256] = "";
    size_t n = 0;
    assert_int_equal(gaz_record_create(NULL, &r, NULL), GAZ_OK);
    (void)gaz_record_read(r, &f, line, strlen(line), 1, NULL);
    assert_true(gaz_record_parts(r, &parts, &count, &bare, &had));
    for (size_t i = 0; i < count; i++) {
        if (i + 1 == count) {
            n += (size_t)snprintf(got + n, sizeof got - n, bare ? "^" : ",^");
        }
        n += (size_t)snprintf(got + n, sizeof got - n, "%.*s",
                              (int)parts[i].len, parts[i].data);
    }
    assert_string_equal(got, want);
    gaz_record_free(r);
}

static void test_parts(void **state)
{
    (void)state;
    cuts("{}", "{^}");
    cuts(" { } ", " {^ } ");
    cuts("{\"t\":1}", "{\"t\":1,^}");
    cuts("{\"a\":1}", "{^}");
    cuts("{ \"a\" : [1] , \"t\":1 }", "{ \"t\":1,^ }");
    cuts("{\"t\":1, \"a\":2}", "{\"t\":1,^}");
    cuts("{\"t\":1, \"a\":2 , \"x\":3}", "{\"t\":1 , \"x\":3,^}");
    cuts("{\"a\":1,\"b\":2,\"t\":3}", "{\"t\":3,^}");
    cuts("{\"a\":1,\"t\":3,\"b\":2,\"a\":1}", "{\"t\":3,^}");
    cuts("{\"t\":3,\"b\":2,\"x\":0,\"a\":1 }\r", "{\"t\":3,\"x\":0,^ }\r");
    cuts("{\"x\":{\"a\":1},\"\\u0061\":2}", "{\"x\":{\"a\":1},^}");
}

static void test_nomem(void **state)
{
    static const char line[] = "{\"t\":\"a\\nb\",\"i\":\"c\\nd\"}";
    (void)state;
    for (size_t n = 1; n < 10; n++) {
        struct failing_alloc f = {.fail_from = n, .fail_to = SIZE_MAX};
        gaz_allocator a = failing_allocator(&f);
        gaz_record *r = NULL;
        gaz_status s = gaz_record_create(&a, &r, NULL);
        if (s == GAZ_OK) {
            s = gaz_record_read(r, &plain, line, sizeof line - 1, 1, NULL);
        }
        gaz_record_free(r);
        assert_int_equal(f.blocks, 0);
        assert_false(f.wrong_size);
        if (s == GAZ_OK) {
            assert_true(n > 1);
            return;
        }
        assert_int_equal(s, GAZ_NOMEM);
    }
    fail();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),  cmocka_unit_test(test_bad),
        cmocka_unit_test(test_depth), cmocka_unit_test(test_fields),
        cmocka_unit_test(test_parts), cmocka_unit_test(test_nomem)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
