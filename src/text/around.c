#include "text/around.h"

#include "text/chars.h"
#include "text/utf8.h"

bool around_in_word(const struct around *v, size_t i)
{
    size_t n = 0;
    if (i >= v->text.len) {
        return false;
    }
    enum char_class c = char_class(utf8_next(v->text.data, v->text.len, i, &n));
    return c == CHAR_WORD || c == CHAR_EXTEND;
}

size_t around_skip(const struct around *v, size_t i)
{
    size_t newlines = 0;
    for (; around_blank(around_at(v, i)); i++) {
        newlines += around_at(v, i) == '\n';
    }
    /* A no-break space. */
    while (around_at(v, i) == '\xC2' && around_at(v, i + 1) == '\xA0') {
        i += 2;
    }
    return newlines > 1 ? SIZE_MAX : i;
}

size_t around_word(const struct around *v, size_t i, const char *word)
{
    size_t n = 0;
    for (; word[n] != '\0'; n++) {
        char c = around_at(v, i + n);
        if (c != word[n] && !(ascii_letter(c) && (c | 0x20) == word[n])) {
            return 0;
        }
    }
    return n;
}

size_t around_words(const struct around *v, size_t i, const char *const *words)
{
    char first = around_at(v, i);
    for (; *words != NULL; words++) {
        bool may = first == **words || (first | 0x20) == **words;
        size_t n = may ? around_word(v, i, *words) : 0;
        if (n > 0 && !around_in_word(v, i + n)) {
            return i + n;
        }
    }
    return 0;
}
