#include "text/chars.h"

#include <stddef.h>
#include <utf8proc.h>

#include "text/utf8.h"

struct range {
    uint32_t first;
    uint32_t last;
};

/* Scripts that are written without spaces between words: Han, Hiragana, Thai,
 * Lao, Myanmar, Khmer. Katakana comes in runs that are words (UAX 29). */
static const struct range ideographs[] = {
    {0x0E01, 0x0E30},   {0x0E32, 0x0E33},   {0x0E40, 0x0E46},
    {0x0E81, 0x0EB0},   {0x0EB2, 0x0EB3},   {0x0EC0, 0x0EC6},
    {0x1000, 0x102A},   {0x103F, 0x103F},   {0x1050, 0x1055},
    {0x1780, 0x17B3},   {0x3005, 0x3007},   {0x3021, 0x3029},
    {0x3041, 0x3096},   {0x309D, 0x309F},   {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},   {0xF900, 0xFAFF},   {0x20000, 0x3FFFD},
};

static int is_ideograph(uint32_t c)
{
    if (c < ideographs[0].first) {
        return 0;
    }
    for (size_t i = 0; i < sizeof ideographs / sizeof ideographs[0]; i++) {
        if (c <= ideographs[i].last) {
            return c >= ideographs[i].first;
        }
    }
    return 0;
}

static enum char_class ascii_class(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
        (c >= '0' && c <= '9') || c == '_') {
        return CHAR_WORD;
    }
    return c == ' ' || (c >= '\t' && c <= '\r') ? CHAR_SPACE : CHAR_SYMBOL;
}

static enum char_class unicode_class(uint32_t c)
{
    if (c == 0x85 || c == 0x200B) {
        return CHAR_SPACE;
    }
    const utf8proc_property_t *p =
        utf8proc_get_property((utf8proc_int32_t)c);
    switch ((utf8proc_category_t)p->category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return CHAR_WORD;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return CHAR_EXTEND;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return CHAR_SPACE;
    default: return p->ignorable ? CHAR_EXTEND : CHAR_SYMBOL;
    }
}

enum char_class char_class(uint32_t c)
{
    if (c < 0x80) {
        return ascii_class(c);
    }
    if (c == UTF8_INVALID) {
        return CHAR_INVALID;
    }
    return is_ideograph(c) ? CHAR_IDEOGRAPH : unicode_class(c);
}
