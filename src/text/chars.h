/* Classes of code points: what is a word made of, what is a space. */
#ifndef GAZ_TEXT_CHARS_H
#define GAZ_TEXT_CHARS_H

#include <stdint.h>

enum char_class {
    CHAR_SYMBOL,    /* stands for itself, a token of its own */
    CHAR_SPACE,     /* white space, NBSP and the other Unicode spaces */
    CHAR_WORD,      /* letter, digit or '_': makes up words */
    CHAR_IDEOGRAPH, /* a word of its own: scripts written without spaces */
    CHAR_EXTEND,    /* a mark or default-ignorable: goes with what it follows */
    CHAR_INVALID    /* a byte of invalid UTF-8: no part of any match */
};

/* The class of a code point, or of UTF8_INVALID. */
enum char_class char_class(uint32_t code_point);

#endif
