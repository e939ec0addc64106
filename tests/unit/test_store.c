#include "lex.h"

#include <stdio.h>
#include <string.h>

#include "build/store.h"

static const struct store_options columns12 = {.tag_column = 1};

static void open_store(struct store *s, const struct store_options *options)
{
    assert_int_equal(store_init(s, &alloc_default, options, NULL), STATUS_OK);
}

static enum status add(struct store *s, const char *text, struct err *e)
{
    return store_add_corpus(s, slice_str("corpus"), slice_str(text), e);
}

static struct slice label(const struct store *s, uint32_t id)
{
    return strmap_key(s->labels, id);
}

static void test_corpus(void **state)
{
    (void)state;
    struct store s;
    open_store(&s, &columns12);
    assert_int_equal(add(&s,
                         "\nThe\tO\nLinux\tB-OS\nkernel\tI-OS\n\n\nLinux\t"
                         "B-App\n",
                         NULL),
                     STATUS_OK);
    assert_int_equal(s.sentence_count, 2);
    assert_int_equal(s.token_count, 4);
    assert_int_equal(s.mention_count, 2);
    assert_int_equal(strmap_count(s.words), 3);
    assert_int_equal(s.sentences[0].line, 2);
    assert_int_equal(s.sentences[1].line, 7);
    assert_int_equal(s.sentences[1].first_token, 3);
    assert_int_equal(s.sentences[1].first_mention, 1);
    assert_int_equal(s.sentences[1].mention_count, 1);
    assert_int_equal(s.mentions[0].first, 1);
    assert_int_equal(s.mentions[0].count, 2);
    assert_true(slice_is(label(&s, s.mentions[0].label), "OS"));
    assert_true(slice_is(label(&s, s.mentions[1].label), "App"));
    assert_true(slice_is(store_word(&s, &s.sentences[1], 0), "Linux"));
    store_free(&s);
    store_free(&s);
}

static void test_labels(void **state)
{
    (void)state;
    struct store s;
    open_store(&s, &columns12);
    assert_int_equal(
        store_map_label(&s, slice_str("App"), slice_str("OS"), NULL),
        STATUS_OK);
    assert_int_equal(store_map_label(&s, slice_str("OS"), slice_str("X"), NULL),
                     STATUS_OK);
    assert_int_equal(store_keep_label(&s, slice_str("OS"), NULL), STATUS_OK);
    assert_int_equal(add(&s, "a\tB-App\nb\tB-OS\nc\tB-Z\n", NULL), STATUS_OK);
    /* Renaming is done once: App is OS, and OS is X, which is not wanted. */
    assert_int_equal(s.mention_count, 1);
    assert_int_equal(s.mentions[0].first, 0);
    assert_int_equal(strmap_count(s.labels), 1);
    /* A later rule for the same label counts. */
    assert_int_equal(
        store_map_label(&s, slice_str("App"), slice_str("Q"), NULL), STATUS_OK);
    assert_int_equal(add(&s, "a\tB-App\n", NULL), STATUS_OK);
    assert_int_equal(s.mention_count, 1);
    store_free(&s);
}

static void refuses(const struct store_options *options, const char *text,
                    size_t line, size_t column, const char *part)
{
    struct store s;
    struct err e = {0};
    open_store(&s, options);
    assert_int_equal(add(&s, text, &e), STATUS_SYNTAX);
    if (e.line != line || e.column != column ||
        strstr(e.message, part) == NULL) {
        fail_msg("%zu:%zu: %s", e.line, e.column, e.message);
    }
    store_free(&s);
}

static void test_bad_lines(void **state)
{
    (void)state;
    refuses(&columns12, "a\tO\nb\tB-\n", 2, 3, "'B-' has no type");
    refuses(&columns12, "a\tO\n\nbc\tX-Y\n", 3, 4, "unknown prefix");
    refuses(&columns12, "a\tB\n", 1, 3, "no type; 'B-TYPE' is wanted");
    refuses(&columns12, "a\tI\n", 1, 3, "no type");
    refuses(&columns12, "a\tO\nword\n", 2, 5, "1 column where 2 are wanted");
    refuses(&columns12, "a\tOS\n", 1, 3, "no prefix");
}

static void test_columns(void **state)
{
    (void)state;
    static const struct store_options last = {.tag_column = -1};
    static const struct store_options swapped = {.token_column = 1};
    static const struct store_options bare = {.tag_column = 1,
                                              .bare_types = true};
    struct store s;
    open_store(&s, &last);
    assert_int_equal(add(&s, "a\tx\tB-OS\nb\ty\tO\n", NULL), STATUS_OK);
    assert_int_equal(s.mention_count, 1);
    store_free(&s);
    open_store(&s, &swapped);
    assert_int_equal(add(&s, "B-OS\ta\nO\tb\n", NULL), STATUS_OK);
    assert_true(slice_is(store_word(&s, &s.sentences[0], 0), "a"));
    store_free(&s);
    open_store(&s, &bare);
    assert_int_equal(add(&s, "a\tOS\nb\tOS\nc\tO\nd\tB-X\n", NULL), STATUS_OK);
    assert_int_equal(s.mention_count, 2);
    assert_int_equal(s.mentions[0].count, 2);
    assert_true(slice_is(label(&s, s.mentions[1].label), "B-X"));
    store_free(&s);
}

static void test_lists_and_sources(void **state)
{
    (void)state;
    struct store s;
    struct err e;
    open_store(&s, &columns12);
    char text[] = "Linux\tOS\tQ1\tpriority=3\nGo\tLanguage\n";
    assert_int_equal(
        store_add_list(&s, slice_str("one.tsv"), slice_str(text), &e),
        STATUS_OK);
    memset(text, '?', sizeof text - 1); /* the store has copies */
    assert_int_equal(add(&s, "a\tO\n", &e), STATUS_OK);
    assert_int_equal(s.name_count, 2);
    assert_true(slice_is(s.names[0].name, "Linux"));
    assert_true(slice_is(s.names[0].id, "Q1"));
    assert_int_equal(s.names[0].priority, 3);
    assert_int_equal(s.names[1].line, 2);
    assert_int_equal(s.names[1].source, 0);
    assert_int_equal(s.source_count, 2);
    assert_true(slice_is(s.sources[0].name, "one.tsv"));
    assert_int_equal(s.sources[0].size, sizeof text - 1);
    assert_true(slice_is(s.sources[1].name, "corpus"));
    assert_int_equal(
        store_add_list(&s, slice_str("two.tsv"), slice_str("a\tX\nb\n"), &e),
        STATUS_SYNTAX);
    assert_int_equal(e.line, 2);
    assert_int_equal(e.column, 2);
    store_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_corpus),
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_bad_lines),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_lists_and_sources),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
