/* Rules: patterns, where they are tried, what wins, limits, and the models of
 * the shipped lexicon (tests/rules/models.txt). */
#include "lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "failing_alloc.h"
#include "text/pattern.h"

enum { TEXT_MAX = 2048 };

/* A lexicon of rules and, if not NULL, a list. */
static void open_rules(struct lex *l, const char *rules, const char *list)
{
    gaz_error e = {0};
    memset(l, 0, sizeof *l);
    gaz_status s = gaz_builder_create(NULL, NULL, &l->builder, &e);
    if (s == GAZ_OK && list != NULL) {
        s = gaz_builder_add(l->builder, GAZ_INPUT_LIST, "list", list,
                            strlen(list), &e);
    }
    if (s == GAZ_OK) {
        s = gaz_builder_add(l->builder, GAZ_INPUT_RULES, "rules", rules,
                            strlen(rules), &e);
    }
    lex_finish(l, s, &e);
}

static void finds(const char *rules, const char *list, const char *text,
                  const char *spans)
{
    struct lex l;
    open_rules(&l, rules, list);
    assert_string_equal(lex_tag(l.lexicon, NULL, text, strlen(text)), spans);
    lex_close(&l);
}

static void refuses(const char *rules, size_t line, size_t column,
                    const char *part)
{
    gaz_builder *b = NULL;
    gaz_error e = {0};
    const void *image = NULL;
    size_t len = 0;
    assert_int_equal(gaz_builder_create(NULL, NULL, &b, &e), GAZ_OK);
    gaz_status s = gaz_builder_add(b, GAZ_INPUT_RULES, "r.rules", rules,
                                   strlen(rules), &e);
    if (s == GAZ_OK) {
        s = gaz_builder_finish(b, &image, &len, &e);
    }
    assert_int_equal(s, GAZ_SYNTAX);
    if (e.line != line || e.column != column ||
        strstr(e.message, part) == NULL) {
        fail_msg("%s: %zu:%zu: %s", rules, e.line, e.column, e.message);
    }
    gaz_builder_free(b);
}

static void test_refused(void **state)
{
    (void)state;
    refuses("D\tab(c", 1, 7, "parenthesis");
    refuses("# x\n\nD\t[a", 3, 5, "]");
    refuses("D\ta*", 1, 3, "empty");
    refuses("D\t(?=a)", 1, 3, "empty");
    refuses("D\t^a", 1, 3, "ends of the text");
    refuses("D\tab\\z", 1, 5, "ends of the text");
    refuses("D\t(?<=abc)d", 1, 3, "look-behind");
    refuses("D\t(*UCP)a", 1, 3, "settings");
    refuses("D\t(?x)a # b", 1, 3, "parenthesis");
    refuses("D", 1, 2, "without a pattern");
    refuses("\ta", 1, 1, "without a label");
    refuses("D\ta\tcase=odd", 1, 10, "exact or fold");
    refuses("D\ta\tcolour=red", 1, 5, "unknown key");
    refuses("D\ta\tpriority=1001", 1, 14, "-1000");
    refuses("D\ta\tword=", 1, 10, "wants words");
    refuses("D\ta\tx", 1, 5, "key=value");
    refuses("D\ta\tcase=fold\tx", 1, 15, "columns");
    refuses("D\tab \xff", 1, 6, "UTF-8");
    /* Labels are known at the end: the message has the place. */
    refuses("E\tx\nD\tab {Nix} c", 0, 0, "r.rules:2:6: {Nix}");
}

static void test_found(void **state)
{
    (void)state;
    finds("D\tPDP-\\d+", NULL, "PDP-11, xPDP-8 PDP-8x (PDP-10)",
          "0-6:D 23-29:D");
    finds("D\tpdp-\\d+\tcase=fold", NULL, "PDP-11 Pdp-1", "0-6:D 7-12:D");
    finds("D\tthe (?<m>[A-Z]\\w+) box", NULL, "the Foo box", "4-7:D");
    finds("D\t(?:a|an) (\\d+) box", NULL, "a 12 box", "0-8:D");
    finds("D\t\\d+GHz\twords=no", NULL, "at12GHz", "2-7:D");
    /* PCRE2 goes on to an end that is a word's. */
    finds("D\tarm(?:64|64le|)", NULL, "arm64le arm arm6", "0-7:D 8-11:D");
    finds("D\tC(?:\\+\\+|\\+)?", NULL, "x C++ y", "2-5:D");
    /* Trigger words: from the words before them on. */
    finds("O\t(?<m>[A-Z]\\w+) operating system\tword=operating", NULL,
          "the Foo operating system", "4-7:O");
    finds("O\t(?<m>[A-Z]\\w+) operating system\tword=operating", NULL,
          "the Foo. operating system", "");
    /* Bytes above ASCII, invalid ones among them. */
    finds("D\t\xC3\x84rger \\d+", NULL, "\xC3\x84rger 7", "0-8:D");
    finds("D\tPDP-\\d+", NULL, "\xE2\x80\x93PDP-1\xE2\x80\x93 \xC3\xA4PDP-2",
          "3-8:D");
    finds("D\tPDP-\\d+", NULL, "\xff\xfePDP-1 \xC3", "2-7:D");
    /* clang-format off */
    finds("D\tPDP.\\d+", NULL, "PDP\xff" "1 PDP-1", "6-11:D");
    /* clang-format on */
    /* Not over an empty line, nor over a symbol and a space. */
    finds("D\tA\\s+B", NULL, "A B A\nB A\n\nB", "0-3:D 4-7:D");
    finds("D\tA,\\s+B", NULL, "A, B", "");
    finds("D\tA\\(R\\) B", NULL, "A(R) B", "0-6:D");
    /* Paths and the like. */
    finds("D\tPDP-\\d+", NULL, "/x/PDP-1 a@PDP-2.org PDP-3.x", "");
}

static void test_references(void **state)
{
    (void)state;
    const char *list = "x86\tA\nSPARC V9\tA\nRed Hat\tC\n";
    finds("D\tthe (?<m>{A}) box", list, "the x86 box", "4-7:A");
    finds("D\tthe (?<m>{A} box)", list, "the SPARC V9 box the y86 box",
          "4-16:D");
    finds("D\t{A} box", list, "x86 box, SPARC V9 box", "0-7:D 9-21:D");
    finds("D\t{A}-(?<m>{C})", list, "x86-Red Hat", "0-3:A 4-11:C");
    finds("D\t{A} (?:box|bo[x|]es?)", list, "x86 box, x86 boxes",
          "0-7:D 9-18:D");
    finds("D\t(?!y|[)])(?<m>{A} box)", list, "x86 box y86 box", "0-7:D");
    finds("D\t{A}? ?box", list, "x86 box, box", "0-7:D 9-12:D");
    finds("D\t(?:{A} )?box", list, "x86 box, box", "0-7:D 9-12:D");
    finds("D\t(?:{A}) box|ox", list, "x86 box, ox", "0-7:D 9-11:D");
    finds("D\t(?:{A}|{C}) box", list, "x86 box Red Hat box", "0-7:D 8-19:D");
    finds("D\tx\\d{2,3} box", list, "x86 box", "0-7:D");
}

static void test_order(void **state)
{
    (void)state;
    /* The longer, the lexicon's where equal, the priority before all. */
    finds("D\tPDP-11/\\d+", "PDP-11\tE\n", "PDP-11/70", "0-9:D");
    finds("D\tPDP-11", "PDP-11\tE\n", "PDP-11", "0-6:E");
    finds("D\tPDP", "PDP-11\tE\n", "PDP-11", "0-6:E");
    finds("D\tPDP\tpriority=1", "PDP-11\tE\n", "PDP-11", "0-3:D");
    finds("D\tPDP-11/70\tpriority=-1", "PDP-11\tE\n", "PDP-11/70", "0-6:E");
    finds("D\tB C", "A B\tE\n", "A B C", "0-3:E");
    finds("D\tB C\tpriority=2", "A B\tE\n", "A B C", "2-5:D");
    /* The lexicon's stands back where it would have to ask. */
    finds("D\tGo", "Go\tE\tgo\tneed=code\n", "Go", "0-2:D");
    finds("D\tAB\nE\tAB C", NULL, "AB C AB", "0-4:E 5-7:D");
}

static void test_versions(void **state)
{
    (void)state;
    struct lex l;
    open_rules(&l, "D\tFoo", "Linux\tOperating_System\nBox\tDevice\n");
    for (int mode = 0; mode < 3; mode++) {
        gaz_tag_options o = {.versions = (gaz_versions)mode};
        gaz_tagger *t = NULL;
        const gaz_span *s = NULL;
        size_t n = 0;
        assert_int_equal(gaz_tagger_create(l.lexicon, &o, &t, NULL), GAZ_OK);
        assert_int_equal(gaz_tag(t, "Linux 2.6 Box 3", 15, &s, &n, NULL),
                         GAZ_OK);
        assert_int_equal(n, 2);
        assert_int_equal(s[0].end, mode == 1 ? 9 : 5);
        assert_int_equal(s[0].version_start, mode == 2 ? 0 : 6);
        assert_int_equal(s[0].version_end, mode == 2 ? 0 : 9);
        assert_int_equal(s[1].version_end, 0); /* no label with versions */
        gaz_token tokens[] = {{"on", 2}, {"Linux", 5}, {"2.6", 3}, {".", 1}};
        assert_int_equal(gaz_tag_tokens(t, tokens, 4, &s, &n, NULL), GAZ_OK);
        assert_int_equal(n, 1);
        assert_int_equal(s[0].end, mode == 1 ? 3 : 2);
        assert_int_equal(s[0].version_start, mode == 2 ? 0 : 2);
        assert_int_equal(s[0].version_end, mode == 2 ? 0 : 3);
        gaz_tagger_free(t);
    }
    lex_close(&l);
}

/* A pattern that takes too many steps is given up, and counted; the rest of
 * the text is tagged. */
static void test_limits(void **state)
{
    (void)state;
    struct lex l;
    char text[TEXT_MAX];
    gaz_tagger *t = NULL;
    const gaz_span *s = NULL;
    size_t n = 0;
    gaz_rule_stats stats;
    open_rules(&l, "D\tPDP-\\d+\nD\t(?:a|aa|aaa|a+)+[bc]", NULL);
    memset(text, 'a', sizeof text);
    for (size_t i = 60; i < 1900; i += 61) {
        text[i] = ' ';
    }
    memcpy(text + 2000, " PDP-11 aab    ", 15);
    assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &t, NULL), GAZ_OK);
    assert_int_equal(gaz_tag(t, text, 2012, &s, &n, NULL), GAZ_OK);
    assert_int_equal(n, 2);
    assert_int_equal(s[0].start, 2001);
    gaz_tagger_rule_stats(t, &stats);
    assert_true(stats.limits > 10 && stats.limits < stats.tries);
    assert_int_equal(stats.first_limited, 1);
    gaz_tagger_free(t);
    lex_close(&l);
}

/* Where a pattern goes on with ASCII or beyond it, it is tried at what begins
 * with either, and at nothing else. */
static void test_beginnings(void **state)
{
    (void)state;
    static const char text[] =
        "very vast V1 Verite V12 Vérité V34 VÉRITÉ V5 V€ vérité";
    struct lex l;
    gaz_tagger *t = NULL;
    const gaz_span *s = NULL;
    size_t n = 0;
    gaz_rule_stats stats;
    open_rules(&l, "D\t(?:Old )?V(?:er|ér|ÉR|€)[a-zéÉTI]* V\\d+", NULL);
    assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &t, NULL), GAZ_OK);
    assert_int_equal(gaz_tag(t, text, sizeof text - 1, &s, &n, NULL), GAZ_OK);
    assert_int_equal(n, 3);
    gaz_tagger_rule_stats(t, &stats);
    /* not 'vast' and 'V1', nor in small letters 'very' and 'vérité' */
    assert_int_equal(stats.tries, 4);
    gaz_tagger_free(t);
    lex_close(&l);
}

static void test_tokens(void **state)
{
    (void)state;
    struct lex l;
    open_rules(&l, "D\tPDP-\\d+\nO\t(?<m>[A-Z]\\w+) operating\tword=operating",
               NULL);
    assert_string_equal(lex_tag_tokens(l.lexicon, "a PDP-11 ."), "1-2:D");
    assert_string_equal(lex_tag_tokens(l.lexicon, "PDP-11/x y"), "");
    assert_string_equal(lex_tag_tokens(l.lexicon, "the Foo operating PDP-1"),
                        "1-2:O 3-4:D");
    lex_close(&l);
}

static gaz_status tag_with(gaz_allocator *alloc, const struct lex *from,
                           size_t *more)
{
    static const char text[] = "the x86 box PDP-11 Foo operating system";
    gaz_lexicon *l = NULL;
    gaz_tagger *t = NULL;
    gaz_error e = {0};
    const gaz_span *spans = NULL;
    size_t n = 0;
    const struct failing_alloc *state = alloc->context;
    gaz_status s = gaz_lexicon_open(from->image, from->len, alloc, &l, &e);
    if (s == GAZ_OK) {
        s = gaz_tagger_create(l, NULL, &t, &e);
    }
    if (s == GAZ_OK) {
        s = gaz_tag(t, text, sizeof text - 1, &spans, &n, &e);
    }
    size_t warm = state->requests;
    if (s == GAZ_OK) {
        assert_int_equal(n, 3);
        s = gaz_tag(t, text, sizeof text - 1, &spans, &n, &e);
    }
    *more = state->requests - warm;
    gaz_tagger_free(t);
    gaz_lexicon_free(l);
    return s;
}

/* Every request that fails is reported and leaks nothing; once warm, a tagger
 * asks for nothing. */
static void test_memory(void **state)
{
    (void)state;
    struct failing_alloc memory = {0};
    gaz_allocator alloc = failing_allocator(&memory);
    struct lex l;
    size_t more = 0;
    open_rules(&l,
               "D\tPDP-\\d+\nD\tthe (?<m>{A} box)\n"
               "O\t(?<m>[A-Z]\\w+) operating system\tword=operating\n",
               "x86\tA\n");
    assert_int_equal(tag_with(&alloc, &l, &more), GAZ_OK);
    assert_int_equal(more, 0);
    size_t all = memory.requests;
    for (size_t i = 1; i <= all; i++) {
        memory = (struct failing_alloc){.fail_from = i, .fail_to = i};
        gaz_status s = tag_with(&alloc, &l, &more);
        /* The JIT does without what it does not get. */
        if (s != GAZ_NOMEM && s != GAZ_OK) {
            fail_msg("request %zu: status %d", i, (int)s);
        }
        assert_int_equal(memory.blocks, 0);
        assert_false(memory.wrong_size);
    }
    lex_close(&l);
}

/* Damaged sections are refused with words. */
static gaz_status try_text(const gaz_lexicon *lexicon, const char *text,
                           gaz_error *e)
{
    gaz_tagger *tagger = NULL;
    const gaz_span *spans = NULL;
    size_t count = 0;
    gaz_status s = gaz_tagger_create(lexicon, NULL, &tagger, e);
    if (s == GAZ_OK) {
        s = gaz_tag(tagger, text, strlen(text), &spans, &count, e);
    }
    gaz_tagger_free(tagger);
    return s;
}

static void test_damage(void **state)
{
    (void)state;
    struct lex l;
    open_rules(&l, "D\tPDP-\\d+\n", "x86\tA\n");
    unsigned char *copy = malloc(l.len);
    assert_non_null(copy);
    size_t refused = 0;
    for (size_t at = 32; at < l.len; at++) {
        for (unsigned flip = 1; flip < 256; flip = flip * 4 + 3) {
            gaz_lexicon *again = NULL;
            gaz_error e = {0};
            memcpy(copy, l.image, l.len);
            copy[at] ^= (unsigned char)flip;
            lex_seal(copy, l.len);
            gaz_status s = gaz_lexicon_open(copy, l.len, NULL, &again, &e);
            if (s == GAZ_OK) { /* patterns are compiled when first tried */
                s = try_text(again, "x PDP-11 x86", &e);
                gaz_lexicon_free(again);
            }
            if (s != GAZ_OK) {
                assert_true(s == GAZ_CORRUPT || s == GAZ_VERSION);
                assert_true(e.message[0] != '\0');
                refused++;
            }
        }
    }
    assert_true(refused > 100);
    free(copy);
    lex_close(&l);
}

static const char *label_of(char letter)
{
    switch (letter) {
    case 'D': return "Device";
    case 'A': return "Architecture";
    case 'P': return "Application";
    case 'L': return "Language";
    case 'B': return "Library";
    default: return "Operating_System";
    }
}

/* {D:...} into spans; *want as lex_spans writes them. */
static size_t parse_model(const char *line, char *text, char *want)
{
    size_t n = 0;
    size_t start = 0;
    char label = 'D';
    want[0] = '\0';
    for (; *line != '\0' && *line != '\n'; line++) {
        if (*line == '{') {
            label = line[1];
            start = n;
            line += 2;
        } else if (*line == '}') {
            sprintf(want + strlen(want), "%s%zu-%zu:%s",
                    want[0] != '\0' ? " " : "", start, n, label_of(label));
        } else {
            text[n++] = *line;
        }
    }
    return n;
}

static char *read_all(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    char *data = malloc(1 << 20);
    assert_true(f != NULL && data != NULL);
    *len = fread(data, 1, (1 << 20) - 1, f);
    data[*len] = '\0';
    fclose(f);
    return data;
}

static void test_models(void **state)
{
    (void)state;
    struct lex l;
    size_t len = 0;
    char *rules = read_all("lexicons/core/models.rules", &len);
    char *cases = read_all("tests/rules/models.txt", &len);
    char text[TEXT_MAX];
    char want[TEXT_MAX];
    size_t failed = 0;
    open_rules(&l, rules, NULL);
    assert_true(gaz_lexicon_rule_count(l.lexicon) >= 60);
    for (char *line = strtok(cases, "\n"); line != NULL;
         line = strtok(NULL, "\n")) {
        if (line[0] == '#') {
            continue;
        }
        size_t n = parse_model(line, text, want);
        const char *got = lex_tag(l.lexicon, NULL, text, n);
        if (strcmp(got, want) != 0) {
            printf("FAILED %s\n  want %s\n  got  %s\n", line, want, got);
            failed++;
        }
    }
    assert_int_equal(failed, 0);
    lex_close(&l);
    free(rules);
    free(cases);
}

static void test_pattern_bytes(void **state)
{
    (void)state;
    struct pattern_options o = {.fold = false};
    struct pattern *p = NULL;
    struct pattern_scratch *s = pattern_scratch_create(&alloc_default);
    size_t start = 0, end = 0, whole = 0;
    assert_int_equal(
        pattern_create(&alloc_default, slice_str("a.c"), &o, &p, NULL),
        STATUS_OK);
    assert_int_equal(pattern_try(p, s, slice_of("xa\0cy", 5), 1, NULL, NULL,
                                 &start, &end, &whole),
                     PATTERN_FOUND);
    assert_true(start == 1 && end == 4 && whole == 4);
    /* clang-format off */
    assert_int_equal(pattern_try(p, s, slice_of("a\xff" "c", 3), 0, NULL, NULL,
                                 &start, &end, &whole),
                     PATTERN_NONE);
    /* clang-format on */
    assert_int_equal(pattern_try(p, s, slice_of("xabc", 4), 0, NULL, NULL,
                                 &start, &end, &whole),
                     PATTERN_NONE);
    pattern_free(p);
    pattern_scratch_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_found),
        cmocka_unit_test(test_references), cmocka_unit_test(test_order),
        cmocka_unit_test(test_versions),   cmocka_unit_test(test_limits),
        cmocka_unit_test(test_beginnings), cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_models),     cmocka_unit_test(test_memory),
        cmocka_unit_test(test_damage),     cmocka_unit_test(test_pattern_bytes),
    };
    return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
