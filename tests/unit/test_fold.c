#include "lex.h"

#include <string.h>

#include "failing_alloc.h"
#include "text/fold.h"

static void folds(unsigned how, const char *name, const char *want)
{
    struct buf b;
    buf_init(&b, &alloc_default);
    fold_name(slice_str(name), how, &b);
    if (!slice_is(buf_view(&b), want)) {
        fail_msg("'%s' folds to '%.*s', not '%s'", name, (int)b.len, b.data,
                 want);
    }
    assert_true(buf_ok(&b));
    buf_free(&b);
}

static void test_none(void **state)
{
    (void)state;
    folds(FOLD_NONE, "Linux Kernels", "Linux Kernels");
    folds(FOLD_NONE, "  a \n b\t", "a b");
    folds(FOLD_NONE, "C ++", "C ++");
    folds(FOLD_NONE, "", "");
}

static void test_nfc(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Cafe\xCC\x81", "Caf\xC3\xA9"},
        {"\xE2\x84\xAB", "\xC3\x85"}, /* Angstrom sign */
        {"q\xCC\xA3\xCC\x87", "q\xCC\xA3\xCC\x87"},
        {"q\xCC\x87\xCC\xA3", "q\xCC\xA3\xCC\x87"}, /* marks put in order */
        {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xED\x95\x9C"}, /* Hangul */
        {"soft\xC2\xADware", "software"},
        /* clang-format off */
        {"a\xE2\x80\x8D" "b", "ab"},
        /* clang-format on */
        {"\xEF\xAC\x81", "\xEF\xAC\x81"}, /* NFC keeps the ligature */
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        folds(FOLD_NONE, pairs[i][0], pairs[i][1]);
    }
}

static void test_case(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"LiNUX_2", "linux_2"},
        /* clang-format off */
        {"Stra\xC3\x9F" "e", "strasse"},
        /* clang-format on */
        {"STRASSE", "strasse"},
        {"\xE1\xBA\x9E", "ss"},     /* capital sharp s */
        {"\xEF\xAC\x81le", "file"}, /* fi ligature */
        {"\xC4\xB0stanbul", "i\xCC\x87stanbul"},
        {"\xC4\xB1", "\xC4\xB1"}, /* dotless i stays */
        {"\xCE\xA3\xCF\x82\xCF\x83", "\xCF\x83\xCF\x83\xCF\x83"}, /* sigmas */
        {"\xC3\x89t\xC3\xA9", "\xC3\xA9t\xC3\xA9"},
        {"E\xCC\x81t", "\xC3\xA9t"},
        {"\xE2\x84\xAA", "k"}, /* Kelvin sign */
        {"\xD0\x9B\xD0\xAF", "\xD0\xBB\xD1\x8F"},
        {"C#", "c#"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        folds(FOLD_CASE, pairs[i][0], pairs[i][1]);
    }
}

static void test_plural(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        /* clang-format off */
        {"kernels", "kernel"},     {"cats", "cat"},
        {"Kernels", "kernel"},     {"gas", "gas"},  /* three letters */
        {"bus", "bus"},            {"ious", "ious"},
        {"process", "process"},    {"processes", "processe"},
        {"analysis", "analysis"},  {"status", "status"},
        {"libraries", "library"},  {"ties", "tie"}, /* four letters */
        {"flies", "fly"},          {"APIs", "apis"}, /* ends in is */
        {"s", "s"},                {"as", "as"},
        {"has", "has"},            {"sets 2s", "set 2s"},
        {"operating systems", "operating system"},
        {"trees-s", "tree-s"},     {"caf\xC3\xA9s", "caf\xC3\xA9"},
        {"\xC3\xA9s", "\xC3\xA9s"}, {"\xC3\xA9\xC3\xA9s", "\xC3\xA9\xC3\xA9s"},
        {"1990s", "1990"},         {"IDES", "ide"},
        {"class's", "class's"},    {"__ss", "__ss"},
        /* clang-format on */
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        folds(FOLD_CASE | FOLD_PLURAL, pairs[i][0], pairs[i][1]);
    }
    folds(FOLD_PLURAL, "Kernels", "Kernel");
    folds(FOLD_PLURAL, "KERNELS", "KERNEL");
}

static void test_invalid(void **state)
{
    (void)state;
    /* clang-format off */
    folds(FOLD_CASE, "A\xFF" "B", "a\xFF" "b");
    /* clang-format on */
    folds(FOLD_CASE, "\xC3", "\xC3");
}

/* A key folds to itself: names are compared after one folding. */
static void test_idempotent(void **state)
{
    (void)state;
    static const char *const names[] = {
        "gro\xC3\x9F", "\xC4\xB0stanbul",  "\xEF\xAC\x83",
        "\xCE\x90",    "\xC7\xB0",         "\xE1\xBE\xB4",
        "A\xCC\x8A",   "\xCD\x85\xCE\xB1", "\xE1\xB8\x99\xCC\xB1",
        "\xC5\x89",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct buf once, twice;
        buf_init(&once, &alloc_default);
        buf_init(&twice, &alloc_default);
        fold_token(slice_str(names[i]), FOLD_CASE, &once);
        fold_token(buf_view(&once), FOLD_CASE, &twice);
        if (!slice_eq(buf_view(&once), buf_view(&twice))) {
            fail_msg("'%s': '%.*s' folds on to '%.*s'", names[i], (int)once.len,
                     once.data, (int)twice.len, twice.data);
        }
        buf_free(&once);
        buf_free(&twice);
    }
}

static void test_long_word(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    static char word[COUNT * 3];
    struct buf b;
    buf_init(&b, &alloc_default);
    for (size_t i = 0; i < COUNT; i++) {
        memcpy(word + 3 * i, "\xEF\xB7\xBA", 3); /* the one that grows most */
    }
    fold_token(slice_of(word, sizeof word), FOLD_CASE, &b);
    assert_true(buf_ok(&b));
    assert_true(b.len >= sizeof word);
    buf_free(&b);
}

static void test_without_memory(void **state)
{
    (void)state;
    struct failing_alloc counter = {.fail_from = 1, .fail_to = SIZE_MAX};
    gaz_allocator a = failing_allocator(&counter);
    struct alloc core = {a.resize, a.context};
    struct buf b;
    buf_init(&b, &core);
    fold_token(slice_str("Kernels"), FOLD_CASE | FOLD_PLURAL, &b);
    fold_token(slice_str("\xC3\x89s"), FOLD_CASE | FOLD_PLURAL, &b);
    assert_false(buf_ok(&b));
    buf_free(&b);
    assert_int_equal(counter.blocks, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_none),      cmocka_unit_test(test_nfc),
        cmocka_unit_test(test_case),      cmocka_unit_test(test_plural),
        cmocka_unit_test(test_invalid),   cmocka_unit_test(test_idempotent),
        cmocka_unit_test(test_long_word), cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
