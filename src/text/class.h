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

/* Is it an upper- or title-case letter? */
bool class_is_upper(uint32_t cp);

#endif
