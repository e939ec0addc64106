#include "lex.h"

#include <stdio.h>
#include <string.h>

#include "corpus/list.h"
#include "text/limits.h"

/* All entries as LINE:NAME|LABEL|ID, or the error as LINE:COLUMN: MESSAGE. */
static const char *show(const char *text, size_t len)
{
    static char out[1024];
    struct list_reader r;
    size_t at = 0;
    list_open(&r, slice_of(text, len));
    out[0] = '\0';
    for (;;) {
        struct list_entry x;
        struct err e;
        bool found = false;
        if (list_next(&r, &x, &found, &e) != STATUS_OK) {
            assert_int_equal(e.code, STATUS_SYNTAX);
            (void)snprintf(out + at, sizeof out - at, "%s%zu:%zu: %s",
                           at > 0 ? " " : "", e.line, e.column, e.message);
            return out;
        }
        if (!found) {
            return out;
        }
        at += (size_t)snprintf(
            out + at, sizeof out - at, "%s%zu:%.*s|%.*s|%.*s",
            at > 0 ? " " : "", x.line, (int)x.name.len, x.name.data,
            (int)x.label.len, x.label.data, (int)x.id.len, x.id.data);
    }
}

static void reads(const char *text, const char *want)
{
    assert_string_equal(show(text, strlen(text)), want);
}

static void test_lines(void **state)
{
    (void)state;
    reads("", "");
    reads("\n \t \n\r\n", "");
    reads("Linux\tOS", "1:Linux|OS|");
    reads("Linux\tOS\tQ388\n", "1:Linux|OS|Q388");
    reads("\xEF\xBB\xBF"
          "Linux\tOS\r\nC++\tLanguage\r\n",
          "1:Linux|OS| 2:C++|Language|");
    reads("# a comment\n\nLinux\tOS\n#x\ty\n", "3:Linux|OS|");
    reads("  Linux  \t OS \t Q1 ", "1:Linux|OS|Q1");
    reads("AT&T Unix\tOS\t\t", "1:AT&T Unix|OS|");
    reads("C#\tLanguage", "1:C#|Language|"); /* no comment but at the start */
    reads("a\tX\tid\tpriority=2,\n", "1:a|X|id");
    reads("\xEF\xBB\xBF# only\n", "");
}

static void test_errors(void **state)
{
    (void)state;
    reads("ok\tX\nname\n",
          "1:ok|X| 2:5: a name without a label; name TAB label expected, "
          "not: 'name'");
    reads("name\t\n",
          "1:6: the label is empty; name TAB label expected, not: 'name\t'");
    reads("name\t\tX\n", "1:6: the label is empty; name TAB label expected, "
                         "not: 'name\t\tX'");
    reads("\tX\n", "1:1: a label without a name: 'X'");
    reads("  \tX", "1:1: a label without a name: 'X'");
    reads("a\tX\tid\tk\tmore",
          "1:10: too many columns; name TAB label TAB id TAB key=value,... "
          "expected, not: 'a\tX\tid\tk\tmore'");
    reads("a\tX\t\t\t", "1:7: too many columns; name TAB label TAB id TAB "
                        "key=value,... expected, not: 'a\tX\t\t\t'");
    reads("a\tX\tcase=fold",
          "1:5: keys stand in the fourth column, behind the id or two TABs; "
          "an id expected, not: 'case=fold'");
    reads("a\tX\tcase=fold\tcase=exact", "1:a|X|case=fold");
    reads("a\tX\tn=1", "1:a|X|n=1");
    reads("a\tX\n\xFF\tX", "1:a|X| 2:1: invalid UTF-8 (byte 0xff)");
    reads("ab\xC3\tX", "1:3: invalid UTF-8 (byte 0xc3)");
    assert_string_equal(show("a\0b\tX", 5), "1:2: a NUL byte");
    assert_string_equal(show("a\tX\0Y", 5), "1:4: a NUL byte");
    reads("a\tX\t\tcase", "1:6: key=value expected, not: 'case'");
    reads("a\tX\t\tcase=upper",
          "1:6: case must be exact, fold or smart, not: 'upper'");
    reads("a\tX\t\tplural=maybe",
          "1:6: plural must be yes or no, not: 'maybe'");
    reads("a\tX\t\tkind=x",
          "1:6: kind must be name, alias, acronym or generic, not: 'x'");
    reads("a\tX\t\tcase=fold,priority=1x",
          "1:16: priority must be a whole number from -1000 to 1000, not: "
          "'1x'");
    reads("a\tX\t\tpriority=1001",
          "1:6: priority must be a whole number from -1000 to 1000, not: "
          "'1001'");
    reads("a\tX\t\tpriority=-",
          "1:6: priority must be a whole number from -1000 to 1000, not: '-'");
    reads("a\tX\t\tpriority=99999999999999999999",
          "1:6: priority must be a whole number from -1000 to 1000, not: "
          "'99999999999999999999'");
    reads("a\tX\t\tneed=", "1:6: this key wants words, as in "
                           "need=compiler|code: ''");
    reads("a\tX\t\tcolour=red",
          "1:6: unknown key (known: case, plural, kind, priority, version, "
          "short, need, next, prev, not, notnext, notprev): "
          "'colour'");
    reads("a\tX\t\tcase=exact,plural=no,case=fold",
          "1:27: this key is there twice: 'case'");
    reads("a\tX\t\t =x", "1:7: unknown key (known: case, plural, kind, "
                         "priority, version, short, need, next, prev, not, "
                         "notnext, notprev): ''");
}

static void entry(const char *keys, struct list_entry *out)
{
    char line[256];
    struct list_reader r;
    bool found = false;
    struct err e;
    (void)snprintf(line, sizeof line, "a\tX\t\t%s", keys);
    list_open(&r, slice_str(line));
    if (list_next(&r, out, &found, &e) != STATUS_OK) {
        fail_msg("%s", e.message);
    }
    assert_true(found);
    /* The slices point into line: only these are looked at by callers. */
    out->name = out->label = slice_of("", 0);
}

static void test_keys(void **state)
{
    (void)state;
    struct list_entry x;
    entry("", &x);
    assert_int_equal(x.letter_case, LIST_CASE_UNSET);
    assert_int_equal(x.plural, LIST_PLURAL_UNSET);
    assert_int_equal(x.kind, LIST_KIND_NAME);
    assert_int_equal(x.priority, 0);
    assert_int_equal(x.context[0].len, 0);
    entry("case=exact,plural=yes,kind=acronym,priority=-1000", &x);
    assert_int_equal(x.letter_case, LIST_CASE_EXACT);
    assert_int_equal(x.plural, LIST_PLURAL_YES);
    assert_int_equal(x.kind, LIST_KIND_ACRONYM);
    assert_int_equal(x.priority, -1000);
    entry("case=fold , plural=no, kind=generic,priority=1000", &x);
    assert_int_equal(x.letter_case, LIST_CASE_FOLD);
    assert_int_equal(x.plural, LIST_PLURAL_NO);
    assert_int_equal(x.kind, LIST_KIND_GENERIC);
    assert_int_equal(x.priority, 1000);
    entry("case=smart,kind=alias,need=compiler|code,not=sea", &x);
    assert_int_equal(x.letter_case, LIST_CASE_SMART);
    assert_int_equal(x.kind, LIST_KIND_ALIAS);
    assert_int_equal(x.context[0].len, 13);
    assert_int_equal(x.context[3].len, 3);
}

/* A line with a name of that many bytes, a blank behind each `word`. */
static enum status long_name(size_t bytes, size_t word, struct err *e)
{
    static char text[LIMIT_NAME + 8];
    for (size_t i = 0; i < bytes; i++) {
        text[i] = i % (word + 1) == word ? ' ' : 'n';
    }
    memcpy(text + bytes, "\tX", 2);
    struct list_reader r;
    struct list_entry x;
    bool found = false;
    list_open(&r, slice_of(text, bytes + 2));
    return list_next(&r, &x, &found, e);
}

static void test_long_name(void **state)
{
    (void)state;
    struct err e;
    assert_int_equal(long_name(LIMIT_NAME, LIMIT_WORD, &e), STATUS_OK);
    assert_int_equal(long_name(LIMIT_NAME + 1, LIMIT_WORD, &e), STATUS_LIMIT);
    assert_int_equal(e.line, 1);
    assert_int_equal(e.column, 1);
    assert_int_equal(long_name(LIMIT_WORD, LIMIT_WORD, &e), STATUS_OK);
    assert_int_equal(long_name(LIMIT_WORD + 1, LIMIT_NAME, &e), STATUS_LIMIT);
    assert_int_equal(e.column, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_long_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
