/* Several lexicons as one, the linter and other programs' lists: what they
 * give, and that memory may run out at every request of theirs. */
#include "lex.h"

#include <stdio.h>
#include <string.h>

#include "failing_alloc.h"

static const char base[] =
    "Kafka\tApp\tk\nVisual Studio\tApp\nLinux kernel\tOS\n"
    "DOS\tOS\nGo\tLanguage\t\tneed=compiler\n";
static const char over[] =
    "Kafka\tWriter\tw\nkernel\tCorn\t\tpriority=1\nStudio\tRoom\nDOS\t-\n";
static const char patterns[] =
    "{\"label\": \"OS\", \"pattern\": [{\"LOWER\": \"tru64\"}], \"id\": "
    "\"t\"}\n"
    "{\"label\": \"OS\", \"pattern\": [{\"OP\": \"?\"}]}\n";
static const char text[] =
    "Kafka, Visual Studio, DOS, a Linux kernel, TRU64, a Go compiler";
static const char want[] =
    "0-5:Writer 7-20:App 35-41:Corn 43-48:OS 52-54:Language";
static const char words[] = "kafka\n";
static const char bad_list[] = "no label\nKafka\tApp\t\tcase=fold\nDOS\tOS\n"
                               "DOS\tApp\nX\tOS\t\tneed=a b\n";

enum { LAYERS = 3 };

struct run {
    gaz_builder *builders[LAYERS];
    gaz_lexicon *layers[LAYERS];
    gaz_lexicon *stack;
    gaz_tagger *tagger;
    gaz_linter *linter;
};

static gaz_status open_layer(struct run *r, size_t i, gaz_input kind,
                             const char *data, const gaz_allocator *a,
                             gaz_error *e)
{
    gaz_build_options options = {.tag_column = 1, .skip_unsupported = true};
    const void *image = NULL;
    size_t len = 0;
    gaz_status s = gaz_builder_create(&options, a, &r->builders[i], e);
    if (s == GAZ_OK) {
        s = gaz_builder_add(r->builders[i], kind, "list", data, strlen(data),
                            e);
    }
    if (s == GAZ_OK) {
        s = gaz_builder_finish(r->builders[i], &image, &len, e);
    }
    return s == GAZ_OK ? gaz_lexicon_open(image, len, a, &r->layers[i], e) : s;
}

static gaz_status tag(struct run *r, const gaz_allocator *a, gaz_error *e)
{
    const gaz_span *spans = NULL;
    size_t count = 0;
    gaz_token tokens[16];
    size_t n = lex_split("Kafka DOS Linux kernel Tru64", 28, tokens, 16);
    gaz_status s = open_layer(r, 0, GAZ_INPUT_LIST, base, a, e);
    if (s == GAZ_OK) {
        s = open_layer(r, 1, GAZ_INPUT_LIST, over, a, e);
    }
    if (s == GAZ_OK) {
        s = open_layer(r, 2, GAZ_INPUT_SPACY, patterns, a, e);
    }
    if (s == GAZ_OK) {
        const gaz_lexicon *list[] = {r->layers[0], r->layers[1], r->layers[2]};
        s = gaz_lexicon_stack(list, LAYERS, a, &r->stack, e);
    }
    if (s == GAZ_OK) {
        s = gaz_tagger_create(r->stack, NULL, &r->tagger, e);
    }
    if (s == GAZ_OK) {
        s = gaz_tag(r->tagger, text, sizeof text - 1, &spans, &count, e);
    }
    if (s == GAZ_OK) {
        assert_string_equal(lex_spans(r->stack, spans, count), want);
        s = gaz_tag_tokens(r->tagger, tokens, n, &spans, &count, e);
    }
    if (s == GAZ_OK) {
        assert_string_equal(lex_spans(r->stack, spans, count),
                            "0-1:Writer 3-4:Corn 4-5:OS");
    }
    return s;
}

static gaz_status lint(struct run *r, const gaz_allocator *a, gaz_error *e)
{
    const gaz_problem *list = NULL;
    size_t count = 0;
    gaz_status s = gaz_linter_create(a, &r->linter, e);
    if (s == GAZ_OK) {
        s = gaz_linter_words(r->linter, words, sizeof words - 1, e);
    }
    if (s == GAZ_OK) {
        s = gaz_linter_add(r->linter, "bad", bad_list, sizeof bad_list - 1, e);
    }
    if (s == GAZ_OK) {
        s = gaz_linter_finish(r->linter, &list, &count, e);
    }
    if (s == GAZ_OK) {
        static const char *const checks[] = {"syntax", "common-word",
                                             "conflict", "context"};
        assert_int_equal(count, 4);
        for (size_t i = 0; i < count; i++) {
            assert_string_equal(list[i].check, checks[i]);
            assert_string_equal(list[i].source, "bad");
        }
        assert_int_equal(list[2].line, 4);
    }
    return s;
}

static void run_free(struct run *r)
{
    gaz_tagger_free(r->tagger);
    gaz_lexicon_free(r->stack);
    gaz_linter_free(r->linter);
    for (size_t i = 0; i < LAYERS; i++) {
        gaz_lexicon_free(r->layers[i]);
        gaz_builder_free(r->builders[i]);
    }
}

static void test_out_of_memory(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        struct failing_alloc alloc = {.fail_from = n, .fail_to = n};
        gaz_allocator a = failing_allocator(&alloc);
        struct run r = {.stack = NULL};
        gaz_error e = {0};
        gaz_status s = tag(&r, &a, &e);
        if (s == GAZ_OK) {
            s = lint(&r, &a, &e);
        }
        run_free(&r);
        if (alloc.blocks != 0 || alloc.wrong_size) {
            fail_msg("request %zu failing: %zu blocks leaked%s", n,
                     alloc.blocks, alloc.wrong_size ? ", a wrong size" : "");
        }
        if (alloc.requests < n) {
            assert_int_equal(s, GAZ_OK);
            print_message("%zu requests were failed in turn\n", n - 1);
            break;
        }
        if (s != GAZ_NOMEM) {
            fail_msg("request %zu failed, but the status is %d: %s", n, (int)s,
                     e.message);
        }
    }
}

/* The public view of a stack: labels joined, entries numbered through. */
static void test_view(void **state)
{
    (void)state;
    struct run r = {.stack = NULL};
    gaz_error e = {0};
    assert_int_equal(tag(&r, NULL, &e), GAZ_OK);
    assert_int_equal(gaz_lexicon_label_count(r.stack), 6);
    assert_string_equal(gaz_lexicon_label(r.stack, 0), "App");
    assert_string_equal(gaz_lexicon_label(r.stack, 5), "Writer");
    assert_null(gaz_lexicon_label(r.stack, 6));
    size_t entries = gaz_lexicon_entry_count(r.stack);
    assert_int_equal(entries, 10);
    gaz_entry last;
    gaz_source_info source;
    assert_int_equal(gaz_lexicon_entry(r.stack, 9, &last), GAZ_OK);
    assert_string_equal(last.id, "t");
    assert_int_equal(last.source, 2);
    assert_int_equal(last.line, 1);
    assert_int_equal(gaz_lexicon_source(r.stack, 2, &source), GAZ_OK);
    assert_int_equal(source.size, sizeof patterns - 1);
    assert_int_equal(gaz_lexicon_entry(r.stack, 10, &last), GAZ_OPTION);
    const gaz_lexicon *again[] = {r.stack};
    gaz_lexicon *none = NULL;
    assert_int_equal(gaz_lexicon_stack(again, 1, NULL, &none, &e), GAZ_OPTION);
    assert_int_equal(gaz_lexicon_stack(again, 0, NULL, &none, &e), GAZ_LIMIT);
    assert_null(none);
    const char *name = NULL;
    assert_true(gaz_builder_skipped(r.builders[2], 0, &name, &e));
    assert_string_equal(name, "list");
    assert_int_equal(e.line, 2);
    assert_false(gaz_builder_skipped(r.builders[2], 1, &name, &e));
    run_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_view),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
