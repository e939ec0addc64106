/* Documents with markup: the text that is matched, and the way back. */
#include "lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failing_alloc.h"

#define HOLE "\xEF\xBF\xBC"

static void view_is(gaz_format format, unsigned zones, const char *source,
                    const char *want)
{
    gaz_document *d = NULL;
    const char *text = NULL;
    size_t len = 0;
    assert_int_equal(gaz_document_create(NULL, &d, NULL), GAZ_OK);
    assert_int_equal(
        gaz_document_read(d, format, zones, source, strlen(source), NULL),
        GAZ_OK);
    gaz_document_text(d, &text, &len);
    if (len != strlen(want) || memcmp(text, want, len) != 0) {
        fail_msg("%s: '%.*s', not '%s'", source, (int)len, text, want);
    }
    gaz_document_free(d);
}

static void test_html(void **state)
{
    static const struct {
        const char *source, *want;
    } cases[] = {
        {"a<p>b</p>c", "a\n\nb\n\nc"},
        {"<b>a</b>b", "ab"},
        {"a\r\nb", "a  b"},
        {"a<br/>b", "a\nb"},
        {"a &lt;b&gt; c &unknown; &", "a <b> c &unknown; &"},
        {"&#0;&#xD800;&#x110000;&#128;&#99999999999;&#x;&#;",
         "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xE2\x82\xAC\xEF\xBF\xBD&#x;&#;"},
        {"&notit; &notin; &NotEqualTilde;",
         "\xC2\xACit; \xE2\x88\x89 \xE2\x89\x82\xCC\xB8"},
        {"&ampamp &AMP", "&amp &"},
        {"a < b <3 </ x> </> <", "a < b <3   <"},
        {"<!doctype html><?x y>a<!x>b", "ab"},
        {"<a b='>' c=\">\" d=> e>f", " e>f"},
        {"<a =b>x<a/b/>y", "xy"},
        {"a<img>b", "a" HOLE "b"},
        {"a<script>x</script>b", "a" HOLE "b"},
        {"a<pre>x</pre>b", "a\n\nb"},
        {"a<svg><![CDATA[<b>]]></svg><![CDATA[<b>]]>c", "a<b>]]>c"},
        {"a<svg><style>b</style><title>c</title></svg>d",
         "a" HOLE "\n\nc\n\nd"},
        {"<title>&lt;b&gt;<b></title>c", "<b><b>\n\nc"},
        {"<textarea><b></textarea >c", "<b>\n\nc"},
        {"<style><b></stylex></style\n>c", HOLE "c"},
        {"<plaintext></plaintext>a", ""},
        {"<template>a</template>b", HOLE "b"},
        {"a<div", "a"},
        {"a</", "a</"},
        {"a<!--b", "a"},
        /* clang-format off */
        {"\xEF\xBB\xBF" "a", "a"},
        /* clang-format on */
        {"", ""}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_is(GAZ_FORMAT_HTML, 0, cases[i].source, cases[i].want);
    }
}

static void test_markdown(void **state)
{
    static const struct {
        const char *source, *want;
    } cases[] = {{"# a\n\nb\n", "a\n\nb\n\n"},
                 {"a *b* **c** ~~d~~ `e`", "a b c d e\n\n"},
                 {"a\nb  \nc", "a\nb\nc\n\n"},
                 {"a\\*b &amp; &bad; &#65;", "a*b & &bad; A\n\n"},
                 {"- a\n- b", "a\n\nb\n\n"},
                 {"|a|b|\n|---|---|\n|c|d|", "a\n\nb\n\nc\n\nd\n\n"},
                 {"[a](b) ![c](d) <http://e>", "a " HOLE " " HOLE "\n\n"},
                 {"http://a.b/c www.d.e f@g.hi", HOLE " " HOLE " " HOLE "\n\n"},
                 {"[http://a.b](http://a.b)", "http://a.b\n\n"},
                 {"a <b>c</b> <!-- d -->e", "a c e\n\n"},
                 {"<kbd>a</kbd> b", "a b\n\n"},
                 {"<b\nc='>'>d", "d\n\n"},
                 {"```\na\n```\nb", HOLE "\n\nb\n\n"},
                 {"---\na\n---\nb", "b\n\n"},
                 {"+++\na\n+++\nb", "b\n\n"},
                 {"---\na", "a\n\n"},
                 {"", ""}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_is(GAZ_FORMAT_MARKDOWN, 0, cases[i].source, cases[i].want);
    }
}

static void test_zones(void **state)
{
    static const char page[] =
        "<a href=u&amp;v title=w>p</a><code>c</code><pre>d</pre>"
        "<script>s</script><!--k-->";
    static const char readme[] = "---\nf\n---\n[p](u \"w\") `c` <http://x> "
                                 "![i](y 'z')\n\n    d\n\n[p]: q";
    (void)state;
    view_is(GAZ_FORMAT_HTML, GAZ_ZONE_PROSE, page, "p" HOLE "\n\n");
    view_is(GAZ_FORMAT_HTML, GAZ_ZONE_CODE, page, HOLE "\n\nd\n\n");
    view_is(GAZ_FORMAT_HTML, 255, page,
            "pc\n\nd\n\n"
            "u&v\n\nw\n\ns\n\nk");
    view_is(GAZ_FORMAT_MARKDOWN, GAZ_ZONE_LINK, readme,
            HOLE "http://x" HOLE "\n\n"
                 "u\n\ny");
    view_is(GAZ_FORMAT_MARKDOWN, GAZ_ZONE_ATTRIBUTE, readme,
            HOLE "\n\n"
                 "i\n\nw\n\nz");
    view_is(GAZ_FORMAT_MARKDOWN, GAZ_ZONE_FRONT_MATTER, readme,
            "---\nf\n---\n\n\n");
}

static void test_map(void **state)
{
    static const char source[] = "<p>Mac <b>OS</b>&nbsp;X</p>";
    gaz_document *d = NULL;
    const char *text = NULL;
    size_t len = 0;
    size_t start = 0;
    size_t end = 0;
    (void)state;
    assert_int_equal(gaz_document_create(NULL, &d, NULL), GAZ_OK);
    assert_int_equal(gaz_document_read(d, GAZ_FORMAT_HTML, 0, source,
                                       sizeof source - 1, NULL),
                     GAZ_OK);
    gaz_document_text(d, &text, &len);
    assert_memory_equal(text, "Mac OS\xC2\xA0X", 9);
    gaz_document_map(d, 0, 9, &start, &end);
    assert_int_equal(start, 3);
    assert_int_equal(end, 23);
    gaz_document_map(d, 7, 8, &start, &end); /* half of the no-break space */
    assert_int_equal(start, 16);
    assert_int_equal(end, 22);
    gaz_document_free(d);
}

static void test_guess(void **state)
{
    (void)state;
    assert_int_equal(gaz_format_guess("a.MD", "", 0), GAZ_FORMAT_MARKDOWN);
    assert_int_equal(gaz_format_guess("a.htm", "", 0), GAZ_FORMAT_HTML);
    assert_int_equal(gaz_format_guess("a.txt", "<html>", 6), GAZ_FORMAT_TEXT);
    assert_int_equal(gaz_format_guess(NULL, " <!-- a -->\n<HTML>", 18),
                     GAZ_FORMAT_HTML);
    assert_int_equal(gaz_format_guess(NULL, "<!doctype", 9), GAZ_FORMAT_TEXT);
    assert_int_equal(gaz_format_guess(".md", "# a", 3), GAZ_FORMAT_TEXT);
}

/* md4c allocates by itself, so HTML only. */
static void test_nomem(void **state)
{
    static const char source[] = "<p title=x>Go &amp; <b>Go</b><!--Go-->";
    struct lex l;
    (void)state;
    lex_open(&l, "Go\tX\n", NULL, NULL);
    for (size_t n = 1;; n++) {
        struct failing_alloc f = {.fail_from = n, .fail_to = SIZE_MAX};
        gaz_allocator a = failing_allocator(&f);
        gaz_document *d = NULL;
        gaz_tagger *t = NULL;
        const gaz_span *spans = NULL;
        size_t count = 0;
        assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &t, NULL), GAZ_OK);
        gaz_status s = gaz_document_create(&a, &d, NULL);
        if (s == GAZ_OK) {
            s = gaz_document_read(d, GAZ_FORMAT_HTML, 255, source,
                                  sizeof source - 1, NULL);
        }
        if (s == GAZ_OK) {
            s = gaz_document_tag(d, t, &spans, &count, NULL);
        }
        if (s == GAZ_OK) {
            assert_int_equal(count, 3);
        }
        gaz_document_free(d);
        gaz_tagger_free(t);
        assert_int_equal(f.blocks, 0);
        assert_false(f.wrong_size);
        if (s == GAZ_OK) {
            assert_true(n > 4);
            break;
        }
        assert_int_equal(s, GAZ_NOMEM);
    }
    lex_close(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_html),  cmocka_unit_test(test_markdown),
        cmocka_unit_test(test_zones), cmocka_unit_test(test_map),
        cmocka_unit_test(test_guess), cmocka_unit_test(test_nomem)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
