#include "doc/html.h"

#include <string.h>

#include "doc/entity.h"

void html_init(struct html *h, struct view *view)
{
    *h = (struct html){.view = view};
}

enum zone html_zone(const struct html *h)
{
    return h->hidden > 0 ? ZONE_SCRIPT
           : h->pre > 0  ? ZONE_CODE
           : h->code > 0 ? ZONE_INLINE_CODE
                         : ZONE_PROSE;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static size_t find_byte(const struct html *h, size_t from, size_t to, char c)
{
    const char *p = from < to ? memchr(h->data + from, c, to - from) : NULL;
    return p != NULL ? (size_t)(p - h->data) : to;
}

/* Do these small letters stand at `at`, in any case? */
static bool starts(const struct html *h, size_t at, const char *what)
{
    size_t i = 0;
    for (; what[i] != '\0' && at + i < h->len; i++) {
        if (lower(h->data[at + i]) != what[i]) {
            return false;
        }
    }
    return what[i] == '\0';
}

/* Text without tags; character references are decoded if they count. */
static void put(struct html *h, size_t from, size_t to, bool references,
                bool attribute, bool flat)
{
    while (from < to) {
        size_t at = references ? find_byte(h, from, to, '&') : to;
        struct entity e;
        while (at < to && !entity_read(h->data + at, to - at, attribute, &e)) {
            at = find_byte(h, at + 1, to, '&');
        }
        view_source(h->view, h->base + from, h->base + at, flat);
        if (at < to) {
            view_text(h->view, e.text, e.len, h->base + at,
                      h->base + at + e.size);
            at += e.size;
        }
        from = at;
    }
}

static bool is_wanted(const struct html *h, enum zone zone)
{
    return (h->view->zones & (unsigned)zone) != 0;
}

static bool is_blank(const struct html *h, size_t from, size_t to)
{
    while (from < to && is_space(h->data[from])) {
        from++;
    }
    return from == to;
}

/* What stands between two tags. */
static void put_text(struct html *h, size_t from, size_t to)
{
    enum zone zone = html_zone(h);
    if (is_wanted(h, zone)) {
        put(h, from, to, true, false, h->pre == 0);
    } else if (!is_blank(h, from, to)) {
        view_hole(h->view);
    }
}

/* What is no text of the page, as a text of its own. */
static void put_aside(struct html *h, enum zone zone, size_t from, size_t to,
                      bool references)
{
    if (is_wanted(h, zone)) {
        view_aside(h->view);
        put(h, from, to, references, references, false);
        view_back(h->view);
    }
}

/* ---- tags */

static bool is_name(const struct html *h, size_t from, size_t to,
                    const char *name)
{
    return to - from == strlen(name) && starts(h, from, name);
}

static void put_attribute(struct html *h, size_t name, size_t name_end,
                          size_t value, size_t value_end)
{
    static const char *const links[] = {"href", "src",    "cite",
                                        "data", "action", "poster"};
    static const char *const texts[] = {"alt",         "title",   "aria-label",
                                        "placeholder", "content", "summary",
                                        "label"};
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        if (is_name(h, name, name_end, links[i])) {
            put_aside(h, ZONE_LINK, value, value_end, true);
        }
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (is_name(h, name, name_end, texts[i])) {
            put_aside(h, ZONE_ATTRIBUTE, value, value_end, true);
        }
    }
}

/* The attributes from pos on. True, and pos behind the '>', unless the text
 * ends before it. *slash: it was "/>". */
static bool read_attributes(struct html *h, bool *slash)
{
    const char *s = h->data;
    size_t i = h->pos;
    bool keep = is_wanted(h, ZONE_LINK) || is_wanted(h, ZONE_ATTRIBUTE);
    for (;;) {
        while (i < h->len && (is_space(s[i]) || s[i] == '/')) {
            i++;
        }
        if (i >= h->len) {
            h->pos = h->len;
            return false;
        }
        if (s[i] == '>') {
            *slash = s[i - 1] == '/';
            h->pos = i + 1;
            return true;
        }
        size_t name = i++;
        while (i < h->len && !is_space(s[i]) && s[i] != '/' && s[i] != '>' &&
               s[i] != '=') {
            i++;
        }
        size_t name_end = i;
        while (i < h->len && is_space(s[i])) {
            i++;
        }
        if (i >= h->len || s[i] != '=') {
            continue;
        }
        do {
            i++;
        } while (i < h->len && is_space(s[i]));
        if (i >= h->len || s[i] == '>') {
            continue;
        }
        size_t value = i;
        size_t end = 0;
        if (s[i] == '"' || s[i] == '\'') {
            value++;
            end = find_byte(h, value, h->len, s[i]);
            i = end + (end < h->len);
        } else {
            while (i < h->len && !is_space(s[i]) && s[i] != '>') {
                i++;
            }
            end = i;
        }
        if (keep && i < h->len) {
            put_attribute(h, name, name_end, value, end);
        }
    }
}

static void count(size_t *open, bool end)
{
    if (!end) {
        ++*open;
    } else if (*open > 0) {
        --*open;
    }
}

static void open_or_close(struct html *h, const struct element *e, bool end,
                          bool slash)
{
    bool empty = slash && (h->xml || h->foreign > 0);
    switch ((enum element_kind)e->kind) {
    case ELEMENT_INLINE: break;
    case ELEMENT_BLOCK: view_break(h->view); break;
    case ELEMENT_HOLE:
        if (!end) {
            view_hole(h->view);
        }
        break;
    case ELEMENT_LINE: view_text(h->view, "\n", 1, h->base, h->base); break;
    case ELEMENT_CODE: count(&h->code, end || empty); break;
    case ELEMENT_PRE:
        view_break(h->view);
        count(&h->pre, end || empty);
        break;
    case ELEMENT_HIDDEN: count(&h->hidden, end || empty); break;
    case ELEMENT_FOREIGN: count(&h->foreign, end || empty); break;
    case ELEMENT_RAW_CODE:
    case ELEMENT_RAW_TEXT: view_break(h->view); /* fallthrough */
    case ELEMENT_RAW:
    case ELEMENT_SCRIPT:
    case ELEMENT_REST:
        /* In svg only a style sheet is read as elsewhere: its rules are no
         * text either. */
        if (!end && !empty &&
            (h->foreign == 0 || e->kind == ELEMENT_SCRIPT ||
             e->kind == ELEMENT_RAW)) {
            h->raw = e;
        }
        break;
    }
}

/* "<x ...>" or "</x ...>" at pos. */
static void read_tag(struct html *h)
{
    bool end = h->data[h->pos + 1] == '/';
    size_t i = h->pos + 1 + end;
    char name[ELEMENT_NAME_MAX + 1];
    size_t n = 0;
    for (; i < h->len && !is_space(h->data[i]) && h->data[i] != '/' &&
           h->data[i] != '>';
         i++) {
        if (n < sizeof name) {
            name[n++] = lower(h->data[i]);
        }
    }
    const struct element *e = element_find(name, n);
    bool slash = false;
    h->pos = i;
    if (read_attributes(h, &slash) && e != NULL) {
        open_or_close(h, e, end, slash);
    }
}

/* ---- comments and the like */

/* "<!--" at pos. */
static void read_comment(struct html *h)
{
    size_t open = h->pos + 2;
    size_t from = h->pos + 4;
    size_t end = h->len;
    h->pos = h->len;
    for (size_t i = from; i < h->len; i++) {
        i = find_byte(h, i, h->len, '>');
        if (i >= h->len) {
            break;
        }
        size_t inside = i - open; /* bytes behind "<!" */
        if (inside == 2 ||
            (inside >= 3 && inside < 4 && h->data[i - 1] == '-')) {
            end = from; /* "<!-->" and "<!--->" */
        } else if (inside >= 4 && h->data[i - 1] == '-' &&
                   h->data[i - 2] == '-') {
            end = i - 2;
        } else if (inside >= 5 && h->data[i - 1] == '!' &&
                   h->data[i - 2] == '-' && h->data[i - 3] == '-') {
            end = i - 3;
        } else {
            continue;
        }
        h->pos = i + 1;
        break;
    }
    put_aside(h, ZONE_COMMENT, from, end, false);
}

/* "<![CDATA[" at pos. */
static void read_cdata(struct html *h)
{
    size_t from = h->pos + 9;
    size_t i = from;
    while (i < h->len && !(h->data[i] == '>' && i >= from + 2 &&
                           h->data[i - 1] == ']' && h->data[i - 2] == ']')) {
        i = find_byte(h, i + 1, h->len, '>');
    }
    size_t end = i < h->len ? i - 2 : h->len;
    if (!is_wanted(h, html_zone(h))) {
        view_hole(h->view);
    } else {
        put(h, from, end, false, false, h->pre == 0);
    }
    h->pos = i < h->len ? i + 1 : h->len;
}

/* "<!" or "<?" or "</" and then no letter. */
static void read_other(struct html *h)
{
    if (starts(h, h->pos, "<!--")) {
        read_comment(h);
    } else if ((h->xml || h->foreign > 0) && h->len - h->pos >= 9 &&
               memcmp(h->data + h->pos, "<![CDATA[", 9) == 0) {
        read_cdata(h);
    } else {
        size_t end = find_byte(h, h->pos + 2, h->len, '>');
        h->pos = end + (end < h->len);
    }
}

/* ---- raw text */

/* Does "</name" stand at `at`, and the name end there? */
static bool is_end_tag(const struct html *h, size_t at, const char *name)
{
    size_t n = at + 2 + strlen(name);
    return n < h->len && h->data[at + 1] == '/' && starts(h, at + 2, name) &&
           (is_space(h->data[n]) || h->data[n] == '/' || h->data[n] == '>');
}

/* Where the end tag of a script stands: not in "<!-- <script> ... -->". */
static size_t script_end(const struct html *h, size_t i)
{
    bool escaped = false;
    bool twice = false;
    for (; i < h->len; i++) {
        char c = h->data[i];
        if (c == '>' && escaped && h->data[i - 1] == '-' &&
            h->data[i - 2] == '-') {
            escaped = false;
            twice = false;
        } else if (c != '<') {
            continue;
        } else if (is_end_tag(h, i, "script")) {
            if (!twice) {
                return i;
            }
            twice = false;
        } else if (!escaped && starts(h, i, "<!--")) {
            escaped = true;
            i += 3;
        } else if (escaped && starts(h, i, "<script") && i + 7 < h->len &&
                   (is_space(h->data[i + 7]) || h->data[i + 7] == '/' ||
                    h->data[i + 7] == '>')) {
            twice = true;
        }
    }
    return h->len;
}

static size_t raw_end(const struct html *h, size_t i)
{
    if (h->raw->kind == ELEMENT_SCRIPT) {
        return script_end(h, i);
    }
    if (h->raw->kind == ELEMENT_REST) {
        return h->len;
    }
    while ((i = find_byte(h, i, h->len, '<')) < h->len &&
           !is_end_tag(h, i, h->raw->name)) {
        i++;
    }
    return i;
}

static void read_raw(struct html *h)
{
    size_t from = h->pos;
    size_t end = raw_end(h, from);
    switch ((enum element_kind)h->raw->kind) {
    case ELEMENT_RAW_TEXT: put_text(h, from, end); break;
    case ELEMENT_RAW_CODE:
    case ELEMENT_REST:
        if (is_wanted(h, ZONE_CODE)) {
            put(h, from, end, false, false, false);
        }
        break;
    default:
        view_hole(h->view);
        put_aside(h, ZONE_SCRIPT, from, end, false);
        break;
    }
    h->pos = end;
    if (end < h->len) {
        h->raw = NULL;
    }
}

void html_scan(struct html *h, const char *data, size_t len, size_t base)
{
    h->data = data;
    h->base = base;
    h->len = len;
    h->pos = 0;
    while (h->pos < len) {
        if (h->raw != NULL) {
            read_raw(h);
            continue;
        }
        size_t from = h->pos;
        size_t at = find_byte(h, from, len, '<');
        while (at + 1 < len && !is_letter(data[at + 1]) &&
               data[at + 1] != '/' && data[at + 1] != '!' &&
               data[at + 1] != '?') {
            at = find_byte(h, at + 1, len, '<');
        }
        if (at + 1 >= len) {
            at = len;
        }
        put_text(h, from, at);
        h->pos = at;
        if (at == len) {
            break;
        }
        bool slash = data[at + 1] == '/';
        if (slash && (at + 2 >= len || data[at + 2] == '>')) {
            if (at + 2 >= len) {
                put_text(h, at, len); /* "</" ends the text */
            }
            h->pos = at + 2 < len ? at + 3 : len;
        } else if (is_letter(data[at + 1]) ||
                   (slash && is_letter(data[at + 2]))) {
            read_tag(h);
        } else {
            read_other(h);
        }
    }
}
