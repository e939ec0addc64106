/* The public scorer: inputs of all kinds, their errors, and no memory. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "failing_alloc.h"
#include "gaz.h"

struct text {
    const char *rest;
};

static gaz_status read_text(void *context, char *buffer, size_t size,
                            size_t *got, gaz_error *e)
{
    struct text *t = context;
    size_t n = strlen(t->rest);
    (void)e;
    n = n < size ? n : size;
    memcpy(buffer, t->rest, n);
    t->rest += n;
    *got = n;
    return GAZ_OK;
}

static gaz_status read_failing(void *context, char *buffer, size_t size,
                               size_t *got, gaz_error *e)
{
    (void)context;
    (void)buffer;
    (void)size;
    (void)got;
    e->code = GAZ_IO;
    memcpy(e->message, "the disk is gone", 17);
    return GAZ_IO;
}

static const char three[] = "Linux\tB-OS\tB-OS\nruns\tO\tO\nvi\tB-App\tO\n\n"
                            "GNU\tB-OS\tB-App\nmake\tB-App\tI-App\n";
static const char gold_text[] = "Linux\tB-OS\nruns\tO\nvi\tB-App\n\n"
                                "GNU\tB-OS\nmake\tB-App\n";

static gaz_status tag_all(void *context, const gaz_token *tokens, size_t count,
                          gaz_token *tags, gaz_error *e)
{
    const char *tag = context;
    (void)tokens;
    (void)e;
    for (size_t i = 0; i < count; i++) {
        tags[i] = (gaz_token){tag, strlen(tag)};
    }
    return GAZ_OK;
}

/* Everything. */
static gaz_status score_with(const gaz_allocator *allocator)
{
    gaz_eval_options o = {.kinds = 1u << GAZ_EVAL_JSON,
                          .bootstrap = 5,
                          .list = true,
                          .page = true};
    gaz_eval *eval = NULL;
    const char *text = NULL;
    size_t len = 0;
    struct text train = {gold_text};
    struct text file = {three};
    gaz_eval_input in = {.read = read_text, .context = &train, .tag_column = 1};
    gaz_eval_input gold = {
        .read = read_text, .context = &file, .tag_column = -2};
    gaz_eval_input found = {.tag_column = -1};
    gaz_status s = gaz_eval_create(&o, allocator, &eval, NULL);
    if (s == GAZ_OK) {
        s = gaz_eval_train(eval, &in, NULL);
    }
    if (s == GAZ_OK) {
        s = gaz_eval_run(eval, &gold, &found, NULL, NULL);
    }
    if (s == GAZ_OK) {
        s = gaz_eval_report(eval, GAZ_EVAL_JSON, false, 2, &text, &len, NULL);
    }
    if (s == GAZ_OK) {
        s = gaz_eval_page(eval, "a<b", &text, &len, NULL);
    }
    if (s == GAZ_OK) {
        s = gaz_eval_card(eval, NULL, 0, false, &text, &len, NULL);
    }
    if (s == GAZ_OK) {
        s = gaz_eval_list(eval, &text, &len, NULL);
    }
    if (s == GAZ_OK) {
        assert_true(memcmp(text, "kind\t", 5) == 0);
    }
    gaz_eval_free(eval);
    return s;
}

static gaz_status compare_with(const gaz_allocator *allocator)
{
    char os[] = "B-OS";
    char app[] = "B-App";
    struct text file = {gold_text};
    gaz_compare *c = NULL;
    const char *text = NULL;
    size_t len = 0;
    gaz_eval_input gold = {
        .read = read_text, .context = &file, .tag_column = 1};
    gaz_eval_input a = {.predict = tag_all, .context = os};
    gaz_eval_input b = {.predict = tag_all, .context = app};
    gaz_status s = gaz_compare_create("a", "b", 5, 1, allocator, &c, NULL);
    if (s == GAZ_OK) {
        s = gaz_compare_run(c, &gold, &a, &b, NULL, NULL);
    }
    if (s == GAZ_OK) {
        s = gaz_compare_report(c, true, &text, &len, NULL);
    }
    if (s == GAZ_OK) {
        assert_non_null(strstr(text, "\"only_first\": 2"));
    }
    gaz_compare_free(c);
    return s;
}

static gaz_status cross_with(const gaz_allocator *allocator)
{
    struct text file = {gold_text};
    gaz_cross_options o = {.folds = 2};
    gaz_build_options build = {0};
    gaz_tag_options tag = {0};
    gaz_cross *c = NULL;
    const char *text = NULL;
    size_t len = 0;
    gaz_eval_input in = {.read = read_text, .context = &file, .tag_column = 1};
    gaz_status s = gaz_cross_run(&o, &build, &tag, &in, allocator, &c, NULL);
    if (s == GAZ_OK) {
        s = gaz_cross_report(c, true, &text, &len, NULL);
    }
    if (s == GAZ_OK) {
        assert_non_null(strstr(text, "\"sentences\": 2,"));
    }
    gaz_cross_free(c);
    return s;
}

/* The n-th request fails, for every n; all is given back. */
static void run_short(gaz_status (*all)(const gaz_allocator *))
{
    gaz_status s = GAZ_NOMEM;
    size_t n = 1;
    for (; s != GAZ_OK; n++) {
        struct failing_alloc state = {.fail_from = n, .fail_to = SIZE_MAX};
        gaz_allocator allocator = failing_allocator(&state);
        s = all(&allocator);
        assert_true(s == GAZ_OK || s == GAZ_NOMEM);
        assert_int_equal(state.blocks, 0);
        assert_false(state.wrong_size);
        assert_true(n < 10000);
    }
    assert_true(n > 10);
}

static void test_no_memory(void **state)
{
    (void)state;
    run_short(score_with);
    run_short(compare_with);
    run_short(cross_with);
}

/* F1 of a prediction against gold_text, or the error's input and line. */
static gaz_status run(const gaz_eval_input *found, double *f1, size_t *input,
                      gaz_error *e)
{
    struct text file = {gold_text};
    gaz_eval_options o = {0};
    gaz_eval *eval = NULL;
    gaz_eval_input gold = {
        .read = read_text, .context = &file, .tag_column = 1};
    assert_int_equal(gaz_eval_create(&o, NULL, &eval, e), GAZ_OK);
    gaz_status s = gaz_eval_run(eval, &gold, found, input, e);
    if (s == GAZ_OK) {
        s = gaz_eval_f1(eval, GAZ_EVAL_PEOPLE, f1, e);
        assert_int_equal(gaz_eval_tokens(eval), 5);
        assert_int_equal(gaz_eval_run(eval, &gold, found, input, e),
                         GAZ_OPTION);
    }
    gaz_eval_free(eval);
    return s;
}

static void test_predict(void **state)
{
    (void)state;
    char tag[] = "U-OS";
    double f1 = 0;
    gaz_eval_input found = {.predict = tag_all, .context = tag};
    assert_int_equal(run(&found, &f1, NULL, NULL), GAZ_OK);
    /* 2 of 5 found are right, of 4 gold */
    assert_true(f1 > 0.4444 && f1 < 0.4445);
}

static void test_errors(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t input;
        size_t line;
        const char *says;
    } cases[] = {
        {"Linux\tB-OS\nran\tO\nvi\tB-App\n", 0, 2, "'ran' in line 2"},
        {"Linux\tB-OS\nruns\tO\n", 0, 2, "has 3 tokens, but 2"},
        {"Linux\tB-OS\nruns\tO\nvi\tO\n", 0, 5, "end before"},
        {"Linux\tB-OS\nruns\n", 1, 2, "1 column where 2"},
        {"Linux\tO\nruns\tO\nvi\tO\n\nGNU\tO\nmake\tO\n\nx\tO\n", 1, 8,
         "go on here"},
        {"\n\nLinux\tO\nruns\tQ-OS\nvi\tO\n", 1, 4, "unknown prefix"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text file = {cases[i].text};
        gaz_error e = {0};
        double f1 = 0;
        size_t input = 9;
        gaz_eval_input found = {
            .read = read_text, .context = &file, .tag_column = 1};
        assert_int_equal(run(&found, &f1, &input, &e), GAZ_SYNTAX);
        if (strstr(e.message, cases[i].says) == NULL) {
            fail_msg("%s", e.message);
        }
        assert_int_equal(input, cases[i].input);
        assert_int_equal(e.line, cases[i].line);
    }
    gaz_error e = {0};
    size_t input = 9;
    gaz_eval_input found = {.read = read_failing, .tag_column = 1};
    assert_int_equal(run(&found, NULL, &input, &e), GAZ_IO);
    assert_string_equal(e.message, "the disk is gone");
    assert_int_equal(input, 1);
}

static void test_compare(void **state)
{
    (void)state;
    char os[] = "B-OS";
    char app[] = "B-App";
    const char *text = NULL;
    size_t len = 0;
    struct text file = {gold_text};
    gaz_compare *c = NULL;
    gaz_eval_input gold = {
        .read = read_text, .context = &file, .tag_column = 1};
    gaz_eval_input a = {.predict = tag_all, .context = os};
    gaz_eval_input b = {.predict = tag_all, .context = app};
    assert_int_equal(gaz_compare_create("a", "b", 100, 1, NULL, &c, NULL),
                     GAZ_OK);
    assert_int_equal(gaz_compare_run(c, &gold, &a, &b, NULL, NULL), GAZ_OK);
    assert_int_equal(gaz_compare_report(c, true, &text, &len, NULL), GAZ_OK);
    assert_non_null(strstr(text, "\"f1_difference\": 0,"));
    assert_non_null(strstr(text, "\"only_first\": 2"));
    gaz_compare_list(c, &text, &len);
    assert_true(memcmp(text, "only\t", 5) == 0);
    gaz_compare_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_predict),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
