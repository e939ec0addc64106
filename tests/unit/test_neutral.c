/* Control characters of strangers never reach a terminal. */
#define _XOPEN_SOURCE 700

#include "lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "os/neutral.h"
#include "os/out.h"

/* The text with each bad character as '?'. */
static const char *show(const char *text, size_t len, bool one_line)
{
    static char out[256];
    size_t at = 0;
    size_t bad = 1;
    for (size_t i = 0; bad > 0;) {
        size_t n = neutral_span(text + i, len - i, one_line, &bad);
        memcpy(out + at, text + i, n);
        at += n;
        if (bad > 0) {
            out[at++] = '?';
        }
        i += n + bad;
        assert_true(i <= len);
    }
    out[at] = '\0';
    return out;
}

static void shows(const char *text, const char *want)
{
    assert_string_equal(show(text, strlen(text), false), want);
}

static void test_span(void **state)
{
    (void)state;
    shows("", "");
    shows("plain, a\ttab\nand caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x90\xA7",
          "plain, a\ttab\nand caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x90\xA7");
    shows("\x1b[31mred\x07\x08\x7f", "?[31mred???");
    /* clang-format off */
    shows("\xC2\x9B" "31m \xC2\xA0", "?31m \xC2\xA0"); /* CSI in one character */
    /* clang-format on */
    shows("a\rb\r\nc\r", "a?b\r\nc?");
    /* clang-format off */
    shows("\x9B" "31m \xFF\xFE \xC3", "?31m ?? ?"); /* C1 as a bare byte */
    /* clang-format on */
    /* The order of letters, on the edges of what changes it. */
    shows("a\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067"
          "\u2068\u2069z",
          "a????????????z");
    shows("\u061B\u061D\u200D\u2010\u2029\u202F\u2065\u206A\u060C\u211C",
          "\u061B\u061D\u200D\u2010\u2029\u202F\u2065\u206A\u060C\u211C");
    shows("\u05D0\u0627", "\u05D0\u0627");
    shows("\xE2\x80", "??");
    shows("\xD8", "?");
    shows("\xC3.\xE2\x82.", "?.??.");
    shows("\xE0\x80\x9B \xED\xA0\x80 \xF0\x80\x80\x9B \xF4\x90\x80\x80",
          "??? ??? ???? ????");
    assert_string_equal(show("a\nb\tc", 5, true), "a?b\tc");
    assert_string_equal(show("a\r\nb", 4, true), "a??b");
    assert_string_equal(show("a\0b", 3, false), "a?b");
}

static void test_open(void **state)
{
    (void)state;
    assert_int_equal(neutral_open("", 0), 0);
    assert_int_equal(neutral_open("abc", 3), 0);
    assert_int_equal(neutral_open("ab\r", 3), 1);
    assert_int_equal(neutral_open("a\xC2", 2), 1);
    assert_int_equal(neutral_open("a\xC3\xA9", 3), 0);
    assert_int_equal(neutral_open("\xE2\x82", 2), 2);
    assert_int_equal(neutral_open("\xF0\x9F\x90", 3), 3);
    assert_int_equal(neutral_open("\x80\x80\x80", 3), 0);
}

/* Written in pieces of every size, the text comes out the same. */
static void test_out(void **state)
{
    (void)state;
    static const char text[] =
        "a\x1b]0;title\x07 caf\xC3\xA9 \xC2\x9B \r\n b\r \xF0\x9F\x90\xA7 "
        "\u202E \xE2";
    static const char want[] = "a\xEF\xBF\xBD]0;title\xEF\xBF\xBD caf\xC3\xA9 "
                               "\xEF\xBF\xBD \r\n b\xEF\xBF\xBD "
                               "\xF0\x9F\x90\xA7 \xEF\xBF\xBD "
                               "\xEF\xBF\xBD";
    for (size_t step = 1; step < sizeof text; step++) {
        int ends[2];
        char got[256];
        struct out o;
        struct err e = {0};
        assert_int_equal(pipe(ends), 0);
        assert_int_equal(out_open(&o, ends[1], &e), STATUS_OK);
        assert_false(o.neutral);
        o.neutral = true;
        for (size_t i = 0; i < sizeof text - 1; i += step) {
            size_t left = sizeof text - 1 - i;
            out_bytes(&o, text + i, step < left ? step : left);
            out_flush(&o);
        }
        assert_int_equal(out_close(&o, &e), STATUS_OK);
        close(ends[1]);
        ssize_t n = read(ends[0], got, sizeof got);
        close(ends[0]);
        assert_int_equal(n, sizeof want - 1);
        assert_memory_equal(got, want, sizeof want - 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_span),
        cmocka_unit_test(test_open),
        cmocka_unit_test(test_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
