/* Images that somebody damaged on purpose: their checksum is right, so that
 * all else has to be seen through. Each mistake that a reader tells of has its
 * message; ten thousand others are refused, or do no harm. */
#include "lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "model/image.h"

static const char list[] = "C++\tLanguage\tQ2407\tcase=exact\n"
                           "AT&T Unix\tOS\tQ11368\tpriority=-7\n"
                           "Go\tLanguage\t\tneed=compiler|@OS,priority=1\n"
                           "Go\tGame\t\tnext=board,not=code\n"
                           "caf\xC3\xA9\tThing\t\tkind=generic\n"
                           "kernel\tThing\t\tplural=yes,case=fold\n"
                           "a name of many words in a row\tThing\n";
static const char rules[] = "Device\tPDP-\\d+(?:/\\d+)?\tid=pdp\n"
                            "Device\t(?:RTX|GTX) \\d+\n"
                            "OS\t(?<m>[A-Z]\\w+) system\tword=system\n"
                            "Thing\tthe (?<m>{OS} board)\n";
static const char text[] =
    "C++ and the AT&T\nUnix board, Go compiler, Go board. Kernels caf\xC3\xA9 "
    "PDP-11/34, RTX 30; Abnix operating system. The language nixAb 3.2 is a "
    "name of many words in a row. We run the Zorp operating system on .";

enum { PLAIN, SCORED, KINDS, ROUNDS = 10000 };

struct sample {
    gaz_builder *builder;
    const void *image;
    size_t len;
};

static const char *make_corpus(void)
{
    static char out[1 << 14];
    static const char *const starts[] = {"Ab", "Cor", "Den", "Fa"};
    static const char *const ends[] = {"nix", "tos", "ra"};
    size_t at = 0;
    for (int i = 0; i < 60; i++) {
        const char *a = starts[i % 4];
        const char *b = ends[i / 4 % 3];
        at += (size_t)snprintf(
            out + at, sizeof out - at,
            i % 4 < 2 ? "We\tO\nrun\tO\n%s%s\tB-OS\noperating\tI-OS\nsystem\t"
                        "I-OS\n.\tO\n\n"
                      : "The\tO\nlanguage\tO\n%s%s\tB-Language\nis\tO\nold\tO\n"
                        "\n",
            i % 4 < 2 ? a : b, i % 4 < 2 ? b : a);
    }
    return out;
}

static void open_sample(struct sample *s, int kind)
{
    gaz_build_options o = {.tag_column = 1,
                           .select = kind == SCORED ? GAZ_SELECT_SCORED
                                                    : GAZ_SELECT_PURITY};
    gaz_error e = {0};
    const char *corpus = make_corpus();
    assert_int_equal(gaz_builder_create(&o, NULL, &s->builder, &e), GAZ_OK);
    gaz_status st = gaz_builder_add(s->builder, GAZ_INPUT_CORPUS, "corpus",
                                    corpus, strlen(corpus), &e);
    if (st == GAZ_OK) {
        st = gaz_builder_add(s->builder, GAZ_INPUT_LIST, "list", list,
                             sizeof list - 1, &e);
    }
    if (st == GAZ_OK) {
        st = gaz_builder_add(s->builder, GAZ_INPUT_RULES, "rules", rules,
                             sizeof rules - 1, &e);
    }
    if (st == GAZ_OK) {
        st = gaz_builder_finish(s->builder, &s->image, &s->len, &e);
    }
    if (st != GAZ_OK) {
        fail_msg("no lexicon: %s", e.message);
    }
}

static void look(const gaz_lexicon *l)
{
    size_t sum = strlen(gaz_lexicon_options(l));
    for (uint32_t i = 0; i < gaz_lexicon_entry_count(l); i++) {
        gaz_entry e;
        assert_int_equal(gaz_lexicon_entry(l, i, &e), GAZ_OK);
        sum += strlen(e.id) + strlen(gaz_lexicon_id(l, i));
        for (size_t k = 0; k < e.surface_len; k++) {
            sum += (unsigned char)e.surface[k];
        }
        for (size_t k = 0; k < e.label_count; k++) {
            uint32_t label = 0;
            uint32_t count = 0;
            assert_int_equal(gaz_lexicon_entry_label(l, i, k, &label, &count),
                             GAZ_OK);
            sum += strlen(gaz_lexicon_label(l, label));
        }
        for (int c = GAZ_NEED; c <= GAZ_NOT; c++) {
            sum += strlen(gaz_lexicon_entry_context(l, i, (gaz_context)c));
        }
    }
    for (size_t i = 0; i < gaz_lexicon_rule_count(l); i++) {
        gaz_rule rule;
        assert_int_equal(gaz_lexicon_rule(l, i, &rule), GAZ_OK);
        sum += strlen(rule.pattern) + strlen(rule.id) + strlen(rule.words);
    }
    for (size_t i = 0; i < gaz_lexicon_source_count(l); i++) {
        gaz_source_info source;
        assert_int_equal(gaz_lexicon_source(l, i, &source), GAZ_OK);
        sum += strlen(source.name);
    }
    assert_true(sum < SIZE_MAX);
}

static void tag(const gaz_lexicon *l)
{
    gaz_tagger *t = NULL;
    gaz_explainer *x = NULL;
    gaz_token tokens[64];
    const gaz_span *spans = NULL;
    const char *said = NULL;
    size_t count = 0;
    size_t at = 0;
    if (gaz_tagger_create(l, NULL, &t, NULL) != GAZ_OK) {
        return; /* refused late is refused too */
    }
    if (gaz_tag(t, text, sizeof text - 1, &spans, &count, NULL) == GAZ_OK) {
        for (size_t i = 0; i < count; i++) {
            assert_true(spans[i].start >= at && spans[i].end > spans[i].start &&
                        spans[i].end < sizeof text &&
                        spans[i].label < gaz_lexicon_label_count(l));
            (void)strlen(gaz_lexicon_id(l, spans[i].entry));
            at = spans[i].end;
        }
    }
    size_t n = lex_split(text, sizeof text - 1, tokens, 64);
    (void)gaz_tag_tokens(t, tokens, n, &spans, &count, NULL);
    gaz_tagger_free(t);
    if (gaz_explainer_create(l, NULL, &x, NULL) == GAZ_OK) {
        (void)gaz_explain(x, text, sizeof text - 1, &said, &count, NULL);
        gaz_explainer_free(x);
    }
}

static uint32_t next(uint32_t *rng)
{
    *rng = *rng * 1664525u + 1013904223u;
    return *rng >> 8;
}

static unsigned char *row_of(unsigned char *image, uint32_t i)
{
    return image + IMAGE_HEADER_SIZE + (size_t)i * IMAGE_SECTION_SIZE;
}

/* Change a number, a byte or a piece of one section, or its length. */
static void damage(unsigned char *image, size_t len, uint32_t *rng)
{
    uint32_t sections = bytes_load32(image + 12);
    unsigned char *row = row_of(image, next(rng) % sections);
    unsigned char *p = image + bytes_load64(row + 8);
    uint32_t n = (uint32_t)bytes_load64(row + 16);
    if (n < 32) {
        n = 32; /* what lies behind it; the image ends with a large one */
        p = image + len - n;
    }
    uint32_t at = next(rng) % (n - 16);
    uint32_t number = at / 4 * 4;
    uint32_t was = bytes_load32(p + number);
    const uint32_t values[] = {0,        1,          was + 1,    was - 1,
                               was << 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF,
                               n,        n - 1,      next(rng),  (uint32_t)len};
    switch (next(rng) % 8) {
    case 0: p[at] = (unsigned char)next(rng); break;
    case 1: p[at] ^= (unsigned char)(1u << next(rng) % 8); break;
    case 2: memmove(p + at, p + next(rng) % (n - 16), 16); break;
    case 3: bytes_store64(row + 16, next(rng) % (n + 1)); break;
    default:
        bytes_store32(p + number,
                      values[next(rng) % (sizeof values / sizeof *values)]);
        break;
    }
}

static void test_ten_thousand(void **state)
{
    (void)state;
    uint32_t rng = 20261122;
    size_t opened = 0;
    struct sample samples[KINDS];
    memset(samples, 0, sizeof samples);
    for (int kind = 0; kind < KINDS; kind++) {
        open_sample(&samples[kind], kind);
    }
    for (int round = 0; round < ROUNDS; round++) {
        const struct sample *s = &samples[round % 4 == 3 ? SCORED : PLAIN];
        /* A block of its own, so that a sanitizer sees its end. */
        unsigned char *copy = malloc(s->len);
        gaz_lexicon *l = NULL;
        assert_non_null(copy);
        memcpy(copy, s->image, s->len);
        for (uint32_t k = 1 + next(&rng) % 3; k > 0; k--) {
            damage(copy, s->len, &rng);
        }
        lex_seal(copy, s->len);
        if (gaz_lexicon_open(copy, s->len, NULL, &l, NULL) == GAZ_OK) {
            opened++;
            look(l);
            tag(l);
            gaz_lexicon_free(l);
        }
        free(copy);
    }
    print_message("%zu of %d damaged images were taken\n", opened, ROUNDS);
    assert_true(opened > ROUNDS / 100 && opened < ROUNDS);
    for (int kind = 0; kind < KINDS; kind++) {
        gaz_builder_free(samples[kind].builder);
    }
}

/* One mistake each: the number at a place of a section, and the message. */
static void test_messages(void **state)
{
    (void)state;
    static const struct {
        const char *section; /* "" is the header and table */
        size_t at;           /* of a u32; from its end when SIZE_MAX - n */
        uint32_t value;
        const char *message;
    } cases[] = {
        {"", 0, 0x12345678, "not a compiled lexicon"},
        {"", 8, 99, "lexicon format version 99; this gaz reads version"},
        {"", 12, 65, "a section table that does not fit"},
        {"", 40, 0xFFFFFFFF, "a section lies outside the file"},
        {"", 40, 33, "a section lies outside the file"},
        {"STRS", SIZE_MAX - 4, 0x41414141, "the pool does not end in NUL"},
        {"OPTS", SIZE_MAX - 4, 0x41414141, "the text does not end in NUL"},
        {"LABL", 0, 0xFFFFFFFF, "a name outside the pool"},
        {"SRCS", 0, 0xFFFFFFFF, "a name outside the pool"},
        {"ELAB", 0, 5000, "a label that is none"},
        {"CTXT", 0, 0xFFFFFF, "an entry that is none"},
        {"CTXT", 8, 0xFFFFFFFF, "words outside the pool"},
        {"RULE", 0, 0xFFFFFFFF, "a string outside the pool"},
        {"RULE", 12, 77, "a source that is none"},
        {"RULE", 20, 0xFFFF, "a label that is none"},
        {"RULE", 24, 0xFF, "an unknown flag"},
        {"INDX", 0, 0, "its header does not fit"},
        {"INDX", 16, 7, "its header does not fit"},
        {"INDX", 8, 3, "names' index of version 3; this gaz reads version"},
        {"SCOR", 0, 99, "scored tables of version 99; this build reads"},
    };
    struct sample s = {0};
    open_sample(&s, SCORED);
    unsigned char *copy = malloc(s.len);
    assert_non_null(copy);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t at = cases[i].at;
        gaz_lexicon *l = NULL;
        gaz_error e = {0};
        memcpy(copy, s.image, s.len);
        for (uint32_t k = 0; k < bytes_load32(copy + 12); k++) {
            unsigned char *row = row_of(copy, k);
            if (strncmp((const char *)row, cases[i].section, 4) == 0) {
                size_t n = (size_t)bytes_load64(row + 16);
                at = (size_t)bytes_load64(row + 8) +
                     (at > n ? n - (SIZE_MAX - at) : at);
                break;
            }
        }
        assert_true(at + 4 <= s.len);
        bytes_store32(copy + at, cases[i].value);
        lex_seal(copy, s.len);
        gaz_status st = gaz_lexicon_open(copy, s.len, NULL, &l, &e);
        if (st == GAZ_OK || strstr(e.message, cases[i].message) == NULL) {
            fail_msg("%s at %zu: status %d, '%s' instead of '%s'",
                     cases[i].section, cases[i].at, (int)st, e.message,
                     cases[i].message);
        }
    }
    free(copy);
    gaz_builder_free(s.builder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ten_thousand),
        cmocka_unit_test(test_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
