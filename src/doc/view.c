#include "doc/view.h"

static void part_init(struct view_part *p, const struct alloc *alloc)
{
    *p = (struct view_part){0};
    buf_init(&p->text, alloc);
}

static void part_free(struct view_part *p, const struct alloc *alloc)
{
    buf_free(&p->text);
    alloc_free(alloc, p->segments, p->capacity * sizeof *p->segments);
    p->segments = NULL;
    p->capacity = 0;
}

static void part_reset(struct view_part *p)
{
    buf_reset(&p->text);
    p->count = 0;
    p->parted = 0;
}

void view_init(struct view *v, const struct alloc *alloc)
{
    *v = (struct view){.alloc = alloc};
    part_init(&v->main, alloc);
    part_init(&v->side, alloc);
    v->to = &v->main;
}

void view_free(struct view *v)
{
    part_free(&v->main, v->alloc);
    part_free(&v->side, v->alloc);
}

void view_reset(struct view *v, const char *source, size_t len, unsigned zones)
{
    part_reset(&v->main);
    part_reset(&v->side);
    v->to = &v->main;
    v->source = source;
    v->source_len = len;
    v->zones = zones;
}

/* The next bytes added to the part stand for size bytes at source. */
static void add_segment(struct view *v, struct view_part *p, size_t source,
                        uint32_t size)
{
    void *list = p->segments;
    if (p->count > 0 && size == VIEW_LINEAR) {
        const struct view_segment *last = &p->segments[p->count - 1];
        if (last->size == VIEW_LINEAR &&
            last->source + (p->text.len - last->at) == source) {
            return;
        }
    }
    if (p->text.len > VIEW_SOURCE_MAX ||
        !alloc_grow(v->alloc, &list, &p->capacity, p->count + 1,
                    sizeof *p->segments)) {
        p->text.failed = true;
        return;
    }
    p->segments = list;
    p->segments[p->count++] =
        (struct view_segment){(uint32_t)p->text.len, (uint32_t)source, size};
}

/* Blanks are one byte each, so that the segment stays linear. */
static void flatten(char *text, size_t len)
{
    char *end = text + len;
    char *p = text;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        *p = ' ';
        if (p > text && p[-1] == '\r') {
            p[-1] = ' ';
        }
        p++;
    }
}

void view_source(struct view *v, size_t from, size_t to, bool flat)
{
    struct view_part *p = v->to;
    if (from >= to) {
        return;
    }
    add_segment(v, p, from, VIEW_LINEAR);
    buf_add(&p->text, v->source + from, to - from);
    if (flat && buf_ok(&p->text)) {
        flatten(p->text.data + p->text.len - (to - from), to - from);
    }
}

void view_text(struct view *v, const char *text, size_t len, size_t from,
               size_t to)
{
    if (len > 0) {
        add_segment(v, v->to, from, (uint32_t)(to - from));
        buf_add(&v->to->text, text, len);
    }
}

static void part(struct view *v, const char *with, size_t len)
{
    struct view_part *p = v->to;
    const struct view_segment *last =
        p->count > 0 ? &p->segments[p->count - 1] : NULL;
    size_t source = last == NULL ? 0
                    : last->size == VIEW_LINEAR
                        ? last->source + (p->text.len - last->at)
                        : last->source + last->size;
    view_text(v, with, len, source, source);
    p->parted = p->text.len;
}

void view_break(struct view *v)
{
    const struct buf *text = &v->to->text;
    if (text->len > 0 &&
        (v->to->parted < text->len || text->data[text->len - 1] != '\n')) {
        part(v, "\n\n", 2);
    }
}

void view_hole(struct view *v)
{
    if (v->to->parted < v->to->text.len || v->to->text.len == 0) {
        part(v, "\xEF\xBF\xBC", 3); /* OBJECT REPLACEMENT CHARACTER */
    }
}

void view_aside(struct view *v)
{
    v->to = &v->side;
    view_break(v);
}

void view_back(struct view *v)
{
    v->to = &v->main;
}

enum status view_finish(struct view *v, struct err *e)
{
    view_back(v);
    if (v->side.text.len > 0) {
        view_break(v);
    }
    size_t base = v->main.text.len;
    size_t first = v->main.count;
    void *list = v->main.segments;
    buf_add(&v->main.text, v->side.text.data, v->side.text.len);
    if (v->main.text.len > VIEW_SOURCE_MAX ||
        v->side.text.len > VIEW_SOURCE_MAX) {
        return err_set(e, STATUS_LIMIT,
                       "too long: the text of a document may have 4 GB");
    }
    if (!buf_ok(&v->main.text) || !buf_ok(&v->side.text) ||
        (v->side.count > 0 &&
         !alloc_grow(v->alloc, &list, &v->main.capacity, first + v->side.count,
                     sizeof *v->main.segments))) {
        return err_nomem(e);
    }
    v->main.segments = list;
    for (size_t i = 0; i < v->side.count; i++) {
        struct view_segment s = v->side.segments[i];
        s.at += (uint32_t)base;
        v->main.segments[first + i] = s;
    }
    v->main.count += v->side.count;
    return STATUS_OK;
}

/* The segment that byte `at` of the view is in. */
static const struct view_segment *find(const struct view *v, size_t at)
{
    size_t low = 0;
    size_t high = v->main.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (v->main.segments[middle].at <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &v->main.segments[low];
}

void view_map(const struct view *v, size_t start, size_t end,
              size_t *source_start, size_t *source_end)
{
    const struct view_segment *first = find(v, start);
    const struct view_segment *last = find(v, end - 1);
    *source_start =
        first->source + (first->size == VIEW_LINEAR ? start - first->at : 0);
    *source_end = last->source +
                  (last->size == VIEW_LINEAR ? end - last->at : last->size);
}
