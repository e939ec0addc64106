/* A document a line:
 * {"file":F,"text":T,"spans":[{"start","end","label","text","id"?,"version"?,
 * "score"?}],"unit":U}
 */
#include <string.h>

#include "cli/writer.h"

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

/* The length of a valid UTF-8 sequence at p, 1 for ASCII, 0 for none. */
static size_t sequence(const unsigned char *p, size_t len)
{
    static const struct {
        unsigned char from, to, second_from, second_to, size;
    } rows[] = {
        {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3},
        {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
        {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
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
        size_t n = p[i] < 0x80 ? 0 : sequence(p + i, len - i);
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

static void put_text(struct writer *w, const char *text, size_t len)
{
    writer_json_text(w->out, text, len);
}

static void begin(struct writer *w)
{
    out_str(w->out, "{\"file\":\"");
    put_text(w, w->file, strlen(w->file));
    out_str(w->out, "\",\"text\":\"");
}

static void middle(struct writer *w)
{
    out_str(w->out, "\",\"spans\":[");
}

/* With three digits, where it is known. */
static void put_score(struct writer *w, float score)
{
    if (score >= 0) {
        unsigned n = (unsigned)(score * 1000 + 0.5f);
        char digits[] = {(char)('0' + n / 1000 % 10), '.',
                         (char)('0' + n / 100 % 10), (char)('0' + n / 10 % 10),
                         (char)('0' + n % 10)};
        out_str(w->out, ",\"score\":");
        out_bytes(w->out, digits, sizeof digits);
    }
}

static void spans(struct writer *w, const char *text, size_t len, size_t base,
                  const struct mention *list, size_t count)
{
    (void)len;
    for (size_t i = 0; i < count; i++) {
        const struct mention *m = &list[i];
        size_t start = 0;
        size_t end = 0;
        writer_place(w, text, base, m, &start, &end);
        out_str(w->out, w->spans++ > 0 ? ",{\"start\":" : "{\"start\":");
        writer_number(w->out, start);
        out_str(w->out, ",\"end\":");
        writer_number(w->out, end);
        out_str(w->out, ",\"label\":\"");
        put_text(w, m->label, m->label_len);
        out_str(w->out, "\",\"text\":\"");
        put_text(w, m->text, m->end - m->start);
        if (m->id_len > 0) {
            out_str(w->out, "\",\"id\":\"");
            put_text(w, m->id, m->id_len);
        }
        if (m->version_len > 0) {
            out_str(w->out, "\",\"version\":\"");
            put_text(w, m->version, m->version_len);
        }
        out_str(w->out, "\"");
        put_score(w, m->score);
        out_str(w->out, "}");
    }
}

static void end(struct writer *w)
{
    static const char *const units[] = {"chars", "bytes", "utf16"};
    out_str(w->out, "],\"unit\":\"");
    out_str(w->out, units[w->settings.unit]);
    out_str(w->out, "\"}\n");
}

const struct writer_ops writer_jsonl = {
    .name = "jsonl",
    .two_passes = true,
    .commas = true,
    .begin = begin,
    .text = put_text,
    .middle = middle,
    .spans = spans,
    .end = end,
};
