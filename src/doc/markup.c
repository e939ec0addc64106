#include "doc/markup.h"

#include "doc/html.h"

void markup_init(struct markup *d, const struct alloc *alloc)
{
    view_init(&d->view, alloc);
    markdown_init(&d->markdown, alloc);
}

void markup_free(struct markup *d)
{
    markdown_free(&d->markdown, d->view.alloc);
    view_free(&d->view);
}

/* The bytes of the line at text[at], its end included. */
static size_t line_size(const char *text, size_t len, size_t at)
{
    const char *end = at < len ? memchr(text + at, '\n', len - at) : NULL;
    return end != NULL ? (size_t)(end - text) + 1 - at : len - at;
}

/* "---" or "..." and blanks. */
static bool is_fence(const char *text, size_t at, size_t size, char c)
{
    struct slice line = slice_of(text + at, size);
    line.len -= line.len > 0 && line.data[line.len - 1] == '\n';
    line = slice_trim(line);
    return line.len == 3 && line.data == text + at && line.data[0] == c &&
           line.data[1] == c && line.data[2] == c;
}

/* The bytes of the front matter (YAML, TOML) that a text begins with. */
static size_t front_matter(const char *text, size_t len)
{
    size_t at = line_size(text, len, 0);
    char c = len > 0 && text[0] == '+' ? '+' : '-';
    if (!is_fence(text, 0, at, c)) {
        return 0;
    }
    while (at < len) {
        size_t size = line_size(text, len, at);
        if (is_fence(text, at, size, c) ||
            (c == '-' && is_fence(text, at, size, '.'))) {
            return at + size;
        }
        at += size;
    }
    return 0;
}

static enum status read_markdown(struct markup *d, size_t from, bool tables,
                                 struct err *e)
{
    struct view *v = &d->view;
    size_t front = front_matter(v->source + from, v->source_len - from);
    if ((v->zones & ZONE_FRONT_MATTER) != 0) {
        view_source(v, from, from + front, false);
        view_break(v);
    }
    return from + front < v->source_len
               ? markdown_scan(&d->markdown, v, from + front, tables, e)
               : STATUS_OK;
}

enum status markup_read(struct markup *d, enum doc_format format,
                        unsigned zones, const char *data, size_t len,
                        struct err *e)
{
    struct view *v = &d->view;
    enum status s = STATUS_OK;
    if (len > VIEW_SOURCE_MAX) {
        return err_set(e, STATUS_LIMIT,
                       "too long: a document with markup may have 4 GB");
    }
    view_reset(v, data, len, zones);
    size_t from = slice_mark(slice_of(data, len));
    switch (format) {
    case DOC_TEXT: view_source(v, 0, len, false); break;
    case DOC_MARKDOWN:
        s = read_markdown(d, from, true, e);
        if (s == STATUS_CANCEL) {
            view_reset(v, data, len, zones);
            s = read_markdown(d, from, false, e);
        }
        break;
    case DOC_HTML: {
        struct html h;
        html_init(&h, v);
        h.xml = len - from >= 5 && memcmp(data + from, "<?xml", 5) == 0;
        html_scan(&h, data + from, len - from, from);
        break;
    }
    }
    return s == STATUS_OK ? view_finish(v, e) : s;
}

/* ---- formats */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool starts(const char *text, size_t len, const char *what)
{
    size_t i = 0;
    while (i < len && what[i] != '\0' && lower(text[i]) == what[i]) {
        i++;
    }
    return what[i] == '\0';
}

static bool has_end(const char *name, const char *end)
{
    size_t n = strlen(name);
    size_t k = strlen(end);
    return n > k && starts(name + n - k, k, end);
}

/* Does a text begin as a page does, after blanks and comments? */
static bool looks_like_html(const char *text, size_t len)
{
    size_t i = slice_mark(slice_of(text, len));
    while (i < len) {
        if (strchr(" \t\r\n", text[i]) != NULL && text[i] != '\0') {
            i++;
        } else if (starts(text + i, len - i, "<!--") ||
                   starts(text + i, len - i, "<?xml")) {
            const char *end = memchr(text + i, '>', len - i);
            if (end == NULL) {
                return false;
            }
            i = (size_t)(end - text) + 1;
        } else {
            return starts(text + i, len - i, "<!doctype html") ||
                   starts(text + i, len - i, "<html") ||
                   starts(text + i, len - i, "<head");
        }
    }
    return false;
}

enum doc_format markup_guess(const char *name, const char *data, size_t len)
{
    static const struct {
        const char *end;
        enum doc_format format;
    } ends[] = {{".md", DOC_MARKDOWN},  {".markdown", DOC_MARKDOWN},
                {".mkd", DOC_MARKDOWN}, {".mdx", DOC_MARKDOWN},
                {".html", DOC_HTML},    {".htm", DOC_HTML},
                {".xhtml", DOC_HTML},   {".txt", DOC_TEXT},
                {".text", DOC_TEXT}};
    for (size_t i = 0; name != NULL && i < sizeof ends / sizeof ends[0]; i++) {
        if (has_end(name, ends[i].end)) {
            return ends[i].format;
        }
    }
    return looks_like_html(data, len) ? DOC_HTML : DOC_TEXT;
}
