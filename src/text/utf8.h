/* UTF-8, one code point at a time, safe on any bytes. */
#ifndef GAZ_TEXT_UTF8_H
#define GAZ_TEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* What utf8_next gives for a byte that begins no valid sequence (overlong
 * forms, surrogates, values past U+10FFFF and cut sequences included). */
#define UTF8_INVALID UINT32_MAX

/* The code point at text[pos] (pos < len) and its length in bytes, 1 for an
 * invalid byte. */
uint32_t utf8_next(const char *text, size_t len, size_t pos, size_t *size);

/* The code point that ends just before text[pos] (pos > 0), likewise. */
uint32_t utf8_before(const char *text, size_t pos, size_t *size);

/* Write a code point (valid, below 0x110000) to out; its length in bytes. */
size_t utf8_write(uint32_t code_point, char out[4]);

/* The offset of the first invalid byte, or len. */
size_t utf8_invalid(const char *text, size_t len);

/* Lengths of text in code points and in UTF-16 units; each byte that is not
 * valid UTF-8 counts one. */
size_t utf8_count_chars(const char *text, size_t len);
size_t utf8_count_utf16(const char *text, size_t len);

#endif
