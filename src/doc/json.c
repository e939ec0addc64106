#include "doc/json.h"

#include <string.h>

#include "text/utf8.h"

enum status json_fail(struct json *j, size_t at, const char *message)
{
    return err_at(j->e, STATUS_SYNTAX, j->line, at + 1, "%s%s", message,
                  at >= j->len ? " (the record ends here)" : "");
}

void json_space(struct json *j)
{
    while (j->pos < j->len &&
           (j->data[j->pos] == ' ' || j->data[j->pos] == '\t' ||
            j->data[j->pos] == '\r' || j->data[j->pos] == '\n')) {
        j->pos++;
    }
}

/* ---- strings */

/* From i on, 8 bytes at a time, as long as none is a quote, a backslash or a
 * control character; a borrow may see one too many. */
static size_t skip_plain(const char *p, size_t len, size_t i)
{
    const uint64_t ones = 0x0101010101010101u;
    const uint64_t tops = 0x8080808080808080u;
    for (; len - i >= 8; i += 8) {
        uint64_t x;
        memcpy(&x, p + i, 8);
        uint64_t quote = x ^ ones * '"';
        uint64_t slash = x ^ ones * '\\';
        uint64_t odd = ((x - ones * 0x20) & ~x) | ((quote - ones) & ~quote) |
                       ((slash - ones) & ~slash);
        if ((odd & tops) != 0) {
            break;
        }
    }
    return i;
}

static int hex_of(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The four hexadecimal digits at p, or -1. */
static int32_t hex4(const char *p, size_t len)
{
    int32_t value = 0;
    if (len < 4) {
        return -1;
    }
    for (size_t i = 0; i < 4; i++) {
        int digit = hex_of(p[i]);
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

/* The bytes of the escape at data[at], 0 for none. */
static size_t escape_size(const struct json *j, size_t at)
{
    if (at + 1 >= j->len) {
        return 0;
    }
    char c = j->data[at + 1];
    if (c == 'u') {
        return hex4(j->data + at + 2, j->len - at - 2) >= 0 ? 6 : 0;
    }
    return c != '\0' && strchr("\"\\/bfnrt", c) != NULL ? 2 : 0;
}

enum status json_string(struct json *j, struct slice *inside)
{
    size_t i = j->pos;
    if (i >= j->len || j->data[i] != '"') {
        return json_fail(j, i, "no string, which begins with a '\"'");
    }
    size_t first = ++i;
    for (;;) {
        i = skip_plain(j->data, j->len, i);
        while (i < j->len && j->data[i] != '"' && j->data[i] != '\\' &&
               (unsigned char)j->data[i] >= 0x20) {
            i++;
        }
        if (i >= j->len) {
            return json_fail(j, j->len, "this string has no end");
        }
        if (j->data[i] == '"') {
            break;
        }
        if (j->data[i] != '\\') {
            return json_fail(j, i,
                             "a control character in a string; it is written "
                             "as an escape, such as \\n or \\u0000");
        }
        size_t n = escape_size(j, i);
        if (n == 0) {
            return json_fail(j, i,
                             "no escape: \\\" \\\\ \\/ \\b \\f \\n \\r \\t and "
                             "\\u with four hexadecimal digits are");
        }
        i += n;
    }
    *inside = slice_of(j->data + first, i - first);
    j->pos = i + 1;
    return STATUS_OK;
}

static enum status decode_unicode(struct json *j, struct slice s, size_t *at,
                                  struct buf *b)
{
    uint32_t c = (uint32_t)hex4(s.data + *at + 2, s.len - *at - 2);
    size_t size = 6;
    char utf8[4];
    if (c >= 0xD800 && c < 0xE000) {
        size_t next = *at + 6;
        int32_t low =
            next + 6 <= s.len && s.data[next] == '\\' && s.data[next + 1] == 'u'
                ? hex4(s.data + next + 2, s.len - next - 2)
                : -1;
        if (c >= 0xDC00 || low < 0xDC00 || low >= 0xE000) {
            return json_fail(j, (size_t)(s.data - j->data) + *at,
                             "half of a surrogate pair is no character; the "
                             "other half must stand beside it");
        }
        c = 0x10000 + ((c - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
        size = 12;
    }
    buf_add(b, utf8, utf8_write(c, utf8));
    *at += size;
    return STATUS_OK;
}

enum status json_decode(struct json *j, struct slice inside, struct buf *b,
                        struct slice *out)
{
    static const char names[] = "\"\\/bfnrt";
    static const char values[] = "\"\\/\b\f\n\r\t";
    size_t at = 0;
    *out = inside;
    if (inside.len == 0 || memchr(inside.data, '\\', inside.len) == NULL) {
        return STATUS_OK;
    }
    buf_clear(b);
    while (at < inside.len) {
        const char *p = inside.data + at;
        const char *slash = memchr(p, '\\', inside.len - at);
        size_t n = slash != NULL ? (size_t)(slash - p) : inside.len - at;
        buf_add(b, p, n);
        at += n;
        if (slash == NULL) {
            break;
        }
        if (slash[1] != 'u') {
            buf_byte(b, values[strchr(names, slash[1]) - names]);
            at += 2;
            continue;
        }
        enum status s = decode_unicode(j, inside, &at, b);
        if (s != STATUS_OK) {
            return s;
        }
    }
    *out = buf_view(b);
    return buf_ok(b) ? STATUS_OK : err_nomem(j->e);
}

/* ---- numbers and words */

static size_t digits(const struct json *j, size_t i)
{
    while (i < j->len && j->data[i] >= '0' && j->data[i] <= '9') {
        i++;
    }
    return i;
}

static enum status skip_number(struct json *j)
{
    static const char wrong[] = "no number: digits are wanted here";
    size_t i = j->pos + (j->data[j->pos] == '-');
    size_t first = i;
    i = digits(j, i);
    if (i == first) {
        return json_fail(j, i, wrong);
    }
    if (j->data[first] == '0' && i > first + 1) {
        return json_fail(j, first, "a number must not begin with a 0");
    }
    if (i < j->len && j->data[i] == '.') {
        first = i + 1;
        i = digits(j, first);
        if (i == first) {
            return json_fail(j, i, wrong);
        }
    }
    if (i < j->len && (j->data[i] == 'e' || j->data[i] == 'E')) {
        i++;
        i += i < j->len && (j->data[i] == '+' || j->data[i] == '-');
        first = i;
        i = digits(j, first);
        if (i == first) {
            return json_fail(j, i, wrong);
        }
    }
    j->pos = i;
    return STATUS_OK;
}

static enum status skip_scalar(struct json *j)
{
    static const char *const words[] = {"true", "false", "null"};
    struct slice inside;
    char c = j->pos < j->len ? j->data[j->pos] : '\0';
    if (c == '"') {
        return json_string(j, &inside);
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
        return skip_number(j);
    }
    for (size_t i = 0; i < 3; i++) {
        size_t n = strlen(words[i]);
        if (j->len - j->pos >= n &&
            memcmp(j->data + j->pos, words[i], n) == 0) {
            j->pos += n;
            return STATUS_OK;
        }
    }
    return json_fail(j, j->pos,
                     "no value: a string, a number, {, [, true, false or null "
                     "is wanted here");
}

/* ---- values */

/* What is open, a bit each: 1 for an object. */
struct open {
    size_t depth;
    uint64_t bits[JSON_DEPTH_MAX / 64];
};

static bool in_object(const struct open *o)
{
    return o->depth > 0 &&
           (o->bits[(o->depth - 1) / 64] >> ((o->depth - 1) % 64) & 1) != 0;
}

static enum status push(struct json *j, struct open *o, bool object)
{
    if (o->depth == JSON_DEPTH_MAX) {
        return err_at(j->e, STATUS_LIMIT, j->line, j->pos + 1,
                      "nested deeper than %d", JSON_DEPTH_MAX);
    }
    uint64_t bit = (uint64_t)1 << (o->depth % 64);
    uint64_t *word = &o->bits[o->depth / 64];
    uint64_t below = o->depth % 64 != 0 ? *word & (bit - 1) : 0;
    *word = object ? below | bit : below;
    o->depth++;
    j->pos++;
    json_space(j);
    return STATUS_OK;
}

/* The name of a member and its colon. */
static enum status skip_name(struct json *j)
{
    struct slice inside;
    enum status s = json_string(j, &inside);
    json_space(j);
    if (s == STATUS_OK && (j->pos >= j->len || j->data[j->pos] != ':')) {
        return json_fail(j, j->pos, "a ':' is wanted behind a name");
    }
    j->pos++;
    json_space(j);
    return s;
}

/* Behind a value: close what ends here. *more: another value follows. */
static enum status after_value(struct json *j, struct open *o, bool *more)
{
    *more = false;
    while (o->depth > 0) {
        json_space(j);
        char c = j->pos < j->len ? j->data[j->pos] : '\0';
        bool object = in_object(o);
        if (c == ',') {
            j->pos++;
            json_space(j);
            *more = true;
            return object ? skip_name(j) : STATUS_OK;
        }
        if (c != (object ? '}' : ']')) {
            return json_fail(j, j->pos,
                             object ? "a ',' or '}' is wanted here"
                                    : "a ',' or ']' is wanted here");
        }
        j->pos++;
        o->depth--;
    }
    return STATUS_OK;
}

enum status json_skip(struct json *j)
{
    struct open o;
    o.depth = 0;
    for (;;) {
        char c = j->pos < j->len ? j->data[j->pos] : '\0';
        enum status s = STATUS_OK;
        if (c == '{' || c == '[') {
            s = push(j, &o, c == '{');
            char next = j->pos < j->len ? j->data[j->pos] : '\0';
            if (s == STATUS_OK && next != (c == '{' ? '}' : ']')) {
                s = c == '{' ? skip_name(j) : STATUS_OK;
                if (s == STATUS_OK) {
                    continue;
                }
            }
        } else {
            s = skip_scalar(j);
        }
        bool more = false;
        s = s == STATUS_OK ? after_value(j, &o, &more) : s;
        if (s != STATUS_OK || !more) {
            return s;
        }
    }
}
