/* The text around a name: bytes and words of it, with safe access. */
#ifndef GAZ_TEXT_AROUND_H
#define GAZ_TEXT_AROUND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "text/ascii.h"

struct around {
    struct slice text;
    size_t limit; /* no byte from there on */
};

static inline char around_at(const struct around *v, size_t i)
{
    return i < v->limit ? v->text.data[i] : '\0';
}

static inline bool around_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Does a word go on at i? Beyond the limit stands another mention or the
 * end, which is looked at too. */
bool around_in_word(const struct around *v, size_t i);

/* Skip blanks with at most one newline; SIZE_MAX where there are more. */
size_t around_skip(const struct around *v, size_t i);

/* The length of a lower-case word at i if it stands there in any case. */
size_t around_word(const struct around *v, size_t i, const char *word);

/* The end of one of the NULL-ended words if it stands whole at i, or 0. */
size_t around_words(const struct around *v, size_t i, const char *const *words);

#endif
