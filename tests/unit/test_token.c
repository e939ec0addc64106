#include "lex.h"

#include <stdio.h>
#include <string.h>

#include "text/chars.h"
#include "text/class.h"
#include "text/token.h"
#include "text/utf8.h"

/* The tokens of a text: words in '', symbols in <>, invalid bytes as !, each
 * after its gap: '+' glued, '_' spaced, '|' a break. */
static const char *cut(const char *text, size_t len)
{
    static char out[512];
    struct token t;
    size_t at = 0;
    size_t pos = 0;
    out[0] = '\0';
    while (token_next(slice_of(text, len), pos, &t)) {
        char gap = "+_|"[t.gap];
        const char *marks = t.kind == TOKEN_WORD ? "''" : "<>";
        assert_true(t.start >= pos && t.end > t.start && t.end <= len);
        at += t.kind == TOKEN_INVALID
                  ? (size_t)snprintf(out + at, sizeof out - at, "%c!", gap)
                  : (size_t)snprintf(out + at, sizeof out - at, "%c%c%.*s%c",
                                     gap, marks[0], (int)(t.end - t.start),
                                     text + t.start, marks[1]);
        pos = t.end;
    }
    return out;
}

static void cuts(const char *text, const char *want)
{
    assert_string_equal(cut(text, strlen(text)), want);
}

static void test_ascii(void **state)
{
    (void)state;
    cuts("", "");
    cuts(" \t\n ", "");
    cuts("a", "|'a'");
    cuts("Linux 2.6", "|'Linux'_'2'+<.>+'6'");
    cuts("AT&T Unix", "|'AT'+<&>+'T'_'Unix'");
    cuts("C++", "|'C'+<+>+<+>");
    cuts("snake_case", "|'snake_case'");
    cuts("x86-64", "|'x86'+<->+'64'");
    cuts("'n'", "|<'>+'n'+<'>");
    assert_string_equal(cut("a\0b", 3), "|'a'+<>+'b'");
}

static void test_gaps(void **state)
{
    (void)state;
    cuts("  a", "|'a'"); /* the start of a text is a break */
    cuts("a b", "|'a'_'b'");
    cuts("a \t\v b", "|'a'_'b'");
    cuts("a\nb", "|'a'_'b'");
    cuts("a\r\nb", "|'a'_'b'");
    cuts("a\rb", "|'a'_'b'");
    cuts("a \r\n b", "|'a'_'b'");
    cuts("a\n\nb", "|'a'|'b'");
    cuts("a\r\n\r\nb", "|'a'|'b'");
    cuts("a\r\rb", "|'a'|'b'");
    cuts("a\n\rb", "|'a'|'b'"); /* LF CR are two */
    cuts("a\n \t\nb", "|'a'|'b'");
    cuts("a\fb", "|'a'_'b'");
    /* clang-format off */
    cuts("a\xC2\x85" "b", "|'a'_'b'");
    cuts("a\xE2\x80\xA8" "b", "|'a'_'b'");
    cuts("a\xE2\x80\xA9" "b", "|'a'_'b'");
    cuts("a\xC2\xA0" "b", "|'a'_'b'");         /* NBSP */
    cuts("a\xE2\x80\xAF" "b", "|'a'_'b'");     /* narrow NBSP */
    cuts("a\xE3\x80\x80" "b", "|'a'_'b'");     /* ideographic */
    cuts("a\xE2\x80\x8B" "b", "|'a'_'b'");     /* zero width space */
    /* clang-format on */
    cuts("a \xC2\xA0\n b", "|'a'_'b'");
}

static void test_unicode(void **state)
{
    (void)state;
    cuts("\xC3\xA9t\xC3\xA9", "|'\xC3\xA9t\xC3\xA9'");
    cuts("e\xCC\x81t", "|'e\xCC\x81t'"); /* a mark goes on */
    cuts("\xD0\x9B\xD1\x8F", "|'\xD0\x9B\xD1\x8F'");
    cuts("\xD9\xA1\xD9\xA2", "|'\xD9\xA1\xD9\xA2'"); /* Arabic digits */
    /* clang-format off */
    cuts("a\xE2\x80\x93" "b", "|'a'+<\xE2\x80\x93>+'b'");   /* U+2013 */
    cuts("\xE2\x80\x9C" "a\xE2\x80\x9D",
         "|<\xE2\x80\x9C>+'a'+<\xE2\x80\x9D>");             /* quotes */
    cuts("a\xC2\xAD" "b", "|'a\xC2\xAD" "b'");              /* soft hyphen */
    cuts("a\xE2\x80\x8D" "b", "|'a\xE2\x80\x8D" "b'");      /* joiner */
    cuts("+\xCC\x81+", "|<+>+'\xCC\x81'+<+>"); /* a mark on a symbol */
    cuts("\xCC\x81" "a", "|'\xCC\x81" "a'"); /* a mark on nothing */
    /* clang-format on */
    cuts("\xF0\x9F\x90\xA7", "|<\xF0\x9F\x90\xA7>");
}

static void test_scripts_without_spaces(void **state)
{
    (void)state;
    cuts("Linux\xE6\x98\xAF", "|'Linux'+'\xE6\x98\xAF'");
    cuts("\xE6\x98\xAF\xE7\x9A\x84", "|'\xE6\x98\xAF'+'\xE7\x9A\x84'");
    /* Katakana makes words: リナ */
    cuts("\xE3\x83\xAA\xE3\x83\x8A", "|'\xE3\x83\xAA\xE3\x83\x8A'");
    /* Hangul too: 리눅 */
    cuts("\xEB\xA6\xAC\xEB\x88\x85", "|'\xEB\xA6\xAC\xEB\x88\x85'");
    /* Hiragana does not, and keeps its voicing mark: か+mark, な */
    cuts("\xE3\x81\x8B\xE3\x82\x99\xE3\x81\xAA",
         "|'\xE3\x81\x8B\xE3\x82\x99'+'\xE3\x81\xAA'");
    /* Thai: กา */
    cuts("\xE0\xB8\x81\xE0\xB8\xB2", "|'\xE0\xB8\x81'+'\xE0\xB8\xB2'");
}

static void test_invalid_bytes(void **state)
{
    (void)state;
    /* clang-format off */
    cuts("a\xFF" "b", "|'a'+!+'b'");
    /* clang-format on */
    cuts("\xFF\xFE", "|!+!");
    cuts("a\xC3", "|'a'+!");
    cuts("\xE6\x98 b", "|!+!_'b'");
    cuts("\xED\xA0\x80", "|!+!+!");
}

/* Cutting may go on from the end of any token. */
static void test_classes(void **state)
{
    (void)state;
    assert_int_equal(char_class('_'), CHAR_WORD);
    assert_int_equal(char_class('\0'), CHAR_SYMBOL);
    assert_int_equal(char_class(0x7F), CHAR_SYMBOL);
    assert_int_equal(char_class('\v'), CHAR_SPACE);
    assert_int_equal(char_class(0x85), CHAR_SPACE);
    assert_int_equal(char_class(0x1680), CHAR_SPACE);
    assert_int_equal(char_class(0xFEFF), CHAR_EXTEND);
    assert_int_equal(char_class(0xFE0F), CHAR_EXTEND);
    assert_int_equal(char_class(0x4E00), CHAR_IDEOGRAPH);
    assert_int_equal(char_class(0x30FC), CHAR_WORD);
    assert_int_equal(char_class(0x2160), CHAR_WORD); /* a Roman number */
    assert_int_equal(char_class(0xB2), CHAR_WORD);   /* superscript two */
    assert_int_equal(char_class(0x2122), CHAR_SYMBOL);
    assert_int_equal(char_class(0xE000), CHAR_SYMBOL); /* private use */
    assert_int_equal(char_class(0x10FFFF), CHAR_SYMBOL);
    assert_int_equal(char_class(UINT32_MAX), CHAR_INVALID);
}

/* The quick look at a sign sees what the classes of code points say, and only
 * where all its bytes are such a character's. */
static void test_signs(void **state)
{
    (void)state;
    for (uint32_t c = 0x80; c < 0x110000; c++) {
        char bytes[4] = {0};
        uint32_t same = 0;
        size_t len = 0;
        if (c == 0xD800) {
            c = 0xE000; /* behind the surrogates */
        }
        size_t n = utf8_write(c, bytes);
        const uint8_t *p = (const uint8_t *)bytes;
        bool sign = c >= 0x2010 && c <= 0x2027;
        assert_int_equal(class_sign_at(p), sign ? 3 : c == 0xA0 ? 2 : 0);
        if (sign) {
            assert_int_equal(class_of_cp(p, n, &same, &len), CP_SYMBOL);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_unicode),
        cmocka_unit_test(test_scripts_without_spaces),
        cmocka_unit_test(test_invalid_bytes),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
