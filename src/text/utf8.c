#include "text/utf8.h"

#include "base/bytes.h"

static uint32_t at(const char *text, size_t i)
{
    return (unsigned char)text[i];
}

static int is_tail(uint32_t byte)
{
    return (byte & 0xC0u) == 0x80u;
}

uint32_t utf8_next(const char *text, size_t len, size_t pos, size_t *size)
{
    uint32_t b = at(text, pos);
    size_t rest = len - pos;
    *size = 1;
    if (b < 0x80) {
        return b;
    }
    if (b >= 0xC2 && b < 0xE0 && rest >= 2 && is_tail(at(text, pos + 1))) {
        *size = 2;
        return (b & 0x1Fu) << 6 | (at(text, pos + 1) & 0x3Fu);
    }
    if (b >= 0xE0 && b < 0xF0 && rest >= 3 && is_tail(at(text, pos + 1)) &&
        is_tail(at(text, pos + 2))) {
        uint32_t c = (b & 0x0Fu) << 12 | (at(text, pos + 1) & 0x3Fu) << 6 |
                     (at(text, pos + 2) & 0x3Fu);
        if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) {
            *size = 3;
            return c;
        }
    }
    if (b >= 0xF0 && b < 0xF5 && rest >= 4 && is_tail(at(text, pos + 1)) &&
        is_tail(at(text, pos + 2)) && is_tail(at(text, pos + 3))) {
        uint32_t c = (b & 0x07u) << 18 | (at(text, pos + 1) & 0x3Fu) << 12 |
                     (at(text, pos + 2) & 0x3Fu) << 6 |
                     (at(text, pos + 3) & 0x3Fu);
        if (c >= 0x10000 && c < 0x110000) {
            *size = 4;
            return c;
        }
    }
    return UTF8_INVALID;
}

uint32_t utf8_before(const char *text, size_t pos, size_t *size)
{
    for (size_t back = 1; back <= 4 && back <= pos; back++) {
        if (is_tail(at(text, pos - back))) {
            continue;
        }
        size_t n = 0;
        uint32_t c = utf8_next(text, pos, pos - back, &n);
        if (n == back) {
            *size = n;
            return c;
        }
        break;
    }
    *size = 1;
    return UTF8_INVALID;
}

size_t utf8_write(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0u | c >> 6);
        out[1] = (char)(0x80u | (c & 0x3Fu));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0u | c >> 12);
        out[1] = (char)(0x80u | (c >> 6 & 0x3Fu));
        out[2] = (char)(0x80u | (c & 0x3Fu));
        return 3;
    }
    out[0] = (char)(0xF0u | c >> 18);
    out[1] = (char)(0x80u | (c >> 12 & 0x3Fu));
    out[2] = (char)(0x80u | (c >> 6 & 0x3Fu));
    out[3] = (char)(0x80u | (c & 0x3Fu));
    return 4;
}

/* The top bits of 8 bytes; not a loop, which compilers put on the stack. */
static uint64_t tops_at(const char *text)
{
    return bytes_load64(text) & 0x8080808080808080u;
}

/* The end of the ASCII bytes from pos on, many at a time: offsets are counted
 * over whole texts, and most of them are ASCII. */
static size_t skip_ascii(const char *text, size_t len, size_t pos)
{
    for (; len - pos >= 64; pos += 64) {
        const char *p = text + pos;
        uint64_t any = tops_at(p) | tops_at(p + 8) | tops_at(p + 16) |
                       tops_at(p + 24) | tops_at(p + 32) | tops_at(p + 40) |
                       tops_at(p + 48) | tops_at(p + 56);
        if (any != 0) {
            break;
        }
    }
    for (; len - pos >= 8; pos += 8) {
        uint64_t tops = tops_at(text + pos);
        if (tops != 0) {
            return pos + bits_ctz(tops) / 8;
        }
    }
    while (pos < len && (unsigned char)text[pos] < 0x80) {
        pos++;
    }
    return pos;
}

size_t utf8_invalid(const char *text, size_t len)
{
    size_t pos = 0;
    while ((pos = skip_ascii(text, len, pos)) < len) {
        size_t size = 0;
        if (utf8_next(text, len, pos, &size) == UTF8_INVALID) {
            break;
        }
        pos += size;
    }
    return pos;
}

size_t utf8_count_chars(const char *text, size_t len)
{
    size_t n = 0;
    for (size_t pos = 0; pos < len;) {
        size_t end = skip_ascii(text, len, pos);
        n += end - pos;
        pos = end;
        if (pos < len) {
            size_t size = 1;
            (void)utf8_next(text, len, pos, &size);
            pos += size;
            n++;
        }
    }
    return n;
}

size_t utf8_count_utf16(const char *text, size_t len)
{
    size_t n = 0;
    for (size_t pos = 0; pos < len;) {
        size_t end = skip_ascii(text, len, pos);
        n += end - pos;
        pos = end;
        if (pos < len) {
            size_t size = 1;
            (void)utf8_next(text, len, pos, &size);
            pos += size;
            n += size == 4 ? 2 : 1;
        }
    }
    return n;
}
