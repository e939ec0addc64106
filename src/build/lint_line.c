#include "build/lint.h"
#include "text/chars.h"
#include "text/fold.h"
#include "text/invisible.h"
#include "text/token.h"
#include "text/utf8.h"

/* Where the line under test stands. */
struct spot {
    struct lint *lint;
    uint32_t source;
    size_t number;
    struct slice line;
};

static size_t column_of(const struct spot *at, const char *p)
{
    return (size_t)(p - at->line.data) + 1;
}

static void problem(const struct spot *at, bool error, const char *check,
                    const char *where, const char *what, struct slice subject)
{
    int shown = subject.len > 60 ? 60 : (int)subject.len;
    lint_report(at->lint, error, check, at->source, at->number,
                column_of(at, where), "%s: '%.*s'", what, shown, subject.data);
}

static void check_invisible(const struct spot *at)
{
    size_t size = 0;
    struct slice line = at->line;
    size_t pos = at->number == 1 ? slice_mark(line) : 0;
    for (; pos < line.len; pos += size) {
        uint32_t c = utf8_next(line.data, line.len, pos, &size);
        if (c != UTF8_INVALID && invisible_char(c)) {
            lint_report(at->lint, true, "invisible", at->source, at->number,
                        pos + 1, "a character that cannot be seen: U+%04X",
                        (unsigned)c);
        }
    }
}

/* Spaces that the reader drops, and double ones in a name. A space before a
 * '#' at the line's start is needed: without it the line is a comment. */
static void check_spaces(const struct spot *at)
{
    const char *p = at->line.data;
    const char *end = p + at->line.len;
    for (bool name = true;; name = false) {
        const char *tab = memchr(p, '\t', (size_t)(end - p));
        const char *stop = tab != NULL ? tab : end;
        struct slice field = slice_of(p, (size_t)(stop - p));
        struct slice trimmed = slice_trim(field);
        bool needed = name && trimmed.len > 0 && trimmed.data[0] == '#';
        if (trimmed.len > 0 && trimmed.data != field.data && !needed) {
            problem(at, false, "spaces", p, "a space before", trimmed);
        }
        if (stop > trimmed.data + trimmed.len) {
            problem(at, false, "spaces", trimmed.data + trimmed.len,
                    "a space behind", trimmed);
        }
        for (size_t i = 0; name && i + 1 < trimmed.len; i++) {
            if (trimmed.data[i] == ' ' && trimmed.data[i + 1] == ' ') {
                problem(at, false, "spaces", trimmed.data + i,
                        "two spaces in a row", trimmed);
                break;
            }
        }
        if (tab == NULL) {
            return;
        }
        p = tab + 1;
    }
}

static bool has_letters(struct slice s)
{
    struct token t;
    for (size_t pos = 0; token_next(s, pos, &t); pos = t.end) {
        if (t.kind == TOKEN_WORD) {
            return true;
        }
    }
    return false;
}

static void check_brackets(const struct spot *at, struct slice name)
{
    static const char pairs[] = "()[]{}";
    int open[3] = {0, 0, 0};
    size_t quotes = 0;
    bool bad = false;
    for (size_t i = 0; i < name.len; i++) {
        const char *p =
            name.data[i] != '\0' ? strchr(pairs, name.data[i]) : NULL;
        quotes += name.data[i] == '"';
        if (p != NULL) {
            int *n = &open[(p - pairs) / 2];
            *n += (p - pairs) % 2 == 0 ? 1 : -1;
            bad = bad || *n < 0;
        }
    }
    if (quotes == 2 && name.len > 2 && name.data[0] == '"' &&
        name.data[name.len - 1] == '"') {
        problem(at, false, "brackets", name.data,
                "the quotation marks are part of the name, and asked for in "
                "the text",
                name);
    }
    bad = bad || open[0] != 0 || open[1] != 0 || open[2] != 0;
    if (has_letters(name) && (bad || quotes % 2 != 0)) {
        problem(at, false, "brackets", name.data,
                bad ? "a bracket without its partner"
                    : "a quotation mark without its partner",
                name);
    }
}

/* Letters of other scripts that look like Latin ones. */
static bool looks_latin(uint32_t c)
{
    static const uint16_t letters[] = {
        0x391, 0x392, 0x395, 0x396, 0x397, 0x399, 0x39A, 0x39C, 0x39D, 0x39F,
        0x3A1, 0x3A4, 0x3A5, 0x3A7, 0x3BF, 0x3BD, 0x405, 0x406, 0x408, 0x410,
        0x412, 0x415, 0x417, 0x41A, 0x41C, 0x41D, 0x41E, 0x420, 0x421, 0x422,
        0x423, 0x425, 0x430, 0x435, 0x43E, 0x440, 0x441, 0x443, 0x445, 0x455,
        0x456, 0x458, 0x4BB, 0x501, 0x51B, 0x51D};
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        if (c == letters[i]) {
            return true;
        }
    }
    return c >= 0xFF21 && c <= 0xFF5A; /* full width */
}

static bool is_ascii_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void check_scripts(const struct spot *at, struct slice name)
{
    struct token t;
    for (size_t pos = 0; token_next(name, pos, &t); pos = t.end) {
        bool latin = false;
        bool other = false;
        size_t size = 0;
        for (size_t i = t.start; t.kind == TOKEN_WORD && i < t.end; i += size) {
            uint32_t c = utf8_next(name.data, name.len, i, &size);
            latin = latin || is_ascii_letter(c);
            other = other || looks_latin(c);
        }
        if (latin && other) {
            problem(at, true, "look-alike", name.data + t.start,
                    "a letter of another script that looks Latin",
                    slice_of(name.data + t.start, t.end - t.start));
        }
    }
}

/* A context's words are compared with single words of the text. */
static bool can_match(struct slice word)
{
    struct token t;
    return token_next(word, 0, &t) && t.kind == TOKEN_WORD && t.start == 0 &&
           t.end == word.len;
}

static void check_context(const struct spot *at, struct slice words, bool need)
{
    while (words.len > 0) {
        const char *bar = memchr(words.data, '|', words.len);
        size_t n = bar != NULL ? (size_t)(bar - words.data) : words.len;
        struct slice word = slice_of(words.data, n);
        bool label = n > 1 && word.data[0] == '@';
        if (n == 0) {
            problem(at, true, "context", word.data, "an empty word", words);
        } else if (label && !need) {
            problem(at, true, "context", word.data,
                    "a label is asked for in need= only", word);
        } else if (!label && !can_match(word)) {
            problem(at, true, "context", word.data,
                    "this matches nothing: a single word is wanted", word);
        }
        n += bar != NULL;
        words = slice_of(words.data + n, words.len - n);
        if (bar != NULL && words.len == 0) {
            problem(at, true, "context", bar, "an empty word", word);
        }
    }
}

/* A common English word that matches in small letters, whatever is near. */
static void check_common(const struct spot *at, const struct list_entry *e)
{
    struct lint *l = at->lint;
    uint32_t id = 0;
    buf_clear(&l->scratch);
    fold_token(e->name, FOLD_CASE, &l->scratch);
    bool small = slice_eq(buf_view(&l->scratch), e->name);
    bool context = e->context[LIST_NEED].len + e->context[LIST_NEXT].len +
                       e->context[LIST_PREV].len >
                   0;
    if ((small || e->letter_case == LIST_CASE_FOLD) && !context && !e->veto &&
        e->kind != LIST_KIND_GENERIC &&
        strmap_find(l->words, buf_view(&l->scratch), &id)) {
        problem(at, false, "common-word", e->name.data,
                "a common English word, found wherever it stands in small "
                "letters; case=exact, need= or kind=generic would tell it "
                "apart",
                e->name);
    }
}

void lint_text(struct lint *l, uint32_t source, size_t number,
               struct slice line)
{
    struct spot at = {l, source, number, line};
    check_invisible(&at);
}

void lint_line(struct lint *l, uint32_t source, size_t number,
               struct slice line, const struct list_entry *entry)
{
    struct spot at = {l, source, number, line};
    check_invisible(&at);
    if (entry == NULL) {
        return;
    }
    check_spaces(&at);
    check_brackets(&at, entry->name);
    check_scripts(&at, entry->name);
    for (int i = 0; i < LIST_CONTEXT_COUNT; i++) {
        check_context(&at, entry->context[i], i == LIST_NEED);
    }
    check_common(&at, entry);
}
