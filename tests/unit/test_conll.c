#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "corpus/conll.h"

static const struct conll_options token_tag = {{0, 1}, 2, false};
static const struct conll_options token_last2 = {{0, -2, -1}, 3, false};

static char shown[4096];

/* Print all sentences: fields joined by '|', tokens by ' ', a sentence in
 * brackets with the line of its first token; an error as 'LINE:COLUMN: ...'.
 * gaps, when wanted, stand before in braces. */
static const char *show(struct source source,
                        const struct conll_options *options, bool gaps)
{
    struct conll_reader *r = conll_open(&alloc_default, &source, options);
    assert_non_null(r);
    size_t at = 0;
    bool found = true;
    struct conll_sentence s;
    struct err e;
    shown[0] = '\0';
    while (found) {
        if (conll_next(r, &s, &found, &e) != STATUS_OK) {
            at += (size_t)snprintf(shown + at, sizeof shown - at, "%zu:%zu: %s",
                                   e.line, e.column, e.message);
            break;
        }
        if (gaps) {
            at += (size_t)snprintf(shown + at, sizeof shown - at, "{%.*s}",
                                   (int)s.gap.len, s.gap.data);
        }
        for (size_t i = 0; i < s.count; i++) {
            struct conll_token *t = &s.tokens[i];
            if (i == 0) {
                at += (size_t)snprintf(shown + at, sizeof shown - at,
                                       "[%zu/%zu", s.number, t->number);
            }
            for (size_t j = 0; j < options->column_count; j++) {
                at += (size_t)snprintf(shown + at, sizeof shown - at, "%s%.*s",
                                       j > 0 ? "|" : " ", (int)t->field[j].len,
                                       t->field[j].data);
            }
        }
        at += (size_t)snprintf(shown + at, sizeof shown - at, "%s",
                               s.count > 0 ? "]" : "");
    }
    conll_close(r);
    return shown;
}

static const char *read2(const char *text)
{
    struct slice rest = slice_str(text);
    return show(source_of_memory(&rest), &token_tag, false);
}

static void test_sentences(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {"\n\n \t\n", ""},
        {"a\tO\n", "[1/1 a|O]"},
        {"a\tO", "[1/1 a|O]"},
        {"a\tO\nb\tB-X\n\nc\tO\n", "[1/1 a|O b|B-X][2/4 c|O]"},
        {"<s>\na\tO\n</s>\n<s>\nb\tO\n</s>\n", "[1/2 a|O][2/5 b|O]"},
        {"a\tO\r\n\r\nb\tO\r\n", "[1/1 a|O][2/3 b|O]"},
        {"\xEF\xBB\xBF"
         "a\tO\n",
         "[1/1 a|O]"},
        {"a\tO\n \t \nb\tO\n", "[1/1 a|O][2/3 b|O]"},
        {"a\tO\tmore\nb\tO\n", "[1/1 a|O b|O]"},
        {"a b\tO\n", "[1/1 a b|O]"},         /* a space inside a token */
        {"a O\n b   O \n", "[1/1 a|O b|O]"}, /* no TAB: blanks */
        {"<s>\tO\n", "[1/1 <s>|O]"},         /* a token, as it has a tag */
        {"a\t O\n", "[1/1 a| O]"},           /* left to tag_parse */
        {"\xFF\tO\n", "[1/1 \xFF|O]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(read2(cases[i][0]), cases[i][1]);
    }
}

static void test_errors(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"a\tO\nb\n", "2:2: 1 column where 2 are wanted"},
        {"a\tO\nb O\n", "2:4: 1 column where 2 are wanted; columns are split "
                        "on TABs, as in the first token line"},
        {"a\n", "1:2: 1 column where 2 are wanted; columns are split on "
                "blanks here, as the first token line has no TAB"},
        {"\na O\nb\tO\n", "3:2: a TAB, but the first token line has none and "
                          "is split on blanks; use one of the two throughout"},
        {"# about this file\na\tO\n",
         "2:2: a TAB, but the first token line has none and is split on "
         "blanks; use one of the two throughout, and '# key = value' for a "
         "comment"},
        {"a\tO\n# text = b\nb\tO\n",
         "2:11: 1 column where 2 are wanted; comments ('# key = value') stand "
         "before a sentence"},
        {"\tO\n", "1:1: the token (column 1) is empty"},
        {"a\t\n", "1:3: column 2 is empty; want a tag"},
        {"\xFF\xFE"
         "a\t",
         "1:1: the text is UTF-16; convert it to UTF-8 "
         "(iconv -f UTF-16 -t UTF-8)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(read2(cases[i][0]), cases[i][1]);
    }
}

/* Comments are no tokens, and a '#' that is a token is no comment. */
static void test_comments(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"# newdoc id = d1\n# text = a b\na\tO\nb\tO\n\n# text = c\nc\tO\n",
         "{# newdoc id = d1\n# text = a b\n}[1/3 a|O b|O]"
         "{\n# text = c\n}[2/7 c|O]{}"},
        {"a\tO\n\n# whatever\nb\tO\n\n# the end",
         "{}[1/1 a|O]{\n# whatever\n}[2/4 b|O]{\n# the end}"},
        {"# id = 1\na _ O\n\n# id = 2\nb _ O\n",
         "{# id = 1\n}[1/2 a|_]{\n# id = 2\n}[2/5 b|_]{}"},
        {"# newpar\na O\n", "{# newpar\n}[1/2 a|O]{}"},
        {"# O\na O\n", "{}[1/1 #|O a|O]{}"},
        {"# = O\n", "{}[1/1 #|=]{}"},
        {"#\tO\na\tO\n", "{}[1/1 #|O a|O]{}"},
        {"a\tO\n\n# text = b\tO\n", "{}[1/1 a|O]{\n}[2/3 # text = b|O]{}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slice rest = slice_str(cases[i][0]);
        assert_string_equal(show(source_of_memory(&rest), &token_tag, true),
                            cases[i][1]);
    }
}

static void test_columns(void **state)
{
    (void)state;
    struct slice rest = slice_str("a\tX\tB\tC\nb\tX\tD\tE\n");
    assert_string_equal(show(source_of_memory(&rest), &token_last2, false),
                        "[1/1 a|B|C b|D|E]");
    rest = slice_str("a\tB\tC\nb\tX\tD\tE\n");
    assert_string_equal(show(source_of_memory(&rest), &token_last2, false),
                        "2:1: 4 columns where the first token line has 3");
    rest = slice_str("a\tB\n");
    assert_string_equal(show(source_of_memory(&rest), &token_last2, false),
                        "1:4: 2 columns where 3 are wanted");
    char wide[512];
    memset(wide, '\t', sizeof wide);
    memcpy(wide, "a", 1);
    wide[511] = '\n';
    rest = slice_of(wide, sizeof wide);
    assert_string_equal(show(source_of_memory(&rest), &token_tag, false),
                        "1:1: 511 columns; at most 64 are read");
}

static void test_gaps(void **state)
{
    (void)state;
    struct slice rest = slice_str("\n<s>\na\tO\n</s>\n\nb\tO\n\n \n");
    assert_string_equal(show(source_of_memory(&rest), &token_tag, true),
                        "{\n<s>\n}[1/3 a|O]{</s>\n\n}[2/6 b|O]{\n \n}");
}

/* A mark begins a document, with or without an empty line before it; alone in
 * its line it says nothing of the columns. */
static void test_mark(void **state)
{
    (void)state;
    static const struct conll_options token = {{0}, 1, false};
    assert_string_equal(read2("a\tO\n-DOCSTART-\tO\nb\tO\n\nc\tO\n"),
                        "[1/1 a|O][2/2 -DOCSTART-|O b|O][3/5 c|O]");
    assert_string_equal(read2("-DOCSTART-\tO\n-DOCSTART-\tO\n"),
                        "[1/1 -DOCSTART-|O][2/2 -DOCSTART-|O]");
    struct slice rest = slice_str("-DOCSTART-\na b\tO\n-DOCSTART-\nc\tO\n");
    assert_string_equal(show(source_of_memory(&rest), &token, false),
                        "[1/1 -DOCSTART- a b][2/3 -DOCSTART- c]");
    rest = slice_str("-DOCSTART-\na N O\nb V O\n");
    assert_string_equal(show(source_of_memory(&rest), &token, false),
                        "[1/1 -DOCSTART- a b]");
}

/* A text that is taken for a corpus of tokens. */
static void test_prose(void **state)
{
    (void)state;
    static const struct conll_options token = {{0}, 1, false};
    static const char *const cases[][2] = {
        {"Linux\nis\n.\n\nC++\n", "[1/1 Linux is .][2/5 C++]"},
        {"a N B-X\n. . O\n\nCorp. O Inc.\n", "[1/1 a .][2/4 Corp.]"},
        {"a 1 2\n\nb 1 2 3\n", "[1/1 a][2/3 b]"}, /* of each sentence */
        {"I like it.\n", "1:1: running text is no corpus, a token a line; "
                         "read it as text"},
        {"Title\n\nIs C++ fast?\n",
         "[1/1 Title]3:1: running text is no corpus, a token a line; read it "
         "as text"},
        {"I like the way\nin which it is done\n",
         "2:1: 5 words where the line before has 4: running text is no corpus, "
         "a token a line; read it as text"},
        {"I like\tit.\nNo.\n", "[1/1 I like No.]"}, /* TABs part columns */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slice rest = slice_str(cases[i][0]);
        assert_string_equal(show(source_of_memory(&rest), &token, false),
                            cases[i][1]);
    }
    char many[256]; /* words in a line */
    for (size_t i = 0; i < sizeof many; i++) {
        many[i] = i % 2 == 0 ? 'a' : ' ';
    }
    struct slice rest = slice_of(many, sizeof many);
    assert_string_equal(show(source_of_memory(&rest), &token, false),
                        "1:1: running text is no corpus, a token a line; read "
                        "it as text");
}

static void test_break_at_x(void **state)
{
    (void)state;
    struct conll_options o = token_tag;
    struct slice rest = slice_str("a\tO\n-X-\tO\nb\tO\n-X-\n-X-y\tO\n");
    o.break_at_x = true;
    assert_string_equal(show(source_of_memory(&rest), &o, false),
                        "[1/1 a|O][2/3 b|O][3/5 -X-y|O]");
}

static void test_nul(void **state)
{
    (void)state;
    static const char text[] = "a\0b\tO\n\0\tO\n";
    struct slice rest = slice_of(text, sizeof text - 1);
    struct source source = source_of_memory(&rest);
    struct conll_reader *r = conll_open(&alloc_default, &source, &token_tag);
    struct conll_sentence s;
    bool found = false;
    assert_int_equal(conll_next(r, &s, &found, NULL), STATUS_OK);
    assert_true(found);
    assert_int_equal(s.count, 2);
    assert_int_equal(s.tokens[0].field[0].len, 3);
    assert_int_equal(s.tokens[1].field[0].len, 1);
    conll_close(r);
}

/* One byte at a time, and a failure after `limit` bytes. */
struct drip {
    struct slice rest;
    size_t step;
    size_t limit;
};

static enum status drip_read(void *context, char *buffer, size_t size,
                             size_t *got, struct err *e)
{
    struct drip *d = context;
    size_t n = d->rest.len < d->step ? d->rest.len : d->step;
    n = n < size ? n : size;
    if (d->limit < n) {
        return err_set(e, STATUS_IO, "no more");
    }
    memcpy(buffer, d->rest.data, n);
    d->rest.data += n;
    d->rest.len -= n;
    d->limit -= n;
    *got = n;
    return STATUS_OK;
}

static void test_drip(void **state)
{
    (void)state;
    struct drip d = {slice_str("\xEF\xBB\xBF"
                               "a\tO\r\nb\tO\r\n\r\nc\tO"),
                     1, SIZE_MAX};
    struct source source = {drip_read, &d};
    assert_string_equal(show(source, &token_tag, true),
                        "{}[1/1 a|O b|O]{\r\n}[2/4 c|O]{}");
    d = (struct drip){slice_str("a\tO\nb\tO\n"), 1, 5};
    assert_string_equal(show(source, &token_tag, false), "0:0: no more");
}

/* A sentence and a line much larger than the buffer, which has to grow and
 * move while tokens point into it. */
static void test_long(void **state)
{
    (void)state;
    size_t size = 3u << 20;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, 'x', size);
    for (size_t i = 0; i + 8 <= size / 2; i += 8) {
        memcpy(text + i, "tok\tB-Y\n", 8);
    }
    memcpy(text + size - 3, "\tO\n", 3);
    for (size_t step = 100000; step < size * 2; step *= 7) {
        struct drip d = {slice_of(text, size), step, SIZE_MAX};
        struct source source = {drip_read, &d};
        struct conll_reader *r =
            conll_open(&alloc_default, &source, &token_tag);
        struct conll_sentence s;
        bool found = false;
        assert_int_equal(conll_next(r, &s, &found, NULL), STATUS_OK);
        assert_int_equal(s.count, size / 16 + 1);
        for (size_t i = 0; i + 1 < s.count; i++) {
            assert_true(slice_is(s.tokens[i].field[0], "tok"));
            assert_true(slice_is(s.tokens[i].field[1], "B-Y"));
        }
        struct conll_token *last = &s.tokens[s.count - 1];
        assert_int_equal(last->field[0].len, size / 2 - 3);
        assert_true(slice_is(last->field[1], "O"));
        conll_close(r);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences),  cmocka_unit_test(test_errors),
        cmocka_unit_test(test_columns),    cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_break_at_x), cmocka_unit_test(test_nul),
        cmocka_unit_test(test_comments),   cmocka_unit_test(test_drip),
        cmocka_unit_test(test_long),       cmocka_unit_test(test_mark),
        cmocka_unit_test(test_prose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
