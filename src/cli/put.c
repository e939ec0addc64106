#include "cli/put.h"

char *put_number(char *p, uint64_t n)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021"
                                "22232425262728293031323334353637383940414243"
                                "44454647484950515253545556575859606162636465"
                                "66676869707172737475767778798081828384858687"
                                "888990919293949596979899";
    size_t len = 1;
    for (uint64_t ten = 10; n >= ten && len < PUT_DIGITS; len++) {
        ten = len < PUT_DIGITS - 1 ? ten * 10 : ten;
    }
    char *at = p + len;
    for (; n >= 100; n /= 100) {
        at -= 2;
        memcpy(at, pairs + n % 100 * 2, 2);
    }
    if (n >= 10) {
        memcpy(p, pairs + n * 2, 2);
    } else {
        *p = (char)('0' + n);
    }
    return p + len;
}

static char *escape(char *p, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    char code = c == '\n'               ? 'n'
                : c == '"' || c == '\\' ? (char)c
                : c == '\t'             ? 't'
                : c == '\r'             ? 'r'
                                        : 'u';
    *p++ = '\\';
    *p++ = code;
    if (code == 'u') {
        *p++ = '0';
        *p++ = '0';
        *p++ = hex[c >> 4];
        *p++ = hex[c & 15];
    }
    return p;
}

size_t put_sequence(const char *text, size_t len)
{
    static const struct {
        unsigned char from, to, second_from, second_to, size;
    } rows[] = {
        {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3},
        {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
        {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    const unsigned char *p = (const unsigned char *)text;
    if (p[0] < 0x80) {
        return 1;
    }
    bool two = len >= 2 && (p[1] & 0xC0u) == 0x80u;
    if (two && p[0] >= 0xC2 && p[0] <= 0xDF) { /* most of them */
        return 2;
    }
    if (two && len >= 3 && p[0] > 0xE0 && p[0] < 0xED &&
        (p[2] & 0xC0u) == 0x80u) {
        return 3;
    }
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (p[0] < rows[i].from || p[0] > rows[i].to) {
            continue;
        }
        if (len < rows[i].size || p[1] < rows[i].second_from ||
            p[1] > rows[i].second_to) {
            return 0;
        }
        for (size_t k = 2; k < rows[i].size; k++) {
            if ((p[k] & 0xC0u) != 0x80u) {
                return 0;
            }
        }
        return rows[i].size;
    }
    return 0;
}

/* The bytes above ASCII that s begins with, *n of len. */
static char *put_sequences(char *p, const char *s, size_t len, size_t *n)
{
    size_t i = 0;
    while (i < len && (unsigned char)s[i] >= 0x80) {
        size_t size = put_sequence(s + i, len - i);
        if (size == 0) {
            p = PUT_STR(p, "\xEF\xBF\xBD");
            i++;
        }
        for (; size > 0; size--) {
            *p++ = s[i++];
        }
    }
    *n = i;
    return p;
}

char *put_json(char *p, const char *s, size_t len, const char *limit)
{
    size_t i = 0;
    for (;;) {
        size_t n = 0;
        p = put_plain(p, s + i, len - i, limit, PUT_ODD_JSON, &n);
        i += n;
        if (i == len) {
            return p;
        }
        if ((unsigned char)s[i] < 0x80) {
            p = escape(p, (unsigned char)s[i++]);
        } else {
            p = put_sequences(p, s + i, len - i, &n);
            i += n;
        }
    }
}
