/* Properties of the scorer on random sentences; seeds are fixed. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "eval/compare.h"
#include "eval/rng.h"
#include "eval/scores.h"

enum { SENTENCES = 300, TOKENS_MAX = 12 };

static const char *const all_tags[] = {"O",   "O",     "B-X",  "I-X", "E-X",
                                       "S-X", "L-X",   "U-X",  "B-Y", "I-Y",
                                       "E-Y", "B-Z-1", "I-Z-1"};
enum { TAG_COUNT = sizeof all_tags / sizeof all_tags[0] };

struct corpus {
    struct slice gold[SENTENCES][TOKENS_MAX];
    struct slice found[SENTENCES][TOKENS_MAX];
    size_t count[SENTENCES];
};

static struct slice tokens[TOKENS_MAX];
static size_t lines[TOKENS_MAX];

/* Half of the predictions are the gold tags. kinds: tags to draw from. */
static struct corpus *make_corpus(uint64_t seed, uint32_t kinds)
{
    struct rng rng = {seed};
    struct corpus *c = malloc(sizeof *c);
    assert_non_null(c);
    for (size_t i = 0; i < SENTENCES; i++) {
        c->count[i] = 1 + rng_below(&rng, TOKENS_MAX);
        for (size_t k = 0; k < c->count[i]; k++) {
            c->gold[i][k] = slice_str(all_tags[rng_below(&rng, kinds)]);
            c->found[i][k] = rng_below(&rng, 2) == 0
                                 ? c->gold[i][k]
                                 : slice_str(all_tags[rng_below(&rng, kinds)]);
        }
    }
    for (size_t k = 0; k < TOKENS_MAX; k++) {
        tokens[k] = slice_str("token");
        lines[k] = k + 1;
    }
    return c;
}

static struct feed_sentence sentence_of(size_t i, size_t count,
                                        const struct slice *gold,
                                        const struct slice *found)
{
    return (struct feed_sentence){.count = count,
                                  .number = i + 1,
                                  .tokens = tokens,
                                  .gold = gold,
                                  .tags = {found},
                                  .lines = lines,
                                  .tag_lines = {lines}};
}

static const unsigned every_part = PART_MENTIONS | PART_CONLLEVAL |
                                   PART_SEQEVAL | PART_STRICT | PART_NERVAL |
                                   PART_ALIGN | PART_BOOTSTRAP;

static struct scorer *score(const struct corpus *c, bool swap, bool self)
{
    struct scorer_options o = {.parts = every_part};
    struct scorer *s = NULL;
    assert_int_equal(scorer_create(&o, &alloc_default, &s, NULL), STATUS_OK);
    for (size_t i = 0; i < SENTENCES; i++) {
        const struct slice *gold = swap ? c->found[i] : c->gold[i];
        const struct slice *found = swap ? c->gold[i] : c->found[i];
        struct feed_sentence sentence =
            sentence_of(i, c->count[i], gold, self ? gold : found);
        assert_int_equal(scorer_add(s, &sentence, NULL), STATUS_OK);
    }
    return s;
}

static bool near(double a, double b)
{
    return a - b < 1e-12 && b - a < 1e-12;
}

static void test_sums(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct corpus *c = make_corpus(seed, TAG_COUNT);
        struct scorer *s = score(c, false, false);
        for (int r = 0; r < READ_COUNT; r++) {
            const struct tally *t = &s->tallies[r];
            struct counts sum = {0, 0, 0};
            for (size_t i = 0; i < t->type_count; i++) {
                sum.correct += t->types[i].correct;
                sum.found += t->types[i].found;
                sum.gold += t->types[i].gold;
            }
            assert_true(sum.correct == t->all.correct &&
                        sum.found == t->all.found && sum.gold == t->all.gold);
            assert_true(near(prf_of(sum).f1, prf_of(t->all).f1));
        }
        scorer_free(s);
        free(c);
    }
}

static void test_swap(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct corpus *c = make_corpus(seed, TAG_COUNT);
        struct scorer *a = score(c, false, false);
        struct scorer *b = score(c, true, false);
        for (int r = 0; r < READ_COUNT; r++) {
            struct prf p = prf_of(a->tallies[r].all);
            struct prf q = prf_of(b->tallies[r].all);
            assert_true(near(p.precision, q.recall));
            assert_true(near(p.recall, q.precision));
            assert_true(near(p.f1, q.f1));
        }
        assert_true(a->kinds[ALIGN_CORRECT] == b->kinds[ALIGN_CORRECT]);
        scorer_free(a);
        scorer_free(b);
        free(c);
    }
}

static void test_self(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct corpus *c = make_corpus(seed, TAG_COUNT);
        struct scorer *s = score(c, false, true);
        for (int r = 0; r < READ_COUNT; r++) {
            assert_true(near(prf_percent(s->tallies[r].all).f1, 100));
            assert_true(s->tallies[r].equal == s->tallies[r].tokens);
        }
        for (int i = 0; i < NERVAL_COUNT; i++) {
            assert_true(
                near(nerval_prf((enum nerval_scheme)i, s->nerval.by[i]).f1, 1));
        }
        for (int i = ALIGN_MISSED; i < ALIGN_COUNT; i++) {
            assert_true(s->kinds[i] == 0);
        }
        scorer_free(s);
        free(c);
    }
}

/* With B, I and O alone, conlleval, seqeval and we see the same mentions. */
static void test_iob_agrees(void **state)
{
    (void)state;
    struct corpus *c = make_corpus(7, 4); /* O O B-X I-X */
    struct scorer *s = score(c, false, false);
    struct counts all = s->tallies[READ_ALL].all;
    assert_memory_equal(&all, &s->tallies[READ_CONLLEVAL].all, sizeof all);
    assert_memory_equal(&all, &s->tallies[READ_SEQEVAL].all, sizeof all);
    struct nerval_counts strict = s->nerval.by[NERVAL_STRICT];
    assert_true(strict.correct == all.correct);
    assert_true(nerval_actual(strict) == all.found);
    assert_true(nerval_possible(strict) == all.gold);
    scorer_free(s);
    free(c);
}

/* The original's loops, scheme by scheme, over all pairs. */
static void slow_nerval(enum nerval_scheme scheme, const struct mentions *gold,
                        const struct mentions *found, struct nerval_counts *c)
{
    bool used[TOKENS_MAX] = {false};
    for (size_t i = 0; i < found->count; i++) {
        struct mention f = found->items[i];
        size_t exact = SIZE_MAX;
        size_t over = SIZE_MAX;
        for (size_t k = 0; k < gold->count; k++) {
            struct mention g = gold->items[k];
            bool place = mention_same_place(f, g);
            if (used[k]) {
                continue;
            }
            if (exact == SIZE_MAX && place &&
                (scheme != NERVAL_STRICT || f.type == g.type)) {
                exact = k;
            }
            if (over == SIZE_MAX && mention_overlap(f, g) > 0) {
                over = k;
            }
        }
        size_t k = exact != SIZE_MAX ? exact : over;
        if (k == SIZE_MAX) {
            c->spurious++;
            continue;
        }
        bool type = f.type == gold->items[k].type;
        used[k] = true;
        if (scheme == NERVAL_ENT_TYPE ? type : exact != SIZE_MAX) {
            c->correct++;
        } else {
            c->partial += scheme == NERVAL_PARTIAL;
            c->incorrect += scheme != NERVAL_PARTIAL;
        }
    }
    for (size_t k = 0; k < gold->count; k++) {
        c->missed += !used[k];
    }
}

static enum status check_pairs(void *context, const struct scorer *s,
                               const struct feed_sentence *sentence,
                               const struct align *pairs, struct err *e)
{
    struct nerval_counts *slow = context;
    size_t gold = 0;
    size_t found = 0;
    (void)sentence;
    (void)e;
    for (size_t i = 0; i < pairs->count; i++) {
        const struct align_pair *p = &pairs->pairs[i];
        gold += p->gold != NULL;
        found += p->found != NULL;
        if (p->gold != NULL && p->found != NULL) {
            assert_true(mention_overlap(*p->gold, *p->found) > 0);
        }
        for (size_t k = 0; p->gold != NULL && k < s->found.count; k++) {
            if (mention_same_place(s->found.items[k], *p->gold)) {
                assert_ptr_equal(p->found, &s->found.items[k]);
            }
        }
    }
    assert_int_equal(gold, s->gold.count);
    assert_int_equal(found, s->found.count);
    for (int i = 0; i < NERVAL_COUNT; i++) {
        slow_nerval((enum nerval_scheme)i, &s->gold, &s->found, &slow[i]);
    }
    return STATUS_OK;
}

static void test_pairs(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct nerval_counts slow[NERVAL_COUNT] = {{0, 0, 0, 0, 0}};
        struct scorer_options o = {.parts = PART_NERVAL | PART_ALIGN,
                                   .pairs = check_pairs,
                                   .pairs_context = slow};
        struct corpus *c = make_corpus(seed, TAG_COUNT);
        struct scorer *s = NULL;
        assert_int_equal(scorer_create(&o, &alloc_default, &s, NULL),
                         STATUS_OK);
        for (size_t i = 0; i < SENTENCES; i++) {
            struct feed_sentence sentence =
                sentence_of(i, c->count[i], c->gold[i], c->found[i]);
            assert_int_equal(scorer_add(s, &sentence, NULL), STATUS_OK);
        }
        assert_memory_equal(slow, s->nerval.by, sizeof slow);
        scorer_free(s);
        free(c);
    }
}

static void test_bootstrap(void **state)
{
    (void)state;
    struct corpus *c = make_corpus(3, TAG_COUNT);
    struct scorer *s = score(c, false, false);
    struct sample_result r[2];
    size_t types = s->tallies[READ_ALL].type_count;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(sample_bootstrap(&s->sample, types, 500, 11,
                                          &alloc_default, &r[i], NULL),
                         STATUS_OK);
    }
    double f1 = prf_of(s->tallies[READ_ALL].all).f1;
    assert_true(r[0].f1.low < f1 && f1 < r[0].f1.high);
    assert_true(r[0].f1.high - r[0].f1.low < 0.2);
    assert_memory_equal(&r[0].f1, &r[1].f1, sizeof r[0].f1);
    assert_memory_equal(r[0].type_f1, r[1].type_f1,
                        types * sizeof *r[0].type_f1);
    sample_result_free(&r[0], &alloc_default);
    sample_result_free(&r[1], &alloc_default);
    assert_int_equal(
        sample_bootstrap(&s->sample, types, 0, 1, &alloc_default, &r[0], NULL),
        STATUS_OPTION);
    scorer_free(s);
    free(c);
}

/* Fails from the n-th request on. */
struct failing {
    size_t left;
};

static void *failing_resize(void *context, void *p, size_t old_size,
                            size_t size)
{
    struct failing *f = context;
    if (size > 0) {
        if (f->left == 0) {
            return NULL;
        }
        f->left--;
    }
    return alloc_default.resize(NULL, p, old_size, size);
}

static enum status all_reports(const struct scorer *s, struct buf *out,
                               const struct alloc *alloc)
{
    struct sample_result b;
    enum strict_scheme strict = STRICT_AUTO;
    enum status status = sample_bootstrap(
        &s->sample, s->tallies[READ_ALL].type_count, 10, 1, alloc, &b, NULL);
    if (status != STATUS_OK) {
        return status;
    }
    status = scores_people(s, &b, 10, 1, out, NULL);
    if (status == STATUS_OK) {
        status = scores_json(s, &b, 10, 1, out, NULL);
    }
    if (status == STATUS_OK) {
        status = scores_card(s, &b, 10, 1, NULL, 0, true, out, NULL);
    }
    if (status == STATUS_OK) {
        status = scores_conlleval(s, false, out, NULL);
    }
    if (status == STATUS_OK && scorer_strict(s, &strict, NULL) == STATUS_OK) {
        status =
            scores_seqeval(s, scorer_strict_tally(s, strict), 2, out, NULL);
    }
    sample_result_free(&b, alloc);
    return status == STATUS_OK && !buf_ok(out) ? STATUS_NOMEM : status;
}

static enum status run_all(const struct corpus *c, const struct alloc *alloc)
{
    struct scorer_options o = {.parts = every_part};
    struct scorer *s = NULL;
    struct buf out;
    buf_init(&out, alloc);
    enum status status = scorer_create(&o, alloc, &s, NULL);
    for (size_t i = 0; i < 20 && status == STATUS_OK; i++) {
        struct feed_sentence sentence =
            sentence_of(i, c->count[i], c->gold[i], c->found[i]);
        status = scorer_add(s, &sentence, NULL);
    }
    if (status == STATUS_OK) {
        status = all_reports(s, &out, alloc);
    }
    buf_free(&out);
    scorer_free(s);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    struct corpus *c = make_corpus(5, TAG_COUNT);
    struct failing f = {0};
    struct alloc alloc = {failing_resize, &f};
    enum status status = STATUS_NOMEM;
    for (size_t n = 0; status != STATUS_OK; n++) {
        f.left = n;
        status = run_all(c, &alloc);
        assert_true(status == STATUS_OK || status == STATUS_NOMEM);
        assert_true(n < 100000);
    }
    free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums),          cmocka_unit_test(test_swap),
        cmocka_unit_test(test_self),          cmocka_unit_test(test_iob_agrees),
        cmocka_unit_test(test_pairs),         cmocka_unit_test(test_bootstrap),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
