#include "text/initials.h"

#include <stdbool.h>

#include "text/ascii.h"

/* A byte of a word; those above ASCII are taken for letters. */
static bool in_word(char c)
{
    return ascii_letter(c) || ascii_digit(c) || c == '_' || (c & 0x80) != 0;
}

static bool is_part(char c)
{
    return ascii_letter(c) || ascii_digit(c) || c == '-' || c == '/';
}

static bool is_short_form(struct slice s)
{
    size_t letters = 0;
    size_t capitals = 0;
    if (s.len < INITIALS_MIN || s.len > INITIALS_MAX ||
        !ascii_letter(s.data[0]) || !in_word(s.data[s.len - 1])) {
        return false;
    }
    for (size_t i = 0; i < s.len; i++) {
        letters += ascii_letter(s.data[i]);
        capitals += ascii_capital(s.data[i]);
    }
    return capitals >= 2 && 2 * capitals >= letters;
}

size_t initials_at(struct slice text, size_t at)
{
    size_t end = at;
    while (end < text.len && end - at <= INITIALS_MAX &&
           is_part(text.data[end])) {
        end++;
    }
    bool whole = end == text.len || !in_word(text.data[end]);
    return whole && is_short_form(slice_of(text.data + at, end - at)) ? end - at
                                                                      : 0;
}

size_t initials_before(struct slice text, size_t end)
{
    size_t at = end;
    while (at > 0 && end - at <= INITIALS_MAX && is_part(text.data[at - 1])) {
        at--;
    }
    bool whole = at == 0 || !in_word(text.data[at - 1]);
    return whole && is_short_form(slice_of(text.data + at, end - at)) ? end - at
                                                                      : 0;
}

static bool starts_word(struct slice name, size_t i)
{
    return i == 0 || !in_word(name.data[i - 1]) || ascii_capital(name.data[i]);
}

/* From the right, each letter where it is found first: a letter is taken
 * further left only where it must. */
bool initials_fit(struct slice initials, struct slice name)
{
    size_t at = name.len;
    size_t letters = 0;
    size_t starts = 0;
    for (size_t i = initials.len; i-- > 0;) {
        char c = initials.data[i];
        if (!ascii_letter(c) && !ascii_digit(c)) {
            continue;
        }
        bool found = false;
        while (at > 0 && !found) {
            char d = name.data[--at];
            found = d == c || (ascii_letter(d) && ascii_letter(c) &&
                               (d & ~0x20) == (c & ~0x20));
            /* the first letter begins the name */
            found = found && (i > 0 || at == 0);
        }
        if (!found) {
            return false;
        }
        letters++;
        starts += starts_word(name, at);
    }
    return at == 0 && starts >= 2 && 2 * starts >= letters &&
           initials.len < name.len;
}
