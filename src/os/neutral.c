#include "os/neutral.h"

/* The bytes of a sequence by its first one; 1 where it is none. */
static size_t length_of(unsigned char lead)
{
    return lead >= 0xF0 && lead < 0xF5   ? 4
           : lead >= 0xE0 && lead < 0xF0 ? 3
           : lead >= 0xC2 && lead < 0xE0 ? 2
                                         : 1;
}

/* Continuation bytes at p, at most n. */
static size_t continued(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && ((unsigned char)p[i] & 0xC0u) == 0x80u) {
        i++;
    }
    return i;
}

/* Is the sequence at p, which has all its bytes, a bidirectional control? */
static bool turns(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    if (u[0] == 0xD8) {
        return u[1] == 0x9C; /* U+061C */
    }
    return u[0] == 0xE2 &&
           ((u[1] == 0x80 && (u[2] == 0x8E || u[2] == 0x8F ||
                              (u[2] >= 0xAA && u[2] <= 0xAE))) ||
            (u[1] == 0x81 && u[2] >= 0xA6 && u[2] <= 0xA9));
}

/* The bytes of the character at p; *good says whether it can be shown. */
static size_t look(const char *p, size_t left, bool one_line, bool *good)
{
    unsigned char c = (unsigned char)p[0];
    if (c < 0x80) {
        *good = (c >= 0x20 && c != 0x7F) || c == '\t' ||
                (!one_line &&
                 (c == '\n' || (c == '\r' && left > 1 && p[1] == '\n')));
        return 1;
    }
    size_t n = length_of(c);
    size_t have = 1 + continued(p + 1, (n < left ? n : left) - 1);
    unsigned char next = left > 1 ? (unsigned char)p[1] : 0;
    *good = n > 1 && have == n && !(c == 0xC2 && next < 0xA0) &&
            !(c == 0xE0 && next < 0xA0) && !(c == 0xF0 && next < 0x90) &&
            !(c == 0xED && next >= 0xA0) && !(c == 0xF4 && next >= 0x90);
    if (*good && turns(p)) {
        *good = false;
        return n;
    }
    return *good || (c == 0xC2 && have == 2) ? n : 1;
}

size_t neutral_span(const char *text, size_t len, bool one_line, size_t *bad)
{
    size_t i = 0;
    bool good = true;
    while (i < len) {
        size_t n = look(text + i, len - i, one_line, &good);
        if (!good) {
            *bad = n;
            return i;
        }
        i += n;
    }
    *bad = 0;
    return len;
}

size_t neutral_open(const char *text, size_t len)
{
    if (len > 0 && text[len - 1] == '\r') {
        return 1;
    }
    for (size_t back = 1; back <= 3 && back <= len; back++) {
        unsigned char c = (unsigned char)text[len - back];
        if (c >= 0xC0) {
            return length_of(c) > back ? back : 0;
        }
        if (c < 0x80) {
            break;
        }
    }
    return 0;
}
