/* Scored lexicons: the same bytes twice, names that were never seen, damage,
 * memory running out, lists beside them. */
#include "lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "failing_alloc.h"
#include "text/sentence.h"

static const gaz_build_options scored = {.select = GAZ_SELECT_SCORED,
                                         .tag_column = 1};

/* Names that mostly stand in front of 'operating system', and sentences where
 * the same words mean nothing. */
static const char *make_corpus(unsigned sentences)
{
    static char out[1 << 18];
    static const char *const starts[] = {"Ab",  "Cor", "Den", "Fa",
                                         "Gol", "Hy",  "Ker", "Lu"};
    static const char *const ends[] = {"nix", "tos", "ra", "bian", "lis"};
    size_t at = 0;
    for (unsigned i = 0; i < sentences; i++) {
        const char *a = starts[i % 8];
        const char *b = ends[i / 8 % 5];
        switch (i % 4) {
        case 0:
        case 1:
            at += (size_t)snprintf(
                out + at, sizeof out - at,
                "We\tO\nrun\tO\nthe\tO\n%s%s\tB-OS\noperating\tI-OS\n"
                "system\tI-OS\non\tO\nservers\tO\n.\tO\n\n",
                a, b);
            break;
        case 2:
            at += (size_t)snprintf(out + at, sizeof out - at,
                                   "The\tO\nlanguage\tO\n%s%s\tB-Language\n"
                                   "is\tO\nold\tO\n.\tO\n\n",
                                   b, a);
            break;
        default:
            at += (size_t)snprintf(out + at, sizeof out - at,
                                   "A\tO\nserver\tO\nof\tO\nMr.\tO\n%s\tO\n"
                                   "is\tO\nslow\tO\n.\tO\n\n",
                                   a);
            break;
        }
    }
    return out;
}

static void test_same_bytes(void **state)
{
    (void)state;
    struct lex a;
    struct lex b;
    lex_open(&a, NULL, make_corpus(200), &scored);
    lex_open(&b, NULL, make_corpus(200), &scored);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.image, b.image, a.len);
    lex_close(&a);
    lex_close(&b);
}

static void test_unseen(void **state)
{
    (void)state;
    struct lex l;
    lex_open(&l, NULL, make_corpus(400), &scored);
    assert_string_equal(
        lex_tag_tokens(l.lexicon, "We run the Zorp operating system here ."),
        "3-6:OS");
    assert_string_equal(
        lex_tag_tokens(l.lexicon, "We run the Abnix operating system here ."),
        "3-6:OS");
    assert_string_equal(
        lex_tag(l.lexicon, NULL, "Hm. (We run the Zorp operating system.)", 39),
        "16-37:OS");
    assert_string_equal(lex_tag_tokens(l.lexicon, "A server is slow ."), "");
    assert_string_equal(lex_tag_tokens(l.lexicon, ""), "");
    assert_string_equal(lex_tag(l.lexicon, NULL, " \n\n ", 4), "");
    lex_close(&l);
}

/* Names between the same words: what the sentence is about tells the label. */
static const char *make_topics(unsigned sentences)
{
    static char out[1 << 18];
    static const char *const starts[] = {"Ab", "Cor", "Den", "Fa", "Gol", "Hy"};
    static const char *const ends[] = {"nix", "tos", "ra", "bian", "lis"};
    size_t at = 0;
    for (unsigned i = 0; i < sentences; i++) {
        bool system = i % 2 == 0;
        at += (size_t)snprintf(
            out + at, sizeof out - at,
            "The\tO\n%s%s%u\tB-%s\nis\tO\nold\tO\n,\tO\nbut\tO\n%s\tO\n"
            "and\tO\n%s\tO\nmatter\tO\n.\tO\n\n",
            starts[i / 2 % 6], ends[i / 12 % 5], i / 2,
            system ? "OS" : "Device", system ? "kernels" : "lenses",
            system ? "drivers" : "shutters");
    }
    return out;
}

static void test_topic(void **state)
{
    (void)state;
    struct lex l;
    lex_open(&l, NULL, make_topics(400), &scored);
    assert_string_equal(
        lex_tag_tokens(l.lexicon,
                       "The Zorp7 is old , but kernels and drivers matter ."),
        "1-2:OS");
    assert_string_equal(
        lex_tag_tokens(l.lexicon,
                       "The Zorp7 is old , but lenses and shutters matter ."),
        "1-2:Device");
    lex_close(&l);
}

/* What a span tells: the entry of a name that is known, none of one that is
 * not, and a score. */
static void test_entries(void **state)
{
    (void)state;
    struct lex l;
    gaz_tagger *t = NULL;
    const gaz_span *spans = NULL;
    size_t count = 0;
    lex_open(&l, NULL, make_corpus(400), &scored);
    assert_true(gaz_lexicon_scored(l.lexicon));
    assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &t, NULL), GAZ_OK);
    const char text[] = "We run the Abnix operating system here . "
                        "We run the Zorp operating system here .";
    assert_int_equal(gaz_tag(t, text, sizeof text - 1, &spans, &count, NULL),
                     GAZ_OK);
    assert_int_equal(count, 2);
    gaz_entry e;
    assert_int_equal(gaz_lexicon_entry(l.lexicon, spans[0].entry, &e), GAZ_OK);
    assert_memory_equal(e.surface, "Abnix operating system", 22);
    assert_true(spans[1].entry == GAZ_ENTRY_NONE);
    assert_true(gaz_lexicon_entry(l.lexicon, spans[1].entry, &e) != GAZ_OK);
    for (size_t i = 0; i < count; i++) {
        assert_true(spans[i].score > 0.3f && spans[i].score <= 1);
    }
    gaz_tagger_free(t);
    lex_close(&l);
}

/* A name is known where it is cut into other tokens. */
static void test_joined(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "We run the Abnix operating system here .",
        "We run the Ab nix operating system here .",
        "We run the Ab-nix operating system here .",
        "We run the Ab - nix operating system here .",
    };
    struct lex l;
    gaz_tagger *t = NULL;
    lex_open(&l, NULL, make_corpus(400), &scored);
    assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &t, NULL), GAZ_OK);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const gaz_span *spans = NULL;
        size_t count = 0;
        gaz_entry e;
        assert_int_equal(
            gaz_tag(t, texts[i], strlen(texts[i]), &spans, &count, NULL),
            GAZ_OK);
        assert_int_equal(count, 1);
        assert_int_equal(gaz_lexicon_entry(l.lexicon, spans[0].entry, &e),
                         GAZ_OK);
        assert_memory_equal(e.surface, "Abnix operating system", 22);
    }
    gaz_tagger_free(t);
    lex_close(&l);
}

/* More words than are kept at a time change nothing. */
/* Names of two words in a row, each of which may begin with any of them: the
 * odds of all sets of names are more than a number can hold. */
static void test_long_knot(void **state)
{
    (void)state;
    enum { PAIRS = 480 };
    static char corpus[1 << 16];
    static char text[PAIRS * 9];
    struct lex l;
    gaz_tagger *t = NULL;
    const gaz_span *spans = NULL;
    size_t count = 0;
    size_t at = 0;
    size_t len = 0;
    for (unsigned i = 0; i < 400; i++) {
        at += (size_t)snprintf(corpus + at, sizeof corpus - at,
                               "a\tO\nNa%c\tB-OS\nMa%c\tI-OS\ncame\tO\n\n"
                               "a\tO\nword\tO\n\n",
                               'a' + (int)(i % 5), 'a' + (int)(i % 7));
    }
    for (unsigned i = 0; i < PAIRS; i++) {
        len += (size_t)snprintf(text + len, sizeof text - len, "Na%c Ma%c ",
                                'a' + (int)(i % 5), 'a' + (int)(i % 7));
    }
    lex_open(&l, NULL, corpus, &scored);
    assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &t, NULL), GAZ_OK);
    assert_int_equal(gaz_tag(t, text, len, &spans, &count, NULL), GAZ_OK);
    assert_int_equal(count, PAIRS);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(spans[i].start, i * 8);
        assert_int_equal(spans[i].end, i * 8 + 7);
        assert_true(spans[i].score > 0.3f && spans[i].score <= 1);
    }
    gaz_tagger_free(t);
    lex_close(&l);
}

static void test_many_words(void **state)
{
    (void)state;
    enum { ROUNDS = 3, SENTENCES = 9000 };
    struct lex l;
    gaz_tagger *t = NULL;
    lex_open(&l, NULL, make_corpus(400), &scored);
    assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &t, NULL), GAZ_OK);
    float score[2] = {0, 0};
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = 0; i < SENTENCES; i++) {
            char text[160];
            const gaz_span *spans = NULL;
            size_t count = 0;
            bool new = i % 2 != 0;
            int len = snprintf(text, sizeof text,
                               "We run the %s operating system with w%ua w%ub "
                               "w%uc w%ud w%ue w%uf w%ug w%uh .",
                               new ? "Zorp" : "Abnix", i, i, i, i, i, i, i, i);
            assert_int_equal(
                gaz_tag(t, text, (size_t)len, &spans, &count, NULL), GAZ_OK);
            assert_int_equal(count, 1);
            assert_int_equal(spans[0].start, 11);
            if (score[new] == 0) {
                score[new] = spans[0].score;
            }
            assert_true(spans[0].score == score[new]);
        }
    }
    gaz_tagger_free(t);
    lex_close(&l);
}

/* Lists: what no corpus tells of is found as ever; a priority wins. */
static void test_lists(void **state)
{
    (void)state;
    struct lex l;
    lex_open(&l,
             "Solaris\tOS\nservers\tThing\t\tpriority=2\n"
             "operating system\tThing\n",
             make_corpus(400), &scored);
    assert_string_equal(lex_tag_tokens(l.lexicon,
                                       "We run the Abnix operating system on "
                                       "servers and Solaris ."),
                        "3-6:OS 7-8:Thing 9-10:OS");
    assert_string_equal(
        lex_tag_tokens(l.lexicon, "An operating system is old ."), "1-3:Thing");
    lex_close(&l);
}

static void explains(const gaz_lexicon *lexicon, const char *text,
                     const char *want)
{
    gaz_explainer *x = NULL;
    const char *out = NULL;
    size_t len = 0;
    assert_int_equal(gaz_explainer_create(lexicon, NULL, &x, NULL), GAZ_OK);
    assert_int_equal(gaz_explain(x, text, strlen(text), &out, &len, NULL),
                     GAZ_OK);
    assert_int_equal(strlen(out), len);
    if (strstr(out, want) == NULL) {
        fail_msg("no '%s' in:\n%s", want, out);
    }
    gaz_explainer_free(x);
}

/* Names that a list has are mentions and all others are not, each met once:
 * what the corpus tells is that the list is right. */
static void test_prior(void **state)
{
    (void)state;
    static char list[1 << 15];
    static char corpus[1 << 17];
    size_t at = 0;
    size_t to = 0;
    for (unsigned i = 0; i < 400; i++) {
        bool listed = i % 2 == 0;
        const char *second = i % 3 == 0 ? " Base" : "";
        if (listed) {
            to += (size_t)snprintf(list + to, sizeof list - to,
                                   "Na%cm%c%s\tOS\n", 'a' + (int)(i % 26),
                                   'a' + (int)(i / 26), second);
        }
        at += (size_t)snprintf(corpus + at, sizeof corpus - at,
                               "Then\tO\nNa%cm%c\t%s\n%s%s%scame\tO\n.\tO\n\n",
                               'a' + (int)(i % 26), 'a' + (int)(i / 26),
                               listed ? "B-OS" : "O",
                               second[0] != '\0' ? "Base\t" : "",
                               second[0] == '\0' ? ""
                               : listed          ? "I-OS"
                                                 : "O",
                               second[0] != '\0' ? "\n" : "");
    }
    (void)snprintf(list + to, sizeof list - to,
                   "Nazzy\tOS\nNazza Base\tOther\n");
    struct lex prior;
    struct lex l;
    gaz_build_options options = scored;
    lex_open(&prior, list, NULL, NULL);
    options.prior = prior.lexicon;
    lex_open(&l, NULL, corpus, &options);
    assert_string_equal(lex_tag_tokens(l.lexicon, "Then Nazzy came ."),
                        "1-2:OS");
    assert_string_equal(lex_tag_tokens(l.lexicon, "Then Nazza Base came ."),
                        "1-3:OS");
    assert_string_equal(lex_tag_tokens(l.lexicon, "Then Nazzi came ."), "");
    assert_string_equal(lex_tag_tokens(l.lexicon, "Then Nazzi Base came ."),
                        "");
    explains(l.lexicon, "Then Nazzy came .",
             "    hint: a name of the prior list, OS there\n");
    explains(l.lexicon, "Then Nazza Base came .",
             "    hint: a name of the prior list, of another label there\n");
    gaz_entry e;
    for (uint32_t i = 0; i < gaz_lexicon_entry_count(l.lexicon); i++) {
        assert_int_equal(gaz_lexicon_entry(l.lexicon, i, &e), GAZ_OK);
        assert_true(e.surface_len != 5 || memcmp(e.surface, "Nazzy", 5) != 0);
    }
    lex_close(&l);
    lex_close(&prior);
}

/* Versions of mentions that were scored, in a text. */
static void test_versions(void **state)
{
    (void)state;
    static char corpus[1 << 15];
    size_t at = 0;
    for (unsigned i = 0; i < 200; i++) {
        at += (size_t)snprintf(
            corpus + at, sizeof corpus - at,
            "We\tO\nrun\tO\nLin%c%c\tB-Operating_System\n%son\tO\n"
            "servers\tO\n.\tO\n\n",
            'a' + (int)(i % 7), 'a' + (int)(i % 5), i % 3 ? "" : "4.2\tO\n");
    }
    struct lex l;
    gaz_tagger *t = NULL;
    const gaz_span *spans = NULL;
    size_t count = 0;
    lex_open(&l, NULL, corpus, &scored);
    assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &t, NULL), GAZ_OK);
    const char text[] = "We run Linzz 4.2 on servers .";
    assert_int_equal(gaz_tag(t, text, sizeof text - 1, &spans, &count, NULL),
                     GAZ_OK);
    assert_int_equal(count, 1);
    assert_int_equal(spans[0].start, 7);
    assert_int_equal(spans[0].end, 12);
    assert_int_equal(spans[0].version_start, 13);
    assert_int_equal(spans[0].version_end, 16);
    gaz_tagger_free(t);
    lex_close(&l);
}

static void report_holds(gaz_builder *b, const char *line)
{
    const char *text = NULL;
    size_t len = 0;
    assert_int_equal(gaz_builder_report(b, &text, &len, NULL), GAZ_OK);
    char *copy = malloc(len + 1);
    assert_non_null(copy);
    memcpy(copy, text, len);
    copy[len] = '\0';
    if (strstr(copy, line) == NULL) {
        fail_msg("no '%s' in the report:\n%s", line, copy);
    }
    free(copy);
}

/* A user's own names, and names that are none, against a corpus, limits that
 * no name reaches and a prior that says the contrary; the report tells which
 * line said so. */
static void test_keep_and_drop(void **state)
{
    (void)state;
    struct lex prior;
    lex_open(&prior, "Abnix operating system\tOperating_System\n", NULL, NULL);
    gaz_build_options hinted = scored;
    hinted.prior = prior.lexicon;
    hinted.prior_weight = 9;
    const gaz_build_options modes[] = {
        scored,
        {.tag_column = 1},
        {.tag_column = 1, .select = GAZ_SELECT_ALL},
        {.tag_column = 1, .min_purity = 1, .min_count = 9999},
        {.tag_column = 1, .prior = prior.lexicon, .prior_weight = 9},
        hinted};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        gaz_builder *b = NULL;
        gaz_lexicon *lexicon = NULL;
        const void *image = NULL;
        size_t len = 0;
        const char *corpus = make_corpus(400);
        const char keep[] = "Mr. Cor\tPerson\n";
        const char drop[] = "# none of ours\nAbnix operating system\n";
        assert_int_equal(gaz_builder_create(&modes[i], NULL, &b, NULL), GAZ_OK);
        assert_int_equal(gaz_builder_add(b, GAZ_INPUT_CORPUS, "c", corpus,
                                         strlen(corpus), NULL),
                         GAZ_OK);
        assert_int_equal(gaz_builder_add(b, GAZ_INPUT_KEEP, "k", keep,
                                         sizeof keep - 1, NULL),
                         GAZ_OK);
        assert_int_equal(gaz_builder_add(b, GAZ_INPUT_DROP, "d", drop,
                                         sizeof drop - 1, NULL),
                         GAZ_OK);
        assert_int_equal(gaz_builder_finish(b, &image, &len, NULL), GAZ_OK);
        assert_int_equal(gaz_lexicon_open(image, len, NULL, &lexicon, NULL),
                         GAZ_OK);
        assert_string_equal(
            lex_tag_tokens(lexicon, "A server of Mr. Cor is slow ."),
            "3-5:Person");
        assert_string_equal(
            lex_tag_tokens(lexicon, "We run the Abnix operating system on "
                                    "servers ."),
            "");
        assert_string_equal(
            lex_tag(lexicon, NULL,
                    "We run the Abnix operating system on servers.", 45),
            "");
        report_holds(b,
                     "\nMr. Cor\tkept\t\tsmart\t0\t0\t1.0000\tPerson:1\tk:1\n");
        report_holds(b,
                     "\nAbnix operating system\tdropped\tvetoed\tsmart\t0\t0\t"
                     "1.0000\t\td:2\n");
        gaz_lexicon_free(lexicon);
        gaz_builder_free(b);
    }
    lex_close(&prior);
}

static void test_explain(void **state)
{
    (void)state;
    struct lex l;
    lex_open(&l, "Solaris\tOS\n", make_corpus(400), &scored);
    explains(l.lexicon, "We run the Zorp operating system on Solaris .",
             "11-32 'Zorp operating system' (tokens 3-6)\n  FOUND: OS, score ");
    explains(
        l.lexicon, "We run the Zorp operating system on Solaris .",
        "36-43 'Solaris'\n  FOUND: OS, score 1.000\n    entry 'Solaris' of "
        "list:1;");
    explains(l.lexicon, "A server is slow .", "  no: ");
    lex_close(&l);
    lex_open(&l, "Go\t-\t\tcase=exact\nUnix shell\tThing\n",
             "Go\tB-L\n\nUnix\tB-OS\n", NULL);
    explains(l.lexicon, "Go", "no: what matches it is no mention (a veto)");
    explains(l.lexicon, "Go", "no: another entry is a veto");
    explains(l.lexicon, "a Unix shell", "no: overlaps what is found at 2-12");
    explains(l.lexicon, "see /foo/Unix/bar", "no: part of a longer word, path");
    explains(l.lexicon, "", "");
    lex_close(&l);
}

static void test_purity_scores(void **state)
{
    (void)state;
    struct lex l;
    gaz_tagger *t = NULL;
    const gaz_span *spans = NULL;
    size_t count = 0;
    lex_open(&l, "Solaris\tOS\n", "Go\tB-L\n\nGo\tO\n\nGo\tB-L\n", NULL);
    assert_true(gaz_lexicon_scored(l.lexicon));
    assert_int_equal(gaz_tagger_create(l.lexicon, NULL, &t, NULL), GAZ_OK);
    assert_int_equal(gaz_tag(t, "Go Solaris", 10, &spans, &count, NULL),
                     GAZ_OK);
    assert_int_equal(count, 2);
    assert_true(spans[0].score > 0.66f && spans[0].score < 0.67f);
    assert_true(spans[1].score == 1);
    gaz_tagger_free(t);
    lex_close(&l);
}

static size_t section_at(const unsigned char *image, const char *name,
                         size_t *len)
{
    for (uint32_t i = 0; i < bytes_load32(image + 12); i++) {
        const unsigned char *row = image + 32 + i * 24;
        if (memcmp(row, name, 4) == 0) {
            *len = (size_t)bytes_load64(row + 16);
            return (size_t)bytes_load64(row + 8);
        }
    }
    return 0;
}

/* Whatever is in the section: an error, or a lexicon that can be used. */
static bool try_image(unsigned char *image, size_t len)
{
    gaz_lexicon *lexicon = NULL;
    lex_seal(image, len);
    if (gaz_lexicon_open(image, len, NULL, &lexicon, NULL) != GAZ_OK) {
        return false;
    }
    (void)lex_tag_tokens(lexicon, "We run the Abnix operating system here on "
                                  "a server of Mr. Cor and Zorp 2 / C++ .");
    gaz_lexicon_free(lexicon);
    return true;
}

static void test_damage(void **state)
{
    (void)state;
    struct lex l;
    size_t size = 0;
    unsigned seed = 1;
    size_t taken = 0;
    lex_open(&l, NULL, make_corpus(60), &scored);
    unsigned char *copy = malloc(l.len);
    assert_non_null(copy);
    memcpy(copy, l.image, l.len);
    size_t at = section_at(copy, "SCOR", &size);
    assert_true(at > 0);
    for (size_t i = 0; i < 2000; i++) {
        seed = seed * 1103515245u + 12345u;
        size_t offset = i < 336 ? i : (seed >> 4) % size;
        seed = seed * 1103515245u + 12345u;
        copy[at + offset] = (unsigned char)(seed >> 16);
        taken += try_image(copy, l.len);
        copy[at + offset] = ((const unsigned char *)l.image)[at + offset];
    }
    assert_true(taken > 0 && taken < 2000);
    lex_seal(copy, l.len);
    assert_memory_equal(copy, l.image, l.len);
    free(copy);
    lex_close(&l);
}

/* Build, open and tag. */
static gaz_status build_and_tag(const gaz_allocator *a, const char *corpus)
{
    gaz_builder *b = NULL;
    gaz_lexicon *lexicon = NULL;
    gaz_tagger *tagger = NULL;
    const void *image = NULL;
    const gaz_span *spans = NULL;
    size_t len = 0;
    size_t count = 0;
    gaz_status s = gaz_builder_create(&scored, a, &b, NULL);
    if (s == GAZ_OK) {
        s = gaz_builder_add(b, GAZ_INPUT_CORPUS, "c", corpus, strlen(corpus),
                            NULL);
    }
    if (s == GAZ_OK) {
        s = gaz_builder_finish(b, &image, &len, NULL);
    }
    if (s == GAZ_OK) {
        s = gaz_lexicon_open(image, len, a, &lexicon, NULL);
    }
    if (s == GAZ_OK) {
        s = gaz_tagger_create(lexicon, NULL, &tagger, NULL);
    }
    if (s == GAZ_OK) {
        s = gaz_tag(tagger, "the Abnix operating system on", 29, &spans, &count,
                    NULL);
    }
    gaz_tagger_free(tagger);
    gaz_lexicon_free(lexicon);
    gaz_builder_free(b);
    return s;
}

/* Memory runs out at many places; nothing leaks. */
static void test_nomem(void **state)
{
    (void)state;
    const char *corpus = make_corpus(30);
    struct failing_alloc all = {0};
    gaz_allocator a = failing_allocator(&all);
    assert_int_equal(build_and_tag(&a, corpus), GAZ_OK);
    assert_int_equal(all.blocks, 0);
    assert_false(all.wrong_size);
    size_t step = 1 + all.requests / 150;
    for (size_t n = 1; n <= all.requests; n += step) {
        struct failing_alloc f = {.fail_from = n, .fail_to = n};
        gaz_allocator failing = failing_allocator(&f);
        gaz_status s = build_and_tag(&failing, corpus);
        if (s != GAZ_NOMEM || f.blocks != 0 || f.wrong_size) {
            fail_msg("request %zu of %zu: status %d, %zu blocks left%s", n,
                     all.requests, (int)s, f.blocks,
                     f.wrong_size ? ", a wrong size" : "");
        }
    }
}

static bool stop(void *context, const char *step, size_t done, size_t total)
{
    (void)context;
    assert_non_null(step);
    return done * 2 < total;
}

static void test_cancel(void **state)
{
    (void)state;
    gaz_builder *b = NULL;
    const void *image = NULL;
    size_t len = 0;
    const char *corpus = make_corpus(200);
    assert_int_equal(gaz_builder_create(&scored, NULL, &b, NULL), GAZ_OK);
    assert_int_equal(
        gaz_builder_add(b, GAZ_INPUT_CORPUS, "c", corpus, strlen(corpus), NULL),
        GAZ_OK);
    gaz_builder_progress(b, stop, NULL);
    assert_int_equal(gaz_builder_finish(b, &image, &len, NULL), GAZ_CANCEL);
    gaz_builder_free(b);
}

static const char *cut(const char *text)
{
    static char out[1024];
    struct slice tokens[64];
    size_t pos = 0;
    size_t count = 0;
    size_t at = 0;
    out[0] = '\0';
    while (sentence_next(slice_str(text), &pos, tokens, 64, &count)) {
        at += (size_t)snprintf(out + at, sizeof out - at, "%s",
                               at > 0 ? " || " : "");
        for (size_t i = 0; i < count; i++) {
            at += (size_t)snprintf(out + at, sizeof out - at, "%s%.*s",
                                   i > 0 ? "|" : "", (int)tokens[i].len,
                                   tokens[i].data);
        }
    }
    return out;
}

static void test_sentences(void **state)
{
    (void)state;
    assert_string_equal(cut("CP/M-86 isn't (yet) free."),
                        "CP/M-86|is|n't|(|yet|)|free|.");
    assert_string_equal(cut("It's OK. So is e.g. U.S. law. no."),
                        "It|'s|OK|. || So|is|e.g.|U.S.|law|.|no|.");
    assert_string_equal(cut("a\n\nb\nc"), "a || b|c");
    assert_string_equal(
        cut("\"C++, C#\" \xE2\x80\x9CX\xE2\x80\x9D... 'y'"),
        "\"|C++|,|C#|\"|\xE2\x80\x9C|X|\xE2\x80\x9D|... || '|y|'");
    assert_string_equal(cut(" . , "), ". || ,");
    assert_string_equal(cut(""), "");
    assert_string_equal(cut("(((((((((((( ))))))))))))"),
                        "(|(|(|(|(|(|(|(|((((|))))|)|)|)|)|)|)|)|)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes), cmocka_unit_test(test_unseen),
        cmocka_unit_test(test_topic),      cmocka_unit_test(test_entries),
        cmocka_unit_test(test_lists),      cmocka_unit_test(test_prior),
        cmocka_unit_test(test_versions),   cmocka_unit_test(test_keep_and_drop),
        cmocka_unit_test(test_explain),    cmocka_unit_test(test_purity_scores),
        cmocka_unit_test(test_damage),     cmocka_unit_test(test_nomem),
        cmocka_unit_test(test_cancel),     cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_joined),     cmocka_unit_test(test_many_words),
        cmocka_unit_test(test_long_knot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
