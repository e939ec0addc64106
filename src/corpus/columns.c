#include "corpus/columns.h"

#include <string.h>

void columns_of_tabs(struct slice line, struct columns *out)
{
    const char *p = line.data;
    const char *end = p + line.len;
    out->count = 0;
    for (;;) {
        const char *tab = p < end ? memchr(p, '\t', (size_t)(end - p)) : NULL;
        const char *stop = tab != NULL ? tab : end;
        out->at[out->count++ % COLUMNS_MAX] = slice_of(p, (size_t)(stop - p));
        if (tab == NULL) {
            return;
        }
        p = tab + 1;
    }
}

void columns_of_blanks(struct slice line, struct columns *out)
{
    const char *p = line.data;
    const char *end = p + line.len;
    out->count = 0;
    for (;;) {
        while (p < end && *p == ' ') {
            p++;
        }
        if (p == end) {
            return;
        }
        const char *from = p;
        while (p < end && *p != ' ') {
            p++;
        }
        out->at[out->count++ % COLUMNS_MAX] =
            slice_of(from, (size_t)(p - from));
    }
}

/* "O", "B-ORG", "_" and "-X-" stand in corpora, not in print. */
static bool is_tag(struct slice s)
{
    bool prefix = s.len > 2 && s.data[1] == '-' &&
                  memchr("BIOSELUM", s.data[0], 8) != NULL;
    return prefix || slice_is(s, "O") || slice_is(s, "_") || slice_is(s, "-X-");
}

static bool is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

bool columns_are_prose(const struct columns *c)
{
    if (c->count < 3) {
        return false;
    }
    size_t n = c->count < COLUMNS_MAX ? c->count : COLUMNS_MAX;
    for (size_t i = 1; i < n; i++) {
        if (is_tag(c->at[i])) {
            return false;
        }
    }
    struct slice last = c->at[(c->count - 1) % COLUMNS_MAX];
    return last.len > 1 && memchr(".!?:,", last.data[last.len - 1], 5) &&
           is_letter_or_digit(last.data[last.len - 2]);
}

bool columns_mark(struct slice token)
{
    return slice_is(token, "-DOCSTART-");
}
