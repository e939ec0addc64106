/* What output formats share: places, numbers, escapes. */
#include "cli/writer.h"

#include <assert.h>
#include <string.h>

#include "cli/put.h"

void writer_at(struct writer *w, size_t bytes, size_t units, size_t len,
               bool plain)
{
    w->bytes = bytes;
    w->units = units;
    w->text_end = bytes + len;
    w->plain_to = plain ? w->text_end : bytes;
}

/* The end of the ASCII bytes of text from `at` on. */
static size_t ascii_end(const char *text, size_t at, size_t len)
{
    const uint64_t tops = 0x8080808080808080u;
    for (; len - at >= 32; at += 32) {
        uint64_t a, b, c, d;
        memcpy(&a, text + at, 8);
        memcpy(&b, text + at + 8, 8);
        memcpy(&c, text + at + 16, 8);
        memcpy(&d, text + at + 24, 8);
        if (((a | b | c | d) & tops) != 0) {
            break;
        }
    }
    while (at < len && (unsigned char)text[at] < 0x80) {
        at++;
    }
    return at;
}

/* Count on to byte `to` of the document at least, so that each byte is looked
 * at once, however many mentions there are. */
static void count_on(struct writer *w, const char *text, size_t base, size_t to)
{
    assert(to <= w->text_end); /* writer_at has told of the text */
    while (w->plain_to < to) {
        size_t from = w->plain_to - base;
        size_t at = from;
        while (at < to - base && (unsigned char)text[at] >= 0x80) {
            at++;
        }
        w->units += w->plain_to - w->bytes +
                    gaz_text_length(text + from, at - from, w->settings.unit);
        w->bytes = base + at;
        w->plain_to = base + ascii_end(text, at, w->text_end - base);
    }
}

void writer_place(struct writer *w, const char *text, size_t base,
                  const struct mention *m, size_t *start, size_t *end)
{
    size_t inside = m->end - m->start;
    count_on(w, text, base, m->start);
    w->units += m->start - w->bytes;
    w->bytes = m->start;
    if (m->end > w->plain_to) {
        inside =
            gaz_text_length(text + (m->start - base), inside, w->settings.unit);
    }
    *start = w->units;
    *end = w->units + inside;
}

void writer_number(struct out *out, uint64_t n)
{
    char *p = out_room(out, PUT_DIGITS);
    out_used(out, (size_t)(put_number(p, n) - p));
}

/* n, or where a sequence begins that goes on there: one has up to 3 bytes
 * behind its lead. */
static size_t before_sequence(const char *text, size_t n)
{
    for (size_t back = 0; back <= 3; back++) {
        if (((unsigned char)text[n - back] & 0xC0u) != 0x80u) {
            return n - back;
        }
    }
    return n;
}

void writer_json_text(struct out *out, const char *text, size_t len)
{
    enum { STEP = (OUT_ROOM_MAX - PUT_SLACK) / 6 };
    size_t i = 0;
    while (i < len) {
        size_t n = len - i < STEP ? len - i : STEP;
        n = n < len - i ? before_sequence(text + i, n) : n;
        char *p = out_room(out, OUT_ROOM_MAX);
        out_used(out, (size_t)(put_json(p, text + i, n, text + len) - p));
        i += n;
    }
}

const char *writer_unit(const struct writer *w)
{
    static const char *const units[] = {"chars", "bytes", "utf16"};
    return w->settings.tokens ? "tokens" : units[w->settings.unit];
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
        size_t n = put_sequence(text + i, len - i);
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
