/* The versions of tests/rules/versions.txt, a case a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/version.h"

enum { TEXT_MAX = 1024 };

struct text_case {
    char text[TEXT_MAX];
    size_t len;
    struct version_name name;
    size_t from, to; /* of the version; 0, 0: none */
};

/* Take the marks out of a line; \n in it is a line break. */
static void parse(const char *line, struct text_case *out)
{
    memset(out, 0, sizeof *out);
    if (strncmp(line, "P ", 2) == 0) {
        out->name.protocol = true;
        line += 2;
    }
    for (; *line != '\0' && *line != '\n' && out->len + 1 < TEXT_MAX; line++) {
        switch (*line) {
        case '{': out->name.start = out->len; break;
        case '}': out->name.end = out->len; break;
        case '<': out->from = out->len; break;
        case '>': out->to = out->len; break;
        case '\\':
            line++;
            out->text[out->len++] = '\n';
            break;
        default: out->text[out->len++] = *line; break;
        }
    }
}

static bool holds(const struct text_case *c, size_t line)
{
    struct slice text = slice_of(c->text, c->len);
    struct version v = {0};
    bool found = version_behind(text, &c->name, c->len, &v) ||
                 version_before(text, &c->name, 0, &v);
    if (found == (c->to > 0) && v.start == c->from && v.end == c->to) {
        return true;
    }
    printf("FAILED tests/rules/versions.txt:%zu: '%.*s': '%.*s' wanted, "
           "'%.*s' found\n",
           line, (int)c->len, c->text, (int)(c->to - c->from),
           c->text + c->from, (int)(v.end - v.start), c->text + v.start);
    return false;
}

static void test_table(void **state)
{
    (void)state;
    char line[TEXT_MAX];
    struct text_case c;
    size_t number = 0;
    size_t failed = 0;
    size_t cases = 0;
    FILE *f = fopen("tests/rules/versions.txt", "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f) != NULL) {
        number++;
        if (line[0] != '#' && line[0] != '\n') {
            parse(line, &c);
            cases++;
            failed += !holds(&c, number);
        }
    }
    fclose(f);
    assert_true(cases >= 100);
    assert_int_equal(failed, 0);
}

/* Every cut of every case is safe to look at, and a limit is kept. */
static void test_bounds(void **state)
{
    (void)state;
    char line[TEXT_MAX];
    struct text_case c;
    FILE *f = fopen("tests/rules/versions.txt", "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f) != NULL) {
        parse(line, &c);
        for (size_t n = c.name.end; n <= c.len; n++) {
            struct version v;
            char *copy = malloc(n > 0 ? n : 1);
            assert_non_null(copy);
            memcpy(copy, c.text, n);
            struct slice text = slice_of(copy, n);
            if (version_behind(text, &c.name, n, &v)) {
                assert_true(v.start >= c.name.end && v.end <= n);
            }
            if (version_behind(slice_of(c.text, c.len), &c.name, n, &v)) {
                assert_true(v.end <= n);
            }
            if (version_before(text, &c.name, 0, &v)) {
                assert_true(v.end < c.name.start);
            }
            (void)version_may_begin(text, c.name.end);
            free(copy);
        }
    }
    fclose(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_bounds),
    };
    return cmocka_run_group_tests_name("version", tests, NULL, NULL);
}
