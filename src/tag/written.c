#include "tag/written.h"

#include "text/limits.h"

enum {
    BESIDE_MAX = 64, /* white space between two words of a name */
    COINED_MIN = 4   /* bytes */
};

static bool is_among(struct slice word, const char *const *words, size_t n)
{
    for (size_t i = 0; word.len > 0 && i < n; i++) {
        if (word.data[0] == words[i][0] && slice_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

bool written_is_coined(struct slice s)
{
    size_t letters = 0;
    bool digit = false;
    bool capital = false;
    bool inner = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];
        if (!written_is_word(c) && c != '-') {
            return false;
        }
        letters += ascii_letter(c);
        digit = digit || ascii_digit(c);
        capital = capital || ascii_capital(c);
        inner = inner ||
                (i > 0 && ascii_capital(c) && ascii_letter(s.data[i - 1]) &&
                 !ascii_capital(s.data[i - 1]));
    }
    return s.len >= COINED_MIN && ascii_letter(s.data[0]) &&
           (inner || (digit && capital && letters > 1));
}

bool written_any_capital(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (ascii_capital(s.data[i])) {
            return true;
        }
    }
    return false;
}

/* Is byte `at` the first of a sentence, a list item, a heading, a cell? */
static bool starts_sentence(struct slice text, size_t at)
{
    size_t i = at;
    while (i > 0 && (written_is_blank(text.data[i - 1]) ||
                     written_is_one_of(text.data[i - 1], "\"'(["))) {
        i--;
        if (i > 0 && text.data[i] == '\n' && text.data[i - 1] == '\n') {
            return true;
        }
    }
    return i == 0 || written_is_one_of(text.data[i - 1], ".!?:;#*-+>|=");
}

/* The first byte behind a blank and a number, or `at`: 'Flux 2.4 drops'. */
static size_t skip_number(struct slice text, size_t at)
{
    size_t i = at + 1;
    if (i >= text.len || text.data[at] != ' ' || !ascii_digit(text.data[i])) {
        return at;
    }
    while (i < text.len && i - at < BESIDE_MAX &&
           (ascii_digit(text.data[i]) || text.data[i] == '.')) {
        i++;
    }
    return i;
}

/* Does a verb follow that makes the name its subject? */
static bool is_subject(struct slice text, size_t end)
{
    static const char *const verbs[] = {
        "can",   "will",  "could",  "did",   "had",  "may",
        "might", "must",  "should", "would", "also", "then",
        "now",   "never", "itself", "and",   "or",   "already"};
    static const char *const nouns[] = {"this", "its", "us", "as", "plus"};
    end = skip_number(text, end);
    size_t from = end + 1;
    size_t to = from;
    if (end < text.len && text.data[end] == '\'') {
        return true; /* Kafka's */
    }
    if (end >= text.len || !written_is_blank(text.data[end])) {
        return false;
    }
    while (to < text.len && written_is_word(text.data[to]) &&
           !ascii_capital(text.data[to])) {
        to++;
    }
    struct slice word = slice_of(text.data + from, to - from);
    if (is_among(word, verbs, sizeof verbs / sizeof verbs[0])) {
        return true;
    }
    if (is_among(word, nouns, sizeof nouns / sizeof nouns[0])) {
        return false;
    }
    char last = word.len > 2 ? word.data[word.len - 1] : '\0';
    return last == 's' || (last == 'd' && word.data[word.len - 2] == 'e') ||
           slice_is(word, "is");
}

/* Between two words with capitals any word has one. */
static bool in_title(struct slice text, const struct span *s)
{
    size_t i = s->start;
    while (i > 0 && written_is_blank(text.data[i - 1])) {
        i--;
    }
    while (i > 0 && written_is_word(text.data[i - 1])) {
        i--;
    }
    size_t next = s->end;
    while (next < text.len && written_is_blank(text.data[next])) {
        next++;
    }
    return i < s->start && ascii_capital(text.data[i]) && next > s->end &&
           next < text.len && ascii_capital(text.data[next]);
}

bool written_as_name(struct slice text, const struct span *s)
{
    struct slice name = slice_of(text.data + s->start, s->end - s->start);
    return written_any_capital(name) &&
           (written_any_capital(slice_of(name.data + 1, name.len - 1)) ||
            (starts_sentence(text, s->start) ? is_subject(text, s->end)
                                             : !in_title(text, s)));
}

bool written_is_opening(struct slice word)
{
    static const char *const words[] = {
        "A",      "After", "All",  "Also",    "Although", "An",      "And",
        "Any",    "As",    "At",   "Because", "Before",   "Besides", "Both",
        "But",    "By",    "Can",  "Did",     "Do",       "Does",    "Each",
        "Even",   "Every", "For",  "From",    "Has",      "Her",     "Here",
        "His",    "How",   "If",   "In",      "Into",     "Is",      "Its",
        "Just",   "Like",  "Many", "Most",    "My",       "No",      "Not",
        "Now",    "Of",    "On",   "Only",    "Or",       "Other",   "Our",
        "Should", "Since", "So",   "Some",    "That",     "The",     "Their",
        "Then",   "These", "This", "Those",   "To",       "Under",   "Unlike",
        "Until",  "Use",   "Was",  "What",    "When",     "Where",   "Which",
        "While",  "Who",   "Why",  "Will",    "With",     "Without", "Your"};
    enum { LONGEST = 8 };
    if (word.len <= LONGEST &&
        is_among(word, words, sizeof words / sizeof words[0])) {
        return true;
    }
    return word.len > 4 && memcmp(word.data + word.len - 3, "ing", 3) == 0;
}

/* White space with at most one line break, which words of a name may have
 * between them: the first byte behind it that is none, or before it. */
static bool may_join(struct slice text, size_t from, size_t to)
{
    size_t lines = 0;
    for (size_t i = from; i < to; i++) {
        lines += text.data[i] == '\n';
    }
    return to > from && lines < 2;
}

static bool is_title(struct slice word)
{
    return word.len == 1 || slice_is(word, "Mr") || slice_is(word, "Mrs") ||
           slice_is(word, "Ms") || slice_is(word, "Dr");
}

bool written_capital_before(struct slice text, size_t at, size_t *end)
{
    size_t i = at;
    while (i > 0 && at - i < BESIDE_MAX && written_is_blank(text.data[i - 1])) {
        i--;
    }
    if (!may_join(text, i, at)) {
        return false;
    }
    bool dot = i > 0 && text.data[i - 1] == '.';
    *end = i -= dot;
    while (i > 0 && *end - i < LIMIT_WORD &&
           written_is_word(text.data[i - 1])) {
        i--;
    }
    struct slice word = slice_of(text.data + i, *end - i);
    return word.len > 0 && ascii_capital(word.data[0]) &&
           (dot ? is_title(word) : !written_is_opening(word));
}

bool written_capital_behind(struct slice text, size_t at, size_t *start)
{
    size_t i = at;
    while (i < text.len && i - at < BESIDE_MAX &&
           written_is_blank(text.data[i])) {
        i++;
    }
    bool hyphen = i == at && i < text.len && text.data[i] == '-';
    *start = i += hyphen;
    return i < text.len &&
           (hyphen ? ascii_capital(text.data[i]) || ascii_digit(text.data[i])
                   : ascii_capital(text.data[i]) && may_join(text, at, i));
}
