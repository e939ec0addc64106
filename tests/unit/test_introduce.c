/* introduce_next: names that a text says are a program, a device ... and what
 * looks alike. */
#include "lex.h"

#include <stdlib.h>

#include "tag/level.h"
#include "text/introduce.h"

struct sample {
    const char *text, *name; /* NULL: nothing is introduced */
    enum introduce_kind kind;
};

static const struct sample samples[] = {
    {"FizzPad is a small, free and open-source text editor for Linux machines.",
     "FizzPad", INTRODUCE_APPLICATION},
    {"Fizz Pad Pro is an app that keeps your lists in good order.",
     "Fizz Pad Pro", INTRODUCE_APPLICATION},
    {"We like it, as Fizzpad is a window\nmanager written in C and nothing "
     "else.",
     "Fizzpad", INTRODUCE_APPLICATION},
    {"FizzPad v4.0 is a Game Launcher. It starts what you have on your disk.",
     "FizzPad", INTRODUCE_APPLICATION},
    {"Quuxlib is a parser and a library. We built ours on Quuxlib in a day.",
     "Quuxlib", INTRODUCE_LIBRARY},
    {"QuuxLib is a fast JavaScript library, and it has no dependencies at all.",
     "QuuxLib", INTRODUCE_LIBRARY},
    {"QuuxOS is a real-time operating system (RTOS) for small machines and "
     "all.",
     "QuuxOS", INTRODUCE_OPERATING_SYSTEM},
    {"Here QuuxScript is a general-purpose programming language with macros.",
     "QuuxScript", INTRODUCE_LANGUAGE},
    {"The new Quux X7 is a gaming laptop with two fans and an honest price "
     "tag.",
     "Quux X7", INTRODUCE_DEVICE},
    {"QuuxLink is a network protocol which knows of no lost packets, they say.",
     "QuuxLink", INTRODUCE_PROTOCOL},
    {"They wrote of a start-up called Quux, a note-taking app for two people.",
     "Quux", INTRODUCE_APPLICATION},
    /* near, as a name and never in small letters */
    {"Pennon is a web browser. There is more to be said, for I use Pennon a "
     "lot.",
     "Pennon", INTRODUCE_APPLICATION},
    {"Pennon\n\nPennon is a web browser.\n\nPennon runs on all that you have.",
     "Pennon", INTRODUCE_APPLICATION},
    {"Pennon is a web browser. There is no more to be said of it, I am afraid.",
     NULL, INTRODUCE_APPLICATION},
    {"Logging is a tool. We say of Logging that it helps, for logging is good.",
     NULL, INTRODUCE_APPLICATION},
    {"Pennon is a web browser. See pennon/README, and use Pennon where you "
     "can.",
     "Pennon", INTRODUCE_APPLICATION},
    /* no names, or no things */
    {"This is a small tool for all of us who have been waiting for it so long.",
     NULL, INTRODUCE_APPLICATION},
    {"FizzPad is a collection of tools that have been of use in the long "
     "years.",
     NULL, INTRODUCE_APPLICATION},
    {"FizzPad is a software company in the north, with ten people and one dog.",
     NULL, INTRODUCE_APPLICATION},
    {"MacDonald is a product manager who has seen more than he would like to.",
     NULL, INTRODUCE_APPLICATION},
    {"FizzPad is a program of the university, and its fees are rather high, "
     "too.",
     NULL, INTRODUCE_APPLICATION},
    {"In there the CPU is a chip like others. There is not much to say of it.",
     NULL, INTRODUCE_DEVICE},
    {"We met in Quux, a tool in hand, and went away again without a word of "
     "it.",
     NULL, INTRODUCE_APPLICATION},
    {"a fizzpad is a tool, and so is its brother, but neither has got a "
     "capital.",
     NULL, INTRODUCE_APPLICATION},
    {"Of old/FizzPad is a tool path, and file_FizzPad is a tool as well, they "
     "say.",
     NULL, INTRODUCE_APPLICATION},
    {"ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ is a tool, they "
     "say.",
     NULL, INTRODUCE_APPLICATION},
    {"FizzPad is a\n\ntext editor of another paragraph, which says nothing "
     "here.",
     NULL, INTRODUCE_APPLICATION},
};

static void test_samples(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        const struct sample *s = &samples[i];
        struct slice text = slice_of(s->text, strlen(s->text));
        struct introduction it = {0, 0, INTRODUCE_KINDS};
        struct introduce_search search = {0};
        bool found = introduce_next(&search, text, &it);
        if (found != (s->name != NULL)) {
            fail_msg("%s: %.*s", s->text, found ? (int)(it.end - it.start) : 7,
                     found ? s->text + it.start : "nothing");
        }
        if (found) {
            assert_int_equal(it.end - it.start, strlen(s->name));
            assert_memory_equal(s->text + it.start, s->name, strlen(s->name));
            assert_int_equal(it.kind, s->kind);
        }
    }
}

/* Every place of a text, and every length of it: nothing behind it is read
 * (under ASan), and what is found lies in it. */
static void test_cut(void **state)
{
    (void)state;
    static const char whole[] =
        "Pennon v2 is a tool, and FizzPad, a web browser, is an app. Pennon "
        "is an OS. QuuxOS is\na Linux distribution; QuuxOS is a";
    for (size_t n = 0; n < sizeof whole; n++) {
        char *copy = malloc(n + 1);
        assert_non_null(copy);
        memcpy(copy, whole, n);
        copy = realloc(copy, n > 0 ? n : 1);
        assert_non_null(copy);
        struct introduction it;
        struct introduce_search search = {0};
        while (introduce_next(&search, slice_of(copy, n), &it)) {
            assert_true(it.start < it.end && it.end < search.at);
            assert_true(search.at <= n);
        }
        free(copy);
    }
}

static uint32_t rolled(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Every kind of processor finds the same. */
static void test_levels(void **state)
{
    (void)state;
    /* clang-format off */
    static const char *const pieces[] = {
        "FizzPad", "QuuxOS", " is a", " is an ", ", a ", ", an ", ", and ",
        " text editor", " database", "which", ". ", "\n", " ", ",", "is", "a",
        "n", "\xC3\xA9", " is\na ", " for "};
    /* clang-format on */
    enum { PIECES = sizeof pieces / sizeof pieces[0], ROOM = 4096 };
    uint32_t seed = 1;
    size_t all = 0;
    for (int round = 0; round < 300; round++) {
        char text[ROOM];
        size_t most = rolled(&seed) % (ROOM - 16);
        size_t len = 0;
        while (len < most) {
            const char *piece = pieces[rolled(&seed) % PIECES];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        for (unsigned level = SIMD_NONE; level <= SIMD_AVX512; level++) {
            struct introduce_search plain = {0};
            struct introduce_search fast = {
                .skip = level_choose((enum simd_level)level)->introduce};
            struct introduction a = {0};
            struct introduction b = {0};
            bool found = true;
            while (found) {
                found = introduce_next(&plain, slice_of(text, len), &a);
                assert_int_equal(introduce_next(&fast, slice_of(text, len), &b),
                                 found);
                if (found) {
                    assert_int_equal(a.start, b.start);
                    assert_int_equal(a.end, b.end);
                    assert_int_equal(plain.at, fast.at);
                    all++;
                }
            }
        }
    }
    assert_true(all > 1000);
}

/* Names without a witness, one beside the other: the bytes around are looked
 * at for as many as the length of the text allows, and no more. */
static void test_looks(void **state)
{
    (void)state;
    enum { TIMES = 4000 };
    static const char one[] = "Aaaaaa is a tool. ";
    const size_t len = sizeof one - 1;
    char *text = malloc(TIMES * len);
    assert_non_null(text);
    for (size_t i = 0; i < TIMES; i++) {
        memcpy(text + i * len, one, len);
        text[i * len + 4] = (char)('a' + i % 23);
        text[i * len + 5] = (char)('a' + i / 23 % 23);
        text[i * len + 3] = (char)('a' + i / 529);
    }
    struct introduce_search search = {0};
    struct introduction it;
    assert_false(introduce_next(&search, slice_of(text, TIMES * len), &it));
    assert_true(search.looks > INTRODUCE_LOOKS);
    assert_true(search.looks <=
                INTRODUCE_LOOKS + TIMES * len / INTRODUCE_LOOK_EACH);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_looks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
