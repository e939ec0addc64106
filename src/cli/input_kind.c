#include "cli/input_kind.h"

#include <string.h>
#include <strings.h>

#include "gaz.h"
#include "os/file.h"

const char *inputs_extension(const char *path, size_t *len)
{
    static const char *const packed[] = {".gz", ".zst", ".bgz", ".zstd"};
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof packed / sizeof packed[0]; i++) {
        size_t k = strlen(packed[i]);
        if (n > k && strcasecmp(name + n - k, packed[i]) == 0) {
            n -= k;
            break;
        }
    }
    size_t dot = n;
    while (dot > 0 && name[dot - 1] != '.') {
        dot--;
    }
    *len = dot > 1 ? n - dot : 0;
    return name + dot;
}

bool inputs_ending(const char *path, const char *ending)
{
    size_t n = 0;
    const char *end = inputs_extension(path, &n);
    return strlen(ending) == n && strncasecmp(ending, end, n) == 0;
}

bool input_records(enum input_format format)
{
    return format == FROM_JSON || format == FROM_JSONL ||
           format == FROM_SPACY || format == FROM_DOCCANO;
}

/* ---- records by what they begin with */

enum { LEVELS = 8 };

/* A name of a field as it stands; NULL in an array. */
struct name {
    const char *data;
    size_t len;
};

/* The bytes that a file begins with, read as JSON as far as they go. */
struct look {
    const char *head;
    size_t len;
    size_t at;
    size_t depth;
    size_t base;                   /* depth of records: 1 in an array */
    bool lines;                    /* one of them goes over lines */
    bool named;                    /* there is a name of a field */
    bool field;                    /* that is the one */
    struct name names[LEVELS + 1]; /* of what is open at each depth */
};

static void pass_blanks(struct look *l)
{
    while (l->at < l->len &&
           (l->head[l->at] == ' ' || l->head[l->at] == '\t' ||
            l->head[l->at] == '\r' || l->head[l->at] == '\n')) {
        l->lines = l->lines || (l->head[l->at] == '\n' && l->depth > l->base);
        l->at++;
    }
}

static char byte_at(const struct look *l)
{
    return l->at < l->len ? l->head[l->at] : '\0';
}

/* Past the string at hand; false where it has no end in sight. */
static bool pass_string(struct look *l, struct name *inside)
{
    size_t from = ++l->at;
    while (l->at < l->len && l->head[l->at] != '"') {
        if (l->head[l->at] == '\n' || l->head[l->at] == '\0') {
            return false;
        }
        l->at += l->head[l->at] == '\\' ? 2 : 1;
    }
    if (l->at >= l->len) {
        return false;
    }
    *inside = (struct name){l->head + from, l->at++ - from};
    return true;
}

/* The path in its record of the name that has just been read, "a.b"; "" where
 * there is none. */
static void make_path(const struct look *l, char *out, size_t size)
{
    size_t n = 0;
    for (size_t i = l->base + 1; i <= l->depth; i++) {
        const struct name *name = i <= LEVELS ? &l->names[i] : NULL;
        if (name == NULL || name->data == NULL || n + name->len + 2 > size) {
            n = 0;
            break;
        }
        if (n > 0) {
            out[n++] = '.';
        }
        memcpy(out + n, name->data, name->len);
        n += name->len;
    }
    out[n] = '\0';
}

/* A string: is it the name of the field, or of one like it deeper down? */
static bool look_at_string(struct look *l, const char *field, char near[64])
{
    char path[64];
    struct name name;
    if (!pass_string(l, &name)) {
        return false;
    }
    pass_blanks(l);
    if (byte_at(l) != ':') {
        return true;
    }
    l->named = true;
    if (l->depth <= LEVELS && l->names[l->depth].data != NULL) {
        l->names[l->depth] = name;
    }
    make_path(l, path, sizeof path);
    size_t n = strlen(path);
    size_t k = strlen(field);
    if (strcmp(path, field) == 0) {
        l->field = true;
    } else if (near[0] == '\0' && n > k && path[n - k - 1] == '.' &&
               strcmp(path + n - k, field) == 0) {
        memcpy(near, path, n + 1);
    }
    return true;
}

/* The first record, and all that are in sight where they are not a line each.
 */
static void look_at_records(struct look *l, const char *field, char near[64])
{
    while (l->at < l->len && !(l->field && (l->lines || l->base > 0))) {
        char c = byte_at(l);
        if (c == '"') {
            if (!look_at_string(l, field, near)) {
                return;
            }
            continue;
        }
        if (c == '{' || c == '[') {
            l->depth++;
            if (l->depth <= LEVELS) {
                l->names[l->depth] = (struct name){c == '{' ? "" : NULL, 0};
            }
        } else if (c == '}' || c == ']') {
            l->depth--;
            if (l->depth == 0 && (!l->lines || l->base > 0)) {
                return; /* a line each, or no more of them */
            }
        } else if (c == '\0' || l->depth == 0) {
            return;
        }
        l->at++;
        pass_blanks(l);
    }
}

/* FROM_TEXT: none, or without the field. */
static enum input_format look(const char *field, const char *head, size_t len,
                              struct input_fieldless *without)
{
    struct look l = {.head = head, .len = len, .at = file_mark(head, len)};
    pass_blanks(&l);
    bool array = byte_at(&l) == '[';
    if (array) {
        l.at++;
        pass_blanks(&l);
        if (byte_at(&l) == ']') {
            l.at++;
            pass_blanks(&l);
            return l.at == len ? FROM_JSON : FROM_TEXT;
        }
        l.depth = 1;
        l.base = 1;
    }
    if (byte_at(&l) != '{') {
        return FROM_TEXT;
    }
    l.lines = false;
    look_at_records(&l, field != NULL ? field : "text", without->near);
    without->is = l.named && !l.field;
    return !l.field ? FROM_TEXT : array || l.lines ? FROM_JSON : FROM_JSONL;
}

enum input_format input_guess(const char *path, const char *field,
                              const char *head, size_t len,
                              struct input_fieldless *without)
{
    static const struct {
        const char *name;
        enum input_format format;
    } names[] = {{"jsonl", FROM_JSONL},
                 {"ndjson", FROM_JSONL},
                 {"conll", FROM_CONLL},
                 {"iob", FROM_CONLL},
                 {"bio", FROM_CONLL}};
    size_t n = 0;
    const char *end = inputs_extension(path, &n);
    char name[64] = "x.";
    *without = (struct input_fieldless){.is = false};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (inputs_ending(path, names[i].name)) {
            return names[i].format;
        }
    }
    if (n < sizeof name - 3) {
        memcpy(name + 2, end, n);
        name[2 + n] = '\0';
    }
    switch (gaz_format_guess(name, head, len)) {
    case GAZ_FORMAT_MARKDOWN: return FROM_MARKDOWN;
    case GAZ_FORMAT_HTML: return FROM_HTML;
    case GAZ_FORMAT_TEXT: break;
    }
    return n == 0 || inputs_ending(path, "json")
               ? look(field, head, len, without)
               : FROM_TEXT;
}
