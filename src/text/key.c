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

static bool is_ascii(const uint8_t *p, size_t n)
{
    uint8_t all = 0;
    for (size_t i = 0; i < n; i++)
        all |= p[i];
    return all < 0x80;
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

bool key_word(const uint8_t *word, size_t n, unsigned how, struct word_key *key)
{
    if (n == 0 || n > LIMIT_WORD)
        return false;
    if (is_ascii(word, n)) {
        memcpy(key->bytes, word, n);
        key->n = n;
        if (how & FOLD_CASE)
            for (size_t i = 0; i < n; i++)
                key->bytes[i] = lower(key->bytes[i]);
    } else if (!fold_high(word, n, how, key)) {
        return false;
    }
    if (how & FOLD_PLURAL)
        key->n = key_plural(key->bytes, key->n);
    return true;
}
