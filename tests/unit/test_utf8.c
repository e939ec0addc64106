#include "lex.h"

#include <string.h>

#include "text/utf8.h"

static size_t step(const char *bytes, size_t len, uint32_t *c)
{
    size_t size = 0;
    *c = utf8_next(bytes, len, 0, &size);
    return size;
}

/* First and last code point of every length, and around the surrogates. */
static void test_valid(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t c;
    } rows[] = {
        {"\x01", 0x1},
        {"\x7F", 0x7F},
        {"\xC2\x80", 0x80},
        {"\xDF\xBF", 0x7FF},
        {"\xE0\xA0\x80", 0x800},
        {"\xED\x9F\xBF", 0xD7FF},
        {"\xEE\x80\x80", 0xE000},
        {"\xEF\xBF\xBF", 0xFFFF},
        {"\xF0\x90\x80\x80", 0x10000},
        {"\xF4\x8F\xBF\xBF", 0x10FFFF},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t len = strlen(rows[i].bytes);
        uint32_t c = 0;
        char back[4];
        size_t size = 0;
        assert_int_equal(step(rows[i].bytes, len, &c), len);
        assert_int_equal(c, rows[i].c);
        assert_int_equal(utf8_write(c, back), len);
        assert_memory_equal(back, rows[i].bytes, len);
        assert_int_equal(utf8_before(rows[i].bytes, len, &size), rows[i].c);
        assert_int_equal(size, len);
        assert_int_equal(utf8_invalid(rows[i].bytes, len), len);
        for (size_t cut = 1; cut < len; cut++) {
            assert_int_equal(step(rows[i].bytes, cut, &c), 1);
            assert_int_equal(c, UTF8_INVALID);
        }
    }
    assert_int_equal(utf8_invalid("a\0b", 3), 3);
}

static void test_invalid(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "\x80",             /* a tail alone */
        "\xBF",             /* the last tail */
        "\xC0\xAF",         /* overlong '/' */
        "\xC1\xBF",         /* overlong DEL */
        "\xC2\x7F",         /* no tail after a lead */
        "\xC2\xC2",         /* a lead after a lead */
        "\xE0\x80\x80",     /* overlong NUL */
        "\xE0\x9F\xBF",     /* overlong U+07FF */
        "\xED\xA0\x80",     /* U+D800 */
        "\xED\xBF\xBF",     /* U+DFFF */
        "\xE2\x82\x28",     /* a bad third byte */
        "\xE2\x28\xA1",     /* a bad second byte */
        "\xF0\x8F\xBF\xBF", /* overlong U+FFFF */
        "\xF0\x28\x8C\xBC", /* a bad second byte of four */
        "\xF0\x90\x28\xBC", /* a bad third */
        "\xF0\x90\x8C\x28", /* a bad fourth */
        "\xF4\x90\x80\x80", /* U+110000 */
        "\xF5\x80\x80\x80", /* a lead past the last */
        "\xFE",
        "\xFF\xFF",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t c = 0;
        assert_int_equal(step(rows[i], strlen(rows[i]), &c), 1);
        assert_int_equal(c, UTF8_INVALID);
        assert_int_equal(utf8_invalid(rows[i], strlen(rows[i])), 0);
    }
    assert_int_equal(utf8_invalid("ab\xC3\xA9\xC3", 5), 4);
}

/* Walking back gives the boundaries of walking on, on any bytes. */
static void test_backwards(void **state)
{
    (void)state;
    static const unsigned char alphabet[] = {'a',  0x80, 0xBF, 0xC2, 0xE0,
                                             0xA0, 0xED, 0xF0, 0x90, 0xF4};
    uint32_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        char text[12];
        for (size_t i = 0; i < sizeof text; i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = (char)alphabet[(seed >> 16) % sizeof alphabet];
        }
        size_t starts[13];
        uint32_t points[13];
        size_t n = 0;
        for (size_t pos = 0; pos < sizeof text; n++) {
            size_t size = 0;
            starts[n] = pos;
            points[n] = utf8_next(text, sizeof text, pos, &size);
            pos += size;
        }
        size_t pos = sizeof text;
        while (n > 0) {
            size_t size = 0;
            n--;
            assert_int_equal(utf8_before(text, pos, &size), points[n]);
            pos -= size;
            assert_int_equal(pos, starts[n]);
        }
        assert_int_equal(pos, 0);
    }
}

static void test_counts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t chars, utf16;
    } rows[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"\xC3\xA9", 1, 1},
        {"\xE2\x80\x93", 1, 1},
        {"\xF0\x9F\x90\xA7", 1, 2},
        {"a\xFF\xFE", 3, 3},
        {"\xF0\x9F\x90", 3, 3}, /* cut: three bytes that stand alone */
        {"e\xCC\x81", 2, 2},    /* NFD */
        {"\xED\xA0\x80", 3, 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t len = strlen(rows[i].text);
        assert_int_equal(utf8_count_chars(rows[i].text, len), rows[i].chars);
        assert_int_equal(utf8_count_utf16(rows[i].text, len), rows[i].utf16);
    }
    assert_int_equal(utf8_count_chars("\0\0", 2), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid),
        cmocka_unit_test(test_invalid),
        cmocka_unit_test(test_backwards),
        cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
