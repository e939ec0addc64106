#include "text/sentence.h"

#include <stdint.h>

enum {
    MARKS_MAX = 8, /* taken off one end of a word */
    NBSP_LEN = 2
};

/* What a byte may be; NO_BREAK: the first of a no-break space. */
enum { BLANK = 1, NO_BREAK = 2, FRONT = 4, BACK = 8, STOP = 16 };

static const uint8_t kinds[256] = {
    [' '] = BLANK,        ['\t'] = BLANK,       ['\n'] = BLANK,
    ['\v'] = BLANK,       ['\f'] = BLANK,       ['\r'] = BLANK,
    [0xC2] = NO_BREAK,    ['('] = FRONT,        ['['] = FRONT,
    ['{'] = FRONT,        ['"'] = FRONT | BACK, ['\''] = FRONT | BACK,
    ['`'] = FRONT | BACK, [')'] = BACK,         [']'] = BACK,
    ['}'] = BACK,         [','] = BACK,         [';'] = BACK,
    [':'] = BACK,         ['!'] = BACK | STOP,  ['?'] = BACK | STOP,
    ['.'] = BACK | STOP};

static unsigned kind_of(char c)
{
    return kinds[(unsigned char)c];
}

/* A blank at text[at]: its length, 0 for none. */
static size_t blank_at(struct slice text, size_t at)
{
    unsigned kind = kind_of(text.data[at]) & (BLANK | NO_BREAK);
    if (kind != NO_BREAK) {
        return kind;
    }
    return at + 1 < text.len && (unsigned char)text.data[at + 1] == 0xA0
               ? NBSP_LEN
               : 0;
}

/* Does a blank end in front of text[at], at > 0? */
static bool blank_before(struct slice text, size_t at)
{
    return blank_at(text, at - 1) == 1 ||
           (at >= NBSP_LEN && blank_at(text, at - NBSP_LEN) == NBSP_LEN);
}

/* A curly quote (U+2018 .. U+201D) at text[at]. */
static bool is_curly(const char *p)
{
    return (unsigned char)p[0] == 0xE2 && (unsigned char)p[1] == 0x80 &&
           (unsigned char)p[2] >= 0x98 && (unsigned char)p[2] <= 0x9D;
}

/* The length of an opening mark at the front of a word, 0 for none. */
static size_t front_mark(struct slice word)
{
    if ((kind_of(word.data[0]) & FRONT) != 0) {
        return 1;
    }
    return word.len >= 3 && is_curly(word.data) ? 3 : 0;
}

/* The length of a closing mark at its back. */
static size_t back_mark(struct slice word)
{
    if ((kind_of(word.data[word.len - 1]) & BACK) != 0) {
        return 1;
    }
    return word.len >= 3 && is_curly(word.data + word.len - 3) ? 3 : 0;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Does the word's last full stop belong to it? (U.S. e.g. X. Inc.) */
static bool is_abbreviation(struct slice word)
{
    static const char *const known[] = {
        "Inc.", "Corp.", "Ltd.", "Co.",  "Dr.", "Mr.",
        "Mrs.", "Ms.",   "St.",  "vs.",  "Jr.", "Sr.",
        "No.",  "etc.",  "Fig.", "fig.", "cf.", "approx."};
    size_t run = 0;
    bool short_runs = true;
    if (word.len > sizeof "approx." - 1 && is_letter(word.data[0]) &&
        is_letter(word.data[1])) {
        return false; /* most words: neither known nor of single letters */
    }
    for (size_t i = 0; i < word.len; i++) {
        run = word.data[i] == '.' ? 0 : run + 1;
        short_runs = short_runs && run <= 1 &&
                     (word.data[i] == '.' || is_letter(word.data[i]));
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (slice_is(word, known[i])) {
            return true;
        }
    }
    return short_runs && word.len > 1 && word.data[0] != '.';
}

/* Most words are not: no apostrophe (straight or curly) where it must be. */
static bool may_be_contraction(struct slice word)
{
    const char *end = word.data + word.len;
    return (word.len > 2 && (end[-2] == '\'' || end[-3] == '\'')) ||
           (word.len > 4 && end[-2] == '\x99');
}

/* The length of 's, 're, n't, ... at the back; 0 for none. */
static size_t contraction(struct slice word)
{
    static const char *const endings[] = {
        "n't", "'s", "'S", "'re", "'ve", "'ll", "'m", "'d", "\xE2\x80\x99s"};
    if (!may_be_contraction(word)) {
        return 0;
    }
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t n = strlen(endings[i]);
        if (word.len > n &&
            memcmp(word.data + word.len - n, endings[i], n) == 0) {
            return n;
        }
    }
    return 0;
}

/* Cut what stands between two blanks into tokens, at most SENTENCE_WORD_MAX;
 * *stop is set when the last ones end a sentence. */
static size_t cut_word(struct slice word, struct slice *out, bool *stop)
{
    struct slice back[MARKS_MAX];
    size_t n = 0;
    size_t marks = 0;
    *stop = false;
    for (size_t m = 0; n < MARKS_MAX && word.len > 0; n++) {
        m = front_mark(word);
        if (m == 0 || m == word.len || contraction(word) == word.len) {
            break;
        }
        out[n] = slice_of(word.data, m);
        word = slice_of(word.data + m, word.len - m);
    }
    while (marks < MARKS_MAX && word.len > 1) {
        size_t m = back_mark(word);
        char last = word.data[word.len - 1];
        if (m == 0 || m >= word.len || (last == '.' && is_abbreviation(word))) {
            break;
        }
        if (last == '.' && word.data[word.len - 2] == '.') { /* ... */
            while (word.len > m + 1 && word.data[word.len - m - 1] == '.') {
                m++;
            }
        }
        *stop = *stop || (kind_of(last) & STOP) != 0;
        word.len -= m;
        back[marks++] = slice_of(word.data + word.len, m);
    }
    size_t short_form = contraction(word);
    if (word.len > short_form) {
        out[n++] = slice_of(word.data, word.len - short_form);
    }
    if (short_form > 0) {
        out[n++] = slice_of(word.data + word.len - short_form, short_form);
    }
    if (word.len == 1 && (kind_of(word.data[0]) & STOP) != 0) {
        *stop = true;
    }
    while (marks > 0) {
        out[n++] = back[--marks];
    }
    return n;
}

/* Behind the blanks at *at; true when they hold an empty line. */
static bool skip_blanks(struct slice text, size_t *at)
{
    size_t newlines = 0;
    size_t n = 0;
    while (*at < text.len && (n = blank_at(text, *at)) > 0) {
        newlines += text.data[*at] == '\n';
        *at += n;
    }
    return newlines > 1;
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static size_t word_end(struct slice text, size_t at)
{
    while (at < text.len && blank_at(text, at) == 0) {
        at++;
    }
    return at;
}

bool sentence_next(struct slice text, size_t *pos, struct slice *tokens,
                   size_t max, size_t *count)
{
    size_t n = 0;
    (void)skip_blanks(text, pos);
    while (*pos < text.len && n + SENTENCE_WORD_MAX <= max) {
        bool stop = false;
        size_t end = word_end(text, *pos);
        n +=
            cut_word(slice_of(text.data + *pos, end - *pos), tokens + n, &stop);
        *pos = end;
        bool gap = skip_blanks(text, pos);
        if (gap || (stop && (*pos == text.len || !is_small(text.data[*pos])))) {
            break;
        }
    }
    *count = n;
    return n > 0;
}

bool sentence_ends(struct slice text, size_t at)
{
    struct slice tokens[SENTENCE_WORD_MAX];
    bool stop = false;
    size_t start = at;
    size_t next = at;
    size_t size = blank_at(text, at);
    while (start > 0 && !blank_before(text, start)) {
        start--;
    }
    if (size == 0 || start == at) {
        return false;
    }
    (void)cut_word(slice_of(text.data + start, at - start), tokens, &stop);
    bool gap = skip_blanks(text, &next);
    return next < text.len && (gap || (stop && !is_small(text.data[next])));
}
