#include "text/class.h"

#include <utf8proc.h>

#define W      BYTE_WORD
#define S      BYTE_SPACE
#define H      BYTE_HIGH
#define HIGH16 H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H

const uint8_t class_of_byte[256] = {
    0,      0,      0,      0,      0,      0,      0,      0,
    0,      S,      S,      S,      S,      S,      0,      0, /* 00 */
    0,      0,      0,      0,      0,      0,      0,      0,
    0,      0,      0,      0,      0,      0,      0,      0, /* 10 */
    S,      0,      0,      0,      0,      0,      0,      0,
    0,      0,      0,      0,      0,      0,      0,      0, /* 20 */
    W,      W,      W,      W,      W,      W,      W,      W,
    W,      W,      0,      0,      0,      0,      0,      0, /* 30 digits */
    0,      W,      W,      W,      W,      W,      W,      W,
    W,      W,      W,      W,      W,      W,      W,      W, /* 40 */
    W,      W,      W,      W,      W,      W,      W,      W,
    W,      W,      W,      0,      0,      0,      0,      W, /* 50 */
    0,      W,      W,      W,      W,      W,      W,      W,
    W,      W,      W,      W,      W,      W,      W,      W, /* 60 */
    W,      W,      W,      W,      W,      W,      W,      W,
    W,      W,      W,      0,      0,      0,      0,      0, /* 70 */
    HIGH16, HIGH16, HIGH16, HIGH16, HIGH16, HIGH16, HIGH16, HIGH16};

static bool is_space(uint32_t cp)
{
    return cp == 0x85 || cp == 0xa0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200b) || cp == 0x2028 || cp == 0x2029 ||
           cp == 0x202f || cp == 0x205f || cp == 0x3000;
}

/* Han, Hiragana, Thai, Lao, Khmer, Myanmar: first and last of each range. */
static bool is_alone(uint32_t cp)
{
    static const uint32_t range[][2] = {
        {0x0e00, 0x0eff}, {0x1000, 0x109f}, {0x1780, 0x17ff},  {0x19e0, 0x19ff},
        {0x2e80, 0x2fdf}, {0x3005, 0x3007}, {0x3021, 0x3029},  {0x3038, 0x303b},
        {0x3041, 0x309f}, {0x3400, 0x4dbf}, {0x4e00, 0x9fff},  {0xa9e0, 0xa9ff},
        {0xaa60, 0xaa7f}, {0xf900, 0xfaff}, {0x20000, 0x3ffff}};
    for (size_t i = 0; i < sizeof range / sizeof range[0]; i++) {
        if (cp < range[i][0])
            return false;
        if (cp <= range[i][1])
            return true;
    }
    return false;
}

static enum cp_class class_of_letter(uint32_t cp)
{
    return is_alone(cp) ? CP_ALONE : CP_WORD;
}

static enum cp_class class_of_high(uint32_t cp)
{
    if (cp >= 0xc0 && cp <= 0x24f) /* Latin letters, two signs between */
        return cp == 0xd7 || cp == 0xf7 ? CP_SYMBOL : CP_WORD;
    if (cp >= SIGN_FIRST && cp <= SIGN_LAST)
        return CP_SYMBOL;
    if (is_space(cp))
        return CP_SPACE;
    const utf8proc_property_t *prop =
        utf8proc_get_property((utf8proc_int32_t)cp);
    if (prop->ignorable)
        return CP_IGNORE;
    switch (prop->category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return class_of_letter(cp);
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return CP_MARK;
    default: return CP_SYMBOL;
    }
}

static bool is_tail(uint8_t c)
{
    return (c & 0xc0) == 0x80;
}

/* The length of the sequence at p, 0 if it is not UTF-8 (overlong forms,
   surrogates and values above U+10FFFF are not). */
static size_t decode(const uint8_t *p, size_t n, uint32_t *cp)
{
    uint8_t c = p[0];
    if (c >= 0xc2 && c < 0xe0 && n >= 2 && is_tail(p[1])) {
        *cp = (uint32_t)(c & 0x1f) << 6 | (p[1] & 0x3f);
        return 2;
    }
    if (c >= 0xe0 && c < 0xf0 && n >= 3 && is_tail(p[1]) && is_tail(p[2])) {
        *cp = (uint32_t)(c & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 |
              (p[2] & 0x3f);
        return *cp >= 0x800 && (*cp < 0xd800 || *cp > 0xdfff) ? 3 : 0;
    }
    if (c >= 0xf0 && c < 0xf5 && n >= 4 && is_tail(p[1]) && is_tail(p[2]) &&
        is_tail(p[3])) {
        *cp = (uint32_t)(c & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 |
              (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
        return *cp >= 0x10000 && *cp <= 0x10ffff ? 4 : 0;
    }
    return 0;
}

enum cp_class class_of_cp(const uint8_t *p, size_t n, uint32_t *cp,
                          size_t *length)
{
    uint8_t c = p[0];
    *cp = c;
    *length = 1;
    if (c < 0x80) {
        uint8_t k = class_of_byte[c];
        return k == BYTE_WORD    ? CP_WORD
               : k == BYTE_SPACE ? CP_SPACE
                                 : CP_SYMBOL;
    }
    uint32_t value = 0;
    size_t size = decode(p, n, &value);
    if (size == 0)
        return CP_BAD;
    *cp = value;
    *length = size;
    return class_of_high(value);
}

bool class_is_upper(uint32_t cp)
{
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)cp);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT;
}
