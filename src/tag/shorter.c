#include "tag/shorter.h"

#include "text/class.h"

void shorter_init(struct shorter *s, const struct alloc *alloc,
                  struct scan *scan)
{
    *s = (struct shorter){.alloc = alloc, .scan = scan};
}

void shorter_free(struct shorter *s)
{
    if (s->alloc != NULL) {
        alloc_free(s->alloc, s->spans, s->capacity * sizeof *s->spans);
    }
}

void shorter_reset(struct shorter *s)
{
    s->count = 0;
}

/* Bytes behind the whole that a name which begins in it may take. */
enum { BEHIND_MAX = 256 };

/* The part is scanned as a text of its own: it begins at a good boundary, and
 * goes on to white space behind the whole. */
struct part {
    const struct scan_options *options;
    size_t base;
    size_t whole; /* bytes */
};

static size_t part_end(struct slice text, size_t end)
{
    size_t most = text.len - end > BEHIND_MAX ? end + BEHIND_MAX : text.len;
    size_t at = most;
    while (at < text.len && at > end && text.data[at] != ' ' &&
           text.data[at] != '\n') {
        at--;
    }
    return at;
}

static bool part_accepts(void *context, size_t start, size_t end)
{
    const struct part *p = context;
    return (start > 0 || end != p->whole) &&
           (p->options->accept == NULL ||
            p->options->accept(p->options->accept_ctx, p->base + start,
                               p->base + end));
}

static bool in_ascii_word(char c)
{
    return (unsigned char)c < 0x80 &&
           class_of_byte[(unsigned char)c] == BYTE_WORD;
}

/* Is it one word of ASCII? There are no names in it. */
static bool is_word(struct slice text, size_t start, size_t end)
{
    size_t i = start;
    while (i < end && in_ascii_word(text.data[i])) {
        i++;
    }
    return i == end &&
           (end == text.len || ((unsigned char)text.data[end] < 0x80 &&
                                !in_ascii_word(text.data[end])));
}

enum status shorter_find(struct shorter *s, struct slice text, size_t start,
                         size_t end, const struct scan_options *options)
{
    struct part part = {options, start, end - start};
    struct scan_options inner = *options;
    if (is_word(text, start, end)) {
        return STATUS_OK;
    }
    inner.before = part.whole;
    inner.accept = part_accepts;
    inner.accept_ctx = &part;
    const struct span *found = NULL;
    size_t n = 0;
    enum status st = scan_text(s->scan, (const uint8_t *)text.data + start,
                               part_end(text, end) - start, &inner, &found, &n);
    void *spans = s->spans;
    if (st != STATUS_OK) {
        return st;
    }
    if (!alloc_grow(s->alloc, &spans, &s->capacity, s->count + n,
                    sizeof *s->spans)) {
        return STATUS_NOMEM;
    }
    s->spans = spans;
    for (size_t i = 0; i < n; i++) {
        s->spans[s->count] = found[i];
        s->spans[s->count].start += start;
        s->spans[s->count].end += start;
        s->count++;
    }
    return STATUS_OK;
}
