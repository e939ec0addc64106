/* find_two: no pair is passed over, and where there are few of them nothing
 * else is found. */
#include "lex.h"

#include "tag/level.h"
#include "text/find_two.h"

enum { TEXT = 200, PAIRS = 12 };

static uint32_t rolled(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* The first place of one of n pairs. */
static size_t simple(uint8_t (*pairs)[2], size_t n, const char *text,
                     size_t len, size_t from)
{
    for (size_t i = from; i + 1 < len; i++) {
        for (size_t k = 0; k < n; k++) {
            if ((uint8_t)text[i] == pairs[k][0] &&
                (uint8_t)text[i + 1] == pairs[k][1]) {
                return i;
            }
        }
    }
    return len;
}

/* All places in a text with n pairs, each byte one of `letters`. */
static void hold(uint32_t *state, size_t n, uint32_t letters)
{
    struct find_two f = {0};
    uint8_t pairs[PAIRS][2];
    char text[TEXT];
    size_t len = rolled(state) % TEXT;
    for (size_t i = 0; i < n; i++) {
        pairs[i][0] = (uint8_t)(rolled(state) % letters * 37);
        pairs[i][1] = (uint8_t)(rolled(state) % letters * 37);
        find_two_add(&f, pairs[i][0], pairs[i][1]);
    }
    for (size_t i = 0; i < len; i++) {
        text[i] = (char)(uint8_t)(rolled(state) % letters * 37);
    }
    for (size_t from = 0; from < len; from++) {
        size_t want = simple(pairs, n, text, len, from);
        for (unsigned level = SIMD_NONE; level <= SIMD_AVX512; level++) {
            find_two_skip_fn *skip =
                level_choose((enum simd_level)level)->skip_two;
            size_t got = find_two_next(&f, slice_of(text, len), from, skip);
            assert_true(got >= from && got <= want);
            if (n <= FIND_TWO_EXACT) {
                assert_int_equal(got, want);
            }
        }
    }
}

static void test_pairs(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (size_t n = 0; n <= PAIRS; n++) {
        for (uint32_t letters = 2; letters <= 200; letters += 9) {
            hold(&seed, n, letters);
        }
    }
}

/* More pairs than are looked for as they are: what lies in no range is
 * passed over. */
static void test_ranges(void **state)
{
    (void)state;
    struct find_two f = {0};
    for (uint8_t i = 0; i <= FIND_TWO_EXACT; i++) {
        find_two_add(&f, (uint8_t)('p' - i), (uint8_t)('b' + i));
    }
    assert_true(f.ranges);
    char text[] = "................................po.bp.lf..";
    assert_int_equal(
        find_two_next(&f, slice_of(text, sizeof text - 1), 0, NULL), 38);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
