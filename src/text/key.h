/* Keys of words: what is hashed and compared.

   key = NFC of the word, or with folding the NFC of its full case fold
   (ASCII: lower case), without default-ignorable code points, and with
   plural folding the singular that the English rules give. */
#ifndef GAZ_TEXT_KEY_H
#define GAZ_TEXT_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/limits.h"

enum { FOLD_CASE = 1, FOLD_PLURAL = 2 };

enum { KEY_BYTES_MAX = 4 * LIMIT_WORD };

struct word_key {
    uint8_t bytes[KEY_BYTES_MAX + 16];
    size_t n;
    int32_t cps[KEY_BYTES_MAX + 1]; /* room for the work */
};

/* The key of a word of n <= LIMIT_WORD bytes; false when there is none
   (not UTF-8, or nothing is left of it). */
bool key_word(const uint8_t *word, size_t n, unsigned how,
              struct word_key *key);

/* The same for a word of ASCII and Latin letters only; false for others,
   which are no word, or one with another key. */
bool key_latin(const uint8_t *word, size_t n, unsigned how,
               struct word_key *key);

/* Without the plural's ending: the new length of a folded or unfolded key,
   which may change its last byte ('ies' to 'y'). */
size_t key_plural(uint8_t *key, size_t n);

/* For the fast path: 1 for bytes that may stand before a plural's s. */
extern const uint8_t key_before_s[256];

#endif
