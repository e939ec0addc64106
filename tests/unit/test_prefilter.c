/* The rules' prefilter against a plain reading of what prefilter.h says: no
 * place where a beginning stands may be missing, whatever its length, and few
 * others may be there; the records that fit at a place are those. Every kind of
 * processor gives the same places. */
#include "lex.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tag/level.h"
#include "tag/prefilter.h"

enum { BEGINNINGS = 40, TEXT_MAX = 6000, ROUNDS = 60 };

static uint32_t seed = 1;
static bool everywhere; /* the rule is tried inside words */

static size_t below(size_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* A lexicon that holds nothing but beginnings of one rule. */
struct made {
    struct lexicon lexicon;
    char rule[LEXICON_RULE_SIZE];
    char records[BEGINNINGS][LEXICON_PREFIX_SIZE];
    char cases[BEGINNINGS][LEXICON_CASES_SIZE];
    size_t count;
};

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, LEXICON_PREFIX_MAX);
}

/* For each byte whether it may lack 0x20, have it, or both. */
static void make_cases(struct made *m)
{
    for (size_t i = 0; i < m->count; i++) {
        unsigned cases = 0;
        for (unsigned k = 0; k < (unsigned char)m->records[i][8]; k++) {
            size_t which = below(4);
            cases |= which != 1 ? 1u << (8 + k) : 0;
            cases |= which == 1 || which == 2 ? 1u << k : 0;
        }
        bytes_store16(m->cases[i], (uint16_t)cases);
    }
    m->lexicon.cases = slice_of(m->cases[0], sizeof m->cases);
}

/* Random words of `shortest` to `longest` bytes. */
static void make(struct made *m, size_t shortest, size_t longest)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789\xF3";
    memset(m, 0, sizeof *m);
    m->count = BEGINNINGS;
    for (size_t i = 0; i < m->count; i++) {
        char *r = m->records[i];
        size_t n = shortest + below(longest - shortest + 1);
        for (size_t k = 0; k < n; k++) {
            r[k] = letters[below(sizeof letters - 1)];
        }
        r[8] = (char)n;
    }
    qsort(m->records, m->count, sizeof m->records[0], by_bytes);
    m->rule[24] = everywhere ? LEXICON_RULE_INSIDE : 0;
    m->lexicon.strings = slice_of("", 1);
    m->lexicon.rules = slice_of(m->rule, sizeof m->rule);
    m->lexicon.rule_count = 1;
    m->lexicon.prefixes = slice_of(m->records[0], sizeof m->records);
    m->lexicon.prefix_count = (uint32_t)m->count;
    if (below(2) == 0) {
        make_cases(m);
    }
}

struct text {
    char bytes[TEXT_MAX + 32];
    size_t len;
};

static void put(struct text *t, char c)
{
    t->bytes[t->len++] = c;
}

/* Words: beginnings in any case, whole, cut short, with one byte another, or
 * with more behind; and random ones. */
static void write_text(struct text *t, const struct made *m)
{
    size_t most = 1 + below(TEXT_MAX);
    t->len = 0;
    while (t->len < most) {
        const char *r = m->records[below(m->count)];
        size_t n = (size_t)r[8];
        size_t other = below(4) == 0 ? below(n) : n;
        size_t cut = below(6) == 0 ? below(n) : n;
        bool random = below(3) == 0;
        for (size_t i = 0; i < cut; i++) {
            char c = random || i == other ? (char)('a' + below(26)) : r[i];
            bool letter = c >= 'a' && c <= 'z';
            put(t, letter && below(3) == 0 ? (char)(c - 32) : c);
        }
        for (size_t i = below(6); i > 0; i--) {
            put(t, (char)('a' + below(26)));
        }
        put(t, " -\n."[below(4)]);
    }
    t->len -= below(2); /* may end in a word */
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
}

static bool is_start(const struct text *t, size_t at)
{
    return everywhere || (unsigned char)t->bytes[at] >= 0xC0 ||
           (is_word(t->bytes[at]) && (at == 0 || !is_word(t->bytes[at - 1])));
}

static bool fits(const struct text *t, size_t at, const char *r, unsigned cases)
{
    size_t n = (size_t)r[8];
    bool good = at + n <= t->len;
    for (size_t i = 0; good && i < n; i++) {
        char c = t->bytes[at + i];
        good = (c | 0x20) == r[i] &&
               (cases >> ((c & 0x20) != 0 ? 8 + i : i) & 1) != 0;
    }
    return good;
}

static size_t count_fits(const struct text *t, size_t at, const struct made *m)
{
    size_t n = 0;
    for (size_t i = 0; i < m->count; i++) {
        struct lexicon_prefix p;
        lexicon_prefix(&m->lexicon, (uint32_t)i, &p);
        n += fits(t, at, p.bytes, p.cases);
    }
    return n;
}

/* What fits at a place, shorter ones first, each once. */
static void check_fits(const struct prefilter *f, const struct text *t,
                       size_t at, const struct made *m)
{
    struct prefilter_fits it;
    struct lexicon_prefix p;
    size_t n = 0;
    uint32_t length = 0;
    prefilter_fits_open(&it, f, slice_of(t->bytes, t->len), at);
    while (prefilter_fits_next(&it, &p)) {
        assert_true(p.length >= length);
        assert_true(fits(t, at, p.bytes, p.cases));
        length = p.length;
        n++;
    }
    assert_int_equal(n, count_fits(t, at, m));
}

/* prefilter_next, held against that of each kind of processor. */
static size_t next_places(const struct prefilter *f, const struct text *t,
                          size_t *pos, size_t at[PREFILTER_STEP])
{
    struct slice text = slice_of(t->bytes, t->len);
    size_t from = *pos;
    size_t n = prefilter_next(f, text, pos, at, NULL);
    for (int level = SIMD_NONE; level <= SIMD_BEST; level++) {
        size_t same[PREFILTER_STEP];
        size_t end = from;
        assert_int_equal(
            prefilter_next(f, text, &end, same,
                           level_choose((enum simd_level)level)->sift),
            n);
        assert_memory_equal(same, at, n * sizeof *at);
        assert_int_equal(end, *pos);
    }
    return n;
}

/* The starts of words and the places that pass, added to sums. */
static void check_text(const struct prefilter *f, const struct text *t,
                       const struct made *m, size_t *starts, size_t *passed)
{
    size_t at[PREFILTER_STEP];
    size_t pos = 0;
    size_t seen = 0; /* all before it has been looked at */
    while (pos < t->len) {
        size_t n = next_places(f, t, &pos, at);
        for (size_t i = 0; i <= n; i++) {
            size_t end = i < n ? at[i] : pos;
            assert_true(end >= seen && end <= t->len);
            for (; seen < end; seen++) {
                if (is_start(t, seen) && count_fits(t, seen, m) > 0) {
                    fail_msg("missed at %zu: %.12s", seen, t->bytes + seen);
                }
                *starts += is_start(t, seen);
            }
            if (i < n) {
                assert_true(is_start(t, end));
                check_fits(f, t, end, m);
                (*passed)++;
                (*starts)++;
                seen++;
            }
        }
    }
}

static void check(size_t shortest, size_t longest, size_t percent)
{
    struct made *m = malloc(sizeof *m);
    struct prefilter *f = malloc(sizeof *f);
    struct text *t = malloc(sizeof *t);
    assert_true(m != NULL && f != NULL && t != NULL);
    size_t starts = 0;
    size_t passed = 0;
    for (int i = 0; i < ROUNDS; i++) {
        make(m, shortest, longest);
        assert_true(prefilter_init(f, &alloc_default, &m->lexicon));
        write_text(t, m);
        check_text(f, t, m, &starts, &passed);
        prefilter_free(f);
    }
    /* Half of the words have been made to begin so. */
    if (passed * 100 > starts * percent) {
        fail_msg("%zu of %zu words pass", passed, starts);
    }
    free(t);
    free(f);
    free(m);
}

static void test_of_one_length(void **state)
{
    (void)state;
    for (size_t n = 2; n <= LEXICON_PREFIX_MAX; n++) {
        check(n, n, 65);
    }
    check(1, 1, 100);
}

static void test_of_all_lengths(void **state)
{
    (void)state;
    check(3, 5, 65);
    check(3, 8, 65);
    check(2, 8, 75);
    check(1, 8, 100);
}

static void test_inside_words(void **state)
{
    (void)state;
    everywhere = true;
    check(1, 8, 100);
    check(3, 8, 65);
    everywhere = false;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_of_one_length),
                                       cmocka_unit_test(test_of_all_lengths),
                                       cmocka_unit_test(test_inside_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
