#include "text/invisible.h"

#include "text/utf8.h"

bool invisible_char(uint32_t cp)
{
    return (cp < 0x20 && cp != '\t') || (cp >= 0x7F && cp < 0xA0) ||
           cp == 0xAD || cp == 0x61C || (cp >= 0x200B && cp <= 0x200F) ||
           (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) ||
           cp == 0xFEFF;
}

size_t invisible_trim(struct slice text, size_t start, size_t end)
{
    while (end > start && (unsigned char)text.data[end - 1] >= 0x80) {
        size_t at = end - 1;
        size_t size = 0;
        while (at > start && ((unsigned char)text.data[at] & 0xC0) == 0x80) {
            at--;
        }
        uint32_t cp = utf8_next(text.data, end, at, &size);
        if (at == start || at + size != end || cp == UTF8_INVALID ||
            !invisible_char(cp)) {
            break;
        }
        end = at;
    }
    return end;
}
