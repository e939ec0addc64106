#include "text/key.h"

#include <string.h>
#include <utf8proc.h>

#include "text/class.h"

/* All but s, u, i: 'class', 'status', 'axis' are no plurals.  Upper case too,
   as unfolded keys may be de-pluralised for a comparison. */
#define ROW    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
#define ROW_I  1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1
#define ROW_SU 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
const uint8_t key_before_s[256] = {ROW,   ROW,    ROW, ROW, ROW_I, ROW_SU,
                                   ROW_I, ROW_SU, ROW, ROW, ROW,   ROW,
                                   ROW,   ROW,    ROW, ROW};

static size_t count_cps(const uint8_t *key, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += (key[i] & 0xc0) != 0x80;
    return count;
}

static uint8_t lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
}

size_t key_plural(uint8_t *key, size_t n)
{
    if (n <= 3 || lower(key[n - 1]) != 's' || !key_before_s[key[n - 2]])
        return n;
    size_t count = count_cps(key, n);
    if (count <= 3)
        return n;
    if (count > 4 && lower(key[n - 2]) == 'e' && lower(key[n - 3]) == 'i') {
        key[n - 3] = key[n - 3] == 'I' ? 'Y' : 'y';
        return n - 2;
    }
    return n - 1;
}

/* The bytes of a word of ASCII and of the Latin letters U+00C0 to U+024F,
   which NFC leaves as they are; false if there is anything else, or a letter
   whose folding is not that of ASCII and Latin-1. */
static bool latin_bytes(const uint8_t *word, size_t n, bool fold, uint8_t *key)
{
    for (size_t i = 0; i < n; i++) {
        uint8_t c = word[i];
        key[i] = fold ? lower(c) : c;
        if (c < 0x80)
            continue;
        if (c < 0xc3 || c > 0xc9 || i + 1 == n || (fold && c > 0xc3))
            return false;
        uint8_t d = word[++i]; /* of C3: 97 and B7 are signs, 9F is sharp s */
        if ((d & 0xc0) != 0x80 || (c == 0xc9 && d > 0x8f) ||
            (c == 0xc3 && (d == 0x97 || d == 0xb7 || d == 0x9f)))
            return false;
        key[i] = fold && d < 0xa0 ? d | 0x20 : d;
    }
    return true;
}

static bool fold_high(const uint8_t *word, size_t n, unsigned how,
                      struct word_key *key)
{
    int options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_IGNORE;
    if (how & FOLD_CASE)
        options |= UTF8PROC_CASEFOLD;
    utf8proc_ssize_t count =
        utf8proc_decompose(word, (utf8proc_ssize_t)n, key->cps, KEY_BYTES_MAX,
                           (utf8proc_option_t)options);
    if (count <= 0 || count > KEY_BYTES_MAX)
        return false;
    utf8proc_ssize_t bytes =
        utf8proc_reencode(key->cps, count, (utf8proc_option_t)options);
    if (bytes <= 0 || bytes > KEY_BYTES_MAX)
        return false;
    memcpy(key->bytes, key->cps, (size_t)bytes);
    key->n = (size_t)bytes;
    return true;
}

bool key_latin(const uint8_t *word, size_t n, unsigned how,
               struct word_key *key)
{
    if (!latin_bytes(word, n, how & FOLD_CASE, key->bytes))
        return false;
    key->n = how & FOLD_PLURAL ? key_plural(key->bytes, n) : n;
    return true;
}

bool key_word(const uint8_t *word, size_t n, unsigned how, struct word_key *key)
{
    if (n == 0 || n > LIMIT_WORD)
        return false;
    if (key_latin(word, n, how, key))
        return true;
    if (!fold_high(word, n, how, key))
        return false;
    if (how & FOLD_PLURAL)
        key->n = key_plural(key->bytes, key->n);
    return true;
}
