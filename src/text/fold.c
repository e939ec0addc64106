#include "text/fold.h"

#include <utf8proc.h>

#include "text/token.h"
#include "text/utf8.h"

/* Code points of a word that are normalised at once. Longer words (no
 * language has them) are normalised in pieces. */
enum { WORD_MAX = 256 };

/* Take the plural s off the last word of out, which starts at `start`. The
 * rule speaks of ASCII letters and is applied to the folded form; without
 * FOLD_CASE an 'S' is no plural. */
static void strip_plural(struct buf *out, size_t start)
{
    if (out->failed) {
        return;
    }
    const char *w = out->data + start;
    size_t n = out->len - start;
    if (n <= 3 || w[n - 1] != 's') {
        return;
    }
    char before = w[n - 2];
    size_t chars = utf8_count_chars(w, n);
    if (chars <= 3 || before == 's' || before == 'u' || before == 'i') {
        return;
    }
    if (chars > 4 && before == 'e' && w[n - 3] == 'i') {
        out->len -= 2;
        out->data[out->len - 1] = 'y';
    } else {
        out->len -= 1;
    }
}

static void fold_ascii(struct slice token, unsigned folding, struct buf *out)
{
    if (!buf_reserve(out, token.len)) {
        return;
    }
    char *to = out->data + out->len;
    for (size_t i = 0; i < token.len; i++) {
        char c = token.data[i];
        bool upper = (folding & FOLD_CASE) != 0 && c >= 'A' && c <= 'Z';
        to[i] = upper ? (char)(c + ('a' - 'A')) : c;
    }
    out->len += token.len;
}

static void fold_piece(const utf8proc_uint8_t *data, size_t len,
                       unsigned folding, struct buf *out)
{
    /* Decomposition can grow a code point to 18; casefold before it. */
    utf8proc_int32_t points[WORD_MAX * 18];
    unsigned options =
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_IGNORE |
        ((folding & FOLD_CASE) != 0 ? UTF8PROC_CASEFOLD : 0u);
    utf8proc_ssize_t n = utf8proc_decompose(
        data, (utf8proc_ssize_t)len, points,
        (utf8proc_ssize_t)(sizeof points / sizeof points[0]),
        (utf8proc_option_t)options);
    if (n < 0 || (size_t)n > sizeof points / sizeof points[0]) {
        buf_add(out, data, len); /* invalid UTF-8 stands for itself */
        return;
    }
    n = utf8proc_normalize_utf32(points, n, (utf8proc_option_t)options);
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        char bytes[4];
        buf_add(out, bytes, utf8_write((uint32_t)points[i], bytes));
    }
}

void fold_token(struct slice token, unsigned folding, struct buf *out)
{
    size_t start = out->len;
    bool ascii = true;
    for (size_t i = 0; i < token.len && ascii; i++) {
        ascii = (unsigned char)token.data[i] < 0x80;
    }
    if (ascii) {
        fold_ascii(token, folding, out);
    } else {
        size_t pos = 0;
        while (pos < token.len) {
            size_t end = pos;
            for (size_t n = 0; n < WORD_MAX && end < token.len; n++) {
                size_t size = 0;
                (void)utf8_next(token.data, token.len, end, &size);
                end += size;
            }
            fold_piece((const utf8proc_uint8_t *)token.data + pos, end - pos,
                       folding, out);
            pos = end;
        }
        if (out->len == start) {
            /* Default-ignorables that follow nothing stand for themselves:
             * an empty key would glue them to the name that follows. */
            buf_slice(out, token);
        }
    }
    if ((folding & FOLD_PLURAL) != 0) {
        strip_plural(out, start);
    }
}

void fold_name(struct slice name, unsigned folding, struct buf *out)
{
    struct token token;
    size_t pos = 0;
    bool first = true;
    while (token_next(name, pos, &token)) {
        if (!first && token.gap != GAP_GLUED) {
            buf_byte(out, ' ');
        }
        fold_token(slice_of(name.data + token.start, token.end - token.start),
                   folding, out);
        first = false;
        pos = token.end;
    }
}
