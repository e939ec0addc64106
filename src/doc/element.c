#include "doc/element.h"

#include <string.h>

/* Sorted by name. */
static const struct element elements[] = {
    {"address", ELEMENT_BLOCK},    {"applet", ELEMENT_HOLE},
    {"article", ELEMENT_BLOCK},    {"aside", ELEMENT_BLOCK},
    {"audio", ELEMENT_HOLE},       {"blockquote", ELEMENT_BLOCK},
    {"body", ELEMENT_BLOCK},       {"br", ELEMENT_LINE},
    {"button", ELEMENT_BLOCK},     {"canvas", ELEMENT_HOLE},
    {"caption", ELEMENT_BLOCK},    {"center", ELEMENT_BLOCK},
    {"code", ELEMENT_CODE},        {"dd", ELEMENT_BLOCK},
    {"details", ELEMENT_BLOCK},    {"dialog", ELEMENT_BLOCK},
    {"dir", ELEMENT_BLOCK},        {"div", ELEMENT_BLOCK},
    {"dl", ELEMENT_BLOCK},         {"dt", ELEMENT_BLOCK},
    {"embed", ELEMENT_HOLE},       {"fieldset", ELEMENT_BLOCK},
    {"figcaption", ELEMENT_BLOCK}, {"figure", ELEMENT_BLOCK},
    {"footer", ELEMENT_BLOCK},     {"form", ELEMENT_BLOCK},
    {"frame", ELEMENT_HOLE},       {"frameset", ELEMENT_BLOCK},
    {"h1", ELEMENT_BLOCK},         {"h2", ELEMENT_BLOCK},
    {"h3", ELEMENT_BLOCK},         {"h4", ELEMENT_BLOCK},
    {"h5", ELEMENT_BLOCK},         {"h6", ELEMENT_BLOCK},
    {"head", ELEMENT_BLOCK},       {"header", ELEMENT_BLOCK},
    {"hgroup", ELEMENT_BLOCK},     {"hr", ELEMENT_BLOCK},
    {"html", ELEMENT_BLOCK},       {"iframe", ELEMENT_RAW},
    {"img", ELEMENT_HOLE},         {"input", ELEMENT_HOLE},
    {"kbd", ELEMENT_CODE},         {"legend", ELEMENT_BLOCK},
    {"li", ELEMENT_BLOCK},         {"listing", ELEMENT_PRE},
    {"main", ELEMENT_BLOCK},       {"math", ELEMENT_FOREIGN},
    {"menu", ELEMENT_BLOCK},       {"meter", ELEMENT_HOLE},
    {"nav", ELEMENT_BLOCK},        {"noembed", ELEMENT_RAW},
    {"noframes", ELEMENT_RAW},     {"object", ELEMENT_HOLE},
    {"ol", ELEMENT_BLOCK},         {"optgroup", ELEMENT_BLOCK},
    {"option", ELEMENT_BLOCK},     {"p", ELEMENT_BLOCK},
    {"plaintext", ELEMENT_REST},   {"pre", ELEMENT_PRE},
    {"progress", ELEMENT_HOLE},    {"rp", ELEMENT_BLOCK},
    {"rt", ELEMENT_BLOCK},         {"samp", ELEMENT_CODE},
    {"script", ELEMENT_SCRIPT},    {"search", ELEMENT_BLOCK},
    {"section", ELEMENT_BLOCK},    {"select", ELEMENT_BLOCK},
    {"style", ELEMENT_RAW},        {"summary", ELEMENT_BLOCK},
    {"svg", ELEMENT_FOREIGN},      {"table", ELEMENT_BLOCK},
    {"tbody", ELEMENT_BLOCK},      {"td", ELEMENT_BLOCK},
    {"template", ELEMENT_HIDDEN},  {"textarea", ELEMENT_RAW_TEXT},
    {"tfoot", ELEMENT_BLOCK},      {"th", ELEMENT_BLOCK},
    {"thead", ELEMENT_BLOCK},      {"title", ELEMENT_RAW_TEXT},
    {"tr", ELEMENT_BLOCK},         {"tt", ELEMENT_CODE},
    {"ul", ELEMENT_BLOCK},         {"var", ELEMENT_CODE},
    {"video", ELEMENT_HOLE},       {"xmp", ELEMENT_RAW_CODE},
};

const struct element *element_find(const char *name, size_t len)
{
    size_t low = 0;
    size_t high = sizeof elements / sizeof elements[0];
    if (len > ELEMENT_NAME_MAX) {
        return NULL;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = memcmp(elements[middle].name, name, len);
        c = c == 0 && elements[middle].name[len] != '\0' ? 1 : c;
        if (c == 0) {
            return &elements[middle];
        }
        if (c < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}
