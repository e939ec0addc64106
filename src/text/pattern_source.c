#include "text/pattern_source.h"

enum { REFERENCE_CHARS = 200 /* of a mention that {Label} stands for */ };

enum status pattern_bad_at(struct err *e, size_t pos, const char *message)
{
    enum status s = err_set(e, STATUS_SYNTAX, "%s", message);
    if (e != NULL) {
        e->pos = pos;
    }
    return s;
}

/* The length of a {Label} at source[at], or 0. Quantifiers hold digits and
 * commas; \p{..}, \x{..} and their like stand behind a letter that a
 * backslash makes special. */
static size_t reference_at(struct slice source, size_t at)
{
    char c = at + 1 < source.len ? source.data[at + 1] : '\0';
    if (source.data[at] != '{' ||
        !((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
        return 0;
    }
    const char *close = memchr(source.data + at, '}', source.len - at);
    return close != NULL ? (size_t)(close - source.data) - at + 1 : 0;
}

static enum status add_reference(struct pattern_references *refs,
                                 struct slice source, size_t at, size_t len,
                                 const struct pattern_options *o,
                                 struct buf *made, struct err *e)
{
    struct slice name = slice_of(source.data + at + 1, len - 2);
    struct pattern_reference r = {
        .source_at = at, .source_len = len, .made_at = made->len};
    if (refs->count == PATTERN_REFERENCES_MAX) {
        return pattern_bad_at(e, at, "more than 60 references to labels");
    }
    if (o->label == NULL || !o->label(o->context, name, &r.label)) {
        enum status s =
            err_set(e, STATUS_SYNTAX,
                    "{%.*s}: no list or corpus has this label (a plain brace "
                    "is written \\{)",
                    name.len > 80 ? 80 : (int)name.len, name.data);
        if (e != NULL) {
            e->pos = at;
        }
        return s;
    }
    size_t k = refs->count++;
    buf_format(made, "(?:(?C%zu)(?>(?s:.{1,%d}?)(?C%zu)))", 2 * k + 1,
               REFERENCE_CHARS, 2 * k + 2);
    r.made_len = made->len - r.made_at;
    refs->list[k] = r;
    return STATUS_OK;
}

/* The end of the class that opens at source[at]. */
static size_t class_end(struct slice source, size_t at)
{
    size_t i = at + 1;
    i += i < source.len && source.data[i] == '^';
    i += i < source.len && source.data[i] == ']';
    while (i < source.len && source.data[i] != ']') {
        i += source.data[i] == '\\' ? 2 : 1;
    }
    return i;
}

/* The length of the look-ahead at the front, or 0. */
static size_t look_ahead(struct slice front)
{
    long depth = 0;
    if (front.len < 3 || (memcmp(front.data, "(?!", 3) != 0 &&
                          memcmp(front.data, "(?=", 3) != 0)) {
        return 0;
    }
    for (size_t i = 0; i < front.len; i++) {
        char c = front.data[i];
        depth += (c == '(') - (c == ')');
        if (c == ')' && depth == 0) {
            return i + 1;
        }
        i += c == '\\';
        i = c == '[' ? class_end(front, i) : i;
    }
    return 0;
}

/* Could what stands before source[at], in groups that opened there, be left
 * out or be another one of several? */
static bool is_optional(struct slice source, size_t at)
{
    long depth = 0;
    for (size_t i = at; i < source.len; i++) {
        char c = source.data[i];
        char next = i + 1 < source.len ? source.data[i + 1] : '\0';
        depth += (c == '(') - (c == ')');
        if (c == '\\') {
            i++;
        } else if (c == '[') {
            i = class_end(source, i);
        } else if ((c == '|' && depth <= 0) ||
                   ((depth < 0 ? c == ')' : depth == 0 && c == '}') &&
                    (next == '?' || next == '*' || next == '{'))) {
            return true;
        }
    }
    return false;
}

/* Does a pattern begin with its first reference, groups and
 * look-aheads aside? */
static bool leads(struct slice source, size_t at)
{
    static const char *const openings[] = {"(?<m>", "(?:", "(?P<m>", "("};
    struct slice front = slice_of(source.data, at);
    size_t i = 0;
    while (front.len > 0 && i < sizeof openings / sizeof openings[0]) {
        size_t n = look_ahead(front);
        if (n == 0 && front.len >= strlen(openings[i]) &&
            memcmp(front.data, openings[i], strlen(openings[i])) == 0) {
            n = strlen(openings[i]);
        }
        front = slice_of(front.data + n, front.len - n);
        i = n > 0 ? 0 : i + 1;
    }
    return front.len == 0 && !is_optional(source, at);
}

static bool is_anchor(struct slice source, size_t at)
{
    char c = source.data[at];
    char next = at + 1 < source.len ? source.data[at + 1] : '\0';
    return c == '^' || c == '$' ||
           (c == '\\' &&
            (next == 'A' || next == 'Z' || next == 'z' || next == 'G'));
}

/* The length of the escape or other byte at source[at]. *class: is what
 * follows in a class of characters? */
static size_t item_at(struct slice source, size_t at, bool *class)
{
    char c = source.data[at];
    if (c == '\\' && at + 1 < source.len) {
        char kind = source.data[at + 1];
        const char *close = at + 2 < source.len && source.data[at + 2] == '{' &&
                                    strchr("pPxuogkN", kind) != NULL &&
                                    kind != '\0'
                                ? memchr(source.data + at, '}', source.len - at)
                                : NULL;
        return close != NULL ? (size_t)(close - source.data) - at + 1 : 2;
    }
    *class = c == '[' || (*class && c != ']');
    return 1;
}

enum status pattern_expand(struct slice source, const struct pattern_options *o,
                           struct pattern_references *refs, struct buf *made,
                           struct err *e)
{
    bool class = false;
    if (source.len > 1 && memcmp(source.data, "(*", 2) == 0) {
        return pattern_bad_at(e, 0,
                              "settings such as (*UCP) are not for rules");
    }
    for (size_t i = 0; i < source.len;) {
        size_t len = !class ? reference_at(source, i) : 0;
        if (!class && is_anchor(source, i)) {
            return pattern_bad_at(
                e, i,
                "the ends of the text have no meaning here: a rule "
                "is tried at every word, and sees what is near");
        }
        if (len > 0) {
            enum status s = add_reference(refs, source, i, len, o, made, e);
            if (s != STATUS_OK) {
                return s;
            }
            i += len;
            continue;
        }
        len = item_at(source, i, &class);
        buf_add(made, source.data + i, len);
        i += len;
    }
    return buf_ok(made) ? STATUS_OK : err_nomem(e);
}

size_t pattern_to_source(const struct pattern_references *refs, size_t at)
{
    size_t moved = 0; /* made minus source, so far */
    for (size_t i = 0; i < refs->count; i++) {
        const struct pattern_reference *r = &refs->list[i];
        if (at < r->made_at) {
            break;
        }
        if (at < r->made_at + r->made_len) {
            return r->source_at;
        }
        moved += r->made_len - r->source_len;
    }
    return at - moved;
}

bool pattern_leads_with(struct slice source, const struct pattern_options *o,
                        uint32_t *label)
{
    bool class = false;
    size_t at = 0;
    while (at < source.len && (class || reference_at(source, at) == 0)) {
        at += item_at(source, at, &class);
    }
    if (at >= source.len || !leads(source, at)) {
        return false;
    }
    size_t len = reference_at(source, at);
    return o->label(o->context, slice_of(source.data + at + 1, len - 2), label);
}
