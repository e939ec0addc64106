/* How each scorer reads tags, against slow and literal re-tellings of their
 * rules, for every sequence of tags up to a length. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "eval/mention.h"
#include "eval/tagset.h"

enum { LENGTH_MAX = 4, CHUNKS_MAX = 8 };

struct chunk {
    size_t first;
    size_t end;
    const char *type;
};

struct chunks {
    struct chunk items[CHUNKS_MAX];
    size_t count;
};

static const char *type_of(const char *tag)
{
    return tag[0] == 'O' ? "" : tag + 2;
}

static bool pair(const char *list, char a, char b)
{
    char want[] = {' ', a, b, ' ', '\0'};
    return strstr(list, want) != NULL;
}

/* conlleval's and seqeval's default mode: lists of pairs of prefixes, each
 * with a blank on either side. */
static void reference_chunks(const char *const *tags, size_t n,
                             const char *starts, const char *ends,
                             struct chunks *out)
{
    const char *before = "O";
    size_t first = 0;
    bool open = false;
    out->count = 0;
    for (size_t i = 0; i <= n; i++) {
        const char *now = i < n ? tags[i] : "O";
        bool change = strcmp(type_of(before), type_of(now)) != 0;
        bool end =
            pair(ends, before[0], now[0]) || (before[0] != 'O' && change);
        bool start =
            pair(starts, before[0], now[0]) || (now[0] != 'O' && change);
        if (end && open) {
            out->items[out->count++] =
                (struct chunk){first, i, type_of(before)};
            open = false;
        }
        if (start) {
            first = i;
            open = true;
        }
        before = now;
    }
}

/* seqeval's strict mode: patterns of prefixes, walked as the original does.
 * last: the prefixes that may end a chunk; NULL where any may. */
static void reference_strict(const char *const *tags, size_t n,
                             const char *single, const char *last,
                             struct chunks *out)
{
    size_t i = 0;
    out->count = 0;
    while (i < n) {
        if (tags[i][0] != 'B' && strchr(single, tags[i][0]) == NULL) {
            i++;
            continue;
        }
        size_t end = i + 1;
        while (end < n && strcmp(type_of(tags[end]), type_of(tags[i])) == 0 &&
               (tags[end - 1][0] == 'B' || tags[end - 1][0] == 'I') &&
               (tags[end][0] == 'I' ||
                (last != NULL && strchr(last, tags[end][0]) != NULL))) {
            end++;
        }
        char ending = tags[end - 1][0];
        if (last == NULL || strchr(last, ending) != NULL ||
            strchr(single, ending) != NULL) {
            out->items[out->count++] = (struct chunk){i, end, type_of(tags[i])};
        }
        i = end;
    }
}

static void check(enum reading reading, struct tagset *t,
                  const char *const *tags, size_t n, const struct chunks *want)
{
    uint32_t ids[LENGTH_MAX] = {0};
    struct mentions got = {NULL, 0, 0};
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(tagset_id(t, slice_str(tags[i]), &ids[i], NULL),
                         STATUS_OK);
    }
    assert_int_equal(
        mentions_read(reading, t, ids, n, &alloc_default, &got, NULL),
        STATUS_OK);
    bool same = got.count == want->count;
    for (size_t i = 0; same && i < got.count; i++) {
        same = got.items[i].first == want->items[i].first &&
               got.items[i].end == want->items[i].end &&
               slice_is(tagset_type_name(t, got.items[i].type),
                        want->items[i].type);
    }
    mentions_free(&got, &alloc_default);
    if (!same) {
        fail_msg("reading %d of %s %s %s %s", (int)reading, tags[0],
                 n > 1 ? tags[1] : "", n > 2 ? tags[2] : "",
                 n > 3 ? tags[3] : "");
    }
}

typedef void (*check_fn)(struct tagset *t, const char *const *tags, size_t n);

/* All sequences of up to LENGTH_MAX tags of a list. */
static void for_all(const char *const *list, size_t count, check_fn fn)
{
    struct tagset t;
    assert_int_equal(tagset_init(&t, &alloc_default, false, NULL), STATUS_OK);
    for (size_t n = 1; n <= LENGTH_MAX; n++) {
        size_t total = 1;
        for (size_t i = 0; i < n; i++) {
            total *= count;
        }
        for (size_t k = 0; k < total; k++) {
            const char *tags[LENGTH_MAX];
            size_t rest = k;
            for (size_t i = 0; i < n; i++) {
                tags[i] = list[rest % count];
                rest /= count;
            }
            fn(&t, tags, n);
        }
    }
    tagset_free(&t);
}

static void check_chunks(struct tagset *t, const char *const *tags, size_t n)
{
    struct chunks want;
    reference_chunks(tags, n, " BB  IB  OB  OI  EE  EI  OE ",
                     " BB  BO  IB  IO  EE  EI  EO ", &want);
    check(READ_CONLLEVAL, t, tags, n, &want);

    reference_chunks(tags, n,
                     " OB  BB  IB  EB  SB  LB  UB  OS  BS  IS  ES  SS  LS  US "
                     " EE  EI  SE  SI  OE  OI ",
                     " EO  EB  EI  EE  ES  EL  EU  SO  SB  SI  SE  SS  SL  SU "
                     " BB  BS  BO  IB  IS  IO ",
                     &want);
    check(READ_SEQEVAL, t, tags, n, &want);
}

static void check_iob2(struct tagset *t, const char *const *tags, size_t n)
{
    struct chunks want;
    reference_strict(tags, n, "", NULL, &want);
    check(READ_IOB2, t, tags, n, &want);
    check_chunks(t, tags, n);
    /* Without E S L U all lenient readings agree. */
    reference_chunks(tags, n, " OB  BB  IB  OI ", " BB  BO  IB  IO ", &want);
    check(READ_ALL, t, tags, n, &want);
}

static void check_iobes(struct tagset *t, const char *const *tags, size_t n)
{
    struct chunks want;
    reference_strict(tags, n, "S", "E", &want);
    check(READ_IOBES, t, tags, n, &want);
    check_chunks(t, tags, n);
}

static void check_bilou(struct tagset *t, const char *const *tags, size_t n)
{
    struct chunks want;
    reference_strict(tags, n, "U", "L", &want);
    check(READ_IOBES, t, tags, n, &want);
    check_chunks(t, tags, n);
}

static void test_iob2(void **state)
{
    (void)state;
    static const char *const tags[] = {"O", "B-X", "I-X", "B-X-Y", "I-X-Y"};
    for_all(tags, 5, check_iob2);
}

static void test_iobes(void **state)
{
    (void)state;
    static const char *const tags[] = {"O",   "B-X", "I-X", "E-X", "S-X",
                                       "B-Y", "I-Y", "E-Y", "S-Y"};
    for_all(tags, 9, check_iobes);
}

static void test_bilou(void **state)
{
    (void)state;
    static const char *const tags[] = {"O",   "B-X", "I-X", "L-X", "U-X",
                                       "B-Y", "I-Y", "L-Y", "U-Y"};
    for_all(tags, 9, check_bilou);
}

/* The table of tagset.h. */
static void test_families(void **state)
{
    (void)state;
    static const struct {
        const char *tag;
        const char *types[FAMILY_COUNT];
    } cases[] = {
        {"O", {"", "", "_", "_"}},
        {"B-X-Y", {"X-Y", "X-Y", "X-Y", "X-Y"}},
        {"B-0", {"0", "", "0", "0"}},
        {"B", {"", "", "_", "_"}},
        {"B-X-", {"X-", "X-", "X-", "X"}},
    };
    struct tagset t;
    assert_int_equal(tagset_init(&t, &alloc_default, false, NULL), STATUS_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t id = 0;
        assert_int_equal(tagset_id(&t, slice_str(cases[i].tag), &id, NULL),
                         STATUS_OK);
        for (size_t k = 0; k < FAMILY_COUNT; k++) {
            assert_true(slice_is(tagset_type_name(&t, t.info[id].type[k]),
                                 cases[i].types[k]));
        }
    }
    tagset_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_iob2),
        cmocka_unit_test(test_iobes),
        cmocka_unit_test(test_bilou),
        cmocka_unit_test(test_families),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
