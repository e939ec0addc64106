#include "tag/row.h"

#include <string.h>

#include "tag/near.h"
#include "tag/written.h"

enum join {
    JOIN_NONE,
    JOIN_COMMA, /* or a new item, a new cell */
    JOIN_WORD   /* and, or, / */
};

enum {
    JOIN_MAX = 48, /* bytes between two members */
    YEARS_MAX = 14 /* in brackets */
};

/* Reads what stands between two members. */
struct gap {
    struct slice text; /* up to the second */
    size_t at;
    unsigned lines; /* line breaks passed */
};

static bool is_letter(char c)
{
    return ascii_letter(c) || (c & 0x80) != 0;
}

static char peek(const struct gap *g, size_t ahead)
{
    return g->text.len - g->at > ahead ? g->text.data[g->at + ahead] : '\0';
}

static bool skip_blanks(struct gap *g)
{
    size_t from = g->at;
    while (written_is_blank(peek(g, 0))) {
        g->lines += peek(g, 0) == '\n';
        g->at++;
    }
    return g->at > from;
}

static void skip_quotes(struct gap *g)
{
    char c = peek(g, 0);
    while (c != '\0' && strchr("\"'`*", c) != NULL) {
        g->at++;
        c = peek(g, 0);
    }
}

/* ' 10.4', ' v2', ' (2008)', ' (1990-1994)' */
static void skip_number(struct gap *g)
{
    size_t i = 0;
    size_t start = g->at;
    while (written_is_blank(peek(g, i)) && peek(g, i) != '\n') {
        i++;
    }
    bool bracket = peek(g, i) == '(';
    i += bracket || peek(g, i) == 'v';
    size_t from = i;
    while (ascii_digit(peek(g, i)) || (i > from && peek(g, i) == '.') ||
           (bracket && i > from && (peek(g, i) == '-' || peek(g, i) == ','))) {
        i++;
    }
    if (i > from && i - from <= YEARS_MAX && peek(g, i - 1) != '.' &&
        (!bracket || peek(g, i) == ')')) {
        g->at = start + i + bracket;
    }
}

static bool skip_word(struct gap *g, const char *word)
{
    if (peek(g, 0) != word[0]) {
        return false;
    }
    size_t n = strlen(word);
    if (g->text.len - g->at > n && memcmp(g->text.data + g->at, word, n) == 0 &&
        written_is_blank(peek(g, n))) {
        g->at += n;
        skip_blanks(g);
        return true;
    }
    return false;
}

static bool skip_and(struct gap *g)
{
    static const char *const words[] = {"and", "or", "&",
                                        "nor", "vs", "versus"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (skip_word(g, words[i])) {
            return true;
        }
    }
    return false;
}

/* The sign or the word that joins; behind it the next member may stand. */
static enum join skip_join(struct gap *g)
{
    bool blank = skip_blanks(g);
    char c = peek(g, 0);
    if (c == ',' || c == ';' || c == '/') {
        g->at++;
        skip_blanks(g);
        return skip_and(g) || c == '/' ? JOIN_WORD : JOIN_COMMA;
    }
    if (c == '|' && peek(g, 1) != '|') {
        g->at++;
        skip_blanks(g);
        return JOIN_COMMA;
    }
    if (g->lines == 1 && (c == '-' || c == '*' || c == '+') &&
        written_is_blank(peek(g, 1))) {
        g->at++;
        skip_blanks(g);
        return g->lines == 1 ? JOIN_COMMA : JOIN_NONE;
    }
    return blank && skip_and(g) ? JOIN_WORD : JOIN_NONE;
}

/* What joins spans i and i + 1? */
static enum join joins(const struct row *r, size_t i)
{
    size_t from = r->spans[i].end;
    size_t to = r->spans[i + 1].start;
    if (to <= from || to - from > JOIN_MAX ||
        near_ends((unsigned char)r->text.data[from - 1],
                  (unsigned char)r->text.data[from])) {
        return JOIN_NONE;
    }
    struct gap g = {.text = slice_of(r->text.data, to), .at = from};
    skip_quotes(&g);
    skip_number(&g);
    skip_number(&g);
    skip_quotes(&g);
    enum join join = skip_join(&g);
    if (join != JOIN_NONE) {
        skip_word(&g, "the");
        skip_quotes(&g);
    }
    return g.at == to && g.lines <= 1 ? join : JOIN_NONE;
}

static enum join joins_before(const struct row *r)
{
    return r->self > 0 ? joins(r, r->self - 1) : JOIN_NONE;
}

static enum join joins_behind(const struct row *r)
{
    return r->self + 1 < r->count ? joins(r, r->self) : JOIN_NONE;
}

bool row_any(const struct row *r)
{
    return joins_before(r) != JOIN_NONE || joins_behind(r) != JOIN_NONE;
}

/* Is a word with a capital right before that may belong to the name? */
static bool follows_name(struct slice text, size_t start)
{
    size_t i = start;
    if (i == 0 || !written_is_blank(text.data[i - 1]) ||
        text.data[i - 1] == '\n') {
        return false;
    }
    size_t end = --i;
    while (i > 0 &&
           (is_letter(text.data[i - 1]) || ascii_digit(text.data[i - 1]))) {
        i--;
    }
    return i < end && ascii_capital(text.data[i]) &&
           !written_is_opening(slice_of(text.data + i, end - i));
}

/* May the row end with the name? */
static bool may_be_last(struct slice text, const struct span *s, bool capital)
{
    struct gap g = {.text = text, .at = s->end};
    skip_number(&g);
    char c = peek(&g, 0);
    char next = peek(&g, 1);
    if (c == '\'' && next == 's') {
        return false;
    }
    if (!written_is_blank(c)) {
        return true;
    }
    return c == '\n' ? next == '\n' || !is_letter(next) || capital
                     : capital && !ascii_capital(next);
}

static struct slice name_of(const struct row *r)
{
    const struct span *s = &r->spans[r->self];
    return slice_of(r->text.data + s->start, s->end - s->start);
}

static bool fits_ends(const struct row *r)
{
    const struct span *s = &r->spans[r->self];
    bool capital = written_any_capital(name_of(r));
    if ((s->start > 0 && r->text.data[s->start - 1] == '-') ||
        (s->end < r->text.len && r->text.data[s->end] == '-')) {
        return false;
    }
    return (joins_before(r) != JOIN_NONE || !follows_name(r->text, s->start)) &&
           (joins_behind(r) != JOIN_NONE || may_be_last(r->text, s, capital));
}

/* Is one neighbour enough? Not for a letter; for a name without a capital
 * where '/' joins them. */
static bool paired(const struct row *r, uint32_t label, size_t *other)
{
    bool before = joins_before(r) == JOIN_WORD;
    bool behind = joins_behind(r) == JOIN_WORD;
    struct slice name = name_of(r);
    if (name.len < 2) {
        return false;
    }
    if (!written_any_capital(name)) {
        before = before && r->text.data[r->spans[r->self].start - 1] == '/';
        behind = behind && r->text.data[r->spans[r->self].end] == '/';
    }
    for (size_t i = 0; i < 2; i++) {
        *other = i == 0 ? r->self - 1 : r->self + 1;
        if ((i == 0 ? before : behind) && r->spans[*other].label == label &&
            r->state(r->at, *other) == ROW_ASKS_NOT) {
            return true;
        }
    }
    return false;
}

bool row_holds(const struct row *r, uint32_t label, size_t *one, size_t *two)
{
    size_t found[ROW_SURE] = {0};
    size_t n = 0;
    if (!fits_ends(r)) {
        return false;
    }
    for (size_t i = r->self; n < ROW_SURE && i > 0 && r->self - i < ROW_SIDE &&
                             joins(r, i - 1) != JOIN_NONE;) {
        i--;
        if (r->spans[i].label == label && r->state(r->at, i) != ROW_OUT) {
            found[n++] = i;
        }
    }
    for (size_t i = r->self; n < ROW_SURE && i + 1 < r->count &&
                             i - r->self < ROW_SIDE &&
                             joins(r, i) != JOIN_NONE;) {
        i++;
        if (r->spans[i].label == label && r->state(r->at, i) != ROW_OUT) {
            found[n++] = i;
        }
    }
    *one = found[0];
    *two = found[1];
    if (n < ROW_SURE && paired(r, label, one)) {
        *two = *one;
        return true;
    }
    return n == ROW_SURE;
}
