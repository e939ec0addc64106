/* Classes of bytes and of code points: what words, spaces, symbols are. */
#ifndef GAZ_TEXT_CLASS_H
#define GAZ_TEXT_CLASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum byte_class {
    BYTE_SYMBOL = 0,
    BYTE_WORD = 1,  /* A-Z a-z 0-9 _ */
    BYTE_SPACE = 2, /* \t \n \v \f \r and space */
    BYTE_HIGH = 4   /* part of a non-ASCII code point, or invalid */
};

extern const uint8_t class_of_byte[256];

enum cp_class {
    CP_SYMBOL,
    CP_SPACE,
    CP_WORD,   /* letter or digit */
    CP_ALONE,  /* letter of a script without spaces: a word by itself */
    CP_MARK,   /* combining mark: goes on with a word, or begins one */
    CP_IGNORE, /* default-ignorable: goes on with a word; else a symbol */
    CP_BAD     /* not UTF-8 */
};

/* The class of the code point at p, its value and its length in bytes.
   n > 0 bytes can be read.  CP_BAD has length 1. */
enum cp_class class_of_cp(const uint8_t *p, size_t n, uint32_t *cp,
                          size_t *length);

/* The bytes of a typographic sign (dashes, quotation marks, dots: U+2010 to
   U+2027) that stands at p, a symbol, or of a no-break space; else 0.  Three
   bytes can be read. */
static inline unsigned class_sign_at(const uint8_t *p)
{
    if (p[0] == 0xe2 && p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xa7)
        return 3;
    return p[0] == 0xc2 && p[1] == 0xa0 ? 2 : 0;
}

/* Is it an upper- or title-case letter? */
bool class_is_upper(uint32_t cp);

#endif
