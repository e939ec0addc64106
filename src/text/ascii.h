/* Kinds of ASCII characters, whatever the locale. */
#ifndef GAZ_TEXT_ASCII_H
#define GAZ_TEXT_ASCII_H

#include <stdbool.h>

static inline bool ascii_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool ascii_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool ascii_letter(char c)
{
    return ascii_capital((char)(c & ~0x20));
}

static inline bool ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

#endif
