/* How a name is written, and what stands around it: a capital that means
 * nothing (at the start of a sentence, in a title) is no sign of a name. ASCII;
 * a byte of anything else is part of a word. */
#ifndef GAZ_TAG_WRITTEN_H
#define GAZ_TAG_WRITTEN_H

#include <string.h>

#include "base/slice.h"
#include "base/span.h"
#include "text/ascii.h"

static inline bool written_is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool written_is_word(char c)
{
    return ascii_letter(c) || ascii_digit(c) || c == '_' || (c & 0x80) != 0;
}

static inline bool written_is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* Has it a capital? */
bool written_any_capital(struct slice s);

/* Does a word with a capital stand right before byte `at` that may belong to a
 * name there ('Taylor Swift', 'Ian F. Darwin'), none that may open a sentence
 * ('With Swift')? *end is where it ends. */
bool written_capital_before(struct slice text, size_t at, size_t *end);

/* Does one begin right behind byte `at`, or one or a number after a hyphen
 * there ('Swift Boats', 'RPM-List', 'OTP-1234')? *start is where. */
bool written_capital_behind(struct slice text, size_t at, size_t *start);

/* May the word stand with a capital before a name at a sentence's start? */
bool written_is_opening(struct slice word);

/* Is it one word, written as only a name is: with a capital behind a small
 * letter ('SideWalk'), or two letters and a digit ('BME280')? */
bool written_is_coined(struct slice s);

/* Is what stands there written as a name? */
bool written_as_name(struct slice text, const struct span *s);

#endif
