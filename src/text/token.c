#include "text/token.h"

#include "text/chars.h"
#include "text/utf8.h"

/* Skip white space from pos on and say what it amounts to. */
static size_t skip_space(struct slice text, size_t pos, enum token_gap *gap)
{
    size_t newlines = 0;
    size_t begin = pos;
    bool after_cr = false;
    while (pos < text.len) {
        size_t size = 0;
        uint32_t c = utf8_next(text.data, text.len, pos, &size);
        if (char_class(c) != CHAR_SPACE) {
            break;
        }
        bool newline = c == '\n' || c == '\r' || c == 0x85 || c == 0x2028;
        newlines += newline && !(c == '\n' && after_cr);
        newlines += c == 0x2029 || c == '\f' ? 2 : 0;
        after_cr = c == '\r';
        pos += size;
    }
    *gap = begin == 0 || newlines > 1 ? GAP_BREAK
           : pos > begin              ? GAP_SPACED
                                      : GAP_GLUED;
    return pos;
}

/* The end of the marks that follow, from pos on. */
static size_t skip_extend(struct slice text, size_t pos)
{
    while (pos < text.len && (unsigned char)text.data[pos] >= 0x80) {
        size_t size = 0;
        uint32_t c = utf8_next(text.data, text.len, pos, &size);
        if (char_class(c) != CHAR_EXTEND) {
            break;
        }
        pos += size;
    }
    return pos;
}

static size_t skip_word(struct slice text, size_t pos)
{
    while (pos < text.len) {
        size_t size = 0;
        uint32_t c = utf8_next(text.data, text.len, pos, &size);
        enum char_class class = char_class(c);
        if (class != CHAR_WORD && class != CHAR_EXTEND) {
            break;
        }
        pos += size;
    }
    return pos;
}

static bool is_ascii(struct slice text, size_t start, size_t end)
{
    unsigned char bits = 0;
    for (size_t i = start; i < end; i++) {
        bits |= (unsigned char)text.data[i];
    }
    return bits < 0x80;
}

bool token_next(struct slice text, size_t pos, struct token *out)
{
    enum token_gap gap = GAP_GLUED;
    size_t start = skip_space(text, pos, &gap);
    if (start >= text.len) {
        return false;
    }
    size_t size = 0;
    uint32_t c = utf8_next(text.data, text.len, start, &size);
    size_t end = start + size;
    enum token_kind kind = TOKEN_SYMBOL;
    switch (char_class(c)) {
    case CHAR_WORD:
        end = skip_word(text, end);
        kind = TOKEN_WORD;
        break;
    case CHAR_IDEOGRAPH:
        end = skip_extend(text, end);
        kind = TOKEN_WORD;
        break;
    case CHAR_INVALID: kind = TOKEN_INVALID; break;
    case CHAR_SPACE:
    case CHAR_EXTEND:
    case CHAR_SYMBOL: end = skip_extend(text, end); break;
    }
    out->start = start;
    out->end = end;
    out->kind = kind;
    out->gap = gap;
    out->ascii = is_ascii(text, start, end);
    return true;
}
