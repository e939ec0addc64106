/* The engine against the dumb reference on random lexicons and texts, whole,
 * in pieces, as tokens, with all that overlaps and what policies leave of it,
 * with the instructions of each kind of processor that this one has, and where
 * the scanner's chunks end. A failure prints its seed:
 *
 *     GAZ_SEED=N GAZ_ROUNDS=1 test_random
 *
 * runs that one alone. */
#include "lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/lexicon.h"
#include "reference.h"
#include "tag/level.h"

enum {
    ROUNDS = 2500,
    TEXTS = 6,
    NAMES_MAX = 12,
    TEXT_MAX = 1024,
    TOKENS_MAX = 64
};

static const gaz_simd levels[] = {GAZ_SIMD_NONE, GAZ_SIMD_NEON, GAZ_SIMD_AVX2,
                                  GAZ_SIMD_AVX512};
enum { LEVELS = 4 };
enum { OVERLAPS = GAZ_OVERLAP_LONGEST_DOMINANT_RIGHT + 1 };

struct random {
    uint64_t state;
};

/* splitmix64: any seed is a good one. */
static uint32_t next(struct random *r)
{
    uint64_t z = r->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)(z >> 32);
}

static uint32_t below(struct random *r, uint32_t n)
{
    return next(r) % n;
}

/* What texts and names are made of; those from SPACES on come in texts only,
 * or stand for white space. */
/* clang-format off */
static const char *const pieces[] = {
    "a",   "b",    "A",        "B",         "s",        "as",
    "bs",  "ab",   "C",        "1",         "is",       "ies",
    "+",   "++",   "#",        ".",         "-",        "/",
    "&",   "@",    ":",        "::",        "'s",       "*",
    "(",   ")",    ",",        "\"",        "_",        "$",
    "\xC3\xA9",    "e\xCC\x81", "\xC3\x89", "\xCC\x81", "\xC3\x9F",
    "ss",  "\xEF\xAC\x81", "fi", "\xC4\xB0", "i\xCC\x87",
    "\xE6\xBC\xA2", "\xE3\x82\xA2", "\xC2\xAD", "\xE2\x80\x93", "\xCD\xBE",
    "\xE2\x80\x99", "\xF0\x9F\x90\xA7", "\xEF\xBB\xBF", "\xE2\x84\xAA",
};
/* clang-format on */
static const char *const rarities[] = {
    "\xFF", "\xC3", "\xA0", "\x85", "\xE2\x80", "://", "www.", "/a/",
    "./",   "a@b",  "~/",   "C:\\", "\\",       ".a.", "..",
};
static const char *const spaces[] = {
    " ",
    " ",
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\xC2\xA0",
    "\t",
    "\f",
    "\n\n",
    "\xE2\x80\xA8",
    "\xC2\x85",
    "\xE2\x80\x8B",
};

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof(array)[0]))

struct bytes {
    char data[TEXT_MAX];
    size_t len;
};

static void put(struct bytes *b, const char *s)
{
    size_t n = strlen(s);
    if (b->len + n < sizeof b->data) {
        memcpy(b->data + b->len, s, n);
        b->len += n;
        b->data[b->len] = '\0';
    }
}

/* Few of the pieces in each round, so that names come again. */
struct alphabet {
    const char *some[8];
};

static void choose(struct random *r, struct alphabet *a)
{
    for (size_t i = 0; i < 8; i++) {
        a->some[i] =
            i < 3 ? pieces[below(r, 12)] : pieces[below(r, COUNT(pieces))];
    }
}

static void put_name(struct random *r, const struct alphabet *a,
                     struct bytes *out)
{
    uint32_t n = 1 + below(r, 5);
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0 && below(r, 3) == 0) {
            put(out, below(r, 6) == 0 ? "\xC2\xA0" : " ");
        }
        put(out, a->some[below(r, 8)]);
    }
}

static void put_keys(struct random *r, struct bytes *out)
{
    static const char *const cases[] = {"", "case=exact,", "case=fold,",
                                        "case=smart,"};
    static const char *const plurals[] = {"", "plural=yes,", "plural=no,"};
    static const char *const ranks[] = {"", "", "priority=1,", "priority=-1,"};
    put(out, cases[below(r, 4)]);
    put(out, plurals[below(r, 3)]);
    put(out, ranks[below(r, 4)]);
}

struct names {
    struct bytes list;
    struct bytes name[NAMES_MAX];
    uint32_t count;
};

static void make_names(struct random *r, const struct alphabet *a,
                       struct names *out)
{
    out->list.len = 0;
    out->count = 1 + below(r, NAMES_MAX);
    for (uint32_t i = 0; i < out->count; i++) {
        struct bytes *name = &out->name[i];
        name->len = 0;
        put_name(r, a, name);
        if (name->data[0] == '#' ||
            strncmp(name->data, "\xEF\xBB\xBF", 3) == 0) {
            name->len = 0; /* would be a comment, or the list's mark */
            put(name, "a");
        }
        put(&out->list, name->data);
        put(&out->list, below(r, 2) == 0 ? "\tX\t\t" : "\tY\t\t");
        put_keys(r, &out->list);
        put(&out->list, "\n");
    }
}

static void make_text(struct random *r, const struct alphabet *a,
                      const struct names *names, struct bytes *out)
{
    uint32_t n = below(r, 24);
    out->len = 0;
    out->data[0] = '\0';
    for (uint32_t i = 0; i < n; i++) {
        switch (below(r, 8)) {
        case 0:
        case 1: put(out, names->name[below(r, names->count)].data); break;
        case 2:
        case 3: put(out, spaces[below(r, COUNT(spaces))]); break;
        case 4: put(out, " "); break;
        case 5: put(out, pieces[below(r, COUNT(pieces))]); break;
        case 6:
            if (below(r, 3) == 0) {
                put(out, rarities[below(r, COUNT(rarities))]);
                break;
            }
            put(out, a->some[below(r, 8)]);
            break;
        default: put(out, a->some[below(r, 8)]); break;
        }
    }
}

static void print_bytes(const char *what, const char *data, size_t len)
{
    print_error("%s: \"", what);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)data[i];
        print_error(c >= ' ' && c < 0x7F && c != '"' && c != '\\' ? "%c"
                                                                  : "\\x%02X",
                    c);
    }
    print_error("\"\n");
}

struct round {
    uint64_t seed;
    struct lex lex;
    void *aligned; /* a copy of the image, as lexicon_open wants it */
    struct lexicon core;
    struct reference *reference;
    struct reference_options options;
    gaz_tagger *tagger;
    gaz_tagger *by_level[LEVELS]; /* NULL: this machine has it not */
    gaz_tagger *by_overlap[OVERLAPS];
    struct names names;
    struct bytes text;
    size_t matches; /* found so far, over all rounds */
};

static void fail_round(struct round *t, const char *how, const gaz_span *spans,
                       size_t count, const struct reference_span *want,
                       size_t want_count)
{
    print_error("seed %llu: %s differs (inside %d, hyphen_join %d)\n",
                (unsigned long long)t->seed, how, t->options.inside,
                t->options.hyphen_join);
    print_bytes("list", t->names.list.data, t->names.list.len);
    print_bytes("text", t->text.data, t->text.len);
    print_error("found:");
    for (size_t i = 0; i < count; i++) {
        print_error(" %zu-%zu:%u", spans[i].start, spans[i].end,
                    spans[i].entry);
    }
    print_error("\nreference:");
    for (size_t i = 0; i < want_count; i++) {
        print_error(" %zu-%zu:%u", want[i].start, want[i].seen, want[i].entry);
    }
    print_error("\n");
    fail();
}

static void hold(struct round *t, const char *how, const gaz_span *spans,
                 size_t count, const struct reference_span *want,
                 size_t want_count)
{
    bool same = count == want_count;
    for (size_t i = 0; same && i < count; i++) {
        gaz_entry entry;
        assert_int_equal(
            gaz_lexicon_entry(t->lex.lexicon, spans[i].entry, &entry), GAZ_OK);
        same = spans[i].start == want[i].start &&
               spans[i].end == want[i].seen &&
               spans[i].entry == want[i].entry && spans[i].label == entry.label;
    }
    if (!same) {
        fail_round(t, how, spans, count, want, want_count);
    }
}

/* Tag [from, to) in a block of its own size; appended to out. */
static size_t tag_piece(struct round *t, size_t from, size_t to, gaz_span *out,
                        size_t n)
{
    size_t size = to - from;
    char *copy = malloc(size > 0 ? size : 1);
    const gaz_span *spans = NULL;
    size_t count = 0;
    assert_non_null(copy);
    memcpy(copy, t->text.data + from, size);
    assert_int_equal(gaz_tag(t->tagger, copy, size, &spans, &count, NULL),
                     GAZ_OK);
    for (size_t i = 0; i < count; i++) {
        assert_true(n < TEXT_MAX);
        out[n] = spans[i];
        out[n].start += from;
        out[n].end += from;
        n++;
    }
    free(copy);
    return n;
}

/* The text behind so many words that it lies across the end of a chunk:
 * `before` bytes, of which the last two are newlines. And once more behind
 * that, where its names have just been seen, with other words at the end. What
 * is found is moved, and else the same. */
static void check_behind(struct round *t, size_t before, const char *how,
                         const struct reference_span *want, size_t want_count)
{
    static const char between[] = "\n\nzq zq zq zq zq zq zq zq zq zq zq zq\n\n";
    static char copy[2 * CHUNK + 2 * (TEXT_MAX + sizeof between)];
    static struct reference_span moved[2 * TEXT_MAX];
    const size_t again = t->text.len + sizeof between - 1;
    const gaz_span *spans = NULL;
    size_t count = 0;
    for (size_t i = 0; i < before; i++) {
        copy[i] = i + 2 >= before ? '\n' : "zq z\xC3\xA9 q"[i % 8];
    }
    for (size_t i = 0; i < 2; i++) {
        char *to = copy + before + i * again;
        memcpy(to, t->text.data, t->text.len);
        memcpy(to + t->text.len, between, sizeof between);
    }
    for (size_t i = 0; i < 2 * want_count; i++) {
        size_t by = before + (i < want_count ? 0 : again);
        moved[i] = want[i % want_count];
        moved[i].start += by;
        moved[i].end += by;
        moved[i].seen += by;
    }
    assert_int_equal(
        gaz_tag(t->tagger, copy, before + 2 * again, &spans, &count, NULL),
        GAZ_OK);
    hold(t, how, spans, count, moved, 2 * want_count);
}

static void check_level(struct round *t, struct random *r,
                        const struct reference_span *want, size_t want_count,
                        const char *how)
{
    gaz_span found[TEXT_MAX];
    size_t n = tag_piece(t, 0, t->text.len, found, 0);
    hold(t, how, found, n, want, want_count);
    size_t over = below(r, (uint32_t)t->text.len + 70);
    size_t chunks = 1 + below(r, 2);
    check_behind(t, chunks * CHUNK - over, how, want, want_count);
}

static void check_text(struct round *t, struct random *r)
{
    gaz_span found[TEXT_MAX];
    const struct reference_span *want = NULL;
    size_t want_count = 0;
    size_t n = tag_piece(t, 0, t->text.len, found, 0);
    assert_int_equal(reference_scan(t->reference,
                                    slice_of(t->text.data, t->text.len),
                                    &t->options, &want, &want_count, NULL),
                     STATUS_OK);
    hold(t, "the whole", found, n, want, want_count);
    t->matches += n;
    for (int i = 0; i < LEVELS; i++) {
        gaz_tagger *best = t->tagger;
        t->tagger = t->by_level[i];
        if (t->tagger != NULL) {
            check_level(t, r, want, want_count, gaz_simd_name(levels[i]));
        }
        t->tagger = best;
    }
    for (int i = 0; i < 3 && t->text.len > 0; i++) {
        size_t limit = below(r, (uint32_t)t->text.len + 1);
        size_t cut = gaz_tag_cut(t->tagger, t->text.data, limit);
        assert_true(cut <= limit);
        if (cut > 0) {
            n = tag_piece(t, 0, cut, found, 0);
            n = tag_piece(t, cut, t->text.len, found, n);
            hold(t, "in pieces", found, n, want, want_count);
        }
    }
}

static bool crosses(const struct reference_span *a,
                    const struct reference_span *b)
{
    return a->start < b->end && b->start < a->end;
}

/* What stays of all matches, by the words of the policies. */
static size_t settle(gaz_overlap how, const char *text,
                     struct reference_span *spans, size_t n)
{
    bool gone[TEXT_MAX * 4] = {false};
    bool kept[TEXT_MAX * 4] = {false};
    for (size_t i = 0; how == GAZ_OVERLAP_NO_SUB && i < n; i++) {
        for (size_t k = 0; k < n; k++) {
            gone[i] = gone[i] || (k != i && spans[k].start <= spans[i].start &&
                                  spans[k].end >= spans[i].end);
        }
    }
    for (; how == GAZ_OVERLAP_LONGEST_DOMINANT_RIGHT;) {
        size_t best = n;
        size_t most = 0;
        for (size_t i = 0; i < n; i++) {
            size_t len =
                gaz_text_length(text + spans[i].start,
                                spans[i].end - spans[i].start, GAZ_CHARS);
            if (!gone[i] && !kept[i] && len >= most) {
                most = len;
                best = i;
            }
        }
        if (best == n) {
            break;
        }
        kept[best] = true;
        for (size_t i = 0; i < n; i++) {
            gone[i] =
                gone[i] || (i != best && crosses(&spans[i], &spans[best]));
        }
    }
    size_t left = 0;
    for (size_t i = 0; i < n; i++) {
        if (!gone[i]) {
            spans[left++] = spans[i];
        }
    }
    return left;
}

/* Every match of the reference is every one of the engine, and its policies
 * leave the same. */
static void check_overlaps(struct round *t)
{
    static const char *const names[] = {"longest", "all", "no-sub",
                                        "longest-dominant-right"};
    static struct reference_span copy[TEXT_MAX * 4];
    const struct reference_span *want = NULL;
    size_t want_count = 0;
    struct reference_options options = t->options;
    options.every = true;
    assert_int_equal(reference_scan(t->reference,
                                    slice_of(t->text.data, t->text.len),
                                    &options, &want, &want_count, NULL),
                     STATUS_OK);
    assert_true(want_count < COUNT(copy));
    for (int i = GAZ_OVERLAP_ALL; i < OVERLAPS; i++) {
        const gaz_span *spans = NULL;
        size_t count = 0;
        if (want_count > 0) {
            memcpy(copy, want, want_count * sizeof *want);
        }
        size_t n = settle((gaz_overlap)i, t->text.data, copy, want_count);
        assert_int_equal(gaz_tag(t->by_overlap[i], t->text.data, t->text.len,
                                 &spans, &count, NULL),
                         GAZ_OK);
        hold(t, names[i], spans, count, copy, n);
        t->matches += count;
    }
}

/* Bytes of the joined text to tokens. */
static void to_tokens(struct reference_span *span, const size_t *starts,
                      const size_t *ends)
{
    size_t first = 0;
    while (starts[first] != span->start) {
        first++;
    }
    size_t last = first;
    while (ends[last] != span->end) {
        last++;
    }
    span->start = first;
    span->end = last + 1;
    span->seen = span->end;
}

static void check_tokens(struct round *t)
{
    gaz_token tokens[TOKENS_MAX];
    size_t starts[TOKENS_MAX];
    size_t ends[TOKENS_MAX];
    struct reference_span copy[TEXT_MAX];
    size_t n = 0;
    size_t all = lex_split(t->text.data, t->text.len, tokens, TOKENS_MAX);
    for (size_t i = 0; i < all; i++) {
        if (tokens[i].len > 0) {
            tokens[n++] = tokens[i];
        }
    }
    const char *text = NULL;
    size_t len = 0;
    assert_int_equal(
        gaz_tokens_text(t->tagger, tokens, n, &text, &len, starts, ends, NULL),
        GAZ_OK);
    struct reference_options options = {
        .tokens = true, .starts = starts, .ends = ends, .token_count = n};
    const struct reference_span *want = NULL;
    const gaz_span *spans = NULL;
    size_t want_count = 0;
    size_t count = 0;
    assert_int_equal(reference_scan(t->reference, slice_of(text, len), &options,
                                    &want, &want_count, NULL),
                     STATUS_OK);
    for (size_t i = 0; i < want_count; i++) {
        copy[i] = want[i];
        to_tokens(&copy[i], starts, ends);
    }
    assert_int_equal(gaz_tag_tokens(t->tagger, tokens, n, &spans, &count, NULL),
                     GAZ_OK);
    hold(t, "by tokens", spans, count, copy, want_count);
    t->matches += count;
}

/* False when no name of the list can match anything. */
static bool open_round(struct round *t)
{
    gaz_error e = {0};
    assert_int_equal(gaz_builder_create(NULL, NULL, &t->lex.builder, &e),
                     GAZ_OK);
    if (gaz_builder_add(t->lex.builder, GAZ_INPUT_LIST, "list",
                        t->names.list.data, t->names.list.len, &e) != GAZ_OK) {
        print_bytes("list", t->names.list.data, t->names.list.len);
        fail_msg("seed %llu: %s", (unsigned long long)t->seed, e.message);
    }
    gaz_status s =
        gaz_builder_finish(t->lex.builder, &t->lex.image, &t->lex.len, &e);
    if (s == GAZ_EMPTY) {
        lex_close(&t->lex);
        return false;
    }
    assert_int_equal(s, GAZ_OK);
    assert_int_equal(
        gaz_lexicon_open(t->lex.image, t->lex.len, NULL, &t->lex.lexicon, &e),
        GAZ_OK);
    t->aligned = aligned_alloc(64, (t->lex.len + 63) / 64 * 64);
    assert_non_null(t->aligned);
    memcpy(t->aligned, t->lex.image, t->lex.len);
    assert_int_equal(lexicon_open(t->aligned, t->lex.len, &t->core, NULL),
                     STATUS_OK);
    t->reference = reference_create(&alloc_default, &t->core);
    assert_non_null(t->reference);
    return true;
}

static void run_round(struct round *t)
{
    struct random r = {t->seed};
    struct alphabet a;
    choose(&r, &a);
    make_names(&r, &a, &t->names);
    if (!open_round(t)) {
        return;
    }
    gaz_tag_options options = {.inside = below(&r, 4) == 0,
                               .hyphen_join = below(&r, 4) == 0};
    t->options = (struct reference_options){.inside = options.inside,
                                            .hyphen_join = options.hyphen_join};
    assert_int_equal(
        gaz_tagger_create(t->lex.lexicon, &options, &t->tagger, NULL), GAZ_OK);
    for (int i = 0; i < LEVELS; i++) {
        t->by_level[i] = NULL;
        options.simd = levels[i];
        if (level_choose((enum simd_level)(levels[i] - GAZ_SIMD_NONE))->id ==
            (enum simd_level)(levels[i] - GAZ_SIMD_NONE)) {
            assert_int_equal(gaz_tagger_create(t->lex.lexicon, &options,
                                               &t->by_level[i], NULL),
                             GAZ_OK);
        }
    }
    options.simd = GAZ_SIMD_BEST;
    for (int i = 0; i < OVERLAPS; i++) {
        options.overlap = (gaz_overlap)i;
        assert_int_equal(gaz_tagger_create(t->lex.lexicon, &options,
                                           &t->by_overlap[i], NULL),
                         GAZ_OK);
    }
    for (int i = 0; i < TEXTS; i++) {
        make_text(&r, &a, &t->names, &t->text);
        check_text(t, &r);
        check_tokens(t);
        check_overlaps(t);
    }
    for (int i = 0; i < OVERLAPS; i++) {
        gaz_tagger_free(t->by_overlap[i]);
    }
    gaz_tagger_free(t->tagger);
    for (int i = 0; i < LEVELS; i++) {
        gaz_tagger_free(t->by_level[i]);
    }
    reference_free(t->reference);
    free(t->aligned);
    lex_close(&t->lex);
}

static void test_random(void **state)
{
    static struct round t;
    const char *seed = getenv("GAZ_SEED");
    const char *rounds = getenv("GAZ_ROUNDS");
    uint64_t first = seed != NULL ? strtoull(seed, NULL, 10) : 1;
    uint64_t count = rounds != NULL ? strtoull(rounds, NULL, 10) : ROUNDS;
    (void)state;
    for (t.seed = first; t.seed - first < count; t.seed++) {
        run_round(&t);
    }
    print_message("%zu matches in %llu rounds\n", t.matches,
                  (unsigned long long)count);
    assert_true(rounds != NULL || t.matches > 10 * count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
