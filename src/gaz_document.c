#include <stdlib.h>

#include "doc/markup.h"
#include "gaz_internal.h"

_Static_assert((int)GAZ_FORMAT_TEXT == (int)DOC_TEXT &&
                   (int)GAZ_FORMAT_MARKDOWN == (int)DOC_MARKDOWN &&
                   (int)GAZ_FORMAT_HTML == (int)DOC_HTML,
               "public and core formats are the same numbers");
_Static_assert((int)GAZ_ZONE_PROSE == (int)ZONE_PROSE &&
                   (int)GAZ_ZONE_INLINE_CODE == (int)ZONE_INLINE_CODE &&
                   (int)GAZ_ZONE_CODE == (int)ZONE_CODE &&
                   (int)GAZ_ZONE_LINK == (int)ZONE_LINK &&
                   (int)GAZ_ZONE_ATTRIBUTE == (int)ZONE_ATTRIBUTE &&
                   (int)GAZ_ZONE_SCRIPT == (int)ZONE_SCRIPT &&
                   (int)GAZ_ZONE_COMMENT == (int)ZONE_COMMENT &&
                   (int)GAZ_ZONE_FRONT_MATTER == (int)ZONE_FRONT_MATTER,
               "public and core zones are the same numbers");

struct gaz_document {
    struct alloc alloc;
    struct markup core;
    gaz_span *spans;
    size_t span_capacity;
};

gaz_status gaz_document_create(const gaz_allocator *allocator,
                               gaz_document **out, gaz_error *e)
{
    struct alloc alloc = facade_alloc(allocator);
    struct gaz_document *d = alloc_get(&alloc, sizeof *d);
    if (d == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    *d = (struct gaz_document){.alloc = alloc};
    markup_init(&d->core, &d->alloc);
    *out = d;
    return GAZ_OK;
}

void gaz_document_free(gaz_document *document)
{
    if (document != NULL) {
        struct alloc alloc = document->alloc;
        markup_free(&document->core);
        alloc_free(&alloc, document->spans,
                   document->span_capacity * sizeof *document->spans);
        alloc_free(&alloc, document, sizeof *document);
    }
}

gaz_status gaz_document_read(gaz_document *document, gaz_format format,
                             unsigned zones, const char *data, size_t len,
                             gaz_error *e)
{
    struct err why = {0};
    if ((unsigned)format > GAZ_FORMAT_HTML || zones > 255) {
        return facade_error(e, GAZ_OPTION, "unknown format or zone");
    }
    return facade_status(markup_read(&document->core, (enum doc_format)format,
                                     zones != 0 ? zones : GAZ_ZONES_DEFAULT,
                                     data, len, &why),
                         &why, e);
}

void gaz_document_text(const gaz_document *document, const char **text,
                       size_t *len)
{
    const struct buf *b = &document->core.view.main.text;
    *text = b->data != NULL ? b->data : "";
    *len = b->len;
}

struct slice facade_document_source(const gaz_document *document)
{
    const struct view *v = &document->core.view;
    return slice_of(v->source, v->source_len);
}

void gaz_document_map(const gaz_document *document, size_t start, size_t end,
                      size_t *original_start, size_t *original_end)
{
    view_map(&document->core.view, start, end, original_start, original_end);
}

static int by_start(const void *a, const void *b)
{
    const gaz_span *x = a;
    const gaz_span *y = b;
    return x->start != y->start ? (x->start > y->start) - (x->start < y->start)
                                : (x->end < y->end) - (x->end > y->end);
}

/* What was kept aside comes last in the view, but not in the original. */
static void sort(gaz_span *spans, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (spans[i].start < spans[i - 1].start) {
            qsort(spans, count, sizeof *spans, by_start);
            return;
        }
    }
}

gaz_status gaz_document_tag(gaz_document *document, gaz_tagger *tagger,
                            const gaz_span **spans, size_t *count, gaz_error *e)
{
    struct gaz_document *d = document;
    const struct view *v = &d->core.view;
    const char *text = NULL;
    size_t len = 0;
    const gaz_span *found = NULL;
    size_t n = 0;
    gaz_document_text(d, &text, &len);
    gaz_status s = gaz_tag(tagger, text, len, &found, &n, e);
    if (s != GAZ_OK) {
        return s;
    }
    void *list = d->spans;
    if (!alloc_grow(&d->alloc, &list, &d->span_capacity, n, sizeof *d->spans)) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    d->spans = list;
    for (size_t i = 0; i < n; i++) {
        gaz_span *to = &d->spans[i];
        *to = found[i];
        view_map(v, found[i].start, found[i].end, &to->start, &to->end);
        if (found[i].version_end > 0) {
            view_map(v, found[i].version_start, found[i].version_end,
                     &to->version_start, &to->version_end);
        }
    }
    sort(d->spans, n);
    *spans = d->spans;
    *count = n;
    return GAZ_OK;
}

gaz_format gaz_format_guess(const char *name, const char *data, size_t len)
{
    return (gaz_format)markup_guess(name, data, len);
}
