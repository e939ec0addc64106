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

/* Typographic signs, which are symbols: dashes, quotation marks, dots.  In
   UTF-8 only the last of their three bytes differs.  classify_avx512.h
   has the same range. */
enum { SIGN_FIRST = 0x2010, SIGN_LAST = 0x2027 };

/* The bytes of a typographic sign that stands at p, or of a no-break space;
   else 0.  Three bytes can be read. */
static inline unsigned class_sign_at(const uint8_t *p)
{
    enum {
        LEAD = 0xe0 | SIGN_FIRST >> 12,
        NEXT = 0x80 | (SIGN_FIRST >> 6 & 63)
    };
    _Static_assert(SIGN_FIRST >> 6 == SIGN_LAST >> 6, "two bytes in common");
    if (p[0] == LEAD && p[1] == NEXT && p[2] >= (0x80 | (SIGN_FIRST & 63)) &&
        p[2] <= (0x80 | (SIGN_LAST & 63)))
        return 3;
    return p[0] == 0xc2 && p[1] == 0xa0 ? 2 : 0;
}

/* Is it an upper- or title-case letter? */
bool class_is_upper(uint32_t cp);

#endif
