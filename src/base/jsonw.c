#include "base/jsonw.h"

#include <stdio.h>
#include <stdlib.h>

/* Before a value or a key: its comma and its line. */
static void before(struct jsonw *j)
{
    if (j->keyed) {
        j->keyed = false;
        return;
    }
    if (j->depth > 0) {
        if (j->filled[j->depth - 1]) {
            buf_byte(j->out, ',');
        }
        j->filled[j->depth - 1] = true;
        buf_byte(j->out, '\n');
        buf_fill(j->out, ' ', j->depth);
    }
}

void jsonw_open(struct jsonw *j, char bracket)
{
    before(j);
    buf_byte(j->out, bracket);
    if (j->depth >= JSONW_DEPTH_MAX) {
        j->out->failed = true;
        return;
    }
    j->filled[j->depth++] = false;
}

void jsonw_close(struct jsonw *j, char bracket)
{
    if (j->depth > 0) {
        bool filled = j->filled[--j->depth];
        if (filled) {
            buf_byte(j->out, '\n');
            buf_fill(j->out, ' ', j->depth);
        }
    }
    buf_byte(j->out, bracket);
}

void jsonw_key(struct jsonw *j, struct slice key)
{
    before(j);
    jsonw_quote(j->out, key);
    buf_str(j->out, ": ");
    j->keyed = true;
}

void jsonw_text(struct jsonw *j, struct slice s)
{
    before(j);
    jsonw_quote(j->out, s);
}

void jsonw_u64(struct jsonw *j, uint64_t value)
{
    before(j);
    buf_u64(j->out, value);
}

void jsonw_double(struct jsonw *j, double value)
{
    before(j);
    if (!(value - value == 0)) {
        buf_str(j->out, "null");
        return;
    }
    /* As few digits as read back the same. */
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, value);
        double back = strtod(text, NULL);
        if (back >= value && back <= value) {
            break;
        }
    }
    buf_str(j->out, text);
}

void jsonw_bool(struct jsonw *j, bool value)
{
    before(j);
    buf_str(j->out, value ? "true" : "false");
}

void jsonw_null(struct jsonw *j)
{
    before(j);
    buf_str(j->out, "null");
}

void jsonw_put_text(struct jsonw *j, const char *key, struct slice value)
{
    jsonw_key(j, slice_str(key));
    jsonw_text(j, value);
}

void jsonw_put_u64(struct jsonw *j, const char *key, uint64_t value)
{
    jsonw_key(j, slice_str(key));
    jsonw_u64(j, value);
}

void jsonw_put_double(struct jsonw *j, const char *key, double value)
{
    jsonw_key(j, slice_str(key));
    jsonw_double(j, value);
}

/* The length of the valid UTF-8 sequence at s (not ASCII), or 0. The layer
 * below text has no decoder, and needs only this. */
static size_t sequence(const unsigned char *s, size_t len)
{
    size_t n = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0xC2 || s[0] > 0xF4 || len < n) {
        return 0;
    }
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xC0u) != 0x80u) {
            return 0;
        }
    }
    bool overlong =
        (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xF0 && s[1] < 0x90);
    bool outside =
        (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF4 && s[1] > 0x8F);
    return overlong || outside ? 0 : n;
}

static void escape(struct buf *out, unsigned char c)
{
    switch (c) {
    case '"': buf_str(out, "\\\""); break;
    case '\\': buf_str(out, "\\\\"); break;
    case '\n': buf_str(out, "\\n"); break;
    case '\r': buf_str(out, "\\r"); break;
    case '\t': buf_str(out, "\\t"); break;
    default: buf_format(out, "\\u%04x", c); break;
    }
}

void jsonw_quote(struct buf *out, struct slice s)
{
    const unsigned char *p = (const unsigned char *)s.data;
    size_t i = 0;
    buf_byte(out, '"');
    while (i < s.len) {
        size_t from = i;
        while (i < s.len && p[i] >= 0x20 && p[i] < 0x7F && p[i] != '"' &&
               p[i] != '\\') {
            i++;
        }
        buf_add(out, s.data + from, i - from);
        if (i == s.len) {
            break;
        }
        if (p[i] < 0x80) {
            escape(out, p[i++]);
            continue;
        }
        size_t n = sequence(p + i, s.len - i);
        if (n > 0) {
            buf_add(out, s.data + i, n);
        } else {
            buf_str(out, "\xEF\xBF\xBD");
        }
        i += n > 0 ? n : 1;
    }
    buf_byte(out, '"');
}
