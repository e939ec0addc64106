/* Name lists, a name a line, and what a whole word is. */
#ifndef BENCH_NAMES_H
#define BENCH_NAMES_H

#include <stdbool.h>

#include "runner.h"

struct name {
    const uint8_t *data;
    size_t len;
};

static inline struct name *names_read(const char *path, size_t *count)
{
    struct text t = runner_read(path, 0);
    size_t lines = 1;
    for (size_t i = 0; i < t.len; i++) {
        lines += t.data[i] == '\n';
    }
    struct name *names = calloc(lines, sizeof *names);
    if (names == NULL) {
        runner_die("names");
    }
    size_t n = 0;
    for (size_t i = 0; i < t.len;) {
        size_t end = i;
        while (end < t.len && t.data[end] != '\n') {
            end++;
        }
        names[n] = (struct name){t.data + i, end - i};
        n += end > i;
        i = end + 1;
    }
    *count = n;
    return names; /* the bytes live as long as the process */
}

/* RULES_GAZ are those of `gaz tag --inside` for ASCII text in which white
 * space is one space: a word is letters, digits, '_' and all beyond ASCII; C
 * is not found in C++, C# and R&C. RULES_GREP are those of -w in the C
 * locale: no letter, digit or '_' may stand beside a match, whatever the
 * match begins or ends with. */
enum rules { RULES_GAZ, RULES_GREP };

static inline bool names_word(uint8_t c, enum rules rules)
{
    return (uint8_t)((c | 0x20) - 'a') < 26 || (uint8_t)(c - '0') < 10 ||
           c == '_' || (c >= 0x80 && rules == RULES_GAZ);
}

/* text[len] may be read and is 0. */
static inline bool names_whole(const uint8_t *text, size_t start, size_t end,
                               enum rules rules)
{
    bool before = start > 0 && names_word(text[start - 1], rules);
    bool after = names_word(text[end], rules);
    if (rules == RULES_GREP) {
        return !before && !after;
    }
    bool first = names_word(text[start], rules);
    bool last = names_word(text[end - 1], rules);
    if ((before && first) || (last && after)) {
        return false;
    }
    if (start > 1 && text[start - 1] == '&' && first &&
        names_word(text[start - 2], rules)) {
        return false;
    }
    bool word_after = text[end] != 0 && names_word(text[end + 1], rules);
    return !(last && (text[end] == '#' || (text[end] == '+' && !word_after) ||
                      (text[end] == '&' && word_after)));
}

#endif
