/* What output formats share: places, numbers, escapes. */
#include "cli/writer.h"

#include <string.h>

void writer_place(struct writer *w, const char *text, size_t base,
                  const struct mention *m, size_t *start, size_t *end)
{
    size_t before = m->start - w->bytes;
    size_t inside = m->end - m->start;
    if (!w->plain) {
        gaz_unit unit = w->settings.unit;
        before = gaz_text_length(text + (w->bytes - base), before, unit);
        inside = gaz_text_length(text + (m->start - base), inside, unit);
    }
    w->units += before;
    w->bytes = m->start;
    *start = w->units;
    *end = w->units + inside;
}

char *writer_digits(char *p, uint64_t n)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021"
                                "22232425262728293031323334353637383940414243"
                                "44454647484950515253545556575859606162636465"
                                "66676869707172737475767778798081828384858687"
                                "888990919293949596979899";
    char digits[20];
    size_t i = sizeof digits;
    for (; n >= 10; n /= 100) {
        i -= 2;
        memcpy(digits + i, pairs + n % 100 * 2, 2);
    }
    if (n > 0 || i == sizeof digits) {
        digits[--i] = (char)('0' + n);
    }
    memcpy(p, digits + i, sizeof digits - i);
    return p + (sizeof digits - i);
}

void writer_number(struct out *out, uint64_t n)
{
    char *p = out_room(out, 20);
    out_used(out, (size_t)(writer_digits(p, n) - p));
}

size_t writer_sequence(const char *text, size_t len)
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

static void escape(struct out *out, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    char code[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    switch (c) {
    case '"': out_bytes(out, "\\\"", 2); break;
    case '\\': out_bytes(out, "\\\\", 2); break;
    case '\n': out_bytes(out, "\\n", 2); break;
    case '\t': out_bytes(out, "\\t", 2); break;
    case '\r': out_bytes(out, "\\r", 2); break;
    default: out_bytes(out, code, sizeof code); break;
    }
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/* Where the next byte may be that is not written as it is: 8 at a time, the
 * top bit of each byte of `odd` says that it is below 0x20, '"', '\\' or
 * above 0x7E; a borrow may call the byte after such a one odd too. */
static size_t skip_plain(const unsigned char *p, size_t len, size_t i)
{
    const uint64_t ones = 0x0101010101010101u;
    const uint64_t tops = 0x8080808080808080u;
    for (; len - i >= 8; i += 8) {
        uint64_t x;
        memcpy(&x, p + i, 8);
        uint64_t quote = x ^ ones * '"';
        uint64_t slash = x ^ ones * '\\';
        uint64_t odd = (x - ones * 0x20) | (quote - ones) | (slash - ones) |
                       (x + ones) | x;
        if ((odd & tops) != 0) {
            break;
        }
    }
    return i;
}

void writer_json_text(struct out *out, const char *text, size_t len)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t done = 0; /* bytes written */
    size_t i = 0;
    while (i < len) {
        i = skip_plain(p, len, i);
        while (i < len && is_plain(p[i])) {
            i++;
        }
        if (i == len) {
            break;
        }
        size_t n = p[i] < 0x80 ? 0 : writer_sequence(text + i, len - i);
        if (n > 0) {
            i += n;
            continue;
        }
        out_bytes(out, p + done, i - done);
        if (p[i] >= 0x80) {
            out_bytes(out, "\xEF\xBF\xBD", 3);
        } else {
            escape(out, p[i]);
        }
        done = ++i;
    }
    out_bytes(out, p + done, len - done);
}

const char *writer_unit(const struct writer *w)
{
    static const char *const units[] = {"chars", "bytes", "utf16"};
    return units[w->settings.unit];
}

/* Is this character one that XML 1.0 has no place for? */
static bool beyond_xml(const char *text, size_t n)
{
    unsigned char c = (unsigned char)text[0];
    if (n == 1) {
        return c < 0x20 && c != '\t' && c != '\n' && c != '\r';
    }
    return n == 3 && c == 0xEF && (unsigned char)text[1] == 0xBF &&
           (unsigned char)text[2] >= 0xBE; /* U+FFFE, U+FFFF */
}

/* What is written for the character of n bytes (0: invalid UTF-8) at text;
 * NULL: itself. */
static const char *markup_for(enum markup how, const char *text, size_t n)
{
    static const char bad[] = "\xEF\xBF\xBD";
    bool attribute =
        how == MARKUP_XML_ATTRIBUTE || how == MARKUP_HTML_ATTRIBUTE;
    if (n == 0) {
        return bad;
    }
    switch (text[0]) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '\r': return "&#13;"; /* a bare one would be read as a newline */
    case '\0': return bad;
    case '"': return attribute ? "&quot;" : NULL;
    case '\n': return attribute ? "&#10;" : NULL;
    case '\t': return attribute ? "&#9;" : NULL;
    default: break;
    }
    bool xml = how == MARKUP_XML || how == MARKUP_XML_ATTRIBUTE;
    return xml && beyond_xml(text, n) ? bad : NULL;
}

void writer_markup(struct out *out, enum markup how, const char *text,
                   size_t len)
{
    size_t done = 0;
    for (size_t i = 0; i < len;) {
        unsigned char c = (unsigned char)text[i];
        if (c > '>' && c < 0x80) {
            i++;
            continue; /* nearly every byte */
        }
        size_t n = writer_sequence(text + i, len - i);
        const char *code = markup_for(how, text + i, n);
        n += n == 0;
        if (code != NULL) {
            out_bytes(out, text + done, i - done);
            out_str(out, code);
            done = i + n;
        }
        i += n;
    }
    out_bytes(out, text + done, len - done);
}

void writer_score(struct out *out, float score)
{
    uint64_t n = (uint64_t)(score * 1000 + 0.5f);
    char digits[] = {'.', (char)('0' + n / 100 % 10), (char)('0' + n / 10 % 10),
                     (char)('0' + n % 10)};
    writer_number(out, n / 1000);
    out_bytes(out, digits, sizeof digits);
}
