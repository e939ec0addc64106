#include "text/invisible.h"

#include "text/chars.h"
#include "text/utf8.h"

bool invisible_char(uint32_t cp)
{
    return (cp < 0x20 && cp != '\t') || (cp >= 0x7F && cp < 0xA0) ||
           cp == 0xAD || cp == 0x61C || (cp >= 0x200B && cp <= 0x200F) ||
           (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) ||
           cp == 0xFEFF;
}

/* The code point that ends at `end` > start, and where it begins. */
static uint32_t last_char(struct slice text, size_t start, size_t end,
                          size_t *from)
{
    size_t size = 0;
    *from = end - 1;
    while (*from > start && ((unsigned char)text.data[*from] & 0xC0) == 0x80) {
        (*from)--;
    }
    uint32_t cp = utf8_next(text.data, end, *from, &size);
    return *from + size == end ? cp : UTF8_INVALID;
}

size_t invisible_trim(struct slice text, size_t start, size_t end)
{
    size_t seen = end;
    while (seen > start) {
        size_t from = 0;
        uint32_t cp = last_char(text, start, seen, &from);
        enum char_class c = char_class(cp);
        if (c != CHAR_EXTEND || !invisible_char(cp)) {
            bool word =
                c == CHAR_WORD || c == CHAR_IDEOGRAPH || c == CHAR_EXTEND;
            return word ? seen : end;
        }
        seen = from;
    }
    return end;
}
