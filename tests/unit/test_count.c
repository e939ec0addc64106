#include "lex.h"

#include <stdio.h>
#include <string.h>

#include "build/count.h"
#include "text/fold.h"

/* Groups as "SURFACE n/N LABEL:COUNT,...", sorted as they were first met,
 * then the spellings never annotated as "!SURFACE:N". */
static const char *counts_of(const char *corpus, unsigned folding)
{
    static char out[2048];
    static const struct store_options columns = {.tag_column = 1};
    struct store s;
    struct counts c = {0};
    struct err e = {0};
    size_t at = 0;
    out[0] = '\0';
    assert_int_equal(store_init(&s, &alloc_default, &columns, &e), STATUS_OK);
    if (store_add_corpus(&s, slice_str("x"), slice_str(corpus), &e) !=
        STATUS_OK) {
        fail_msg("%s", e.message);
    }
    assert_int_equal(count_mentions(&s, folding, &c, &e), STATUS_OK);
    for (size_t i = 0; i < c.group_count; i++) {
        const struct count_group *g = &c.groups[i];
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%.*s %u/%u ",
                               i > 0 ? "; " : "", (int)g->surface.len,
                               g->surface.data, g->annotated, g->occurrences);
        for (uint32_t k = 0; k < g->label_count; k++) {
            struct count_label l = c.labels[g->first_label + k];
            struct slice name = strmap_key(s.labels, l.label);
            at += (size_t)snprintf(out + at, sizeof out - at, "%s%.*s:%u",
                                   k > 0 ? "," : "", (int)name.len, name.data,
                                   l.count);
        }
    }
    for (size_t i = 0; i < c.form_count; i++) {
        at += (size_t)snprintf(out + at, sizeof out - at, " !%.*s:%u",
                               (int)c.forms[i].surface.len,
                               c.forms[i].surface.data, c.forms[i].occurrences);
    }
    counts_free(&c);
    counts_free(&c);
    store_free(&s);
    return out;
}

static void counts(unsigned folding, const char *corpus, const char *want)
{
    assert_string_equal(counts_of(corpus, folding), want);
}

static void test_plain(void **state)
{
    (void)state;
    counts(FOLD_NONE, "", "");
    counts(FOLD_NONE, "a\tO\n", "");
    counts(FOLD_NONE, "a\tB-X\na\tO\nb\tO\n\na\tB-X\n", "a 2/3 X:2");
    counts(FOLD_NONE, "a\tB-X\na\tB-Y\na\tB-Y\n", "a 3/3 Y:2,X:1");
    /* Labels of equal count: the one met first. */
    counts(FOLD_NONE, "a\tB-Y\na\tB-X\n", "a 2/2 Y:1,X:1");
    counts(FOLD_NONE, "a\tB-X\nb\tI-X\n\na\tO\nb\tO\nb\tO\n", "a b 1/2 X:1");
    /* Not across sentences. */
    counts(FOLD_NONE, "a\tB-X\nb\tI-X\n\na\tO\n\nb\tO\n", "a b 1/1 X:1");
}

static void test_inside_longer(void **state)
{
    (void)state;
    /* 'a' inside the mention 'a b' is no occurrence; a free one is. */
    counts(FOLD_NONE, "a\tB-X\nb\tI-X\na\tB-X\na\tO\n",
           "a b 1/1 X:1; a 1/2 X:1");
    /* A name that reaches over a mention's end is one. */
    counts(FOLD_NONE, "a\tB-X\nb\tI-X\n\nz\tB-X\na\tI-X\nb\tO\n",
           "a b 1/2 X:1; z a 1/1 X:1");
    /* Occurrences may overlap. */
    counts(FOLD_NONE, "a\tB-X\na\tI-X\n\na\tO\na\tO\na\tO\n", "a a 1/3 X:1");
}

static void test_folding(void **state)
{
    (void)state;
    static const char corpus[] =
        "Windows\tB-X\n\nwindows\tO\nwindow\tO\nWINDOWS\tB-X\nWindows\tB-X\n";
    counts(FOLD_NONE, corpus, "Windows 2/2 X:2; WINDOWS 1/1 X:1");
    counts(FOLD_CASE, corpus, "Windows 3/4 X:3 !windows:1");
    counts(FOLD_CASE | FOLD_PLURAL, corpus,
           "Windows 3/5 X:3 !window:1 !windows:1");
    /* The surface is the most frequent, of equals the first bytewise. */
    counts(FOLD_CASE, "ab\tB-X\nAB\tB-X\n", "AB 2/2 X:2");
}

static void test_joined_tokens(void **state)
{
    (void)state;
    counts(FOLD_NONE, "(\tB-X\na\tI-X\n)\tI-X\n\n(\tO\na\tO\n)\tO\n",
           "(a) 1/2 X:1");
    /* One surface out of different tokens is one group. */
    counts(FOLD_NONE, "a\tB-X\n/\tI-X\nb\tI-X\n\na/b\tB-X\n\na/b\tO\n",
           "a/b 2/3 X:2");
}

static void test_sources(void **state)
{
    (void)state;
    static const struct store_options columns = {.tag_column = 1};
    struct store s;
    struct counts c = {0};
    assert_int_equal(store_init(&s, &alloc_default, &columns, NULL), STATUS_OK);
    for (int i = 0; i < 3; i++) {
        const char *text = i == 1 ? "b\tB-X\n" : "a\tB-X\na\tB-X\n";
        assert_int_equal(
            store_add_corpus(&s, slice_str("x"), slice_str(text), NULL),
            STATUS_OK);
    }
    assert_int_equal(count_mentions(&s, FOLD_NONE, &c, NULL), STATUS_OK);
    assert_int_equal(c.group_count, 2);
    assert_int_equal(c.groups[0].source_count, 2);
    assert_int_equal(c.sources[c.groups[0].first_source], 0);
    assert_int_equal(c.sources[c.groups[0].first_source + 1], 2);
    assert_int_equal(c.groups[1].source_count, 1);
    assert_int_equal(c.sources[c.groups[1].first_source], 1);
    counts_free(&c);
    store_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),   cmocka_unit_test(test_inside_longer),
        cmocka_unit_test(test_folding), cmocka_unit_test(test_joined_tokens),
        cmocka_unit_test(test_sources),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
