/* Memory that runs out at the n-th request, for every n: GAZ_NOMEM, nothing
 * leaked, and never a wrong answer. */
#include "lex.h"

#include <stdio.h>
#include <string.h>

#include "failing_alloc.h"

static const char list[] = "C++\tLanguage\tQ2407\tcase=exact\n"
                           "AT&T Unix\tOS\n"
                           "Unix\tThing\n"
                           "Go\tLanguage\t\tneed=compiler,priority=1\n"
                           "Go\tGame\n"
                           "Go\tGame\n"
                           "Flux\tTool\t\tneed=wire,not=bad\n"
                           "Thread\tTool\t\tneed=java\n"
                           "kernel\tThing\t\tplural=yes,case=fold\n"
                           "Stra\xC3\x9F"
                           "e\tPlace\n";
static const char corpus[] =
    "Java\tB-Language\nruns\tO\non\tO\nSolaris\tB-OS\n10\tI-OS\n\n"
    "Java\tB-Place\nhas\tO\ngrids\tO\nand\tO\na\tO\ngrid\tB-Thing\n";
static const char rules[] = "Device\tPDP-\\d+(?:/\\d+)?\tid=pdp\n"
                            "OS\t(?<m>[A-Z]\\w+) system\tword=system\n"
                            "Thing\tthe (?<m>{OS} board)\n";
static const char text[] =
    "C++ on AT&T Unix, the Go compiler. Go! Kernels in the Stra\xC3\x9F"
    "e of "
    "Java, grids, a grid: Solaris\n10. Flux in a wire. On Flux. On Thread.";
static const char want[] =
    "0-3:Language 7-16:OS 22-24:Language 35-37:Game 39-46:Thing 54-61:Place "
    "65-69:Language 80-84:Thing 86-96:OS 98-102:Tool 117-121:Tool 126-132:Tool";
static const char want_all[] =
    "0-3:Language 7-16:OS 12-16:Thing 22-24:Language 35-37:Game 39-46:Thing "
    "54-61:Place 65-69:Language 80-84:Thing 86-96:OS 98-102:Tool 117-121:Tool "
    "126-132:Tool";
static const char want_tokens[] = "0-1:Language 3-4:Thing 4-5:Game";

struct run {
    const void *image;
    size_t len;
    gaz_builder *builder;
    gaz_lexicon *lexicon;
    gaz_tagger *tagger;
    gaz_tagger *every; /* with all that overlaps */
};

static gaz_status build(struct run *r, const gaz_allocator *a, gaz_error *e)
{
    const char *report = NULL;
    gaz_status s = gaz_builder_create(NULL, a, &r->builder, e);
    if (s == GAZ_OK) {
        s = gaz_builder_map_label(r->builder, "Nothing", "Something", e);
    }
    if (s == GAZ_OK) {
        s = gaz_builder_add(r->builder, GAZ_INPUT_CORPUS, "corpus", corpus,
                            sizeof corpus - 1, e);
    }
    if (s == GAZ_OK) {
        s = gaz_builder_add(r->builder, GAZ_INPUT_LIST, "list", list,
                            sizeof list - 1, e);
    }
    if (s == GAZ_OK) {
        s = gaz_builder_add(r->builder, GAZ_INPUT_RULES, "rules", rules,
                            sizeof rules - 1, e);
    }
    if (s == GAZ_OK) {
        s = gaz_builder_finish(r->builder, &r->image, &r->len, e);
    }
    if (s == GAZ_OK) {
        size_t report_len = 0;
        s = gaz_builder_report(r->builder, &report, &report_len, e);
    }
    if (s == GAZ_OK) {
        s = gaz_lexicon_open(r->image, r->len, a, &r->lexicon, e);
    }
    if (s == GAZ_OK) {
        s = gaz_tagger_create(r->lexicon, NULL, &r->tagger, e);
    }
    if (s == GAZ_OK) {
        gaz_tag_options options = {.overlap = GAZ_OVERLAP_ALL};
        s = gaz_tagger_create(r->lexicon, &options, &r->every, e);
    }
    return s;
}

/* Tag the text, then tokens. A failure leaves the outputs alone. */
static gaz_status tag(struct run *r, gaz_error *e)
{
    gaz_token tokens[16];
    const gaz_span untouched = {.start = 0};
    const gaz_span *spans = &untouched;
    size_t count = 77;
    size_t n = lex_split("C++ in the kernel Go", 20, tokens, 16);
    gaz_status s = gaz_tag(r->tagger, text, sizeof text - 1, &spans, &count, e);
    if (s == GAZ_OK) {
        assert_string_equal(lex_spans(r->lexicon, spans, count), want);
        spans = &untouched;
        count = 77;
        s = gaz_tag_tokens(r->tagger, tokens, n, &spans, &count, e);
    }
    if (s == GAZ_OK) {
        assert_string_equal(lex_spans(r->lexicon, spans, count), want_tokens);
        spans = &untouched;
        count = 77;
        s = gaz_tag(r->every, text, sizeof text - 1, &spans, &count, e);
    }
    if (s == GAZ_OK) {
        assert_string_equal(lex_spans(r->lexicon, spans, count), want_all);
    } else {
        assert_ptr_equal(spans, &untouched);
        assert_int_equal(count, 77);
    }
    return s;
}

static void run_free(struct run *r)
{
    gaz_tagger_free(r->tagger);
    gaz_tagger_free(r->every);
    gaz_lexicon_free(r->lexicon);
    gaz_builder_free(r->builder);
    memset(r, 0, sizeof *r);
}

static void check_state(const struct failing_alloc *state, size_t n)
{
    if (state->blocks != 0 || state->wrong_size) {
        fail_msg("request %zu failing: %zu blocks of %zu bytes leaked%s", n,
                 state->blocks, state->bytes,
                 state->wrong_size ? ", and a wrong old size" : "");
    }
}

/* PCRE2 goes on without memory for machine code, which makes no difference to
 * what is found: all else is told, and the image is the same. */
static void fail_each(bool one_only)
{
    struct run right = {0};
    size_t harmless = 0;
    assert_int_equal(build(&right, NULL, NULL), GAZ_OK);
    for (size_t n = 1;; n++) {
        struct failing_alloc state = {.fail_from = n,
                                      .fail_to = one_only ? n : SIZE_MAX};
        gaz_allocator a = failing_allocator(&state);
        struct run r = {0};
        gaz_error e = {0};
        gaz_status s = build(&r, &a, &e);
        if (s == GAZ_OK) {
            s = tag(&r, &e);
        }
        bool same = s == GAZ_OK && r.len == right.len &&
                    memcmp(r.image, right.image, r.len) == 0;
        run_free(&r);
        check_state(&state, n);
        if (state.requests >= n && same) {
            harmless++;
            continue;
        }
        if (state.requests < n) {
            assert_int_equal(s, GAZ_OK);
            print_message("%zu requests were failed in turn, %zu without "
                          "harm\n",
                          n - 1, harmless);
            assert_true(n > 50 && harmless < 60);
            break;
        }
        if (s != GAZ_NOMEM) {
            fail_msg("request %zu failed, but the status is %d", n, (int)s);
        }
        assert_int_equal(e.code, GAZ_NOMEM);
        assert_string_equal(e.message, "out of memory");
    }
    run_free(&right);
}

static void test_one(void **state)
{
    (void)state;
    fail_each(true);
}

static void test_all_from_there(void **state)
{
    (void)state;
    fail_each(false);
}

/* A tagger that ran out of memory tags again when there is some. */
static void test_tagger_recovers(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        struct failing_alloc counter = {0};
        gaz_allocator a = failing_allocator(&counter);
        struct run r = {0};
        gaz_error e = {0};
        assert_int_equal(build(&r, &a, &e), GAZ_OK);
        counter.fail_from = counter.requests + n;
        counter.fail_to = counter.fail_from;
        gaz_status s = tag(&r, &e);
        if (s == GAZ_NOMEM && tag(&r, &e) != GAZ_OK) {
            fail_msg("request %zu of tagging failed once, and the tagger "
                     "with it for ever",
                     n);
        }
        run_free(&r);
        check_state(&counter, n);
        if (counter.requests < counter.fail_from) {
            assert_int_equal(s, GAZ_OK);
            break;
        }
        /* Without memory for its JIT, PCRE2 interprets. */
        assert_true(s == GAZ_NOMEM || s == GAZ_OK);
    }
}

/* Once it has seen a text, a tagger asks for no more memory. */
static void test_no_memory_for_the_next(void **state)
{
    (void)state;
    struct failing_alloc counter = {0};
    gaz_allocator a = failing_allocator(&counter);
    struct run r = {0};
    gaz_error e = {0};
    assert_int_equal(build(&r, &a, &e), GAZ_OK);
    assert_int_equal(tag(&r, &e), GAZ_OK);
    size_t before = counter.requests;
    assert_int_equal(tag(&r, &e), GAZ_OK);
    assert_int_equal(counter.requests, before);
    run_free(&r);
    check_state(&counter, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one),
        cmocka_unit_test(test_all_from_there),
        cmocka_unit_test(test_tagger_recovers),
        cmocka_unit_test(test_no_memory_for_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
