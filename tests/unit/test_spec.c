/* Runs the behaviour cases of tests/spec (the format is told in
 * tests/README.md): each text is tagged through the public interface, whole
 * and cut in two wherever gaz_tag_cut says it may be. */
#include "lex.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 4096, SPANS_MAX = 64, LISTS_MAX = 1 << 16 };

struct want {
    size_t start, end;
    char label[64]; /* "" for any */
};

struct text {
    char data[TEXT_MAX];
    size_t len;
    struct want wants[SPANS_MAX];
    size_t count;
};

struct spec {
    const char *path;
    size_t line;
    char name[256];
    char known[256]; /* why the case is expected to fail, or "" */
    char list[LISTS_MAX];
    char corpus[LISTS_MAX];
    gaz_build_options build;
    gaz_tag_options tag;
    struct lex lex;
    bool fresh; /* the lexicon has been given anew and is not open */
    size_t passed, failed, known_failures;
};

static void report(struct spec *s, const char *what)
{
    if (s->known[0] != '\0') {
        s->known_failures++;
        printf("known: %s:%zu: %s (%s)\n", s->path, s->line, s->name, s->known);
        return;
    }
    s->failed++;
    printf("FAILED %s:%zu: %s: %s\n", s->path, s->line, s->name, what);
}

static unsigned hex(const char *p, size_t n)
{
    char digits[9] = "";
    memcpy(digits, p, n);
    return (unsigned)strtoul(digits, NULL, 16);
}

static size_t put_code_point(unsigned c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 63));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 63));
        out[2] = (char)(0x80 | (c & 63));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 63));
    out[2] = (char)(0x80 | (c >> 6 & 63));
    out[3] = (char)(0x80 | (c & 63));
    return 4;
}

/* One escape at p (which points behind the backslash); bytes used. */
static size_t unescape(const char *p, char *out, size_t *written)
{
    static const char names[] = "nrtf0", values[] = "\n\r\t\f";
    const char *simple = *p != '\0' ? strchr(names, *p) : NULL;
    *written = 1;
    if (*p == 'x') {
        *out = (char)hex(p + 1, 2);
        return 3;
    }
    if (*p == 'u' || *p == 'U') {
        size_t n = *p == 'u' ? 4 : 6;
        *written = put_code_point(hex(p + 1, n), out);
        return n + 1;
    }
    *out = simple != NULL ? values[simple - names] : *p;
    return 1;
}

/* "an {Linux|OS} kernel": the text without marks, and what is to be found. */
static void parse_marked(const char *p, struct text *t)
{
    bool inside = false;
    memset(t, 0, sizeof *t);
    while (*p != '\0') {
        struct want *w = &t->wants[t->count];
        if (*p == '{' && !inside) {
            inside = true;
            w->start = t->len;
            p++;
        } else if (*p == '|' && inside) {
            size_t n = strcspn(++p, "}");
            memcpy(w->label, p, n < 63 ? n : 63);
            p += n;
        } else if (*p == '}' && inside) {
            inside = false;
            w->end = t->len;
            t->count++;
            p++;
        } else if (*p == '\\') {
            size_t n = 0;
            p += 1 + unescape(p + 1, t->data + t->len, &n);
            t->len += n;
        } else {
            t->data[t->len++] = *p++;
        }
        assert_true(t->count < SPANS_MAX && t->len + 4 < TEXT_MAX);
    }
    assert_false(inside);
}

static bool same(const struct spec *s, const struct text *t,
                 const gaz_span *spans, size_t count)
{
    if (count != t->count) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const struct want *w = &t->wants[i];
        const char *label = gaz_lexicon_label(s->lex.lexicon, spans[i].label);
        if (spans[i].start != w->start || spans[i].end != w->end ||
            (w->label[0] != '\0' && strcmp(label, w->label) != 0)) {
            return false;
        }
    }
    return true;
}

/* Spans of [0, cut) and of [cut, len), as of one text. */
static size_t tag_two(gaz_tagger *tagger, const char *text, size_t len,
                      size_t cut, gaz_span *out)
{
    size_t n = 0;
    for (size_t part = 0; part < 2; part++) {
        size_t from = part == 0 ? 0 : cut;
        /* A copy of its own, so that reading past the end is found out. */
        size_t size = (part == 0 ? cut : len) - from;
        char *copy = malloc(size > 0 ? size : 1);
        const gaz_span *spans = NULL;
        size_t count = 0;
        assert_non_null(copy);
        memcpy(copy, text + from, size);
        assert_int_equal(gaz_tag(tagger, copy, size, &spans, &count, NULL),
                         GAZ_OK);
        for (size_t i = 0; i < count && n < SPANS_MAX; i++, n++) {
            out[n] = spans[i];
            out[n].start += from;
            out[n].end += from;
        }
        free(copy);
    }
    return n;
}

static void show_failure(struct spec *s, const gaz_span *spans, size_t count)
{
    char what[1024];
    const char *found = lex_spans(s->lex.lexicon, spans, count);
    (void)snprintf(what, sizeof what, "found '%s'", found);
    report(s, what);
}

static void run_text(struct spec *s, gaz_tagger *tagger, const struct text *t,
                     bool cuts)
{
    gaz_span spans[SPANS_MAX];
    size_t count = tag_two(tagger, t->data, t->len, t->len, spans);
    if (!same(s, t, spans, count)) {
        show_failure(s, spans, count);
        return;
    }
    for (size_t n = 0; cuts && n <= t->len; n++) {
        size_t cut = gaz_tag_cut(tagger, t->data, n);
        if (cut > n) {
            report(s, "gaz_tag_cut is past the end");
            return;
        }
        count = tag_two(tagger, t->data, t->len, cut, spans);
        if (cut > 0 && !same(s, t, spans, count)) {
            char what[64];
            (void)snprintf(what, sizeof what, "not the same when cut at %zu",
                           cut);
            report(s, what);
            return;
        }
    }
    s->passed++;
}

static void run_tokens(struct spec *s, gaz_tagger *tagger, const struct text *t)
{
    gaz_token tokens[128];
    size_t n = lex_split(t->data, t->len, tokens, 128);
    const gaz_span *spans = NULL;
    size_t count = 0;
    gaz_span bytes[SPANS_MAX];
    assert_int_equal(gaz_tag_tokens(tagger, tokens, n, &spans, &count, NULL),
                     GAZ_OK);
    for (size_t i = 0; i < count && i < SPANS_MAX; i++) {
        bytes[i] = spans[i];
        if (spans[i].end > n || spans[i].start >= spans[i].end) {
            report(s, "a span that is none");
            return;
        }
        const gaz_token *last = &tokens[spans[i].end - 1];
        bytes[i].start = (size_t)(tokens[spans[i].start].data - t->data);
        bytes[i].end = (size_t)(last->data - t->data) + last->len;
    }
    if (same(s, t, bytes, count)) {
        s->passed++;
    } else {
        show_failure(s, bytes, count);
    }
}

enum how { AS_TEXT, AS_DOCUMENT, AS_TOKENS };

static void run_line(struct spec *s, const char *marked, enum how how)
{
    static struct text t;
    gaz_tagger *tagger = NULL;
    if (s->fresh) {
        lex_close(&s->lex);
        lex_open(&s->lex, s->list, s->corpus, &s->build);
        s->fresh = false;
    }
    parse_marked(marked, &t);
    assert_int_equal(gaz_tagger_create(s->lex.lexicon, &s->tag, &tagger, NULL),
                     GAZ_OK);
    if (how == AS_TOKENS) {
        run_tokens(s, tagger, &t);
    } else {
        run_text(s, tagger, &t, how == AS_TEXT);
    }
    gaz_tagger_free(tagger);
}

/* The first lexicon line of a case begins a new lexicon. */
static void begin_lexicon(struct spec *s)
{
    if (!s->fresh) {
        s->list[0] = '\0';
        s->corpus[0] = '\0';
        s->fresh = true;
    }
}

static void append(char *to, const char *from, size_t len)
{
    size_t at = strlen(to);
    assert_true(at + len + 2 < LISTS_MAX);
    memcpy(to + at, from, len);
    to[at + len] = '\0';
}

/* "NAME | LABEL #ID | KEYS" as a line of a name list. */
static void add_name(struct spec *s, const char *p)
{
    size_t columns = 1;
    bool id = false;
    begin_lexicon(s);
    while (*p != '\0') {
        if (strncmp(p, " | ", 3) == 0) {
            bool skip = columns == 2 && !id;
            append(s->list, skip ? "\t\t" : "\t", skip ? 2 : 1);
            columns++;
            p += 3;
        } else if (columns == 2 && strncmp(p, " #", 2) == 0) {
            append(s->list, "\t", 1);
            id = true;
            p += 2;
        } else if (*p == '\\') {
            char bytes[4];
            size_t n = 0;
            p += 1 + unescape(p + 1, bytes, &n);
            append(s->list, bytes, n);
        } else {
            append(s->list, p++, 1);
        }
    }
    append(s->list, columns == 1 ? "\tX\n" : "\n", columns == 1 ? 3 : 1);
}

/* "Linux/B-OS is/O free": a sentence; a token without a tag is O. */
static void add_sentence(struct spec *s, const char *p)
{
    begin_lexicon(s);
    while (*p != '\0') {
        size_t len = strcspn(p, " ");
        size_t slash = len;
        while (slash > 0 && p[slash - 1] != '/') {
            slash--;
        }
        bool tagged = slash > 1;
        append(s->corpus, p, tagged ? slash - 1 : len);
        append(s->corpus, "\t", 1);
        append(s->corpus, tagged ? p + slash : "O", tagged ? len - slash : 1);
        append(s->corpus, "\n", 1);
        p += len + (p[len] == ' ');
    }
    append(s->corpus, "\n", 1);
}

static void add_options(struct spec *s, char *words)
{
    static const struct {
        const char *word;
        gaz_case policy;
    } cases[] = {{"exact", GAZ_CASE_EXACT},
                 {"fold", GAZ_CASE_FOLD},
                 {"smart", GAZ_CASE_SMART}};
    for (char *w = strtok(words, " "); w != NULL; w = strtok(NULL, " ")) {
        bool known = true;
        if (strcmp(w, "inside") == 0) {
            s->tag.inside = true;
        } else if (strcmp(w, "join") == 0) {
            s->tag.hyphen_join = true;
        } else if (strcmp(w, "plural") == 0) {
            s->build.plural = 1;
        } else if (strcmp(w, "no-plural") == 0) {
            s->build.plural = -1;
        } else if (strcmp(w, "generic") == 0) {
            s->tag.generic = true;
        } else if (strcmp(w, "alone") == 0) {
            s->tag.alone = true;
        } else if (strcmp(w, "all") == 0) {
            s->build.select = GAZ_SELECT_ALL;
        } else if (strcmp(w, "no-veto") == 0) {
            s->build.veto = -1;
        } else {
            known = false;
            for (size_t i = 0; i < 3; i++) {
                if (strcmp(w, cases[i].word) == 0) {
                    s->build.letter_case = cases[i].policy;
                    known = true;
                }
            }
        }
        if (!known) {
            fail_msg("%s:%zu: unknown option '%s'", s->path, s->line, w);
        }
    }
}

static bool starts(const char *line, const char *word, const char **rest)
{
    size_t n = strlen(word);
    *rest = line + n + (line[n] == ' ');
    return strncmp(line, word, n) == 0 && (line[n] == ' ' || line[n] == '\0');
}

static void take_line(struct spec *s, char *line)
{
    const char *rest = NULL;
    if (line[0] == '\0' || line[0] == '#') {
        return;
    }
    if (starts(line, "case", &rest)) {
        (void)snprintf(s->name, sizeof s->name, "%s", rest);
        s->known[0] = '\0';
        memset(&s->tag, 0, sizeof s->tag);
    } else if (starts(line, "build", &rest)) {
        char words[256];
        (void)snprintf(words, sizeof words, "%s", rest);
        memset(&s->build, 0, sizeof s->build);
        begin_lexicon(s);
        add_options(s, words);
    } else if (starts(line, "options", &rest)) {
        char words[256];
        (void)snprintf(words, sizeof words, "%s", rest);
        memset(&s->tag, 0, sizeof s->tag);
        add_options(s, words);
    } else if (starts(line, "known", &rest)) {
        (void)snprintf(s->known, sizeof s->known, "%s", rest);
    } else if (starts(line, "lex", &rest)) {
        if (!s->fresh) {
            memset(&s->build, 0, sizeof s->build);
        }
        add_name(s, rest);
    } else if (starts(line, "corpus", &rest)) {
        if (!s->fresh) {
            memset(&s->build, 0, sizeof s->build);
        }
        add_sentence(s, rest);
    } else if (starts(line, "tag", &rest)) {
        run_line(s, rest, AS_TEXT);
    } else if (starts(line, "tokens", &rest)) {
        run_line(s, rest, AS_TOKENS);
    } else if (starts(line, "document", &rest)) {
        run_line(s, rest, AS_DOCUMENT);
    } else {
        fail_msg("%s:%zu: not understood: '%s'", s->path, s->line, line);
    }
}

static void run_file(struct spec *s, const char *path)
{
    FILE *file = fopen(path, "rb");
    char line[TEXT_MAX];
    if (file == NULL) {
        fail_msg("cannot open %s", path);
    }
    s->path = path;
    s->line = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        s->line++;
        line[strcspn(line, "\n")] = '\0';
        take_line(s, line);
    }
    (void)fclose(file);
}

static void test_cases(void **state)
{
    static struct spec s;
    char pattern[1024];
    const char *folder = getenv("GAZ_TESTS");
    glob_t files;
    (void)state;
    (void)snprintf(pattern, sizeof pattern, "%s/spec/*.txt",
                   folder != NULL ? folder : "tests");
    if (glob(pattern, 0, NULL, &files) != 0) {
        fail_msg("no file %s (set GAZ_TESTS to the folder tests)", pattern);
    }
    for (size_t i = 0; i < files.gl_pathc; i++) {
        run_file(&s, files.gl_pathv[i]);
    }
    globfree(&files);
    lex_close(&s.lex);
    printf("spec: %zu passed, %zu failed, %zu known\n", s.passed, s.failed,
           s.known_failures);
    assert_int_equal(s.failed, 0);
    assert_true(s.passed > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
