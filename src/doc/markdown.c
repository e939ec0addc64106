/* md4c gives no offsets. But the text it hands out lies in the source itself,
 * but for line ends, blanks and NUL bytes, which it makes up: where a pointer
 * lies tells the offset, exactly. What lies elsewhere maps to nothing and is
 * not even looked at: for some broken links md4c 0.4.8 hands out a size below
 * zero. Nor is text taken that stands before what came last: spans would
 * overlap. */
#include "doc/markdown.h"

#include <md4c.h>
#include <stdlib.h>
#include <string.h>

#include "doc/entity.h"
#include "doc/html.h"

struct scan {
    struct markdown *m;
    struct view *view;
    struct html html;
    bool code;       /* in a code block */
    unsigned spans;  /* open code spans */
    unsigned images; /* open images: their text is an attribute */
    bool link;       /* the text at hand is the target of its link */
    bool link_new;   /* a link has begun; its text tells which it is */
    size_t href;     /* where its target stands; SIZE_MAX: see m->href */
    /* HTML that has not been looked at, and whether it is in one piece. */
    size_t run_from, run_to;
    bool running, whole;
    size_t done; /* end of the text that has come so far */
    size_t blocks, blocks_max;
};

void markdown_init(struct markdown *m, const struct alloc *alloc)
{
    *m = (struct markdown){0};
    buf_init(&m->run, alloc);
    buf_init(&m->href, alloc);
}

void markdown_free(struct markdown *m, const struct alloc *alloc)
{
    buf_free(&m->run);
    buf_free(&m->href);
    alloc_free(alloc, m->ranges, m->range_capacity * sizeof *m->ranges);
    m->ranges = NULL;
}

/* The offset of text in the source; false when it lies elsewhere. */
static bool place(const struct scan *s, const char *text, size_t len,
                  size_t *out)
{
    uintptr_t first = (uintptr_t)s->view->source;
    uintptr_t at = (uintptr_t)text;
    if (len == 0 || at < first || at - first >= s->view->source_len ||
        len > s->view->source_len - (at - first)) {
        return false;
    }
    *out = at - first;
    return true;
}

/* The offset of the next text, which lies behind all that came before. */
static bool advance(struct scan *s, const char *text, size_t len, size_t *out)
{
    size_t at = 0;
    if (!place(s, text, len, &at) || at < s->done) {
        return false;
    }
    s->done = at + len;
    *out = at;
    return true;
}

static bool is_wanted(const struct scan *s, enum zone zone)
{
    return (s->view->zones & (unsigned)zone) != 0;
}

/* ---- HTML in pieces */

static void end_run(struct scan *s)
{
    if (!s->running) {
        return;
    }
    s->running = false;
    const struct buf *run = &s->m->run;
    if (s->whole) {
        html_scan(&s->html, s->view->source + s->run_from,
                  s->run_to - s->run_from, s->run_from);
    } else if (buf_ok(run)) {
        html_scan(&s->html, run->data, run->len, s->run_from);
    }
    if (s->html.raw != NULL && s->html.raw->kind == ELEMENT_RAW_TEXT) {
        s->html.raw = NULL; /* "<title>" in a sentence is a slip */
    }
}

static void add_run(struct scan *s, const char *text, size_t len)
{
    size_t at = 0;
    struct buf *run = &s->m->run;
    if (!advance(s, text, len, &at)) {
        return; /* a line end */
    }
    if (!s->running) {
        s->running = true;
        s->whole = true;
        s->run_from = at;
        s->run_to = at;
    }
    if (at > s->run_to && s->whole) {
        s->whole = false;
        buf_reset(run);
        buf_add(run, s->view->source + s->run_from, s->run_to - s->run_from);
    }
    if (!s->whole) {
        /* A line end and what containers put before the next line. */
        buf_fill(run, '\n', at - s->run_to);
        buf_add(run, text, len);
    }
    s->run_to = at + len;
}

/* ---- text */

static enum zone zone_of(const struct scan *s)
{
    return s->images > 0         ? ZONE_ATTRIBUTE
           : s->html.raw != NULL ? ZONE_SCRIPT
           : s->html.hidden > 0  ? ZONE_SCRIPT
           : s->code             ? ZONE_CODE
           : s->link             ? ZONE_LINK
           : s->spans > 0        ? ZONE_INLINE_CODE
                                 : html_zone(&s->html);
}

/* The first text of a link: is it the link's own target? */
static void look_at_link(struct scan *s, const char *text, size_t len)
{
    size_t at = 0;
    const struct buf *href = &s->m->href;
    s->link_new = false;
    if (!place(s, text, len, &at)) {
        return;
    }
    s->link = s->href != SIZE_MAX
                  ? at == s->href
                  : len <= href->len && memcmp(href->data, text, len) == 0;
    struct markdown *m = s->m;
    if (s->link && m->range_count > 0 &&
        m->ranges[m->range_count - 1].from == at) {
        m->range_count--; /* the text is tagged */
    }
}

static void put_source(struct scan *s, const char *text, size_t len)
{
    size_t at = 0;
    if (advance(s, text, len, &at)) {
        view_source(s->view, at, at + len, false);
    } else {
        /* In code, a line end or how far the line is indented. */
        view_text(s->view, s->code && len == 1 ? "\n" : " ", 1, 0, 0);
    }
}

/* The bytes of a footnote's label, "[^1]", at `at`; 0 for none. md4c knows no
 * footnotes. */
static size_t footnote(const char *source, size_t at, size_t end)
{
    size_t i = at + 2;
    if (end - at < 4 || source[at + 1] != '^') {
        return 0;
    }
    while (i < end && strchr("[] \t\r\n", source[i]) == NULL) {
        i++;
    }
    return i > at + 2 && i < end && source[i] == ']' ? i + 1 - at : 0;
}

/* A text without the labels of footnotes, which are links. */
static void put_text(struct scan *s, const char *text, size_t len)
{
    size_t at = 0;
    if (is_wanted(s, ZONE_LINK) || !advance(s, text, len, &at)) {
        put_source(s, text, len);
        return;
    }
    const char *source = s->view->source;
    size_t end = at + len;
    size_t from = at;
    for (const char *p = NULL;
         at < end && (p = memchr(source + at, '[', end - at)) != NULL;) {
        at = (size_t)(p - source);
        size_t n = footnote(source, at, end);
        if (n > 0) {
            view_source(s->view, from, at, false);
            view_hole(s->view);
            from = at + n;
        }
        at += n > 0 ? n : 1;
    }
    view_source(s->view, from, end, false);
}

static void put_entity(struct scan *s, const char *text, size_t len)
{
    size_t at = 0;
    struct entity e;
    if (!advance(s, text, len, &at)) {
        return;
    }
    if (entity_read(text, len, false, &e) && e.size == len) {
        view_text(s->view, e.text, e.len, at, at + len);
    } else {
        view_source(s->view, at, at + len, false);
    }
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size,
                   void *context)
{
    struct scan *s = context;
    if (type == MD_TEXT_HTML) {
        add_run(s, text, size);
        return 0;
    }
    end_run(s);
    if (s->link_new) {
        look_at_link(s, text, size);
    }
    if (!is_wanted(s, zone_of(s))) {
        if (s->images == 0 && type != MD_TEXT_SOFTBR && type != MD_TEXT_BR) {
            view_hole(s->view);
        }
        return 0;
    }
    switch (type) {
    case MD_TEXT_NULLCHAR: view_text(s->view, "\xEF\xBF\xBD", 3, 0, 0); break;
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR: view_text(s->view, "\n", 1, 0, 0); break;
    case MD_TEXT_ENTITY: put_entity(s, text, size); break;
    case MD_TEXT_NORMAL: put_text(s, text, size); break;
    default: put_source(s, text, size); break;
    }
    return buf_ok(&s->view->to->text) ? 0 : 1;
}

/* ---- blocks and spans */

static int on_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct scan *s = context;
    (void)detail;
    end_run(s);
    view_break(s->view);
    s->code = type == MD_BLOCK_CODE;
    return ++s->blocks > s->blocks_max;
}

static int on_block_end(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct scan *s = context;
    (void)detail;
    end_run(s);
    view_break(s->view);
    s->code = false;
    if (type == MD_BLOCK_P || type == MD_BLOCK_H || type == MD_BLOCK_TD ||
        type == MD_BLOCK_TH) {
        s->html.raw = NULL;
        s->html.code = 0;
    }
    return 0;
}

static void add_range(struct scan *s, const MD_ATTRIBUTE *a, enum zone zone)
{
    struct markdown *m = s->m;
    size_t at = 0;
    void *list = m->ranges;
    if (!is_wanted(s, zone) || !place(s, a->text, a->size, &at)) {
        return;
    }
    if (!alloc_grow(s->view->alloc, &list, &m->range_capacity,
                    m->range_count + 1, sizeof *m->ranges)) {
        s->view->main.text.failed = true;
        return;
    }
    m->ranges = list;
    m->ranges[m->range_count++] =
        (struct markdown_range){(uint32_t)at, (uint32_t)(at + a->size), zone};
}

/* Remember what the link's text must be if it is its own target: the target
 * as it stands, or what follows "mailto:" or "http://", which md4c adds. */
static void begin_link(struct scan *s, const MD_ATTRIBUTE *href)
{
    static const char *const added[] = {"mailto:", "http://"};
    struct buf *b = &s->m->href;
    s->link_new = true;
    s->href = SIZE_MAX;
    buf_clear(b);
    if (place(s, href->text, href->size, &s->href)) {
        return;
    }
    for (size_t i = 0; i < sizeof added / sizeof added[0]; i++) {
        size_t n = strlen(added[i]);
        if (href->size > n && memcmp(href->text, added[i], n) == 0) {
            buf_add(b, href->text + n, href->size - n);
        }
    }
}

static int on_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct scan *s = context;
    end_run(s);
    if (type == MD_SPAN_CODE) {
        s->spans++;
    } else if (type == MD_SPAN_A) {
        const MD_SPAN_A_DETAIL *a = detail;
        begin_link(s, &a->href);
        add_range(s, &a->title, ZONE_ATTRIBUTE);
        add_range(s, &a->href, ZONE_LINK);
    } else if (type == MD_SPAN_IMG) {
        const MD_SPAN_IMG_DETAIL *a = detail;
        add_range(s, &a->title, ZONE_ATTRIBUTE);
        add_range(s, &a->src, ZONE_LINK);
        if (s->images++ == 0) {
            view_hole(s->view);
            view_aside(s->view);
        }
    }
    return 0;
}

static int on_span_end(MD_SPANTYPE type, void *detail, void *context)
{
    struct scan *s = context;
    (void)detail;
    end_run(s);
    if (type == MD_SPAN_CODE) {
        s->spans--;
    } else if (type == MD_SPAN_A) {
        s->link = false;
        s->link_new = false;
    } else if (type == MD_SPAN_IMG && --s->images == 0) {
        view_back(s->view);
    }
    return 0;
}

static int by_place(const void *a, const void *b)
{
    const struct markdown_range *x = a;
    const struct markdown_range *y = b;
    return x->from != y->from ? (x->from > y->from) - (x->from < y->from)
                              : (x->to > y->to) - (x->to < y->to);
}

/* Targets and titles, each once, however many links share a definition. A
 * link that is its own target has it in the text. */
static void put_ranges(struct scan *s)
{
    struct markdown *m = s->m;
    size_t done = 0;
    if (m->range_count > 0) {
        qsort(m->ranges, m->range_count, sizeof *m->ranges, by_place);
    }
    for (size_t i = 0; i < m->range_count; i++) {
        const struct markdown_range *r = &m->ranges[i];
        if (r->from >= done) {
            view_aside(s->view);
            view_source(s->view, r->from, r->to, true);
            view_back(s->view);
            done = r->to;
        }
    }
}

enum status markdown_scan(struct markdown *m, struct view *v, size_t from,
                          bool tables, struct err *e)
{
    const unsigned no_tables = MD_DIALECT_GITHUB & ~(unsigned)MD_FLAG_TABLES;
    MD_PARSER parser = {.flags = tables ? MD_DIALECT_GITHUB : no_tables,
                        .enter_block = on_block,
                        .leave_block = on_block_end,
                        .enter_span = on_span,
                        .leave_span = on_span_end,
                        .text = on_text};
    struct scan s = {
        .m = m,
        .view = v,
        /* No block but a missing cell has less than half a byte. */
        .blocks_max = tables ? 2 * (v->source_len - from) + 64 : SIZE_MAX};
    html_init(&s.html, v);
    buf_reset(&m->run);
    buf_reset(&m->href);
    m->range_count = 0;
    int failed = md_parse(v->source + from, (MD_SIZE)(v->source_len - from),
                          &parser, &s);
    if (s.blocks > s.blocks_max) {
        return err_set(e, STATUS_CANCEL, "a table of missing cells");
    }
    if (failed != 0 || !buf_ok(&m->run) || !buf_ok(&m->href)) {
        return err_nomem(e);
    }
    put_ranges(&s);
    return STATUS_OK;
}
