#include "doc/entity.h"

#include <stdint.h>
#include <string.h>

#include "text/utf8.h"

enum { NAME_MAX_LENGTH = 31, BARE_MAX = 6, BARE_MIN = 2 };

/* What bytes 80 to 9F of Windows' Latin-1 stand for: pages written for it
 * have them in numeric references. 0: as it is. */
static const uint16_t windows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static int digit_of(char c, unsigned base)
{
    int v = c >= '0' && c <= '9'   ? c - '0'
            : c >= 'a' && c <= 'f' ? c - 'a' + 10
            : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                   : -1;
    return v >= 0 && (unsigned)v < base ? v : -1;
}

static bool read_number(const char *text, size_t len, struct entity *out)
{
    bool hex = len > 2 && (text[2] == 'x' || text[2] == 'X');
    unsigned base = hex ? 16 : 10;
    size_t first = hex ? 3 : 2;
    size_t i = first;
    uint32_t value = 0;
    for (; i < len && digit_of(text[i], base) >= 0; i++) {
        if (value < 0x110000) {
            value = value * base + (uint32_t)digit_of(text[i], base);
        }
    }
    if (i == first) {
        return false;
    }
    if (value >= 0x80 && value < 0xA0 && windows[value - 0x80] != 0) {
        value = windows[value - 0x80];
    }
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) {
        value = 0xFFFD;
    }
    out->size = i + (i < len && text[i] == ';');
    out->len = utf8_write(value, out->text);
    return true;
}

static const struct entity_name *look_up(const char *name, size_t len)
{
    size_t low = 0;
    size_t high = entity_name_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct entity_name *n = &entity_names[middle];
        int c = strncmp(n->name, name, len);
        c = c == 0 && n->name[len] != '\0' ? 1 : c;
        if (c == 0) {
            return n;
        }
        if (c < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

static void take(const struct entity_name *n, size_t size, struct entity *out)
{
    out->size = size;
    out->len = strlen(n->text);
    memcpy(out->text, n->text, out->len);
}

static bool read_name(const char *text, size_t len, bool attribute,
                      struct entity *out)
{
    size_t n = 0;
    while (n < NAME_MAX_LENGTH && 1 + n < len && is_alnum(text[1 + n])) {
        n++;
    }
    const struct entity_name *found = NULL;
    if (1 + n < len && text[1 + n] == ';' &&
        (found = look_up(text + 1, n)) != NULL) {
        take(found, n + 2, out);
        return true;
    }
    for (size_t k = n < BARE_MAX ? n : BARE_MAX; k >= BARE_MIN; k--) {
        found = look_up(text + 1, k);
        if (found == NULL || !found->bare) {
            continue;
        }
        char next = 1 + k < len ? text[1 + k] : '\0';
        if (attribute && (next == '=' || is_alnum(next))) {
            return false;
        }
        take(found, k + 1, out);
        return true;
    }
    return false;
}

bool entity_read(const char *text, size_t len, bool attribute,
                 struct entity *out)
{
    return len > 1 && text[1] == '#' ? read_number(text, len, out)
                                     : read_name(text, len, attribute, out);
}
